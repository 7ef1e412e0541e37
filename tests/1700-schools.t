#!/bin/sh
# The centre's table of schools: what it says of a school holds in every tool.
. "$(dirname "$0")/lib.sh"

is() {
	test "$1" = "$2" || { echo "'$1' is not '$2'"; return 1; }
}
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
check "... that names the second" grep -q "row 7: another row says other things" err
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
finish
