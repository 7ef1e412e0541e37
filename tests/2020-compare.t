#!/bin/sh
# tc-check --compare: what changed between two manifests, student by student.
. "$(dirname "$0")/lib.sh"

# record NUMBER STUDENT_NO NAME STATUS SHA CLASS VALUE VERDICT
record() {
	printf '{"type":"photo","id":"%s-%s","student":{"student_no":"%s","name":"%s","class":"%s"},' \
		"${batch:-testtest}" "$1" "$2" "$3" "$6"
	printf '"match":{"state":"matched"},'
	[ -z "$5" ] || printf '"source":{"sha256":"%064d"},"normalized":{"sha256":"%064d"},' "$5" "$5"
	printf '"checks":[{"id":"pose.roll","by":"test","level":"reject","verdict":"%s","value":%s}],' \
		"$8" "$7"
	printf '"status":"%s"}\n' "$4"
}
manifest() {	# records on standard input
	cat >records
	printf '{"type":"batch","format":1,"id":"%s","school":{"code":"%s"},"directory":"/none","profile":{"name":"jiangsu"}}\n' \
		"${batch:-testtest}" "${school:-10284}"
	cat records
	printf '{"type":"photo","id":"%s-99","match":{"state":"unmatched"},"checks":[],"status":"unmatched"}\n' \
		"${batch:-testtest}"
	printf '{"type":"end","records":%d,"errors":0}\n' $(($(wc -l <records) + 1))
}
{
	record 1 20210001 张三丰 pass 1 一班 1.5 pass
	record 2 20210002 李四 pass 2 一班 2.5 pass
	record 3 20210003 王五六 review 3 一班 3.5 pass
	record 4 20210004 赵六 pass 4 一班 4.5 pass
	record 5 20210005 孙七八 missing '' 一班 0 not_assessed
} | manifest >old.ndjson
{
	record 1 20210001 张三丰 pass 1 一班 1.5 pass
	record 2 20210002 李四 reject 22 一班 9.5 fail
	record 3 20210003 王五六 pass 3 二班 3.6 pass
	record 5 20210005 孙七八 pass 5 一班 1.0 pass
	record 6 20210006 周八九 review 6 一班 5.5 pass
} | manifest >new.ndjson

check_status "two manifests, without a batch" 0 tc-check --compare old.ndjson new.ndjson
cat >wanted <<'END'
testtest-2 李* *0002: pass -> reject
    photo: another one
    pose.roll (head tilt): pass -> FAIL, 2.5 -> 9.5
    registration image: another one
testtest-3 王*六 *0003: review -> pass
    roster: class
    values: pose.roll 3.5 -> 3.6
testtest-5 孙*八 *0005: missing -> pass
    photo: the first
    pose.roll (head tilt): not assessed -> pass, 0 -> 1.0
    registration image: the first
new: testtest-6 周*九 *0006: review
gone: testtest-4 赵* *0004: pass
5 students before, 5 now: 1 new, 1 gone, 3 changed (status 3, photo 2, roster 1, checks 3, image 2)
END
check_same "everything that changed, and nothing else" wanted out
check "from a pipe" sh -c 'tc-check --compare old.ndjson <new.ndjson | cmp - wanted'
check_status "the same manifest" 0 tc-check --compare old.ndjson old.ndjson
check "is the same" test "$(cat out)" = \
	"5 students before, 5 now: 0 new, 0 gone, 0 changed (status 0, photo 0, roster 0, checks 0, image 0)"
check_status "for machines" 0 tc-check --compare old.ndjson --json new.ndjson
check "a change a line" test "$(jq -r '[.type, .kind, .id] | join(" ")' out | tr '\n' ';')" = \
	"change changed testtest-2;change changed testtest-3;change changed testtest-5;change new testtest-6;change gone testtest-4;sums  ;"
check "with what was and what is" jq -es '
	(.[0] | .status == {"earlier":"pass","now":"reject"} and
		.checks == [{"id":"pose.roll","verdict":{"earlier":"pass","now":"fail"},"value":{"earlier":2.5,"now":9.5}}]) and
	(.[1] | .student_fields == ["class"]) and (.[2].photo | has("earlier") | not) and
	(.[-1] | .before == 5 and .new == 1 and .gone == 1 and .of.photo == 2)' out
check_status "in Chinese" 0 tc-check --lang zh --compare old.ndjson new.ndjson
check "in words" grep -q '^testtest-2 李\* \*0002：合格 -> 需重拍$' out
check "the sums as well" grep -q '^原有学生 5 名，现有 5 名：新增 1，减少 1，有变化 3' out
check "no form names anybody" sh -c '
	{ tc-check --compare old.ndjson new.ndjson; tc-check --compare old.ndjson --json new.ndjson; } |
	{ ! grep -E "张三丰|李四|王五六|赵六|孙七八|周八九|2021000"; }'

# Another batch of the same school: by numbers; of another school: nobody is the same.
record 7 20210002 李四 pass 2 一班 2.5 pass >row
batch=othertwo manifest <row >other.ndjson
batch=othertwo school=10285 manifest <row >stranger.ndjson
check "manifests of two batches are held against each other by number" sh -c '
	tc-check --compare old.ndjson other.ndjson | grep -q "^5 students before, 1 now: 0 new, 4 gone, 0 changed"'
check "within a school" sh -c '
	tc-check --compare old.ndjson stranger.ndjson | grep -q "^5 students before, 1 now: 1 new, 5 gone, 0 changed"'
cat old.ndjson stranger.ndjson >both.ndjson
check "several batches in a file" sh -c '
	tc-check --compare both.ndjson both.ndjson | grep -q "^6 students before, 6 now: 0 new, 0 gone, 0 changed"'

# What is not whole would say that students are gone.
sed '$d' new.ndjson >cut.ndjson
sed 4d new.ndjson >short.ndjson
sed '3s/^/x/' new.ndjson >odd.ndjson
for file in cut short odd; do
	check_status "$file is refused" 2 tc-check --compare old.ndjson $file.ndjson
	check "with its line" grep -q "^tc-check: $file.ndjson:[0-9]*: " err
	check_status "as the earlier one too" 2 tc-check --compare $file.ndjson new.ndjson
done
# What was edited by hand is compared all the same.
sed -e 's/"id":"testtest-1",//; s/"id":"pose.roll",//; s/"status":"pass"/"status":"o\\u001b[31m"/' \
	new.ndjson >edited.ndjson
for language in en zh; do
	check_status "what no tool writes" 0 tc-check --lang $language --compare old.ndjson edited.ndjson
	check "has its line, without what a terminal obeys" sh -c '
		grep -q "^? 张\*丰 \*0001.*o?\[31m$" out &&
		test "$(LC_ALL=C tr -d "\n\040-\176\200-\377" <out | wc -c)" -eq 0'
done

check_status "a pipe cannot be the earlier one" 2 sh -c 'cat old.ndjson | tc-check --compare /dev/stdin new.ndjson'
check_status "nor a file that is not there" 2 tc-check --compare none.ndjson new.ndjson
check_status "an empty manifest" 2 tc-check --compare /dev/null new.ndjson
check_status "--json alone" 2 tc-check --json new.ndjson
for other in --list '--explain testtest-1'; do
	# shellcheck disable=SC2086
	check_status "with $other" 2 tc-check --compare old.ndjson $other new.ndjson
	check "... is refused" grep -q -- '--compare, --explain and --list are runs of their own' err
done
check_status "--list with --explain" 2 tc-check --list --explain testtest-1 new.ndjson
check_status "with another year's photos" 2 tc-check --compare old.ndjson --earlier old.ndjson new.ndjson
check "... is refused" grep -q -- '--compare, --explain and --list are runs of their own' err
check "a full disk is told" sh -c 'tc-check --compare old.ndjson new.ndjson >/dev/full; test $? -eq 2'

check_status "--list goes by the manifest's profile" 0 tc-check --list new.ndjson
tc-check -p jiangsu --list >jiangsu
check_same "which is named in its first line" jiangsu out
sed 's/"jiangsu"/"chsi-2017"/' new.ndjson >chsi.ndjson
check "whichever it is" sh -c 'tc-check --list chsi.ndjson >one; tc-check -p chsi-2017 --list | cmp - one && ! cmp -s one jiangsu'
check_status "of no manifest" 2 tc-check --list row.none

finish
