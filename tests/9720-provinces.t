#!/bin/sh
# Other provinces by their profiles alone: the same tools, other images, prints and tables.
. "$(dirname "$0")/lib.sh"

# A batch through all tools with a profile, its products in a folder of that name.
province() {
	mkdir "$1.out"
	tc-ingest -q -d "$1" -p "$1" -r drawn/roster.csv -y 2026 drawn/upload.zip 2>"$1.err" |
		tc-check -q 2>>"$1.err" | tc-normalize -q 2>>"$1.err" >"$1.ndjson"
	tc-export chsi -q -o "$1.out/bundle.zip" "$1.ndjson" 2>>"$1.err" |
		tc-layout -q -o "$1.out/sheets.pdf" --index "$1.out/index.csv" >"$1.printed" 2>>"$1.err"
	mkdir "$1.out/bundle" && (cd "$1.out/bundle" && unzip -q ../bundle.zip)
}
# The mean colour of the upper corners of an image.
corner() {
	djpeg -pnm "$1" | python3 -c '
import sys
data = sys.stdin.buffer.read()
pixels = data[-480 * 640 * 3:]
parts = [pixels[(y * 480 + x) * 3 + c] for c in range(3) for y in range(12) for x in range(12)]
print(*[round(sum(parts[c * 144:c * 144 + 144]) / 144) for c in range(3)])'
}
near() {
	echo "$1" "$2" | awk '{ for (c = 1; c <= 3; c++) if (($c - $(c + 3))^2 > 16) { print; exit 1 } }'
}
draw-school -q -n 4 -s 11 --roster-encoding utf-8 -W 900 -o drawn
for profile in white zikao jiangsu; do
	province $profile
	check "$profile: nothing is said" is "$(cat $profile.err)" ""
	check "$profile: every photo passes" is "$(tail -n 1 $profile.ndjson | jq .status.pass)" 4
	check "$profile: the manifest keeps to the schema" python3 "$TC_TOP/tests/validate.py" \
		"$TC_TOP/share/manifest.schema.json" $profile.printed
	find $profile.out/bundle -name '*.jpg' | sort >$profile.images
	check "$profile: the bundle has all images" is "$(wc -l <$profile.images)" 4
done
for image in $(cat white.images); do
	check "white: the wall is white" near "$(corner "$image")" "255 255 255"
	check "white: 30 to 60 KB" sh -c 'size=$(stat -c %s "$1"); test "$size" -ge 30720 -a "$size" -le 61440' - "$image"
done
check "zikao: the wall is light blue" near "$(corner "$(head -n 1 zikao.images)")" "100 197 255"
check "white: names are by college, class, student number and name" sh -c '
	sed 1d drawn/roster.csv | while IFS= read -r line; do
		jq -r "select(.type == \"photo\") | .student |
			\"\(.college)/\(.class)/\(.student_no)_\(.name).jpg\"" white.ndjson; break; done |
		sort >want; cd white.out/bundle && find . -name "*.jpg" | sed "s|^./||" | sort | diff ../../want -'
check "white: tables are DBF and GB18030, and no others" is \
	"$(cd white.out/bundle && echo table*)" "table-gb18030.csv table.dbf"
check "white: the DBF is read back with all students" sh -c '
	tc-ingest -q -d again -r white.out/bundle/table.dbf -y 2026 drawn/upload.zip | tail -n 1 |
		jq -e ".rows.matched == 4"'
check "white: GB18030 has the names" sh -c '
	iconv -f GB18030 -t UTF-8 white.out/bundle/table-gb18030.csv >table.csv
	jq -r "select(.type == \"photo\") | .student.name" white.ndjson |
		while read -r name; do grep -q "$name" table.csv || exit 1; done'
check "white: eight prints each" is "$(awk -F, '$1 == "排版索引" { n += $8 == 8 } END { print n }' \
	white.out/index.csv)" 4
check "white: without a strip" sh -c '! pdftotext white.out/sheets.pdf - | grep -q "学号\|示例大学 .*2026"'
check "jiangsu: five" is "$(awk -F, '$1 == "排版索引" { n += $8 == 5 } END { print n }' jiangsu.out/index.csv)" 4
check "zikao: names are examination numbers" sh -c '
	jq -r "select(.type == \"photo\") | .student.exam_no + \".jpg\"" zikao.ndjson | sort >want
	cd zikao.out/bundle && ls *.jpg | sort | diff ../../want -'
finish
