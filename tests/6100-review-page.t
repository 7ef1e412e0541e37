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
# Of 6 a check was not made, and one warned; its picture is large.  1 and 2 look the
# same.  Of 3 two claims are open, and the register has its doubts.
printf 'P6\n1200 1600\n255\n' >large.ppm
yes 'the quick brown fox jumps over the lazy dog' | head -c 5760000 >>large.ppm
cjpeg -quality 90 large.ppm >large.jpg
sum=$(sha256sum <large.jpg | cut -d' ' -f1)
mkdir -p "school/originals/$(echo "$sum" | cut -c1-2)"
path=originals/$(echo "$sum" | cut -c1-2)/$sum.jpg
cp large.jpg "school/$path"
sed -i "/\"testtest-6\"/{s|\"source\":{[^}]*}|\"source\":{\"sha256\":\"$sum\",\"path\":\"$path\"}|
	s|\"width\":480,\"height\":640},\"face\":{\"box\":\[100,150,200,200\]|\"width\":1200,\"height\":1600},\"face\":{\"box\":[400,500,400,400]|
	s|\"checks\":\[|&{\"id\":\"pose.shoulders\",\"by\":\"test\",\"level\":\"review\",\"verdict\":\"not_assessed\"},{\"id\":\"image.conforms\",\"by\":\"test\",\"level\":\"reject\",\"verdict\":\"warn\"},|}
	/\"testtest-2\"/s|\"checks\":\[|&{\"id\":\"duplicate.near\",\"by\":\"test\",\"level\":\"review\",\"verdict\":\"fail\",\"detail\":\"testtest-1\",\"value\":0.98},|
	/\"testtest-1\"/s|\"checks\":\[|&{\"id\":\"duplicate.near\",\"by\":\"test\",\"level\":\"review\",\"verdict\":\"fail\",\"detail\":\"testtest-2\",\"value\":0.98},|" school.ndjson
cat >school/decisions.ndjson <<END
{"kind":"correction","record":"testtest-3","field":"name","before":"孙小七","after":"孙小八","reason":"户口本","who":"school","when":"2025-04-03T01:00:00Z"}
{"kind":"correction","record":"testtest-3","field":"id_number","before":"110101200001010050","after":"110101200001060050","who":"school","when":"2025-04-03T01:00:00Z"}
{"kind":"register-result","record":"testtest-3","after":"uncertain","reason":"比对不确定","picture":"$(sha256sum <school/normalized/3.jpg | cut -d' ' -f1)","who":"register","when":"2025-04-04T01:00:00Z"}
END
check_status "a page is made of all" 0 tc-export review --all -o r.html school.ndjson
check "records pass through unchanged" sh -c "
	for f in school.ndjson out; do jq -c 'select(.type == \"photo\") |
		del(.status, .held, .register)' \$f; done >both && test -z \"\$(sort both | uniq -u)\""
check "its owner alone may read it" sh -c 'stat -c %a r.html | grep -qx 600'
check "no name can end the block of data" sh -c '
	test "$(grep -c "</script>" r.html)" = 7 && ! grep -q "<script>alert" r.html'
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
check "a check that was not made is no finding, a warning is no failure" sh -c '
	sed -n "/testtest-6/p" r.html >row && grep -q "unchecked\":\[{\"id\":\"pose.shoulders\"" row &&
	grep -q "电子注册图像已生成" row && ! grep -q "无法裁切\|双肩疑似" row'
check "what two values of a claim differ in is shown, and no more of them" sh -c '
	grep -q "before\":\"孙\*七\",\"after\":\"孙\*八" r.html &&
	grep -q "\*\{13\}10050\",\"after\":\"\*\{13\}60050" r.html && ! grep -q "孙小七\|孙小八" r.html'
check "the registration image is in it as it is" sh -c '
	base64 -w0 school/normalized/1.jpg >want && grep -qF "$(cat want)" r.html'
check_status "without --all only what is for review" 0 tc-export review -o few.html school.ndjson
check "which are four" sh -c '
	test "$(grep -o "\"token\":" few.html | wc -l)" = 4'

sed '/"testtest-4"/s|"name":"王五"|"name":"王小五"|' school.ndjson >package.ndjson
tc-export proof -q -o plain.zip package.ndjson >/dev/null 2>&1
unzip -p plain.zip 电子图像校对.html >proof.html
check "the school's page has masked names" sh -c '! grep -q 王小五 proof.html && grep -q "王\*五" proof.html'
printf 'correct horse\n' >password && chmod 600 password
tc-export proof -q --password-file password -o locked.zip package.ndjson >/dev/null 2>&1
check "and whole ones inside an encrypted package" sh -c '
	7z x -so "-pcorrect horse" locked.zip 电子图像校对.html | grep -q 王小五'

cp -r school broken && sed "s|$PWD/school|$PWD/broken|" school.ndjson >broken.ndjson
rm -rf broken/results/tc-export && mkdir -p broken/results && : >broken/results/tc-export
check_status "a preview that cannot be kept ends the run" 2 \
	tc-export review --all -o broken.html broken.ndjson
check "with the reason, and no page" sh -c 'grep -q "tc-export: .*Not a directory" err && test ! -e broken.html'
mv broken/normalized/2.jpg x && mkdir broken/normalized/2.jpg
check_status "so does an image that cannot be read" 2 tc-export proof -o broken.zip broken.ndjson

reason=$(browser_missing)
if [ -n "$reason" ]; then
	skip "the page in Chromium" "$reason"
	finish
	exit
fi
# at PAGE STEP...: browse with a browser that knows nothing yet.
at() {
	rm -rf profile
	page=$1
	shift
	browse "$PWD/$page" "$@" >seen 2>complaints
}

check "it loads, without an error, a request or a dialog" browse "$PWD/r.html"
at r.html name:Wang print:count print:who print:lines print:drawn print:facts
check "the first student is shown, masked" grep -qx '张\*丰' seen
check "with the measured lines and whole pictures" sh -c 'grep -qx 3 seen && grep -qx true seen'
check "an old photo has waited for long" grep -q '[0-9][0-9][0-9] days' seen
at r.html name:Wang search:2021006 print:who print:elements
check "a student named <script> is text" sh -c 'grep -q "^<" seen && grep -qx 0 seen'
at r.html name:Wang filter:pose.roll print:who
check "filtered by a reason" grep -qx '王\*' seen

at r.html name:Wang search:2021006 key:Enter print:pixels key:e key:f print:pixels print:facts
check "the registration image has a pixel of the screen for each of its own" grep -q ' 1.00x1.00$' seen
check "twice as large at its edges, and the face is as it was taken" grep -qx '1.00x1.00 2.00x2.00' seen
check "what was not checked is told as that" sh -c '
	grep -A1 "^Not checked" seen | grep -q shoulders && grep -q "image was made" seen'
at r.html name:Wang view:result wheel:result*3 view:result drag:result view:result key:- view:result
check "wheel, drag and keys move it" sh -c 'test "$(sort seen | uniq | wc -l)" = 4'
at r.html name:Wang filter:duplicate.near print:pictures print:facts
check "beside a photo that looks like another's stands the other" sh -c '
	grep -qx "original other result" seen && grep -q "Perhaps the same: 李\* 2021002" seen'
at r.html name:Wang search:2021003 print:facts
check "a claim has both its values, its reason and who said it" sh -c '
	grep -q "name: 孙\*七 → 孙\*八 · 户口本 · waits for: [a-z]" seen && grep -q "ID number: .*10050 → .*60050" seen'
check "the register's doubt has its words" grep -q 'Register: uncertain · 比对不确定' seen

at r.html name:Wang hold:p*40 print:count
check "a held key decides one photo" grep -qx '1 of 5 answered' seen
at r.html name:Wang doubleclick:button.pass print:count
check "a double click too" grep -qx '1 of 5 answered' seen
at r.html name:Wang search:2021004 key:Enter key:p print:asked key:Enter print:count key:p "click:#ask button.pass" print:count
check "who passes what the machine rejected is asked, and the rule is named" sh -c '
	grep -q "head tilt: The head is tilted by 6.5 degrees" seen && grep -q "^0 of 5" seen && grep -q "^1 of 5" seen'
sed '/"testtest-4"/s|"id":"pose.roll"|"id":"face.count"|' school.ndjson >final.ndjson
tc-export review -q --all -o final.html final.ndjson >/dev/null 2>&1
at final.html name:Wang search:2021004 key:Enter key:p print:asked key:Enter print:count
check "nobody passes what nobody may" sh -c 'grep -q "Nobody can set this aside" seen && grep -q "^0 of 5" seen'

at r.html name:Wang key:p key:r key:1 key:p key:u print:count reload print:count print:stored
check "decided by keyboard, one undone, kept over a reload" sh -c '
	grep -c "^2 of 5 answered$" seen | grep -qx 2 && tail -n 1 seen | grep -qx 2'
browse "$PWD/r.html" cancel:csv print:unsaved reload print:unsaved print:count >seen
check "a download that fails loses nothing" sh -c '
	grep -c "^2 not saved$" seen | grep -qx 2 && grep -qx "2 of 5 answered" seen'
browse "$PWD/r.html" download:csv:"$PWD/a.csv" print:asked "click:#saved" print:unsaved reload print:unsaved print:stored >seen
check "it is saved when a person says so, and stays known" sh -c '
	grep -q "Is the file there" seen && ! grep -q "not saved" seen && tail -n 1 seen | grep -qx 2'
check "the download names picture, status before and who" sh -c '
	grep -q "\"合格\",\"\",\"[0-9a-f]\{64\}\",\"review\",\"Wang\"" a.csv &&
	grep -q "\"需重拍\",\"duplicate.near\"" a.csv'
at r.html name:Wang key:r key:0 "type:=1+1" key:Enter download:json:"$PWD/a.json"
check "JSON too, with a reason in words" sh -c '
	jq -e ".batch == \"testtest\" and (.answers | length) == 1 and .answers[0][\"原因\"] == \"=1+1\"" a.json'
at r.html name:Wang key:r key:0 "type:=1+1" key:Enter download:csv:"$PWD/b.csv"
check "in CSV no formula" grep -q "\"'=1+1\"" b.csv

at r.html axe name:Wang axe print:said key:r axe key:Escape key:? axe
check "a screen reader finds all: axe finds nothing" sh -c '
	test "$(grep -cx "0 found by axe" seen)" = 4 && ! grep "^axe:" seen'
check "and is told who is shown" grep -q '^1 of 5, 张\*丰, review' seen
at r.html name:Wang print:visible print:overflow
check "on 1366 x 768 nothing has to be scrolled" sh -c 'grep -qx "actions facts result" seen && grep -qx false seen'
export TC_SIZE=390x844 TC_SCALE=3 TC_TOUCH=1
at r.html name:Wang print:overflow axe tap:button.pass print:count
check "on a telephone nothing is beside the screen, and it is touched" sh -c '
	grep -qx false seen && grep -qx "0 found by axe" seen && grep -qx "1 of 5 answered" seen'
unset TC_SIZE TC_SCALE TC_TOUCH
export TC_LOCALE=zh-CN
at proof.html name:王老师 axe key:1 print:count search:2021004 key:Enter key:1 print:asked key:Escape key:6 key:Enter print:count
check "on the school's page 正确 is kept from what was rejected" sh -c '
	grep -qx "0 found by axe" seen && grep -q "不能使其合格" seen && grep -qx "已审核 1 / 6" seen &&
	grep -qx "已审核 2 / 6" seen'
finish
