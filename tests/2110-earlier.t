#!/bin/sh
# tc-check --earlier: another person's picture in a manifest that was made before.
. "$(dirname "$0")/lib.sh"

draw() {
	draw-school -s "$1" -W 704 --one "$2" -o drawn >/dev/null || exit 2
	mv drawn/portrait.jpg "$3"
}
mkdir last now
printf '学号,姓名,身份证号,院校代码\n' | tee last.csv >now.csv
cat >>last.csv <<'END'
20250001,乙一,329901200210220218,99999
20250002,乙二,329901200405210204,99999
20250003,乙三,329901200312190208,99999
20250004,乙四,,99999
END
cat >>now.csv <<'END'
20260001,甲一,329901200501010017,99999
20260002,甲二,329901200501020020,99999
20250003,乙三,329901200312190208,99999
20250004,乙四,,99999
20260005,甲五,329901200501050033,99999
END
echo 20260006,甲六,329901200501060044,99999 >>now.csv
for n in 1 2 3 4; do
	draw "$n" tilt=0 "last/2025000$n.jpg"
done
cp last/20250001.jpg now/20260001.jpg		# another's file
djpeg last/20250002.jpg | cjpeg -quality 60 >now/20260002.jpg	# another's, coded anew
cp last/20250003.jpg now/20250003.jpg		# one's own, again
cp last/20250004.jpg now/20250004.jpg		# one's own, known by the number alone
draw 5 tilt=0 now/20260005.jpg
jpegtran -flip horizontal last/20250003.jpg >now/20260006.jpg	# another's, mirrored
run() {
	tc-ingest -q -d "b$1" -r "$1.csv" "$1" 2>/dev/null | tc-check -q >"$1.ndjson" 2>/dev/null
}
run last
run now
tc-export index -q -o 2025.index last.ndjson >/dev/null || exit 2
mv last.ndjson 2025年-329901200210220218.ndjson
rm -r blast	# neither batch nor pictures are needed

check_status "the batch is compared with last year's manifest" 0 \
	tc-check --earlier 2025年-329901200210220218.ndjson now.ndjson
cp out checked
earlier() {
	jq -r --arg no "$1" "select(.type == \"photo\" and .student.student_no == \$no) |
		.checks[] | select(.id == \"duplicate.earlier\") | $2" checked
}
check "another's file of last year is for review" is \
	"$(earlier 20260001 '"\(.verdict) \(.level) \(.value)"')" "fail review 1"
check "... which says in which record and manifest, with digits masked" is \
	"$(earlier 20260001 .detail | sed 's/^[a-z0-9]*-//')" "1 in '2025年-*0218.ndjson'"
check "another's picture coded anew is, too" is "$(earlier 20260002 .verdict)" fail
check "one's own picture is no fault" is "$(earlier 20250003 .verdict)" pass
check "... nor when only the student number says whose it is" is \
	"$(earlier 20250004 .verdict)" pass
check "another picture is none" is "$(earlier 20260005 .verdict)" pass
check "the mirror image of another's picture is" is \
	"$(earlier 20260006 '"\(.verdict) \(.mirrored) \(.detail | sub("^[a-z0-9]*-"; ""))"')" \
	"fail true 3 in '2025年-*0218.ndjson'"
near() {
	jq -r --arg no "$1" 'select(.type == "photo" and .student.student_no == $no) |
		.checks[] | select(.id == "duplicate.near") |
		"\(.verdict) \(.mirrored) \(.value >= 0.96)"' checked
}
check "... also in one batch, both of the two" is "$(near 20250003) $(near 20260006)" \
	"fail true true fail true true"
check_status "an index made before tells the same" 0 tc-check -j 3 --earlier 2025.index now.ndjson
check "... but for its name" sh -c "sed 's/2025年-\*0218.ndjson/2025.index/' checked |
	cmp - out"
check "the index holds no number and no name" sh -c '! grep -a -q \
	"乙\|32990120\|2025000" 2025.index'
check "... and some 200 bytes a photo" test "$(wc -c <2025.index)" -lt 800
head -c 400 2025.index >cut.index
check_status "an index that is cut is named, and nothing is compared" 2 \
	tc-check --earlier cut.index now.ndjson
check "... with the reason" grep -q "'cut.index': it is cut or damaged" err
{ head -c 300 2025.index; printf x; tail -c +302 2025.index; } >bad.index
check_status "... and one with a changed byte" 2 tc-check --earlier bad.index now.ndjson
set --
while [ $# -lt 600 ]; do set -- "$@" --earlier 2025.index; done
check_status "more collections than a year has schools" 0 tc-check "$@" now.ndjson
check "... and the first that has it is named" is "$(jq -s 'map(select(.checks != null and
	(.checks | any(.id == "duplicate.earlier" and .verdict == "fail")))) | length' out)" 3

check "the status follows" is "$(jq -s 'map(select(.status == "review" and (.checks |
	any(.id == "duplicate.earlier" and .verdict == "fail")))) | length' checked)" 3
check "the head notes it" jq -se '.[0].steps[-1].options.earlier == "yes"' checked
check "the manifest keeps to the schema" python3 "$TC_TOP/tests/validate.py" \
	"$TC_TOP/share/manifest.schema.json" checked
tc-check -q -j 1 --earlier 2025年-329901200210220218.ndjson now.ndjson >one
check_same "one worker gives the same" checked one
tc-check -q --earlier now.ndjson --earlier now.ndjson now.ndjson >own
check "a batch is no duplicate of itself" is "$(jq -r 'select(.type == "photo") | .checks[] |
	select(.id == "duplicate.earlier").verdict' own | sort -u)" pass
check "without --earlier nothing is said" is "$(grep -c duplicate.earlier now.ndjson)" 0
cat now.ndjson now.ndjson | tc-check -q --earlier 2025年-329901200210220218.ndjson >twice
check "in a stream of several batches each is compared" is \
	"$(grep '"type":"photo"' twice)" "$(cat checked checked | grep '"type":"photo"')"
sed '$d' now.ndjson >cut.ndjson
check_status "a manifest that is cut is refused" 2 tc-check -q --earlier cut.ndjson now.ndjson
check "... by name" grep -q "'cut.ndjson' is no whole manifest" err
check_status "so is one that is not there" 2 tc-check -q --earlier nowhere now.ndjson
finish
