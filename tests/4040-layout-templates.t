#!/bin/sh
# Every template that is shipped makes sheets of its paper's size, with all prints.
. "$(dirname "$0")/lib.sh"
. "$TC_TOP/tests/layout-batch.sh"

image_scale=1
begin_batch one 南京大学
for n in 1 2 3 4 5 6 7 8 9 10 11; do
	student $n 文学院 1班 张三
done
end_batch

# template NAME: its file says how large the paper is; students of as many prints as a sheet
# holds get a sheet each.
template() {
	width='' height='' rows='' columns=''
	eval "$(sed -n '/^\[paper\]/,/^\[marks\]/s/^\(width\|height\|rows\|columns\) = /\1=/p' "$TC_TOP/share/templates/$1.conf")"
	copies=$((rows * columns))
	printf 'include = jiangsu\n[print]\ntemplate = %s\ncopies = %s\n' "$1" "$copies" >p.conf
	check_status "$1 makes sheets" 0 tc-layout --reprofile -p ./p.conf -o "$1.pdf" one.ndjson
	pdfinfo "$1.pdf" >info
	check "$1 has its paper's size" awk -v width="$width" -v height="$height" '
		function far(a, b) { return (a - b * 72 / 25.4) ^ 2 > 0.01 }
		/^Page size:/ { print; exit far($3, width) || far($5, height) }' info
	check "$1 fills a sheet for each student" is "$(sed -n 's/^Pages: *//p' info)" 11
	check "$1 has all prints" is "$(pdfimages -list "$1.pdf" | tail -n +3 | wc -l)" $((11 * copies))
}
for file in "$TC_TOP"/share/templates/*.conf; do
	template "$(basename "$file" .conf)"
done

# sheets_of NAME COPIES: for 11 students.
sheets_of() {
	tc-layout --template "$1" --copies "$2" --force -o few.pdf one.ndjson >/dev/null 2>&1
	pdfinfo few.pdf | sed -n 's/^Pages: *//p'
}
check "students share a sheet: two of five prints" is "$(sheets_of 7inch 5)" 6
check "... five" is "$(sheets_of a4 5)" 3

check_status "a template and copies by name" 0 tc-layout --template a4 --copies 2 -o two.pdf one.ndjson
check "make its sheets" sh -c 'pdfinfo two.pdf | grep -q "A4" &&
	test "$(pdfimages -list two.pdf | tail -n +3 | wc -l)" -eq 22'
check_status "a template that is misspelt" 2 tc-layout --template a44 -o no.pdf one.ndjson
check "is told from the one that was meant" grep -q "did you mean 'a4'?" err
check_status "--list tells every sheet and its paper" 0 tc-layout --list
check "by name and size" sh -c 'grep -qx "7inch *178 x 127 mm, 2 x 5, image and strip" out && grep -qx "6inch-8 *152 x 102 mm, 2 x 4, image only" out'
check "all of them" test "$(wc -l <out)" -eq "$(ls "$TC_TOP/share/templates" | wc -l)"
check_status "in Chinese" 0 tc-layout --list --lang zh
check "every line" sh -c '! grep -v "毫米" out'

finish
