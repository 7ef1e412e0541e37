#!/bin/sh
# tc-export parcels and labels: what is sent where, what waits; tc-ingest --tracking.
. "$(dirname "$0")/lib.sh"
. "$TC_TOP/tests/export-batch.sh"
. "$TC_TOP/tests/office-season.sh"

has() {
	grep -qx -e "$1" "$2" || { cat "$2"; false; }
}
profile() {
	printf 'include = jiangsu\n%b\n' "$1" >"$2.conf"
	sed "s|\"name\":\"jiangsu\"|\"name\":\"$PWD/$2.conf\"|" school.ndjson >"$2.ndjson"
}
make_season
check_status "the list is made" 0 tc-export parcels --date 2025-06-01 -o first.xlsx all.ndjson
check "... and says what waits" grep -q '0 parcels, 2 wait' err
sheets first.xlsx
check "nothing is sent while the stamped forms are not there" sh -c '
	grep -q "（无）" first-寄送清单.csv && test "$(grep -c 反馈表未收到 first-暂不寄送.csv)" -eq 2'
tc-export parcels -q --include 88888 -o named.xlsx all.ndjson >/dev/null 2>&1
sheets named.xlsx
check "--include sends a school's all the same, and no other's" sh -c '
	grep -q "^88888,第二大学,学校,.*缺地址" named-寄送清单.csv && grep -q ^99999 named-暂不寄送.csv'
tc-export parcels -q --include 88888,zz -o odd.xlsx all.ndjson >/dev/null 2>odd.err
check "a code that is no school's is told, and no other" sh -c '
	grep -q "no parcel of school .zz. here" odd.err && ! grep -q 88888 odd.err'
tc-export parcels -q --include all -o whole.xlsx all.ndjson >/dev/null 2>&1
sheets whole.xlsx
check "... or all" test "$(grep -c '^[89]' whole-寄送清单.csv)" -eq 2
said school feedback-received '' '' 2025-04-20T08:00:00Z ',"after":"2025-04-18"'
tc-export parcels -q -o fed.xlsx all.ndjson >/dev/null 2>&1
sheets fed.xlsx
check "a recorded form lets them go: persons, prints, sheets, grams and their class" \
	has '99999,示例大学,学校,张老师,0516-65880000,221000,徐州市某路1号,3,15,2,71.4,1 kg 以内,,,' fed-寄送清单.csv
check "... to that school alone" grep -q ^88888 fed-暂不寄送.csv

header school.ndjson '{school: {points: [{name: "睢宁函授站", contact: "周老师", phone: "0516-2",
	address: "睢宁县某路2号"}]}}'
jq -c 'if .id == "testtest-1" then .student.teaching_point = "睢宁函授站"
	elif .id == "testtest-2" then .student.teaching_point = "沛县教学点" else . end' school.ndjson >x
mv x school.ndjson
profile '[post]\nto = teaching_point' points
tc-export parcels -q -o points.xlsx points.ndjson >/dev/null 2>&1
sheets points.xlsx
check "prints may go to teaching points" \
	has '99999-睢宁函授站,示例大学,睢宁函授站,周老师,0516-2,,睢宁县某路2号,1,5,1,.*' points-寄送清单.csv
check "... whose address is not known: to the school, and said" \
	has '99999-沛县教学点,.*,徐州市某路1号,1,5,1,.*教学点地址未登记，寄学校' points-寄送清单.csv
check "... and of students without one to the school" has '99999,示例大学,学校,张老师,.*' points-寄送清单.csv
jq -c 'if .id == "testtest-1" then .student += {phone: "13800138000", recipient: "张父",
	address: "某市某区某路某小区 5 幢 301 室", postcode: "210000"} else . end' school.ndjson >x
mv x school.ndjson
profile '[post]\nto = student' students
tc-export parcels -q -o students.xlsx students.ndjson >/dev/null 2>&1
sheets students.xlsx
check "or to each student" \
	has '99999-2021001,示例大学,学生,张父,13800138000,210000,某市某区某路某小区 5 幢 301 室,1,5,1,.*' \
	students-寄送清单.csv
check "... and who has no address is told" has '99999-2021002,.*缺地址' students-寄送清单.csv
profile '[post]\nto = village' wrong
check_status "another word is refused" 2 tc-export parcels -o wrong.xlsx wrong.ndjson
check "... and named" grep -q "teaching_point or student, not 'village'" err

# ---- labels ----
check_status "labels are made" 0 tc-export labels -o labels.pdf students.ndjson
check "... on A4" sh -c 'pdfinfo labels.pdf | grep -q "Page size: *595.*x 841"'
pdftotext -layout labels.pdf - | sed 's/ //g' >labels.txt
check "... with address, who receives it and what it is" sh -c '
	for word in "某市某区某路某小区5幢301室" 张父（收） 13800138000 210000 99999-2021001 1人5张; do
		grep -q "$word" labels.txt || { echo "$word"; exit 1; }; done'
check "a parcel without an address has none" sh -c '! grep -q 2021002 labels.txt'
check "... and that is said" grep -q ': 2 parcels get no label: their address is not known' err
sed "s/^rows = .*/rows = 9/" "$TC_TOP/share/labels/a4-24.conf" >tall.conf
profile "[post]\nlabels = $PWD/tall.conf" wide
check_status "labels that do not fit on the paper are refused" 2 tc-export labels -o tall.pdf wide.ndjson
check "... by the file" grep -q 'tall.conf: the labels do not fit on the paper' err
for paper in a4-8 a4-14 a4-24; do
	profile "[post]\nto = student\nlabels = $paper" paper
	check_status "label paper $paper" 0 tc-export labels -o "$paper.pdf" paper.ndjson
done

# ---- what the carrier says ----
draw-school -q -n 3 -s 5 --roster-encoding utf-8 -W 700 -o drawn
tc-ingest -q -d batch -r drawn/roster.csv drawn/upload.zip 2>/dev/null |
	tc-check -q | tc-normalize -q >batch.ndjson
code=$(head -n 1 batch.ndjson | jq -r .school.code)
cat >tracking.csv <<END
寄送编号,院校名称,快递公司,快递单号
$code,江东示例大学,邮政 EMS,1234567890123
$code-没有这个点,江东示例大学,邮政 EMS,1234567890124
88888,第二大学,邮政 EMS,1234567890125
$code,江东示例大学,,
END
check "a list of parcels is known by its columns" sh -c 'tc-ingest --recognize tracking.csv | grep -q "^tracking"'
check_status "--tracking takes the carrier's numbers" 1 tc-ingest -d batch --tracking tracking.csv
check "... names what is no parcel" grep -q "row 3: there is no such parcel" err
check "... and counts" grep -q '1 parcels were sent; 1 are new; 1 rows refused, 1 of other schools' err
tc-ingest -q -d batch --tracking tracking.csv >/dev/null 2>err
check "rows of other schools are told, with -q too" grep -q "1 rows are of other schools" err
tc-export parcels -q --include all -o sent.xlsx batch.ndjson >/dev/null 2>&1
sheets sent.xlsx
check "the list then has them" grep -q "^$code,.*,邮政 EMS,1234567890123," sent-寄送清单.csv
tc-ingest -d batch --tracking sent.xlsx >/dev/null 2>err
check "the workbook itself is read back" grep -q '1 parcels were sent; 1 are new' err
finish
