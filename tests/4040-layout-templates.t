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

# template COPIES WIDTH HEIGHT SHEETS: points of the paper, sheets for 11 students.
template() {
	printf 'include = jiangsu\n[print]\ntemplate = %s\ncopies = %s\n' "$1" "$2" >p.conf
	check_status "$1 makes sheets" 0 tc-layout --reprofile -p ./p.conf -o "$1.pdf" one.ndjson
	pdfinfo "$1.pdf" >info
	check "$1 has its paper's size" grep -Eq "^Page size: +$3 x $4 pts" info
	check "$1 fills $5 sheets" grep -Eq "^Pages: +$5\$" info
	check "$1 has all prints" test \
		"$(pdfimages -list "$1.pdf" | tail -n +3 | wc -l)" -eq $((11 * $2))
}

template 7inch 5 504.567 360 6
template 8inch 5 575.433 430.866 6
template a4 5 595.276 841.89 3
template 6inch 4 430.866 289.134 11
template 6inch-8 8 430.866 289.134 11
template 7inch-8 8 504.567 360 11
check "each shipped template was tried" test \
	"$(ls "$TC_TOP/share/templates" | wc -l)" -eq "$(ls ./*.pdf | wc -l)"

check_status "a template and copies by name" 0 tc-layout --template a4 --copies 2 -o two.pdf one.ndjson
check "make its sheets" sh -c 'pdfinfo two.pdf | grep -q "A4" &&
	test "$(pdfimages -list two.pdf | tail -n +3 | wc -l)" -eq 22'
check_status "a template that is misspelt" 2 tc-layout --template a44 -o no.pdf one.ndjson
check "is told from the one that was meant" grep -q "did you mean 'a4'?" err
finish
