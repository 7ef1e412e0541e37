#!/bin/sh
# tc-layout --new: who has prints already is not printed again.
. "$(dirname "$0")/lib.sh"
. "$TC_TOP/tests/layout-batch.sh"

image_scale=1
begin_batch one 南京大学
student 1 文学院 1班 张三
student 2 文学院 1班 欧阳娜娜
student 3 文学院 2班 王五 reject
end_batch
sum_of() {
	printf %s "$1" | sha256sum | cut -c 1-64
}
# As if each had an upload of its own, and all checks that the profile asks for were done.
required=$(awk '/^\[/ { section = $0 } /^required = yes/ { print section }' "$TC_TOP"/share/profiles/*.conf |
	sed 's/^\[check\.\(.*\)\]/\1/' | jq -nRc '[inputs]')
rewrite one.ndjson "if .type == \"photo\" then .source = {sha256: \"$(sum_of picture)\"} |
	.checks = [($required | .[]) | {id: ., by: \"tc-check\", level: \"reject\", verdict: \"pass\"}] |
	if .status == \"reject\" then .checks[0].verdict = \"fail\" else . end else . end"
# on DAY NAME OPTION...: a day's sheets NAME; "out" has who is on them.
on() {
	day=$1 name=$2
	shift 2
	SOURCE_DATE_EPOCH=$(date -d "$day" +%s) tc-layout -o "$name" --new --force "$@" one.ndjson >passed
	status=$?
	jq -r 'select(.print).id' passed | tr '\n' ' '
	return $status
}

check "on the first day all are printed" is "$(on 2026-03-02 day1.pdf 2>err)" "k3m9x2ab-1 k3m9x2ab-2 "
check "... and the journal has the sheets' name, the image and the strip" is \
	"$(jq -r 'select(.kind == "print") | [.file_name, (.image | length), (.after | length)] | join(" ")' \
		one/decisions.ndjson | sort -u)" "day1.pdf 64 64"
cp day1.pdf first.pdf
check "the same sheets again are the same" is "$(on 2026-03-03 day1.pdf 2>err)" "k3m9x2ab-1 k3m9x2ab-2 "
check_same "... byte for byte" first.pdf day1.pdf
check_status "on another day nothing is new" 0 on 2026-03-03 day2.pdf --index day2.csv
check "... so nothing is written" test ! -e day2.pdf
check "... which is no warning" sh -c '! grep -q "nothing to print" err && grep -q "2 printed before" err'
check "... the index says why" is "$(grep -c 此前已排版 day2.csv)" 2
check "... and the record, with which sheets" is \
	"$(jq -r 'select(.printed) | .printed[0].file_name' passed | sort -u)" day1.pdf
rewrite one.ndjson 'if .id == "k3m9x2ab-3" then .status = "pass" | .checks[0].verdict = "pass" else . end'
check "a photo that came later is printed" is "$(on 2026-03-04 day3.pdf 2>err)" "k3m9x2ab-3 "
check "... on a sheet that says that it has not all" sh -c 'pdftotext day3.pdf - | grep -q 部分学生'

# ---- what would be printed otherwise now ----
rewrite one.ndjson 'if .id == "k3m9x2ab-1" then .student.class = "3班" else . end'
check "who moved to another class gets other strips" is "$(on 2026-03-05 day4.pdf 2>err)" "k3m9x2ab-1 "
image 7 1 >one/normalized/0002.jpg
rewrite one.ndjson 'if .id == "k3m9x2ab-2" then .normalized.sha256 = "'"$(sha256sum <one/normalized/0002.jpg | cut -c 1-64)"'" else . end'
check "... who has another image, other prints" is "$(on 2026-03-06 day5.pdf 2>err)" "k3m9x2ab-2 "
check "... once" is "$(on 2026-03-07 day6.pdf 2>err)" ""
{
	echo 排版冲印数据
	echo 序号,学号,姓名,证件号码后四位,院校名称,学院,班级,份数,记录号
	echo 1,20210003,王五,0003,南京大学,文学院,2班,,k3m9x2ab-3
	echo 2,20210001,张三,0001,南京大学,中文学院,3班,,k3m9x2ab-1
	echo 3,20210002,欧阳娜娜,0002,南京大学,文学院,1班,,k3m9x2ab-2
} >table.csv
check "the table's words are the strip's" is "$(on 2026-03-08 day7.pdf --table table.csv 2>err)" "k3m9x2ab-1 "
check "... and its rows of who has prints are in order" sh -c '! grep -q "no photo to print" err'

# ---- what the journal does not have ----
check "without --new all are printed" is "$(tc-layout -q -o all.pdf one.ndjson 2>err |
	jq -r 'select(.print).id' | wc -l)" 3
begin_batch two 东南大学
student 4 机械学院 1班 周六
end_batch
sed -i s/k3m9x2ab/k3m9x2cd/g two/id two.ndjson
sealed two/id
rewrite two.ndjson "if .type == \"photo\" then .source = {sha256: \"$(sum_of another)\"} |
	.checks = [($required | .[]) | {id: ., by: \"tc-check\", level: \"reject\", verdict: \"pass\"}] else . end"
cat one.ndjson two.ndjson >both.ndjson
check_status "another school's, with one where all have prints" 0 tc-layout --new -o both.pdf both.ndjson
check "has all of that school" is "$(jq -r 'select(.print).id' out)" k3m9x2cd-4
check "... and so its sheets do not say that some are missing" sh -c '
	pdftotext both.pdf - | grep -q 东南大学 && ! pdftotext both.pdf - | grep -q 部分学生'
check "sheets to proof are no prints" sh -c '
	before=$(wc -l <one/decisions.ndjson)
	tc-layout -q -o proof.pdf --include review one.ndjson >/dev/null
	test "$before" -eq "$(wc -l <one/decisions.ndjson)"'

# ---- the same prints in a file of another name ----
prints() {
	jq -r 'select(.kind == "print" and .record == "k3m9x2ab-1").file_name' one/decisions.ndjson |
		grep -cx "$1"
}
check_status "sheets made again under another name" 0 tc-layout -q -o copy.pdf one.ndjson
check "are other paper: the journal has them" is "$(prints copy.pdf)" 1
check_status "... and again" 0 tc-layout -q -o all.pdf --force one.ndjson
check_status "... and again" 0 tc-layout -q -o copy.pdf --force one.ndjson
check "each once" is "$(prints all.pdf) $(prints copy.pdf)" "1 1"
finish
