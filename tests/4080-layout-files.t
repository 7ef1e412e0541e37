#!/bin/sh
# Files: split PDFs, standard output, the index; cells for who has no photo; proofs.
. "$(dirname "$0")/lib.sh"
. "$TC_TOP/tests/layout-batch.sh"

image_scale=1
begin_batch one 南京大学
student 1 文学院 1班 张三
student 2 文学院 1班 李四
student 3 文学院 1班 王五
student 4 文/学院 '2班:夜' 赵六
student 5 理学院 1班 孙七 missing
student 6 理学院 1班 周八 review
student 7 理学院 1班 吴九
student 8 理学院 1班 郑十 reject
end_batch

# ---- split ----

check_status "a file for each class" 0 tc-layout -o classes --split class one.ndjson
cp out done.ndjson
ls classes >got
cat >wanted <<'EOT'
00001-00001_文_学院 2班_夜.pdf
00002-00003_文学院 1班.pdf
00004-00004_理学院 1班.pdf
EOT
check_same "is named by its sheets and class" wanted got
check "has its own class only" sh -c '
	pdftotext "classes/00002-00003_文学院 1班.pdf" - | grep -q 20210001 &&
	! pdftotext "classes/00002-00003_文学院 1班.pdf" - | grep -q 20210007'
check "the manifest says in which file" sh -c '
	test "$(jq -r "select(.id == \"k3m9x2ab-3\").print | \"\(.file) \(.sheet) \(.row)\"" done.ndjson)" = \
		"classes/00002-00003_文学院 1班.pdf 3 1"'
check "sheets are numbered through all files" sh -c '
	pdftotext classes/00004* - | grep -q "第 *4 *页 *共 *4 *页"'
check_status "a file for each two sheets" 0 tc-layout -o twos --split 2 one.ndjson
check "is named by them" sh -c 'test "$(ls twos | tr "\n" " ")" = "00001-00002.pdf 00003-00004.pdf "'
check "and has two" sh -c 'pdfinfo twos/00003-00004.pdf | grep -Eq "^Pages: +2$"'
check_status "again" 0 tc-layout -q -o twos --split 2 one.ndjson
check_status "otherwise" 2 tc-layout -q -o twos --split 3 one.ndjson
check "leaves it as it is" test -e twos/00001-00002.pdf
check_status "otherwise with --force" 0 tc-layout -q --force -o twos --split 3 one.ndjson
check "leaves nothing of the old" sh -c 'test "$(ls -A twos | tr "\n" " ")" = "00001-00003.pdf 00004-00004.pdf "'
check "nor beside it" sh -c '! ls -A | grep part'
printf 'include = jiangsu\n[print]\ntemplate = 6inch-8\ncopies = 2\n' >p.conf
check_status "a class begins a sheet in its own file" 0 \
	tc-layout -q --reprofile -p ./p.conf -o small --split class one.ndjson
check "whatever the template says" test "$(ls small | wc -l)" -eq 3

# ---- standard output ----

check_status "sheets on standard output" 0 tc-layout -q -o - --manifest m.ndjson one.ndjson
cp out piped.pdf
check_status "the same to a file" 0 tc-layout -q -o file.pdf one.ndjson
check "are the same bytes" cmp piped.pdf file.pdf
jq -c 'del(.print)' m.ndjson >a && jq -c 'del(.print)' out >b
check_same "the manifest is whole" a b
check "and for its owner" test "$(stat -c %a m.ndjson)" = 600
check_status "standard output without --manifest" 2 tc-layout -o - one.ndjson
check_status "sheets on a full disk" 2 sh -c 'tc-layout -q -o - --manifest n.ndjson one.ndjson >/dev/full'
check "publish no manifest" sh -c '! ls -A | grep n.ndjson'

# ---- index ----

mkdir prints
check_status "an index of sheets in a folder" 0 tc-layout -q -o prints/file.pdf --index prints/index.csv one.ndjson
check "names the file without it" sh -c 'grep -q "^排版索引,file.pdf,1," prints/index.csv && ! grep -q prints/ prints/index.csv'
check_status "an index" 0 tc-layout -q -o file.pdf --index index.csv --index index.csv one.ndjson
sed '1s/^\xef\xbb\xbf//; s/\r$//' index.csv >got
cat >wanted <<'EOT'
表,文件,张号,行,学号,姓名,班级,份数,备注
排版索引,file.pdf,1,1,20210004,赵*,文/学院 2班:夜,5,
排版索引,file.pdf,2,1,20210001,张*,文学院 1班,5,
排版索引,file.pdf,2,2,20210002,李*,文学院 1班,5,
排版索引,file.pdf,3,1,20210003,王*,文学院 1班,5,
排版索引,file.pdf,4,1,20210007,吴*,理学院 1班,5,
未排版,,,,20210005,孙*,理学院 1班,0,未采集
未排版,,,,20210006,周*,理学院 1班,0,待人工审核
未排版,,,,20210008,郑*,理学院 1班,0,需重拍
合计,,,,1,班级,文/学院 2班:夜,5,1–1
合计,,,,3,班级,文学院 1班,15,2–3
合计,,,,1,班级,理学院 1班,5,4–4
合计,,4,,,纸张,7inch 178 × 127 mm,25,
合计,,,,5,总计,,25,1–4
EOT
check_same "says who is where, who is not, and how many" wanted got
check_status "as a workbook" 0 tc-layout -q -o file.pdf --index index.xlsx one.ndjson
if command -v soffice >/dev/null; then
	soffice --headless --convert-to 'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1' \
		index.xlsx >log 2>&1
	check "has the same prints" sh -c 'test "$(grep -c "^file.pdf" index-排版索引.csv)" -eq 5'
	check "totals by class and by paper" sh -c '
		grep -q "^班级,文学院 1班,3,15,2,3" index-合计.csv &&
		grep -q "^纸张,7inch 178 × 127 mm,,25,,,4" index-合计.csv &&
		grep -q "^总计,,5,25,1,4" index-合计.csv'
	check "and who is not printed" sh -c 'grep -q "^20210005,孙\*,理学院 1班,未采集" index-未排版.csv'
else
	skip "the workbook says the same" "soffice is not here"
fi
check_status "neither" 2 tc-layout -q -o file.pdf --index index.txt one.ndjson

# ---- cells without photo ----

printf 'include = jiangsu\n[print]\nmissing = cell\n' >p.conf
check_status "a cell for who has no photo" 0 tc-layout -q --reprofile -p ./p.conf -o cells.pdf one.ndjson
pdftotext -layout cells.pdf text
check "says why" sh -c 'grep -q 未采集 text && grep -q 需重拍 text && grep -q 待人工审核 text'
check "and whose it is, once" test "$(grep -c '20210005 0005 孙\*' text)" -eq 1
check "its record has no print" sh -c '! jq -e "select(.id == \"k3m9x2ab-5\").print" out'
check_status "which the default leaves out" 0 sh -c '! pdftotext file.pdf - | grep -q 未采集'

# ---- proofs ----

check_status "who has yet to be looked at" 0 tc-layout -q --include review -o proof.pdf one.ndjson
check "is told" sh -c '
	tc-layout --include review --force -o proof.pdf one.ndjson 2>&1 >/dev/null | grep -q "1 of them wait for a review"'
check "is printed" sh -c 'pdftotext proof.pdf - | grep -q 20210006'
check "on sheets that all say so" sh -c '
	test "$(pdftotext proof.pdf - | grep -c "【校对样张】")" -eq "$(pdfinfo proof.pdf | sed -n "s/^Pages: *//p")"'
check "and the manifest" sh -c 'head -n 1 out | jq -e ".steps[-1].options.include == \"review\""'
check "who is rejected is not" sh -c '! pdftotext proof.pdf - | grep -q 20210008'
check_status "include what" 2 tc-layout -q --include reject -o no.pdf one.ndjson

# ---- levels ----

rewrite one.ndjson 'if .type == "photo" then .student.teaching_point =
	(if .id[-1:] | tonumber % 2 == 0 then "东站" else "西站" end) else . end'
printf 'include = jiangsu\n[print]\nlevels = teaching_point\n' >p.conf
check_status "by teaching point" 0 tc-layout -q --reprofile -p ./p.conf -o points --split class one.ndjson
check "each has its file, in the order of numbers" sh -c '
	test "$(ls points | tr "\n" " ")" = "00001-00001_东站.pdf 00002-00003_西站.pdf " &&
	test "$(jq -r "select(.print.sheet == 2).student.student_no" out | tr "\n" " ")" = "20210001 20210003 "'
printf 'include = jiangsu\n[print]\nlevels = id_number\n' >p.conf
check_status "by what may not be shown" 2 tc-layout -q --reprofile -p ./p.conf -o no.pdf one.ndjson
finish
