#!/bin/sh
# 排版冲印数据 read back: order, copies and words are the school's, people are not.
. "$(dirname "$0")/lib.sh"
. "$TC_TOP/tests/layout-batch.sh"

image_scale=1
begin_batch one 南京大学
student 1 文学院 1班 张三
student 2 文学院 1班 欧阳娜娜
student 3 文学院 2班 王五
student 4 文学院 2班 赵六 reject
student 5 文学院 2班 孙七
student 6 文学院 2班 周八
end_batch

heading=序号,学号,姓名,证件号码后四位,院校名称,学院,班级,份数,记录号
# rows: the table's rows from standard input under a title and its headings.
table() {
	{ echo 排版冲印数据; echo "$heading"; cat; } >table.csv
}

# ---- order, copies, words ----

table <<'EOT'
1,20210003,王五,0003,南京大学,文学院,2班,2,k3m9x2ab-3
2,20210001,张三,0001,南京大学（鼓楼）,中文学院,一班,,k3m9x2ab-1
3,20210002,欧阳娜娜,0002,,,,0,k3m9x2ab-2
4,20210005,孙七,0005,,,,1,
5,20210006,周八,0006,,,,1,k3m9x2ab-6
EOT
check_status "a table is read" 0 tc-layout -o a.pdf --table table.csv one.ndjson
cp out done.ndjson
check "the table's order is the order of printing" sh -c '
	jq -r "select(.print) | \"\(.print.sheet) \(.print.row) \(.id)\"" done.ndjson |
		sort | tr "\n" ";" | grep -qx \
		"1 1 k3m9x2ab-3;2 1 k3m9x2ab-1;3 1 k3m9x2ab-5;3 2 k3m9x2ab-6;"'
check "copies are the table's, else the profile's" sh -c '
	test "$(pdfimages -list a.pdf | awk "NR > 2 { n[\$1]++ } END { print n[1], n[2], n[3] }")" = "2 5 2"'
check "none are none" sh -c '! pdftotext a.pdf - | grep -q 20210002 &&
	grep -q "1 with no copies" err'
pdftotext -f 2 -l 2 a.pdf text
check "school, college and class are the table's" sh -c '
	grep -q "南京大学（鼓楼）" text && grep -q "中文学院 一班" text'
check "names are masked all the same" sh -c 'grep -q "张\*" text && ! grep -q 张三 text'
check "the record keeps its own words" sh -c '
	test "$(jq -r "select(.id == \"k3m9x2ab-1\").student.class" done.ndjson)" = 1班'

# ---- rows that are refused ----

# refused WHAT REASON ROW: the one row is refused, nobody is printed.
refused() {
	echo "$3" | table
	check_status "$1: exit status 1" 1 tc-layout -o no.pdf --table table.csv one.ndjson
	check "$1: told with its row" grep -q "table.csv:3: the row is refused: $2" err
	check "$1: not printed" test ! -e no.pdf
}
refused "another name" "its name is not" '1,20210001,张四,0001,,,,1,k3m9x2ab-1'
refused "another number" "its student number is not" '1,20210002,张三,0001,,,,1,k3m9x2ab-1'
refused "another ID" "its ID number is not" '1,20210001,张三,0002,,,,1,k3m9x2ab-1'
refused "no name" "its name is not" '1,20210001,,0001,,,,1,k3m9x2ab-1'
refused "an unknown student" "it names no record" '1,20210077,张三,0001,,,,1,'
refused "no number of copies" "its number of copies" '1,20210001,张三,0001,,,,many,'
refused "no number at all" "it has no student number" '1,,张三,0001,,,,1,'
check "no message names a person" sh -c '! grep -q "张\|2021" err'

table <<'EOT'
1,20210001,张三,0001,,,,1,k3m9x2ab-1
2,20210001,张三,0001,,,,1,k3m9x2ab-1
3,20210004,赵六,0004,,,,1,k3m9x2ab-4
EOT
check_status "a row twice" 1 tc-layout -o b.pdf --table table.csv one.ndjson
check "is refused the second time" grep -q 'table.csv:4: the row is refused: it repeats' err
check "the first is printed" sh -c 'pdfinfo b.pdf | grep -Eq "^Pages: +1$"'
check "a row without a photo is told" grep -q 'table.csv:5: no photo to print: reject' err
check "photos without a row are told" grep -q "photo 'k3m9x2ab-2': no row of the table names it" err
check "and counted" grep -q '4 not in the table' err

heading=学号,姓名,班级
echo '20210001,张三,1班' | table
check_status "a table without ID numbers" 2 tc-layout -o c.pdf --table table.csv one.ndjson
check "is refused as a whole" grep -q "no column '证件号码后四位'" err
check_status "a table is of one batch" 2 sh -c '
	cat one.ndjson one.ndjson | tc-layout -o c.pdf --table table.csv'

# ---- some only ----

printf '# reprints\n20210003\r\n\n k3m9x2ab-1\n20219999\n' >list
check_status "a list prints some" 0 tc-layout -o d.pdf --only list one.ndjson
check "those" sh -c '
	test "$(jq -r "select(.print).id" out | tr "\n" " ")" = "k3m9x2ab-1 k3m9x2ab-3 "'
check "each sheet says that they are not all" sh -c '
	test "$(pdftotext d.pdf - | grep -c 部分学生)" -eq 2'
check "a line that names nobody is told" grep -q 'list:5: names no record' err

# ---- the workbook that tc-export makes ----

tc-export layout-table -q -o /dev/null one.ndjson >log 2>&1
if ! grep -q 'no kind' log; then
	check_status "tc-export writes the table" 0 \
		tc-export layout-table -q -o made.xlsx one.ndjson
	check_status "tc-layout reads it as it is" 0 \
		tc-layout -o e.pdf --table made.xlsx one.ndjson
	check_status "without it" 0 tc-layout -q -o f.pdf one.ndjson
	check "and prints the same" cmp e.pdf f.pdf
else
	skip "tc-export's table is read back" "tc-export has no layout-table yet"
fi
finish
