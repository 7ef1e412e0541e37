#!/bin/sh
# Sheets as pictures for a lab: exact size, resolution, colours, places, order.
. "$(dirname "$0")/lib.sh"
. "$TC_TOP/tests/layout-batch.sh"

begin_batch one 南京大学
student 1 文学院 1班 张三
student 2 文学院 1班 李四
student 3 文学院 2班 王五
end_batch

check_status "pictures are made" 0 tc-layout --raster lab one.ndjson
cp out done.ndjson
check "one a sheet, named in the order of printing" sh -c '
	test "$(ls -A lab | tr "\n" " ")" = "sheet-00001.jpg sheet-00002.jpg "'
values 'select(.type == "photo") | "\(.print.file) \(.print.sheet) \(.print.row)"' done.ndjson >told
printf 'lab/sheet-0000%s\n' '1.jpg 1 1' '1.jpg 1 2' '2.jpg 2 1' >wanted
check_same "the manifest names them" wanted told
check "files are for their owner" test "$(stat -c %a lab lab/sheet-00001.jpg | tr '\n' ' ')" = "700 600 "

# said FILE: size in pixels, resolution, colour profile
said() {
	identify -format '%w %h %x %y %U %[icc:description]\n' "$1"
}
said lab/sheet-00001.jpg >got
echo '2102 1500 300 300 PixelsPerInch sRGB IEC61966-2.1' >wanted
check_same "at 300 dpi the picture has the paper's size, and says so" wanted got
check_status "254 dpi, TIFF" 0 tc-layout -q --raster tiff --dpi 254 --format tiff one.ndjson
said tiff/sheet-00001.tif >got
echo '1780 1270 254 254 PixelsPerInch sRGB IEC61966-2.1' >wanted
check_same "at 254 dpi ten pixels are a millimetre" wanted got
check_status "600 dpi" 0 tc-layout -q --raster fine --dpi 600 --split 1 -o fine.d one.ndjson
said fine/sheet-00002.jpg >got
echo '4205 3000 600 600 PixelsPerInch sRGB IEC61966-2.1' >wanted
check_same "at 600 dpi too" wanted got
check "the colour profile changes no colour of sRGB" sh -c '
	identify -verbose tiff/sheet-00001.tif | grep -q "Profile-icc: 2524 bytes"'

# ---- the same drawing as the PDF's ----

# edges FILE Y: where runs of 10 mm and more begin and end along a line, in tenths.
edges() {
	convert "$1" -crop "1780x1+0+$2" +repage -colorspace Gray -depth 8 gray:- |
		od -An -v -tu1 -w1 | awk '
	$1 < 215 && start == "" { start = NR - 1 }
	$1 >= 215 && start != "" { if (NR - 1 - start >= 100) print start, NR - 1; start = "" }'
}
edges tiff/sheet-00001.tif 110 >got
printf '%s\n' '45 375' '385 715' '725 1055' '1065 1395' '1405 1735' >wanted
check_same "prints stand in their places to the pixel" wanted got
# colour FILE X,Y
colour() {
	convert "$1" -format "%[pixel:p{$2}]" info:
}
check "the colours are the registration image's" test \
	"$(colour tiff/sheet-00001.tif 200,100)" = "$(colour one/normalized/0001.jpg 240,100)"
check "each student's own" test \
	"$(colour tiff/sheet-00001.tif 200,700)" = "$(colour one/normalized/0002.jpg 240,100)"
check "between prints is paper" test \
	"$(colour tiff/sheet-00001.tif 380,300)" = "srgb(255,255,255)"
check_status "the PDF of the same" 0 tc-layout -q -o one.pdf one.ndjson
pdftoppm -r 254 -f 1 -l 1 one.pdf pdf
check "looks the same" sh -c '
	test "$(compare -metric MAE pdf-1.ppm tiff/sheet-00001.tif null: 2>&1 |
		sed "s/ .*//; s/\..*//")" -lt 400'

# ---- products ----

cp -r lab before
check_status "made again" 0 tc-layout -q --raster lab one.ndjson
check "the same bytes" diff -r lab before
check_status "with other content" 2 tc-layout -q --raster lab --dpi 254 one.ndjson
check "is not replaced" diff -r lab before
check "and told how" grep -q "'lab' exists with other content; --force replaces it" err
check_status "but with --force" 0 tc-layout -q --raster lab --dpi 254 --force one.ndjson
check "it is" sh -c 'identify -format %w lab/sheet-00001.jpg | grep -qx 1780'
touch lab/thesis.doc
check_status "what holds other files" 2 tc-layout -q --raster lab --force one.ndjson
check "is never replaced" test -e lab/thesis.doc
check_status "nor is the working directory" 2 tc-layout -q --raster . --force one.ndjson
check "nothing is left behind" sh -c '! ls -A | grep part'
check_status "no such resolution" 2 tc-layout -q --raster x --dpi 299 one.ndjson
check_status "no such format" 2 tc-layout -q --raster x --format png one.ndjson
finish
