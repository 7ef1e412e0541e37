#!/bin/sh
# tc-export notify: short messages to students, and who has no number.
. "$(dirname "$0")/lib.sh"
. "$TC_TOP/tests/export-batch.sh"
. "$TC_TOP/tests/office-season.sh"

make_season
phones() {
	jq -c "if .id == \"testtest-4\" then .student.phone = \"138 0013 8000\"
		elif .id == \"testtest-5\" then .student.phone = \"$1\" else . end" school.ndjson
}
phones 0516-65880000 >phones.ndjson
check_status "the list is made" 0 tc-export notify -o sms.xlsx phones.ndjson
check "... and says how many" grep -q '1 short messages, 1 students without a mobile number' err
check "LibreOffice opens it" sheets sms.xlsx
cat >want <<'END'
手机号码,短信内容
13800138000,【省招就中心】王*同学，你的毕业照片未通过：瞳孔平行角度，请于4月3日前重拍。
END
check_same "a student is told the first reason and the day, and nothing else is in the table" \
	want sms-短信.csv
check "who has no mobile number is listed for the school" grep -qx \
	'机械工程学院,机械2101,2021005,赵六,未采集,不是手机号码' sms-无手机号.csv
jq -c 'del(.student.college?, .student.class?)' phones.ndjson >plain.ndjson
check_status "... also where the roster has no colleges and no classes" 0 \
	tc-export notify -o plain.xlsx plain.ndjson
sheets plain.xlsx
check "... who then has empty ones" grep -qx ',,2021005,赵六,未采集,不是手机号码' plain-无手机号.csv
phones 13900139000 | tc-export notify -q --deadline 2025-04-20 -o both.xlsx >/dev/null 2>&1
sheets both.xlsx
check "--deadline is the day that is told" sh -c 'test "$(grep -c "4月20日前" both-短信.csv)" -eq 2'
check "who never came is told so" grep -q -F '13900139000,【省招就中心】赵*同学，尚未收到你的毕业照片' \
	both-短信.csv
tc-export retake -q --date 2025-04-02 -o retake.xlsx phones.ndjson >/dev/null 2>&1
sheets retake.xlsx
check "the list for the school tells the same day, the last of its window" is \
	"$(grep 2021004 retake-今日新增.csv | tr ',' '\n' | tail -n 1)" 2025-04-03
tc-export retake -q --date 2025-04-04 -o late.xlsx phones.ndjson >/dev/null 2>&1
sheets late.xlsx
check "when it is over, none is told" is "$(cat late-*.csv | grep 2021004 | tr ',' '\n' | tail -n 1)" ''
check_status "--new leaves out whom the school was told of on an earlier day" 0 \
	tc-export notify --new --date 2025-04-03 -o new.xlsx phones.ndjson
check "... of all" grep -q '0 short messages, 0 students' err
check "a message records nothing" sh -c '! grep -q notify school/decisions.ndjson'
printf 'include = jiangsu\n[notify]\ncharacters_max = 20\n' >short.conf
sed "s|\"name\":\"jiangsu\"|\"name\":\"$PWD/short.conf\"|" phones.ndjson >short.ndjson
check_status "a message that holds nothing is refused" 2 tc-export notify -o short.xlsx short.ndjson
check "... by its key" grep -q 'characters_max is below 50' err
finish
