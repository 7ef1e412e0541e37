#!/bin/sh
# The sample school from upload to deliverables: what became of each trouble.
. "$(dirname "$0")/lib.sh"

check_status "the demo runs to its end" 0 "$TC_TOP/scripts/demo" "$PWD/demo"
check "a season's evenings end with a page" test "$(grep -c '^tc 2026-03-0[23]: 5 schools' out)" -eq 2
check "... and make the lists of the province" test "$(find demo/season/out/2026-03-03 -maxdepth 1 \
	-type f | wc -l)" -ge 8
cd demo || exit 2

status_of() {	# of the record whose truth trouble is $1
	jq -r --arg no "$1" 'select(.type == "photo" and .match.state != "superseded"
		and .student.student_no == $no).status' manifest.ndjson
}
failed_checks() {
	jq -r --arg no "$1" 'select(.type == "photo" and .match.state != "superseded"
		and .student.student_no == $no) | .checks[] |
		select(.verdict == "fail").id' manifest.ndjson
}
count() {
	jq -r --arg s "$1" 'select(.type == "end").status[$s]' manifest.ndjson
}
# Student number of row $1 from the end of the roster.
last() {
	iconv -f GB18030 -t UTF-8 school/roster.csv | tail -n "$1" | head -n 1 |
		cut -d, -f3
}
one_of() {
	echo "$1" | grep -qx "$2" || { echo "'$2' is not among '$1'"; return 1; }
}

check "24 students, every one in the manifest once" is 24 "$(jq -r 'select(.type ==
	"photo" and .student and .match.state != "superseded").student.student_no' \
	manifest.ndjson | sort -u | wc -l)"
check "no photo: missing" is missing "$(status_of "$(last 1)")"
check "tilted head: rejected" is reject "$(status_of "$(last 2)")"
check "... for its tilt" one_of "$(failed_checks "$(last 2)")" pose.roll
check "eyes shut: rejected" is reject "$(status_of "$(last 3)")"
check "... for its eyes" one_of "$(failed_checks "$(last 3)")" eyes.open
check "two faces: rejected" is reject "$(status_of "$(last 4)")"
check "... for its faces" one_of "$(failed_checks "$(last 4)")" face.count
check "too small: rejected" is reject "$(status_of "$(last 5)")"
check "... for its resolution" one_of "$(failed_checks "$(last 5)")" file.resolution
check "dark: rejected" is reject "$(status_of "$(last 6)")"
check "... for its light" one_of "$(failed_checks "$(last 6)")" light.dark
check "a text file instead of a picture: the student is missing" \
	is missing "$(status_of "$(last 7)")"
check "... and the file is refused" is 1 "$(jq -r 'select(.type == "refused").entry' \
	manifest.ndjson | grep -c '\.txt')"
check "a PNG named .jpg is read by its content" is png "$(jq -r --arg no "$(last 8)" \
	'select(.student.student_no? == $no).image.format' manifest.ndjson)"
check "two uploads: one was superseded" is 1 "$(count superseded)"
check "two photos that no student claims" is 2 "$(count unmatched)"
check "17 students pass" is 17 "$(count pass)"
check "a collar of the wall's colour is cut out whole" is 0 "$(count review)"
check "the manifest keeps to the schema" python3 "$TC_TOP/tests/validate.py" \
	"$TC_TOP/share/manifest.schema.json" manifest.ndjson

check "unzip finds the bundle whole" unzip -tq bundle.zip
mkdir images && cd images && unzip -q ../bundle.zip
check "17 images in it" is 17 "$(find . -name '*.jpg' | wc -l)"
check "sums agree" sh -c 'sha256sum -c SHA256SUMS'
check "named by ID number" sh -c 'ls *.jpg | grep -qE "^[0-9]{17}[0-9X]\.jpg$"'
check "all 480x640, colour, 300 dpi" is "480 640 3 300" "$(identify -units PixelsPerInch \
	-format '%w %h %[channels] %x\n' ./*.jpg | sed 's/srgb/3/' | sort -u)"
check "no EXIF" sh -c '! grep -l Exif *.jpg'
check "between 20 and 40 KB" sh -c 'test -z "$(find . -name "*.jpg" \
	\( -size -20480c -o -size +40960c \))"'
cd ..
check "9 sheets, classes apart" is 9 "$(pdfinfo sheets.pdf | awk '/^Pages/ { print $2 }')"
check "the workbook opens in LibreOffice" sh -c 'HOME=$PWD soffice --headless \
	--convert-to pdf feedback.xlsx && test -s feedback.pdf'
check "no full name or number on standard error" sh -c '
	jq -r "select(.student).student | .name, .id_number" manifest.ndjson |
	grep -Ff - ../err && exit 1; exit 0'

# The same again: nothing new, nothing computed twice, the same bytes.
cp manifest.ndjson first.ndjson
check_status "the same pipeline again" 1 sh -c 'tc-ingest -q -d batch \
	-r school/roster.csv -y 2026 school/upload.zip | tc-check -q | tc-normalize -q |
	tc-layout -q -o sheets.pdf | tc-export chsi -q -o bundle.zip |
	tc-export feedback -q -o feedback.xlsx >second.ndjson'
# ... except that what was printed, delivered and told to students is remembered now.
for run in first second; do
	jq -c 'del(.delivered, .printed, .locked, .waiting, .told)' $run.ndjson >$run.plain
done
check_same "... gives the same manifest" first.plain second.plain
check "and says what was delivered" grep -q '"delivered":' second.ndjson

finish
