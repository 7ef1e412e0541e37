#!/bin/sh
# What every list has on paper, and columns and sheets that not every school has.
. "$(dirname "$0")/lib.sh"
. "$TC_TOP/tests/export-batch.sh"

# heads FILE: the head of each sheet's pages.
heads() {
	unzip -p "$1" 'xl/worksheets/sheet*.xml' | grep -o '<oddHeader>[^<]*'
}
# has_heads FILE SHEETS TITLE DATE
has_heads() {
	test "$(heads "$1" | grep -c "&amp;L99999 示例大学 2025届&amp;C&amp;B$3&amp;R$4\$")" = "$2"
}

make_batch school
# Number 4 was rejected by the crop too; of number 6 a check was not made, and another
# one warns.
sed -i '/"testtest-4"/s|"checks":\[|&{"id":"framing.above","by":"test","level":"reject","verdict":"fail","value":31,"unit":"px","max":4},{"id":"background.mask","by":"test","level":"review","verdict":"fail","value":0.1,"min":0.5},|
	/"testtest-6"/s|"checks":\[|&{"id":"pose.shoulders","by":"test","level":"review","verdict":"not_assessed"},{"id":"image.conforms","by":"test","level":"reject","verdict":"warn","detail":"crown_estimated"},|
	/"testtest-6"/s|"status":"pass"|"status":"review"|' school.ndjson
tc-export retake -q --date 2025-04-02 -o r.xlsx school.ndjson >/dev/null 2>&1
tc-export stats -q -o s.xlsx school.ndjson >/dev/null 2>&1
tc-export feedback -q -o f.xlsx school.ndjson >/dev/null 2>&1
tc-export layout-table -q -o t.xlsx school.ndjson >/dev/null 2>&1
tc-export identity-review -q -o i.xlsx school.ndjson >/dev/null 2>&1
tc-layout -q -o sheets.pdf --index x.xlsx school.ndjson >/dev/null 2>&1
check "the retake list's pages have title, school, class and day" has_heads r.xlsx 4 重拍名单 2025-04-02
check "so have the statistics'" has_heads s.xlsx 5 统计表 2025-04-01
check "the layout table's" has_heads t.xlsx 1 排版冲印数据 2025-04-01
check "the identity review's" has_heads i.xlsx 1 身份复核名单 2025-04-01
check "the print index's" has_heads x.xlsx 3 '[a-z排].*' 2025-04-01
check "and the feedback workbook's, but not the form's one page" has_heads f.xlsx 2 \
	电子图像校对反馈表 2025-04-01
check "with page numbers below" sh -c '
	for f in r s t i x f; do unzip -p $f.xlsx xl/worksheets/sheet2.xml xl/worksheets/sheet1.xml |
		grep -q "<oddFooter>.*&amp;P / &amp;N" || exit 1; done'

sheets r.xlsx && sheets s.xlsx && sheets f.xlsx
check "a student is told what to do, without pixels and offices" sh -c '
	grep 2021004 r-今日新增.csv >row && tail -n +1 r-今日新增.csv | grep -A1 2021004 |
		grep -q "请在头顶上方留出空间。" && ! grep -q "像素\|人工审核" r-今日新增.csv'
check "so is the school, of students who have to come again" sh -c '
	grep -A1 2021004 f-勘误.csv | grep -q "请在头顶上方留出空间。" &&
	! grep -A1 2021004 f-勘误.csv | grep -q "像素\|人工审核"'
check "one school has its sum too" grep -q '^合计,,,6,5,3,1,1,1,0' s-学校.csv
check "and colleges, classes and the bill theirs" sh -c '
	for f in 学院 班级 结算单; do tail -n 1 s-$f.csv | grep -q "^合计" || exit 1; done'
check "the reasons stand in a sheet, the most frequent first" sh -c '
	printf "%s\n" 原因,需重拍,待审 >want && sed 1q s-原因.csv | diff want - &&
	grep -qx 头顶空间,1,0 s-原因.csv && grep -qx 瞳孔平行角度,1,0 s-原因.csv &&
	grep -qx 头像规格,0,1 s-原因.csv && ! grep -q 双肩 s-原因.csv'
check "as bars" sh -c 'unzip -p s.xlsx xl/charts/chart1.xml | grep -q "<c:barDir val=\"bar\"/>"'
check "a check that was not made is no reason" sh -c '
	grep 2021006 f-勘误.csv >row && ! grep -q 双肩 row'
check "and a warning is told as one" sh -c '
	grep -q "电子注册图像已生成，但头顶位置为估计值" row && ! grep -q 无法裁切 row'
check "a school without teaching points has no such column" sh -c '
	! grep -q 教学点 r-今日新增.csv f-勘误.csv && test ! -e s-教学点.csv'

sed '/"testtest-4"/s|"class":|"teaching_point":"苏州函授站","season":"春季",&|
	s|"class":|"teaching_point":"机械工程学院",&|' school.ndjson |
	sed 's|"teaching_point":"机械工程学院","teaching_point"|"teaching_point"|' >points.ndjson
sed -i '/"testtest-4"/s|"teaching_point":"机械工程学院",||' points.ndjson
tc-export retake -q --date 2025-04-02 -o r.xlsx --force points.ndjson >/dev/null 2>&1
tc-export stats -q -o s.xlsx --force points.ndjson >/dev/null 2>&1
tc-export feedback -q -o f.xlsx --force points.ndjson >/dev/null 2>&1
sheets r.xlsx && sheets s.xlsx && sheets f.xlsx
check "where there are, the retake list has them, and the season" sh -c '
	grep -q "^学院,教学点,毕业季,班级" r-今日新增.csv &&
	grep -q "^机械工程学院,苏州函授站,春季,机械2101,2021004" r-今日新增.csv'
check "the feedback workbook" sh -c '
	grep -q "学院,教学点,毕业季,班级,状态" f-勘误.csv && grep -q "苏州函授站,春季,机械2101,需重拍" f-勘误.csv'
check "and the statistics" sh -c '
	grep -q "^示例大学,苏州函授站,春季,1,1,0,0,1,0" s-教学点.csv &&
	grep -q "^合计,,,6,5,3,1,1,1" s-教学点.csv'

printf 'correct horse\n' >password && chmod 600 password
tc-export proof -q -o plain.zip school.ndjson >/dev/null 2>&1
tc-export proof -q --password-file password -o locked.zip school.ndjson >/dev/null 2>&1
names() {
	mkdir "$1" && 7z x -y -o"$1" -pcorrect\ horse "$1.zip" >/dev/null &&
		unzip -p "$1/电子图像校对反馈表.xlsx" 'xl/worksheets/sheet2.xml'
}
check "names on the sheet are masked" sh -c '! echo "$1" | grep -q 张三丰 && echo "$1" | grep -q "张\*丰"' \
	sh "$(names plain)"
check "and whole inside an encrypted package" sh -c 'echo "$1" | grep -q 张三丰' sh "$(names locked)"
# An image that the manifest calls sound and that has no picture in the workbook is
# no student's fault.
cp -r school broken
printf 'no picture' >broken/normalized/2.jpg
sed "s|$PWD/school|$PWD/broken|; /\"testtest-2\"/s/\"normalized\":{\"path\":\"normalized\/2.jpg\",\"sha256\":\"[0-9a-f]*/\"normalized\":{\"path\":\"normalized\/2.jpg\",\"sha256\":\"$(printf 'no picture' | sha256sum | cut -d' ' -f1)/" \
	school.ndjson >broken.ndjson
check_status "a workbook without a picture that is there is not made" 2 \
	tc-export feedback -o broken.xlsx broken.ndjson
check "and the reason is said" sh -c 'grep -q "a picture cannot be made" err && test ! -e broken.xlsx'
finish
