#!/bin/sh
# tc-export ranking: schools by how well they organised it.
. "$(dirname "$0")/lib.sh"
. "$TC_TOP/tests/export-batch.sh"
. "$TC_TOP/tests/office-season.sh"

has() {
	grep -qx -e "$1" "$2" || { cat "$2"; false; }
}
make_season
said school feedback-received '' '' 2025-05-08T08:00:00Z ',"after":"2025-05-07"'
check_status "the ranking is made" 0 tc-export ranking --date 2025-03-25 -o early.xlsx all.ndjson
check "LibreOffice opens it" sheets early.xlsx
# 5 of 6 came, 4 passed at once: 25 * 83.33 + 20 * 80 + 10 * 100 + 10 * 100 + 15 * 100, of 80.
check "feedback that is not due is not counted" has '1,88888,第二大学,南通,89.79,6,5,83.33.*,80%,0,100,,,不计,0,100,4,100' \
	early-排名.csv
# Feedback is due on 2025-04-30 and came on 05-07: 2 working days late.
check "a form that came late scores nothing, and costs days" \
	has '2,99999,示例大学,徐州,70.83,6,5,83.33.*,80%,0,100,2025-04-30,2025-05-07,0,2,90,4,100' early-排名.csv
tc-export ranking -q --date 2025-04-10 -o late.xlsx all.ndjson >/dev/null 2>&1
sheets late.xlsx
check "students whose time is over count as overdue" sh -c 'grep -q "99999.*,2025-05-07,0,4,80" late-排名.csv'
check "the list for the notice names them in their order" sh -c '
	sed 1d early-通报名单.csv | cut -d, -f2 | tr "\n" " " | grep -qx "第二大学 示例大学 "'
check "the weights are told" has '采集率,25,实采人数.*' early-计分办法.csv
check "... and what a day costs" has '逾期,10,.*每个工作日扣 5 分' early-计分办法.csv
jq -c 'if .type == "photo" and (.id | startswith("otherone")) then
	.match.state = "missing" | .status = "missing" | del(.source) else . end' all.ndjson >silent.ndjson
tc-export ranking -q --date 2025-03-25 -o silent.xlsx silent.ndjson >/dev/null 2>&1
sheets silent.xlsx
check "a school of which nothing came is in the list, without a rank" \
	has '未采集,88888,第二大学,南通,不排名,6,0.*' silent-排名.csv
printf 'include = jiangsu\n[ranking]\nlisted = 1\nquality = 0\nfeedback = 0\noverdue = 0\nretakes = 0\n' >one.conf
sed "s|\"name\":\"jiangsu\"|\"name\":\"$PWD/one.conf\"|" all.ndjson >one.ndjson
tc-export ranking -q -o one.xlsx one.ndjson >/dev/null 2>&1
sheets one.xlsx
check "weights are the profile's" sh -c 'test "$(cut -d, -f1,5 one-排名.csv | sed 1d | sort -u)" = "1,81.85"'
check "... and equal totals have one rank, and are listed together" test "$(wc -l <one-通报名单.csv)" -eq 3
long=江东示例高等职业技术学院继续教育学院滨江校区
sed -i "s|第二大学|$long|" other/id
sealed other/id
sed "s|第二大学|$long|g" all.ndjson >long.ndjson
tc-export ranking -q -o long.xlsx long.ndjson >/dev/null 2>&1
check "a long name is not cut off: its row is as high as its lines" sh -c '
	unzip -p long.xlsx xl/worksheets/sheet1.xml | grep -o "<row r=\"[23]\"[^>]*" |
	grep -o " ht=\"[0-9]*" | sort | tr -d "\n" | grep -q " ht=\"20 ht=\"50"'
sed -i "s|$long|第二大学|" other/id
sealed other/id
printf 'include = jiangsu\n[ranking]\nquality = -1\n' >bad.conf
sed "s|\"name\":\"jiangsu\"|\"name\":\"$PWD/bad.conf\"|" all.ndjson >bad.ndjson
check_status "a weight below 0 is refused" 2 tc-export ranking -o bad.xlsx bad.ndjson
check "... by the section" grep -q 'weights of \[ranking\]' err
finish
