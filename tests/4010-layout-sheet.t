#!/bin/sh
# The 7-inch sheet is measured: sizes, places, marks, and whose print is where.
. "$(dirname "$0")/lib.sh"
. "$TC_TOP/tests/layout-batch.sh"

begin_batch one 南京大学
student 12 文学院 1班 张三
student 9 文学院 1班 欧阳娜娜
student 30 文学院 2班 阿卜杜热西提·买买提明
student 31 文学院 2班 王五 review
student 32 文学院 2班 赵六 pass false
end_batch
check_status "a sheet is made" 0 tc-layout -o sheet.pdf one.ndjson
cp out done.ndjson
cp err summary
check "the summary says who was left out" \
	grep -q '3 students on 2 sheets; left out: 1 review, 1 not conforming' summary

# ---- the page ----

pdfinfo -box sheet.pdf >info
check "pages have the paper's size" \
	grep -Eq '^Page size: +504.567 x 360 pts' info
check "the date is the batch's" grep -q '^CreationDate: .*May 20 12:00:00 2025' info
check "metadata name nobody" sh -c '! grep -Eq "南京|张|2021" info'

# ---- edges, in tenths of a millimetre ----

# runs X Y W H [MIN]: where dark or coloured runs of MIN (10) mm and more begin and
# end along a line of the first page; one of W and H is 1, all are pixels at 600 dpi.
runs() {
	pdftoppm -gray -r 600 -f 1 -l 1 -x "$1" -y "$2" -W "$3" -H "$4" sheet.pdf line
	tail -c $(($3 * $4)) line-1.pgm | od -An -v -tu1 -w1 | awk -v min="${5:-10}" '
	function mm(n) { return n * 25.4 / 600 }
	$1 < 215 && start == "" { start = NR - 1 }
	$1 >= 215 && start != "" {
		if (mm(NR - 1 - start) >= min)
			printf "%.2f %.2f\n", mm(start), mm(NR - 1)
		start = ""
	}'
}

# near FILE: lines of numbers from standard input, each within 0.1 of FILE's.
near() {
	paste -d ' ' "$1" - | awk '
	{ n = NF / 2; for (i = 1; i <= n; i++) {
		d = $i - $(i + n); if (d > 0.1 || d < -0.1 || NF % 2) bad = 1 } }
	END { exit bad || NR == 0 }'
}

printf '%s\n' '4.5 37.5' '38.5 71.5' '72.5 105.5' '106.5 139.5' '140.5 173.5' >wanted
runs 0 260 4205 1 >across
check "prints are 33 mm wide and stand in their places" near wanted <across
printf '%s\n' '7.5 55.5' '64.5 112.5' >wanted
runs 142 0 1 3000 >down
check "prints are 48 mm high and stand in their places" near wanted <down
# columns 120 to 360 of 480 are light: 7.5 mm of 36 come before, and 1.5 are cut off
printf '%s\n' '4.5 12' '30 37.5' >wanted
runs 0 744 930 1 5 >middle
check "20 pixels are cut off left and right, nothing is stretched" near wanted <middle

# ---- marks ----

# stray WHAT: how many pixels, 10 a millimetre, are darker than any image: inside
# prints, outside the safe area, in the left margin.
pdftoppm -gray -r 254 -f 1 -l 1 sheet.pdf page
stray() {
	tail -c $((1780 * 1270)) page-1.pgm | od -An -v -tu1 -w1780 | awk -v what="$1" '
	{ y = NR - 1
	  for (i = 1; i <= NF; i++) if ($i < 120) {
		x = i - 1
		px = (x - 45) % 340; py = y < 635 ? y - 75 : y - 645
		if (what == "print" && x >= 45 && px < 330 && px >= 0 && x < 1735 &&
		    py >= 0 && py < 480) n++
		if (what == "edge" && (x < 24 || x >= 1756 || y < 24 || y >= 1246)) n++
		if (what == "ticks" && x < 45 && y > 60 && y < 1210) n++
	  } }
	END { print n + 0 }'
}
check "no mark crosses a picture" test "$(stray print)" -eq 0
check "nothing stands outside the safe area" test "$(stray edge)" -eq 0
check "ticks stand in the margin" test "$(stray ticks)" -gt 40

# ---- what is embedded ----

pdfimages -list sheet.pdf | awk 'NR > 2 { print $1, $4, $5, $9, $11 }' | sort -u >images
check "each picture is in the file once" test "$(wc -l <images)" -eq 3
pdfimages -j -f 1 -l 1 sheet.pdf jpeg
check "a picture's bytes are the registration image's" \
	cmp jpeg-000.jpg one/normalized/0009.jpg
check "fonts are embedded in part" \
	sh -c 'pdffonts sheet.pdf | awk "NR > 2 && !/yes +yes +yes/ { bad = 1 } END { exit bad || NR < 3 }"'

# ---- texts ----

pdftotext -f 1 -l 1 -layout sheet.pdf text
check "strips say school, college, class, number, last four and masked name" sh -c '
	grep -c "南京大学" text | grep -qx 3 &&
	grep -q "文学院 1班 *文学院 1班" text &&
	grep -q "20210009 0009 欧\*\*娜" text && grep -q "20210012 0012 张\*" text'
check "headings say page, batch and date" sh -c '
	grep -q "第 *1 *页 *共 *2 *页" text && grep -q "批次 k3m9x2ab *2025-05-20" text &&
	grep -q "50 mm" text'
pdftotext sheet.pdf all
check "no name and no ID number is whole" \
	sh -c '! grep -Eq "欧阳|张三|买买提|32010220000101" all'
check "students who did not pass are not there" sh -c '! grep -q 20210031 all && ! grep -q 20210032 all'

# ---- the manifest ----

values 'select(.type == "photo") | [.id, .print.file, .print.sheet, .print.row] | join(" ")' \
	done.ndjson >places
cat >wanted <<'EOF'
k3m9x2ab-12 sheet.pdf 1 2
k3m9x2ab-9 sheet.pdf 1 1
k3m9x2ab-30 sheet.pdf 2 1
k3m9x2ab-31   
k3m9x2ab-32   
EOF
check_same "records say where they were printed" wanted places

check_status "made again" 0 tc-layout -q -o again.pdf one.ndjson
check "the same input gives the same bytes" cmp sheet.pdf again.pdf
finish
