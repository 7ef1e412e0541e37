#!/bin/sh
# The centre's table of schools: what it says of a school holds in every tool.
. "$(dirname "$0")/lib.sh"

cat >schools.csv <<'END'
江苏省2026届毕业生图像采集日程安排,,,,,,,,,
序号,院校代码,院校名称,所在城市,采集日期,采集时段,联系人,联系电话,邮寄地址,缴费方式,份数
1,10285,甲大学,苏州,2026年3月2日至4日、3月9日,上午8:30-11:30，下午1:30-5:00,张老师,0512-65880000,苏州市某路1号,学校统缴,5
2,10284,乙大学,南京,2026.4.1-4.3,8:00-17:00,李老师,,南京市某路2号,学生自缴,3
3,10999,丙学院,镇江,春天,,,,,,
4,10998,丁学院,镇江,2026/4/5,,,,,学校,4
5,10998,丁学院,镇江,2026/4/6,,,,,学校,4
合计,,5所,,,,,,,,
END
for code in 10285 10284; do
	draw-school -q -n 3 -s "$code" --roster-encoding utf-8 -W 700 --set "date=2026:03:03 09:00:00" -o "$code"
	sed -i "s/99999/$code/; s/江东示例大学//" "$code/roster.csv"
	tc-ingest -q -d "b$code" -r "$code/roster.csv" -s "$code" -y 2026 \
		--schools schools.csv "$code/upload.zip" >"$code.in" 2>"$code.err" || cat "$code.err"
	head -n 1 "$code.in" >"$code.head"
done
check "the head says where the school is and who answers for it" jq -se '.[0] |
	.school == {code: "10285", name: "甲大学", city: "苏州", contact: "张老师",
	phone: "0512-65880000", address: "苏州市某路1号"}' 10285.head
check "... and what holds there in the place of the profile" jq -se '.[0].profile.set == {
	"provenance.taken_days": "2026-03-02..2026-03-04, 2026-03-09",
	"provenance.taken_hours": "08:30..11:30, 13:30..17:00",
	"fee.mode": "school", "print.copies": "5"}' 10285.head
check "... of the other school, what its row says" jq -se '.[0] |
	.school.name == "乙大学" and (.school | has("phone") | not) and
	.profile.set == {"provenance.taken_days": "2026-04-01..2026-04-03",
	"provenance.taken_hours": "08:00..17:00", "fee.mode": "student",
	"print.copies": "3"}' 10284.head
check "the manifest keeps to the schema" python3 "$TC_TOP/tests/validate.py" \
	"$TC_TOP/share/manifest.schema.json" 10285.in
tc-ingest -q -d b10285 -r 10285/roster.csv >again 2>/dev/null
check_same "a run without the table says the same" 10285.in again
check "the name is the batch's" is "$(jq -r .school b10285/id)" 甲大学

# ---- wrong tables ----
ingest() {
	tc-ingest -q -d "new$1" -s "$1" --schools "${2:-schools.csv}" 10285/upload.zip
}
check_status "a school that is not in the table is an error" 2 ingest 99999
check "... that names both" grep -q "school '99999' is not in 'schools.csv'" err
check_status "days that cannot be read are one" 2 ingest 10999
check "... that names the row" grep -q "row 5: the days cannot be read" err
check_status "two rows that differ are one" 2 ingest 10998
check "... that names the second" grep -q "row 7: another row has different data of the school" err
check_status "a batch without a code is one" 2 tc-ingest -q -d new0 \
	--schools schools.csv 10285/upload.zip
check "... that says what to give" grep -q 'give -s' err
check_status "a file that is no table is one" 2 ingest 10285 10285/upload.zip
echo '姓名,学号' >roster.csv
check_status "so is a table without schools" 2 ingest 10285 roster.csv
check "... that says so" grep -q "no row of headings with the schools' codes" err
head -n 1 10285.in | sed 's/"print.copies":"5"/"print.copies":"five"/' >spoilt
sed 1d 10285.in >>spoilt
check_status "a value in the manifest that is none is refused" 2 tc-check -q spoilt
check "... by its name" grep -q "'five' is not a value for 'print.copies'" err

# ---- all tools, several schools in one stream ----
cat 10285.in 10284.in | tc-check -q 2>check.err | tc-normalize -q >both
taken() {
	jq -r --arg school "$1" 'select(.type == "photo" and
		(.id | startswith($school))) | .checks[] |
		select(.id == "provenance.taken") | "\(.verdict) \(.detail // "-")"' both |
		sort -u
}
check "taken on a day and in an hour of the school: no fault" is \
	"$(taken "$(jq -r .id 10285.head)")" "pass -"
check "taken outside of them: for review, with the time" is \
	"$(taken "$(jq -r .id 10284.head)")" "fail 2026-03-03 09:00:00"
tc-layout -q --include review -o sheets.pdf --index index.csv both >printed 2>layout.err || cat layout.err
check "so many prints as each school's row says" is "$(awk -F, '$1 == "排版索引" {
	n[$8]++ } END { print n[5], n[3] }' index.csv)" "3 3"
check "the index says where they go" grep -q '苏州市某路1号 张老师 0512-65880000' index.csv
check "... for each school" grep -q '南京市某路2号' index.csv
tc-export -q stats -o stats.xlsx both >/dev/null 2>export.err || cat export.err
check "the fee is due from the school that pays" sh -c '
	unzip -p stats.xlsx "xl/worksheets/sheet*.xml" | grep -q 学校统缴'
check "... and not where the students pay" sh -c '
	unzip -p stats.xlsx "xl/worksheets/sheet*.xml" | grep -q 学生自缴'

# ---- windows of cities, teaching points, what came back ----
cat >season.conf <<'END'
include = jiangsu
[window]
cities = 徐州 3 月 15 日—4 月 3 日 | 南通市 2025-04-01至2025-04-16
END
cat >more.csv <<'END'
院校代码,院校名称,城市,采集日期,采集时段,教学点,联系人,电话,地址,已缴金额,到账日期,反馈表收到日期
10301,戊大学,徐州市,3月16日至18日,9:00-17:00,,张老师,0516-1,徐州市某路1号,"1,500.00",2025年11月3日,2025-04-20
10301,戊大学,徐州市,,,睢宁函授站,周老师,0516-2,睢宁县某路2号,,,
10301,戊大学,徐州市,,,沛县教学点,吴老师,0516-3,沛县某路3号,,,
10302,己大学,南通,3月30日至4月2日,7:00-17:00,,,,,,,
END
outside() {
	tc-ingest -q -d "w$1" -s "$1" -y 2026 -p ./season.conf --schools more.csv 10285/upload.zip >out 2>err
	head -n 1 out >first
}
SOURCE_DATE_EPOCH=1741000000 outside 10301
check "days without a year are of the year of the batch" is \
	"$(jq -r '.profile.set["provenance.taken_days"]' first)" 2025-03-16..2025-03-18
check "... and within the city's window nothing is said" sh -c '! grep -q window err && jq -e ".school.outside | not" first'
check "rows of teaching points say where they are" jq -e '.school.points ==
	[{name: "睢宁函授站", contact: "周老师", phone: "0516-2", address: "睢宁县某路2号"},
	{name: "沛县教学点", contact: "吴老师", phone: "0516-3", address: "沛县某路3号"}]' first
check "what was paid and when the form came is there" jq -e '.school |
	.paid == "1500.00" and .paid_date == "2025-11-03" and .feedback == "2025-04-20"' first
check "the manifest keeps to the schema" python3 "$TC_TOP/tests/validate.py" \
	"$TC_TOP/share/manifest.schema.json" out
SOURCE_DATE_EPOCH=1741000000 outside 10302
check "days outside the city's window are told" grep -q \
	'2025-03-30..2025-04-02 are not within 2025-04-01..2025-04-16, the window of 南通' err
check "... and hours" grep -q '07:00..17:00 are not within 08:00..18:00' err
check "... and counted" is "$(tail -n 1 out | jq .errors)" 2
check "... and kept in the head" is "$(jq -r '.school.outside | length' first)" 2
check "... and the run goes on" is "$(tail -n 1 out | jq .entries.total)" 3
tc-ingest -q -d w10302 -p ./season.conf 10285/upload.zip >out 2>err
check "a run without the table says the same" sh -c 'grep -q "the window of 南通" err &&
	test "$(tail -n 1 out | jq .errors)" = 2'
finish
