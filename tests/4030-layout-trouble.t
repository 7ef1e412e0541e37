#!/bin/sh
# tc-layout when something is wrong with the input.
. "$(dirname "$0")/lib.sh"
. "$TC_TOP/tests/layout-batch.sh"

image_scale=1
begin_batch one 南京大学
student 1 文学院 1班 张三
student 2 文学院 1班 李四
student 3 文学院 1班 王五
end_batch

# ---- records ----

printf x >>one/normalized/0002.jpg
check_status "a changed image ends the run: it can be made again" 2 \
	tc-layout -o a.pdf one.ndjson
check "it is named" grep -q "'normalized/0002.jpg' is gone or damaged: run tc-normalize" err
check "nothing is printed, and no end" sh -c '! grep -q "\"type\":\"end\"" out && ! ls a.pdf .a.pdf.part'
rm one/normalized/0002.jpg
check_status "so does one that is gone" 2 tc-layout -o a.pdf one.ndjson
image 2 1 >one/normalized/0002.jpg

sed '2s/"student":{[^}]*},//' one.ndjson >nobody.ndjson
check_status "a photo of nobody is left out" 0 tc-layout -o nobody.pdf nobody.ndjson
check "... and the others are printed" test -s nobody.pdf

sed 's/"name":"李四"/"name":"李'"$(printf '\364\217\277\275')"'四'"$(printf '\364\217\277\275')"'"/' \
	one.ndjson >glyph.ndjson
check_status "a character that no font has is printed on" 0 tc-layout -o glyph.pdf glyph.ndjson
check "and told" grep -q "photo 'k3m9x2ab-2': 1 characters of its strip are in no font" err
check "and recorded" sh -c '
	test "$(jq -r "select(.id == \"k3m9x2ab-2\") | .print.unknown_glyphs" out)" = true'

long=很长的班级名称很长的班级名称很长的班级名称很长的班级名称很长的班级名称
sed '3s/1班/'$long$long'/' one.ndjson >long.ndjson
check_status "a strip too long is printed on" 0 tc-layout -o long.pdf long.ndjson
check "and told" grep -q "photo 'k3m9x2ab-2': its strip was shortened to fit" err
check "and recorded" sh -c '
	test "$(jq -r "select(.id == \"k3m9x2ab-2\") | .print.shortened" out)" = true'

# ---- products ----

check_status "made once" 0 tc-layout -o b.pdf one.ndjson
check_status "made twice" 0 tc-layout -o b.pdf one.ndjson
echo other >c.pdf
check_status "other bytes are not replaced" 2 tc-layout -o c.pdf one.ndjson
check "and stay" grep -qx other c.pdf
check "no end is printed" sh -c '! grep -q "\"type\":\"end\"" out'
check_status "but with --force" 0 tc-layout --force -o c.pdf one.ndjson
check "they are" cmp b.pdf c.pdf
check "the file is for its owner" sh -c 'ls -l b.pdf | grep -q "^-rw-------"'

sed '$d' one.ndjson >cut.ndjson
check_status "a manifest without its end makes nothing" 2 tc-layout -o cut.pdf cut.ndjson
check "no file, no part of one" sh -c '! ls -A | grep -q cut.pdf'
sed 3d one.ndjson >less.ndjson
check_status "a record less makes nothing" 2 tc-layout -o less.pdf less.ndjson
check_status "unless it is a subset" 0 tc-layout --subset -o less.pdf less.ndjson
check "which each sheet says" sh -c 'pdftotext less.pdf - | grep -q 部分学生'
check "a full disk under the manifest is told" sh -c '
	tc-layout -o b.pdf one.ndjson >/dev/full 2>err; test $? -eq 2 && grep -q "No space left" err'
check_status "what is no regular file is not replaced" 2 tc-layout --force -o /dev/null one.ndjson
check_status "no such directory" 2 tc-layout -o none/a.pdf one.ndjson
check_status "-o is needed" 2 tc-layout one.ndjson

sed 's/"status":"pass"/"status":"reject"/' one.ndjson >none.ndjson
check_status "nobody to print" 0 tc-layout -o none.pdf none.ndjson
check "is told, and nothing written" sh -c 'grep -q "nothing to print" err && ! test -e none.pdf'

# ---- several batches ----

mkdir two && mv one one.ndjson two/
cat two/one.ndjson two/one.ndjson | sed "s,$PWD/one,$PWD/two/one," >both.ndjson
check_status "two batches make one file" 0 tc-layout -o both.pdf both.ndjson
check "of all their sheets" sh -c 'pdfinfo both.pdf | grep -Eq "^Pages: +4$"'
check "counted through" sh -c '
	test "$(jq -r "select(.type == \"photo\") | .print.sheet" out | sort -u | tr -d "\n")" = 1234'

# ---- templates ----

cat >small.conf <<EOF
include = jiangsu
[print]
template = $PWD/paper.conf
EOF
sed 's/^width = 178/width = 160/' "$TC_TOP/share/templates/7inch.conf" >paper.conf
check_status "paper too small" 2 tc-layout --reprofile -p ./small.conf -o small.pdf both.ndjson
check "is told before anything is made" sh -c '
	grep -q "paper too small: the sheet needs 177.3 mm of width and has 160 mm" err &&
	! test -e small.pdf'
sed 's/^rows/ranks/' "$TC_TOP/share/templates/7inch.conf" >paper.conf
check_status "an unknown key" 2 tc-layout --reprofile -p ./small.conf -o small.pdf both.ndjson
check "is told with its line" grep -Eq "paper.conf:[0-9]+: unknown key 'ranks' in section 'grid'" err
finish
