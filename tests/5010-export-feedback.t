#!/bin/sh
# tc-export feedback: the workbook that a school proofs with.
. "$(dirname "$0")/lib.sh"
. "$TC_TOP/tests/export-batch.sh"

# office FORMAT FILE: convert with LibreOffice, into this directory.
office() {
	soffice "-env:UserInstallation=file://$PWD/lo" --headless \
		--convert-to "$1" "$2" >/dev/null 2>&1
}

make_batch school
check_status "a workbook is made" 0 tc-export feedback -o f.xlsx school.ndjson
check "records pass through unchanged" sh -c "
	grep '\"photo\"' school.ndjson >a && grep '\"photo\"' out >b && cmp a b"
check "its owner alone may read it" sh -c 'stat -c %a f.xlsx | grep -qx 600'
check "LibreOffice opens every sheet" \
	office 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1' \
	f.xlsx
check "which are three" test -f f-反馈表.csv -a -f f-勘误.csv -a -f f-填写说明.csv

check "the form is addressed and filled in" sh -c '
	grep -q "^江苏省高校招生就业指导服务中心：" f-反馈表.csv &&
	grep -q "收到 2025 届毕业生电子图像共 3 人" f-反馈表.csv &&
	grep -q "单位（盖章）：示例大学" f-反馈表.csv'
check "its parts are in the published order" sh -c '
	grep -Eo "反馈表|我单位已于|照片质量评价|采集工作评价|意见和建议|学校经办人|单位（盖章）|注：" \
		f-反馈表.csv >have &&
	printf "%s\n" 反馈表 我单位已于 照片质量评价 采集工作评价 意见和建议 学校经办人 \
		单位（盖章） 注： | cmp - have'
check "date, ticks, person and telephone are blank" sh -c '
	grep -q "____年____月____日" f-反馈表.csv && ! grep -q "[☑√]满意" f-反馈表.csv &&
	grep -q "经办人：____" f-反馈表.csv && grep -q "电话：____" f-反馈表.csv'

cat >want <<'END'
照片,学号,姓名,证件号码后四位,学院,班级,状态,原因,校对结果,应改为,说明,记录号
,2021001,张*丰,0018,机械工程学院,机械2101,合格,,,,,testtest-1
,2021002,李*,002X,机械工程学院,机械2101,合格,,,,,testtest-2
,2021003,=***,4567,机械工程学院,机械2101,合格,,,,,testtest-3
,2021004,王*,0034,机械工程学院,机械2101,需重拍,瞳孔平行角度不合格：头部倾斜 6.5°，应不超过 4°。请摆正头部后重拍。,,,,testtest-4
（未采集）,2021005,赵*,0042,机械工程学院,机械2101,未采集,,,,,testtest-5
,2021006,孙*,0050,机械工程学院,机械2101,合格,,,,,testtest-6
END
sed -i 's/=\*\*\*/=**1/' want
check "references name record and picture" sh -c '
	grep -Ec ",testtest-[0-9]-[a-z]{2}\.[0-9a-f]{8}$" f-勘误.csv | grep -qx 5'
sed -i 's/\(testtest-[0-9]*\)[-a-z0-9.]*$/\1/' f-勘误.csv	# of the token, the record
check_same "each student has a row, each photo without one has none" want f-勘误.csv
sed 1,2d school.ndjson | sed '/"end"/d' | sort -r >reversed
{ sed -n 1p school.ndjson; cat reversed; sed -n 2p school.ndjson; tail -n 1 school.ndjson; } >unsorted.ndjson
tc-export feedback -q -o unsorted.xlsx unsorted.ndjson >/dev/null 2>&1
check_same "in the order of student numbers, whatever the manifest's" f.xlsx unsorted.xlsx
check_status "ID numbers in full when asked for" 0 \
	tc-export feedback --full-id -o numbers.xlsx school.ndjson
check "are in full" sh -c '
	unzip -p numbers.xlsx xl/worksheets/sheet2.xml | grep -q 110101200001010018'
printf 'include = jiangsu\n[feedback]\nrows_max = 4\nnames = full\n' >small.conf
sed "s|\"name\":\"jiangsu\"|\"name\":\"$PWD/small.conf\"|" school.ndjson >small.ndjson
check_status "many students take several workbooks" 0 tc-export feedback -o s.xlsx small.ndjson
check "each complete in itself, no student twice or left out" sh -c '
	for f in s.xlsx s-2.xlsx; do
		unzip -p $f xl/worksheets/sheet1.xml | grep -q "共 3 人" &&
		unzip -p $f xl/worksheets/sheet2.xml | grep -o ">202100[0-9]<" || exit 1
	done | sort | uniq -c | grep -c "^ *1 " | grep -qx 6 && [ ! -e s-3.xlsx ]'
check "and names are full where the profile says so" sh -c '
	unzip -p s.xlsx xl/worksheets/sheet2.xml | grep -q 张三丰'
check "nobody's full number is anywhere in it" sh -c '
	mkdir x && cd x && unzip -qq ../f.xlsx && ! grep -rq 11010120000101 . &&
	! grep -rq 张三丰 .'
check "a picture for each image" sh -c '
	grep -o "<xdr:pic>" x/xl/drawings/drawing1.xml | wc -l | grep -qx 5'
check "of 60 x 80 pixels and at most 4 KB" sh -c '
	for f in x/xl/media/*; do
		djpeg -pnm "$f" | head -c 13 | grep -qx "60 80" &&
		[ "$(wc -c <"$f")" -le 4096 ] || exit 1
	done'
check "answers are picked from the list" grep -q \
	'"正确,照片不是本人,姓名有误,证件号有误,学号有误,需重拍,其他"' \
	x/xl/worksheets/sheet2.xml
check "the rest is locked, without a password, filters allowed" sh -c '
	grep -o "<sheetProtection[^>]*>" x/xl/worksheets/sheet2.xml >p &&
	grep -q "autoFilter=\"0\"" p && grep -q "formatColumns=\"0\"" p && ! grep -q password p'
check "the record's number is in a hidden column" grep -q \
	'<col min="12" max="12" width="0" hidden="1"' x/xl/worksheets/sheet2.xml

check "LibreOffice prints it" office pdf f.xlsx
check "the form is one A4 page" sh -c '
	pdftotext -f 1 -l 1 f.pdf - | grep -q "^注：" &&
	pdftotext -f 2 -l 2 f.pdf - | grep -q "^学号" &&
	pdfinfo f.pdf | grep -q "A4"'

cp f.xlsx first.xlsx
sleep 2
check_status "the same again is success" 0 \
	env TZ=Asia/Shanghai tc-export feedback -o f.xlsx school.ndjson
check_same "with the same bytes, whatever the time and zone" first.xlsx f.xlsx
check_status "in a directory the file is named" 0 tc-export feedback -o . school.ndjson
check "by school, class, what it is and date" \
	cmp f.xlsx 99999_示例大学_2025届_电子图像校对反馈表_20250401.xlsx
check_status "a subset may be proofed" 0 sh -c '
	sed 3d school.ndjson >part.ndjson && tc-export feedback --subset -o p.xlsx part.ndjson'

printf x >>school/normalized/2.jpg
check_status "a changed image makes no workbook: it can be made again" 2 \
	tc-export feedback -o hurt.xlsx school.ndjson
check "and none at all" test ! -e hurt.xlsx
check_status "a full disk is noticed" 2 sh -c '
	trap "" XFSZ; ulimit -f 4; exec tc-export feedback -o full.xlsx school.ndjson'
check "and gives nothing" test ! -e full.xlsx
check "nothing is left behind" sh -c '
	[ -z "$(ls -A school/tmp)" ] && ! ls -A | grep "[.]part$"'
finish
