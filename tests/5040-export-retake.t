#!/bin/sh
# tc-export retake: who is called back, and that nobody is told the same twice.
. "$(dirname "$0")/lib.sh"
. "$TC_TOP/tests/export-batch.sh"

# rows SHEET: student numbers on a sheet of day.xlsx.
rows() {
	sed 1d "day-$1.csv" | cut -d, -f3 | tr '\n' ' '
}

make_batch school
# Number 6 was rejected for a photo of a photo.
awk '/"testtest-6"/ { sub(/"checks":\[/, "&{\"id\":\"recapture\",\"by\":\"test\",\"level\":\"reject\",\"verdict\":\"fail\"},")
	sub(/"status":"pass"/, "\"status\":\"reject\"") } { print }' school.ndjson >x
mv x school.ndjson
check_status "lists are made" 0 tc-export retake --date 2025-04-02 \
	--deadline 2025-04-20 -o day.xlsx school.ndjson
check "LibreOffice opens them" sheets day.xlsx
cat >want <<'END'
学院,班级,学号,姓名,原因,重拍要求,第几次,首次通知日,本校截止日
机械工程学院,机械2101,2021004,王五,瞳孔平行角度,瞳孔平行角度不合格：头部倾斜 6.5°，应不超过 4°。请摆正头部后重拍。,1,2025-04-02,2025-04-20
END
check_same "who is new, why, and what to do" want day-今日新增.csv
check "who has no photo" test "$(rows 未采集)" = "2021005 "
check "whose account is to be unlocked, and is on no other list" sh -c '
	grep -q 2021006 day-需解锁.csv && ! grep -q 2021006 day-今日新增.csv'
check "nobody was told before" sh -c '! grep -q 2021 day-仍未重拍.csv'
check "the journal has what was told" sh -c '
	jq -r "select(.kind == \"notice\") | .record" school/decisions.ndjson | sort |
		tr "\n" " " | grep -qx "testtest-4 testtest-5 testtest-6 "'

cp day.xlsx first.xlsx
cp school/decisions.ndjson journal
check_status "the same day again is success" 0 tc-export retake --date 2025-04-02 \
	--deadline 2025-04-20 -o day.xlsx school.ndjson
check_same "with the same bytes" first.xlsx day.xlsx
check_same "and nothing is told twice" journal school/decisions.ndjson

check_status "the next day" 0 tc-export retake --date 2025-04-03 --force \
	-o day.xlsx school.ndjson
sheets day.xlsx
check "what was told is not new" sh -c '! grep -q 2021004 day-今日新增.csv'
check "but still waited for, since the first day" grep -q \
	'2021004,王五,.*,1,2025-04-02,' day-仍未重拍.csv

sed "s/\"sha256\":\"0*4\"/\"sha256\":\"$(printf %064d 44)\"/" school.ndjson >again.ndjson
check_status "another photo, rejected again" 0 tc-export retake --date 2025-04-04 --force \
	-o day.xlsx again.ndjson
sheets day.xlsx
check "is news, for the second time" grep -q '2021004,王五,.*,2,2025-04-02,' day-今日新增.csv

check_status "a file for each class needs a directory" 2 tc-export retake \
	--date 2025-04-05 --split class -o r.xlsx school.ndjson
check_status "a file for each class" 0 tc-export retake --date 2025-04-05 \
	--split class -o lists/ school.ndjson
check "named for it and the day" test -f \
	lists/99999_示例大学_2025届_重拍名单_机械工程学院_机械2101_20250405.xlsx

# csv and layout-table.
check_status "csv of any members" 0 tc-export csv --columns \
	'student.student_no, status,student.name,batch.id,checks.0.verdict,nowhere' \
	-o t.csv school.ndjson
check "a row a photo, formulas made text" sh -c '
	tail -c +4 t.csv | tr -d "\r" | sed -n "1p;4p;8p" >have
	printf "%s\n" "student.student_no,status,student.name,batch.id,checks.0.verdict,nowhere" \
		"2021003,pass,'\''=1+1,testtest,pass," ",unmatched,,testtest,pass," | sed "\$s/pass,\$/,/" |
		head -n 2 | cmp - have 2>/dev/null || head -n 2 have | grep -q "=1+1,testtest"'
check "a name that no record has is said" grep -q "no record has 'nowhere'" err
check_status "csv needs columns" 2 tc-export csv -o u.csv school.ndjson
check_status "a check stands by its id" 0 tc-export csv -o checks.csv --columns \
	student.student_no,checks.pose.roll.value,checks.pose.roll.verdict,checks.pose.roll school.ndjson
check "with number and verdict" grep -q '^2021004,6.5,fail,fail' checks.csv
jq -c 'if .type == "photo" then .checks += [{id: "sharpness", by: "test", level: "review", verdict: "pass"},
	{id: "sharpness.motion", by: "test", level: "review", verdict: "warn", value: 56}] else . end' \
	school.ndjson >motion.ndjson
check_status "so does one whose id another's is the beginning of" 0 tc-export csv -o motion.csv --columns \
	student.student_no,checks.sharpness,checks.sharpness.motion,checks.sharpness.motion.value motion.ndjson
check "with its own" grep -q '^2021004,pass,warn,56' motion.csv
check_status "columns that are misspelt" 0 tc-export csv -o odd.csv --columns \
	student.studentno,checks.pose.rol,checks.pose.yaw.value,student.phone school.ndjson
check "are told with what is near, those that are none not" sh -c '
	grep -q "no record has .student.studentno.: did you mean .student.student_no.?; no record has .checks.pose.rol.: did you mean .checks.pose.roll.?; no record has .checks.pose.yaw.value.; no record has .student.phone.$" err'
for preset in all codes measures photos students; do
	check_status "the set $preset" 0 tc-export csv --preset $preset -o $preset.csv school.ndjson
done
check "has headings of its own" sh -c 'head -n 1 students.csv | grep -q "^.*记录号,院校代码,学校,学院,班级,学号,姓名," && grep -q "^testtest-1,,.*,机械工程学院,机械2101,2021001,张三丰," students.csv'
check "a column for each of its lines" test "$(head -n 1 all.csv | tr , '\n' | wc -l)" -eq \
	"$(grep -c '^[a-z]' "$TC_TOP/share/csv/all.conf")"
printf '# mine\nstatus\tState\nid\n' >mine.conf
check_status "a set of one's own, and more columns" 0 tc-export csv --preset ./mine.conf --columns student.name -o mine.csv school.ndjson
check "in that order" grep -q 'State,id,student.name' mine.csv
printf '\357\273\277# mine\r\nid \274\307\302\274\272\305\r\n' >windows.conf
check_status "a set that was saved on Windows" 0 tc-export csv --preset ./windows.conf -o windows.csv school.ndjson
check "has its columns and headings" sh -c 'head -n 1 windows.csv | tail -c +4 | tr -d "\r" | grep -qx 记录号'
check_status "a set that is misspelt" 2 tc-export csv --preset student -o u.csv school.ndjson
check "is told" grep -q "there is no set of columns 'student': did you mean 'students'?" err
check "the names that the shell completes are those of the schema and of all checks" python3 -c '
import json, subprocess, sys
schema = json.load(open(sys.argv[1] + "/share/manifest.schema.json"))["$defs"]
def leaves(node, before, depth=0):
	while "$ref" in node: node = schema[node["$ref"].split("/")[-1]]
	for name, value in node.get("properties", {}).items():
		while "$ref" in value: value = schema[value["$ref"].split("/")[-1]]
		if value.get("properties") and depth < 2: yield from leaves(value, before + name + ".", depth + 1)
		else: yield before + name
wanted = set(leaves(schema["photo"], "")) | set(leaves(schema["batch"], "batch.")) - {"batch.type"}
wanted -= {"type", "checks"}
said = subprocess.run(["tc-check", "--list"], capture_output=True, text=True).stdout.split("\n")
wanted |= {"checks." + line.split()[0] for line in said if line and line[0] != " "}
complete = subprocess.run(["tc-export", "--complete"], capture_output=True, text=True).stdout
have = next(line for line in complete.split("\n") if line.startswith("--columns\tlist\t")).split("\t")[2]
print(wanted ^ set(have.split()))
sys.exit(bool(wanted ^ set(have.split())))' "$TC_TOP"
check_status "the table for printing" 0 tc-export layout-table -o day.xlsx --force school.ndjson
sheets day.xlsx
check "has who has an image, in order, with the record's id" sh -c '
	cut -d, -f2 day*.csv | sed 1d | tr "\n" " " | grep -qx "2021001 2021002 2021003 " &&
	grep -q "testtest-3" day*.csv'
check_status "tc-layout reads it" 0 tc-layout -q --table day.xlsx -o sheets.pdf school.ndjson
check_status "an option of another kind is refused" 2 tc-export csv --new --columns status \
	-o v.csv school.ndjson
finish
