#!/bin/sh
# The plotter's file: contours round the prints, marks where the sheets have them.
. "$(dirname "$0")/lib.sh"
. "$TC_TOP/tests/layout-batch.sh"

image_scale=1
begin_batch one 南京大学
student 1 文学院 1班 张三
end_batch

check_status "cut files are made" 0 \
	tc-layout -o sheet.pdf --cut cut.pdf --cut cut.svg one.ndjson
pdfinfo cut.pdf >info
check "the PDF has one page of the paper's size" sh -c '
	grep -Eq "^Pages: +1$" info && grep -Eq "^Page size: +504.567 x 360 pts" info'
check "and is whole" sh -c 'pdftoppm -r 50 cut.pdf whole 2>errors; test ! -s errors'
check "its colour is called CutContour" grep -aq '/Separation /CutContour' cut.pdf
check "the SVG is XML of the paper's size" python3 -c '
import sys, xml.etree.ElementTree as tree
root = tree.parse("cut.svg").getroot()
sys.exit(root.get("width") != "178mm" or root.get("viewBox") != "0 0 178 127")'

# strokes FILE: each stroke of the SVG as "x0 y0 x1 y1", ends in order, closed ones too.
strokes() {
	python3 - "$1" <<'EOT'
import re, sys
for path in re.findall(r'<path d="([^"]*)"', open(sys.argv[1]).read()):
    points = [tuple(map(float, p)) for p in re.findall(r'([\d.]+) ([\d.]+)', path)]
    if path.endswith("Z"):
        points.append(points[0])
    for a, b in zip(points, points[1:]):
        print(*(min(a, b) + max(a, b)))
EOT
}
strokes cut.svg | sort >lines
check "ten images and ten strips" test "$(grep -c '<path' cut.svg)" -eq 20
check "image and strip are cut apart" grep -qx '4.5 55.5 37.5 55.5' lines
check "no line is cut twice" sh -c 'test -z "$(uniq -d lines)"'
check "the first print is 33 mm wide, 48 and 7 mm high" sh -c '
	grep -qx "4.5 7.5 37.5 7.5" lines && grep -qx "37.5 7.5 37.5 55.5" lines &&
	grep -qx "4.5 62.5 37.5 62.5" lines && grep -qx "4.5 55.5 4.5 62.5" lines'

# marks FILE X Y: mean of a square of 2 mm at X, Y tenths of millimetres
mark() {
	pdftoppm -gray -r 254 -f 1 -l 1 -x "$2" -y "$3" -W 20 -H 20 "$1" mark
	tail -c 400 mark-1.pgm | od -An -v -tu1 -w1 | awk '{ s += $1 } END { print int(s / 400) }'
}
for file in sheet.pdf cut.pdf; do
	check "$file has marks in three corners" sh -c 'test "$*" = "0 0 0"' - \
		"$(mark $file 25 25)" "$(mark $file 1735 25)" "$(mark $file 25 1225)"
	check "$file has none in the fourth" test "$(mark $file 1735 1225)" -eq 255
done
# a millimetre of white round the mark, on the sheet with its headings
pdftoppm -gray -r 254 -f 1 -l 1 -x 15 -y 15 -W 40 -H 40 sheet.pdf corner
check "nothing stands beside a mark" sh -c '
	tail -c 1600 corner-1.pgm | od -An -v -tu1 -w40 | awk "
	{ for (i = 1; i <= 40; i++) if (\$i < 250 && (NR <= 9 || NR > 31 || i <= 9 || i > 31)) bad = 1 }
	END { exit bad }"'

# ---- other templates ----

profile() {
	printf 'include = jiangsu\n[print]\ntemplate = %s\n' "$1" >p.conf
}
profile 6inch-8
check_status "without gutters" 0 tc-layout -q --reprofile -p ./p.conf -o g.pdf --cut g.svg one.ndjson
strokes g.svg | sort >lines
check "neighbours share one cut" sh -c 'test -z "$(uniq -d lines)"'
check "and every print has its four sides" sh -c '
	test "$(wc -l <lines)" -eq $((4 + 3 * 3 + 3 + 2 * 3))'
sed 's/^cut = image/cut = print/' "$TC_TOP/share/templates/7inch.conf" >whole.conf
profile ./whole.conf
check_status "cut = print" 0 tc-layout -q --reprofile -p ./p.conf -o w.pdf --cut w.svg one.ndjson
strokes w.svg >lines
check "cuts round both as one" sh -c '
	grep -qx "37.5 7.5 37.5 62.5" lines && ! grep -q "55.5" lines'
sed 's/^register = 2/register = 6/' "$TC_TOP/share/templates/7inch.conf" >whole.conf
check_status "marks without room" 2 tc-layout -q --reprofile -p ./p.conf -o x.pdf one.ndjson
check "are told before anything is made" sh -c '
	grep -q "no room in the corners" err && ! test -e x.pdf'
check_status "the same bytes again" 0 tc-layout -q -o sheet.pdf --cut cut.pdf --cut cut.svg one.ndjson
check_status "another kind of file" 2 tc-layout -q -o y.pdf --cut cut.dxf one.ndjson
finish
