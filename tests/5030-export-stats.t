#!/bin/sh
# tc-export stats: figures and fees.
. "$(dirname "$0")/lib.sh"
. "$TC_TOP/tests/export-batch.sh"


make_batch school
# Somebody's first photo, replaced: number 2 passed with the second.
sed -n '/"testtest-2"/{s/"testtest-2"/"testtest-8"/;s/"matched"/"superseded"/
	s/"status":"pass"/"status":"superseded"/;p;}' school.ndjson >replaced
sed -i -e '/"end"/{
r replaced
N
}' school.ndjson
grep -v '"end"' school.ndjson >photos
{ cat photos; [ "$(grep -c superseded photos)" -gt 0 ] || cat replaced
	echo '{"type":"end","records":8,"errors":0}'; } >school.ndjson
check_status "statistics are made" 0 tc-export stats -o s.xlsx school.ndjson
check "LibreOffice opens them" sheets s.xlsx
cat >want <<'END'
院校代码,院校名称,届,应采,实采,合格,待审,需重拍,未采集,重拍人次,采集率,合格率,一次合格率
99999,示例大学,2025,6,5,4,0,1,1,1,83.3333333333333%,80%,60%
合计,,,6,5,4,0,1,1,1,83.3333333333333%,80%,60%
END
check_same "a person counts once; who sent a second photo did not pass at once" want s-学校.csv
check "the sums are the manifest's" sh -c '
	tail -n 1 out | jq -r "[.status.pass, .status.review, .status.reject, .status.missing] |
		join(\",\")" | grep -qx "4,0,1,1"'
check "colleges and classes add up to it" sh -c '
	for f in s-学院.csv s-班级.csv; do
		grep -q "机械工程学院.*6,5,4,0,1,1,1" $f || exit 1; done'
check "the bill is for persons who came" grep -qx \
	'99999,示例大学,2025,学校统缴,实采人数,5,15,75,' s-结算单.csv

profile() {
	printf 'include = jiangsu\n[fee]\n' >"$1.conf"
	cat >>"$1.conf"
	sed "s|\"name\":\"jiangsu\"|\"name\":\"$PWD/$1.conf\"|" school.ndjson >"$1.ndjson"
}
echo 'mode = student' | profile student
check_status "where students pay" 0 tc-export stats -o student.xlsx student.ndjson
sheets student.xlsx
check "and the bill says why" grep -q '学生自缴,实采人数,5,15,0,学生拍摄时已自缴' \
	student-结算单.csv
echo 'counts = passed' | profile passed
tc-export stats -q -o passed.xlsx passed.ndjson >/dev/null 2>&1
sheets passed.xlsx
check "the bill may be for persons who passed" grep -q '合格人数,4,15,60' \
	passed-结算单.csv

# A second school, and a second day of the first.
cp -r school other
sed -i 's/testtest/otherone/; s/99999/88888/; s/示例大学/第二大学/' other/id
sealed other/id
sed "s/testtest/otherone/g; s|$PWD/school|$PWD/other|" school.ndjson >other.ndjson
cat school.ndjson other.ndjson >province.ndjson
check_status "several schools are one table" 0 tc-export stats -o dir/ province.ndjson
check "named for the province" test -f dir/全省_统计表_20250401.xlsx
cp dir/*.xlsx p.xlsx
sheets p.xlsx
check "with their sum" grep -q '^合计,,,12,10,8,0,2,2,2' p-学校.csv
check "and one bill" grep -q '^合计,.*,10,,150' p-结算单.csv

sed 's/"state":"matched"},"checks":\[[^]]*\],"status":"pass"/"state":"missing"},"checks":[],"status":"missing"/' \
	school.ndjson >day1.ndjson
cat day1.ndjson school.ndjson | tc-export stats --days 04-01,04-02 -o d.xlsx >/dev/null 2>err
check "several manifests of one school are its days" sheets d.xlsx
check "with a row each" sh -c '
	grep -q "^04-01,6,1,0,0,1,5" d-进度.csv && grep -q "^04-02,6,5,4,0,1,1" d-进度.csv'
check "a chart" sh -c 'unzip -Z1 d.xlsx | grep -q xl/charts/chart1.xml'
check "and the last one in the tables" grep -q '99999,示例大学,2025,6,5,4' d-学校.csv
check_status "a part of a manifest gives no statistics" 2 sh -c '
	sed 3d school.ndjson | tc-export stats --subset -o part.xlsx'
finish
