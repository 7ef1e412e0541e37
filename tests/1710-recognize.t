#!/bin/sh
# What a file is that a school sent, by its content: tc-ingest --recognize.
. "$(dirname "$0")/lib.sh"

draw-school -q -n 3 -W 500 --roster-encoding gb18030 -o school
tc-ingest -q -d batch -r school/roster.csv -y 2026 --unmatched unmatched.xlsx \
	school/upload.zip 2>/dev/null | tc-check -q | tc-normalize -q |
	tc-export -q layout-table -o table.xlsx |
	tc-export -q feedback -o feedback.xlsx >manifest.ndjson
student=$(sed -n 2p school/roster.csv | cut -d, -f3)
echo "学号,检查项,类别代码,批准人
$student,hair.hat,A1,李" >exempt.csv
echo "学号,申请解锁
$student,重拍" >unlock.csv
echo "学号,审核结果,原因
$student,需重拍,头发" >review.csv
sed -n 1p school/roster.csv >answered.csv
sed -n 2,4p school/roster.csv | sed 's/,[^,]*$/,'"$(printf 审核通过 | iconv -t gb18030)"'/' >>answered.csv
printf '%%PDF-1.4\n' >scan.jpg
echo "学校代码,学校名称,联系人,联系电话
99999,江东示例大学,李,025-1234" >schools.csv
mkdir photos
draw-school -s 1 -W 300 --one eyes=1 -o photos >/dev/null
tar cf photos.tar photos

kind() {
	for path in school/upload.zip photos photos.tar photos/portrait.jpg school/roster.csv \
		school/roster.xlsx feedback.xlsx review.csv unmatched.xlsx table.xlsx exempt.csv \
		unlock.csv answered.csv schools.csv manifest.ndjson scan.jpg; do
		cp -r "$path" thing
		printf '%s ' "$path"
		tc-ingest --recognize thing | cut -f 1
		rm -rf thing
	done
}
kind >kinds
cat >wanted <<'END'
school/upload.zip upload
photos upload
photos.tar upload
photos/portrait.jpg upload
school/roster.csv roster
school/roster.xlsx roster
feedback.xlsx corrections
review.csv corrections
unmatched.xlsx links
table.xlsx layout-table
exempt.csv exemptions
unlock.csv unlocks
answered.csv register-result
schools.csv schools
manifest.ndjson manifest
scan.jpg form
END
check_same "content tells, under any name" wanted kinds
echo "a letter" >letter.txt
check_status "what is nothing of these makes 1" 1 tc-ingest --recognize letter.txt feedback.xlsx
check "... and the others are told" test "$(cut -f 1 out | tr '\n' ' ')" = "unknown corrections "
# A file that an option does not take is named with the one that does.
wrong() {
	description=$1 kind=$2
	shift 2
	cp -r batch other
	check_status "$description: nothing is taken" 2 tc-ingest -q -d other "$@"
	rm -rf other
	check "... and it is said what it is" grep -q ": it is $kind" err
}
wrong "a roster as the table of schools" "a roster: give it with -r" --schools school/roster.csv
wrong "a roster as corrections" "a roster: give it with -r" --corrections school/roster.csv
wrong "a roster as the register's result" "a roster: give it with -r" --register-result school/roster.csv
wrong "an archive as the table of schools" "a folder, an archive or a picture" --schools school/upload.zip
wrong "a table of schools as the roster" "a table of schools: give it with --schools" -r schools.csv
wrong "a manifest as the list of links" "a manifest: the other tools read it" --link manifest.ndjson
wrong "a table of exemptions as links" "a table of exemptions: give it with --exemptions" --link exempt.csv
python3 - "$TC_TOP/tests" <<'PY'
import sys
sys.path.insert(0, sys.argv[1])
import xlsx
xlsx.write("beside.xlsx", [("S", [["学号", "姓名"] * 2, ["2022000001", "王芳", "2022000002", "刘岚"]])])
PY
cp -r batch other
check_status "a workbook that is a roster and cannot be read" 2 tc-ingest -q -d other -r beside.xlsx
check "is not said to be an archive" sh -c 'grep -q "put all students below" err && ! grep "without an option" err'
rm -rf other
check "a result without an answer is told" sh -c 'cp -r batch other
	tc-ingest -q -d other --register-result school/roster.csv 2>&1 | grep "BZ is empty in all of its rows"'
check_status "a file that is not there is told" 1 tc-ingest --recognize nowhere
finish
