#!/bin/sh
# tc-export review: the page, in Chromium, and what it downloads.
. "$(dirname "$0")/lib.sh"
. "$TC_TOP/tests/export-batch.sh"
. "$TC_TOP/tests/browser.sh"

make_batch school
# Real names for the pictures that the records say they have, and a hostile one.
n=1
while [ $n -le 6 ]; do
	if [ $n -ne 5 ]; then
		sum=$(sha256sum "school/normalized/$n.jpg" | cut -d' ' -f1)
		mkdir -p "school/originals/$(echo "$sum" | cut -c1-2)"
		path=originals/$(echo "$sum" | cut -c1-2)/$sum.jpg
		cp "school/normalized/$n.jpg" "school/$path"
		touch -d 2020-01-01T12:00:00Z "school/$path"
		sed -i "s|\"source\":{\"sha256\":\"$(printf %064d $n)\"}|\"source\":{\"sha256\":\"$sum\",\"path\":\"$path\"},\"image\":{\"format\":\"jpeg\",\"width\":480,\"height\":640},\"face\":{\"box\":[100,150,200,200],\"crown\":80,\"chin\":[240,380],\"left_eye\":[190,230],\"right_eye\":[290,230]}|" \
			school.ndjson
	fi
	n=$((n + 1))
done
sed -i 's|"name":"孙七"|"name":"<script>alert(1)</script>","exam_no":"</script><img src=x onerror=alert(1)>"|
	s|机械2101|机械<b>2101|' school.ndjson
sed -i '/"testtest-6"/s|"checks":\[|&{"id":"pose.yaw","by":"test","level":"review","verdict":"fail","value":20},|' \
	school.ndjson
check_status "a page is made of all" 0 tc-export review --all -o r.html school.ndjson
check "records pass through unchanged" sh -c "
	for f in school.ndjson out; do jq -c 'select(.type == \"photo\") |
		del(.status)' \$f; done >both && test -z \"\$(sort both | uniq -u)\""
check "its owner alone may read it" sh -c 'stat -c %a r.html | grep -qx 600'
check "no name can end the block of data" sh -c '
	test "$(grep -c "</script>" r.html)" = 2 && ! grep -q "<script>alert" r.html'
check "nobody's full name or number is in it" sh -c '
	! grep -q 张三丰 r.html && ! grep -q 11010120000101 r.html'
check "its policy allows nothing from outside" sh -c "
	grep -o 'Content-Security-Policy\" content=\"[^\"]*' r.html >policy &&
	grep -q \"default-src 'none'\" policy && grep -q \"script-src 'sha256-\" policy &&
	! grep -q 'unsafe\|http\|\*' policy"
check "no handler stands in the markup" sh -c '
	sed "/application.json/,\$d" r.html | grep -Ev "^(const|	)" | grep -Ei " on[a-z]+=" && exit 1; exit 0'
cp r.html first.html
check_status "the same again" 0 env TZ=Asia/Shanghai tc-export review --all -o r.html school.ndjson
check_same "gives the same bytes" first.html r.html
check_status "without --all only what is for review" 0 tc-export review -o few.html school.ndjson
check "which is one" sh -c '
	test "$(grep -o "\"token\":" few.html | wc -l)" = 1'

reason=$(browser_missing)
if [ -n "$reason" ]; then
	skip "the page in Chromium" "$reason"
	finish
	exit
fi

check "it loads, without an error, a request or a dialog" browse "$PWD/r.html"
browse "$PWD/r.html" name:Wang print:count print:who print:lines print:drawn print:facts >seen
check "the first student is shown, masked" grep -qx '张\*丰' seen
check "with the measured lines and whole pictures" sh -c 'grep -qx 3 seen && grep -qx true seen'
check "an old photo has waited for long" grep -q '[0-9][0-9][0-9] days' seen
rm -rf profile
browse "$PWD/r.html" name:Wang search:2021006 print:who print:elements >seen
check "a student named <script> is text" sh -c 'grep -q "^<" seen && grep -qx 0 seen'
rm -rf profile
browse "$PWD/r.html" name:Wang filter:pose.roll print:who >seen
check "filtered by a reason" grep -qx '王\*' seen
rm -rf profile
browse "$PWD/r.html" name:Wang key:p key:r key:1 key:p key:u print:count reload print:count print:stored >seen
check "decided by keyboard, one undone, kept over a reload" sh -c '
	grep -c "^2 of 5 answered$" seen | grep -qx 2 && tail -n 1 seen | grep -qx 1'
browse "$PWD/r.html" download:csv:"$PWD/a.csv" print:stored >seen
check "kept by the browser until it is downloaded, then cleared" grep -qx 0 seen
check "the download names picture, status before and who" sh -c '
	grep -q "\"合格\",\"\",\"[0-9a-f]\{64\}\",\"pass\",\"Wang\"" a.csv &&
	grep -q "\"需重拍\",\"pose.roll\"" a.csv'
rm -rf profile
browse "$PWD/r.html" name:Wang key:r key:0 "type:=1+1" key:Enter download:json:"$PWD/a.json" >/dev/null
check "JSON too, with a reason in words" sh -c '
	jq -e ".batch == \"testtest\" and (.answers | length) == 1 and .answers[0][\"原因\"] == \"=1+1\"" a.json'
rm -rf profile
browse "$PWD/r.html" name:Wang key:r key:0 "type:=1+1" key:Enter download:csv:"$PWD/b.csv" >/dev/null
check "in CSV no formula" grep -q "\"'=1+1\"" b.csv
finish
