#!/bin/sh
# Every command of README.zh.md that calls a tool, one display after the other, in one directory.
. "$(dirname "$0")/lib.sh"

draw-school -q -n 6 -s 10285 -W 700 --roster-encoding utf-8 -o school
sed 's/99999/10285/; s/江东示例大学/苏州大学/' school/roster.csv >roster.xlsx	# what a table is its content says
cp school/upload.zip upload.zip
student=$(sed -n 2p roster.xlsx | cut -d , -f 3)
mkdir new
cp "school/photos/$student.jpg" "new/$(sed -n 3p roster.xlsx | cut -d , -f 3).jpg"
(cd new && zip -qr ../new.zip .)
printf 'XH,XM,BZ\n%s,x,通过\n' "$student" >bz.csv
printf '学号,校对结果,说明\n%s,需重拍,模糊\n' "$student" >review.csv
mkdir 学校上传的文件
cp upload.zip 学校上传的文件

# A display of the page as a script; the student of the page is one of the school's.
awk '/^```sh/ { display = 1; text = ""; next }
	/^```/ && display { if (text ~ /(^|\n)(umask|tc-)/) printf "%s", text >(++n ".sh"); display = 0 }
	display { text = text $0 "\n" }' "$TC_TOP/README.zh.md"
check "there are displays of commands" test -s 6.sh
n=1
while [ -f "$n.sh" ]; do
	sed "s/202201010101/$student/" "$n.sh" >commands
	[ $n -ne 2 ] || cp manifest.ndjson yesterday.ndjson
	{ echo 'set -e'; cat commands; } >whole
	check "$(grep -m 1 '^tc-' commands | cut -c 1-60)" sh whole
	n=$((n + 1))
done
check "every product of its displays is there" sh -c 'for file in sheets.pdf bundle.zip feedback.xlsx review.html \
	retake.xlsx notify.xlsx stats.xlsx todo.xlsx; do
	[ -s "$file" ] || echo "$file"; done | { ! grep .; }'
finish
