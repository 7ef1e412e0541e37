#!/bin/sh
# 200 students: under each print is the right text, and next to it nobody else's.
. "$(dirname "$0")/lib.sh"
. "$TC_TOP/tests/layout-batch.sh"

image_scale=1
begin_batch many 南京大学
n=200
while [ $n -gt 0 ]; do
	student $n "$((n % 3))院" "$((n % 7 + 5))班" 王小二
	n=$((n - 1))
done
end_batch
check_status "200 students are printed" 0 tc-layout -o many.pdf many.ndjson
cp out done.ndjson

# the colour in the middle of each print's upper part, one pixel a millimetre
pdftoppm -r 25.4 many.pdf page
for file in page-*.ppm; do
	sheet=${file#page-} sheet=${sheet%.ppm}
	tail -c $((178 * 127 * 3)) "$file" | od -An -v -tu1 -w534 | awk -v s="$sheet" '
	function part(value) { return int((value - 130) / 8 + 0.5) }
	NR == 16 || NR == 73 {
		for (c = 0; c < 5; c++) {
			at = (4 + 34 * c + 17) * 3
			if ($(at + 1) < 250)
				print s + 0, (NR > 16) + 1, c, part($(at + 1)), part($(at + 2)),
				    part($(at + 3))
		}
	}'
done | awk '{ printf "%d %d %d %04d\n", $1, $2, $3, $4 + 12 * $5 + 144 * $6 }' |
	sort >pictures
check "1000 pictures are there" test "$(wc -l <pictures)" -eq 1000

# the student numbers in the strips, by their places
pdftotext -bbox many.pdf words
awk -F '"' '
/<page / { page++ }
/>2021[0-9][0-9][0-9][0-9]</ {
	x = $2 * 25.4 / 72; y = $4 * 25.4 / 72
	match($0, />2021[0-9]+</)
	row = y > 55.5 && y < 62.5 ? 1 : y > 112.5 && y < 119.5 ? 2 : 0
	printf "%d %d %d %s\n", page, row, (x - 4.5) / 34, substr($0, RSTART + 5, 4)
}' words | sort >texts
check_same "each strip is under its own student's picture" pictures texts

values 'select(.type == "photo") | "\(.print.sheet) \(.print.row) \(.student.student_no[4:])"' \
	done.ndjson | sort >told
awk '$3 == 0 { print $1, $2, $4 }' texts | sort >printed
check_same "the manifest says where" told printed

# order of printing against an order made by sort
values 'select(.type == "photo") | [.student.college, .student.class, .student.student_no] | @tsv' \
	many.ndjson | sed 's/班//' | sort -t "$(printf '\t')" -k1,1 -k2,2n -k3,3n |
	awk '{ print substr($3, 5) }' >wanted
sort -n -k1,1 -k2,2 printed | awk '{ print $3 }' >order
check_same "college, class, student number" wanted order
finish
