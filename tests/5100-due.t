#!/bin/sh
# tc-export due and settlement: who owes what, and until when.
. "$(dirname "$0")/lib.sh"
. "$TC_TOP/tests/export-batch.sh"
. "$TC_TOP/tests/office-season.sh"

has() {
	grep -qx -e "$1" "$2" || { cat "$2"; false; }
}
make_season
check_status "the list is made" 0 tc-export due --date 2025-05-20 -o due.xlsx all.ndjson
check "LibreOffice opens it" sheets due.xlsx
check "feedback is due 20 working days after the images, holidays and worked Sundays counted" \
	has '99999,示例大学,徐州,学校,校对反馈表（盖章）未收到,,2025-04-02,2025-04-30,逾期 11 个工作日,,张老师,.*' due-催办.csv
check "retakes are due when the school's window ends" \
	has '99999,示例大学,徐州,学生,需重拍,1,2025-03-16,2025-04-03,逾期 .*' due-催办.csv
check "a school without a window has no such day" has '88888,第二大学,南通,学生,需重拍,1,,,未定期限,.*' due-催办.csv
check "students proof what was delivered 40 days later" \
	has '99999,.*,学信网,已交付，待学信网结果和学生校对,1,2025-04-02,2025-05-12,逾期 6 .*' due-催办.csv
check "the office's own debts are there" has '99999,.*,省招就中心,尚未上网,.*,2025-07-01,还有 29 .*' due-催办.csv
check "payment is due on 20 November of the year of collection" \
	has '99999,.*,学校,采集费未缴清,5,2025-04-03,2025-11-20,还有 127 个工作日,未缴 30.00 元,.*' due-催办.csv
jq -c 'if .type == "batch" then .profile.set["provenance.taken_days"] = "2025-11-10..2025-12-20"
	else . end' school.ndjson >winter.ndjson
tc-export due -q --date 2025-12-22 -o winter.xlsx winter.ndjson >/dev/null 2>&1
sheets winter.xlsx
check "... but not before the school's window ends" \
	has '99999,.*,学校,采集费未缴清,5,2025-12-20,2026-11-20,还有 .*' winter-催办.csv
check "what is most overdue comes first, what has no day last" sh -c '
	cut -d, -f8 due-催办.csv | sed 1d | sed "s/^$/9/" >days; sort days | diff days -'
check "a text reminds the school of what it owes" grep -q \
	'^99999,.*示例大学：截至 2025-05-20，贵校 2025 届.*需重拍 1 人，应于 2025-04-03 前办结，已逾期 30 个工作日；.*采集费未缴清 30.00 元' \
	due-各校提醒.csv
check "... and of nothing that others owe" sh -c '! grep -q "学信网\|尚未上网" due-各校提醒.csv'

check_status "the table for programs is made" 0 tc-export due-table --date 2025-05-20 -o due.csv all.ndjson
check "... of the same rows, in the same order" sh -c '
	cut -d, -f1 due.csv | sed 1d >days; cut -d, -f8 due-催办.csv | sed 1d | diff - days'
check "... with the day, since when, who, what, how many, how much" has \
	'2025-11-20,2025-04-03,学校,采集费未缴清,5,30.00,99999,示例大学.' due.csv

said school feedback-received '' '' 2025-04-20T08:00:00Z ',"after":"2025-04-18"'
tc-export due -q --date 2025-05-20 -o fed.xlsx all.ndjson >/dev/null 2>&1
sheets fed.xlsx
check "a form that came is owed no more" sh -c '! grep -q "99999.*反馈表" fed-催办.csv'
jq -c 'if .student then .student.season = (if .id == "testtest-2" then "春季" else "秋季" end)
	else . end' school.ndjson >seasons.ndjson
tc-export due -q --date 2024-12-30 -o seasons.xlsx seasons.ndjson >/dev/null 2>&1
sheets seasons.xlsx
check "who graduates in spring has another day" sh -c '
	grep -q "尚未上网（春季毕业）,1,.*,2025-01-01" seasons-催办.csv &&
	grep -q "尚未上网（夏秋季毕业）,5,.*,2025-07-01" seasons-催办.csv'
printf 'include = jiangsu\n[deadlines]\npayment = 31 November\n' >wrong.conf
sed "s|\"name\":\"jiangsu\"|\"name\":\"$PWD/wrong.conf\"|" school.ndjson >wrong.ndjson
check_status "a day of a profile that is none is refused" 2 tc-export due -o wrong.xlsx wrong.ndjson
check "... by its key" grep -q '\[deadlines\] payment is a day' err
check_status "a year without holidays is told" 0 tc-export due --date 2035-01-02 -o far.xlsx \
	school.ndjson
check "... by its day" grep -q 'does not have the year of 2035-01-02' err

check_status "the bill is made" 0 tc-export settlement -o bill.xlsx all.ndjson
check "LibreOffice opens it" sheets bill.xlsx
check "it has what is due, received and open" \
	has '99999,示例大学,徐州,2025,学校统缴,实采人数,5,15,75,45,30,2025-04-10,' bill-结算单.csv
check "... the sum" has '合计,,,,,,10,,150,45,105,,' bill-结算单.csv
check "... and each city and the province" sh -c '
	grep -qx "徐州,1,5,75,45,30" bill-各市.csv && grep -qx "全省合计,2,10,150,45,105" bill-各市.csv'
check_status "a part of a manifest gives no bill" 2 sh -c '
	sed 3d school.ndjson | tc-export settlement --subset -o part.xlsx'
finish
