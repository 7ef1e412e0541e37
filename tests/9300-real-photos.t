#!/bin/sh
# Real photos with a made-up roster: every file is accounted for, and products hold.
. "$(dirname "$0")/lib.sh"

if [ ! -d "$TC_DATA/portraits" ]; then
	skip "real photos through the pipeline" "no $TC_DATA/portraits"
	finish
	exit
fi

# Every third portrait and every second bad one, those without a face among them.
sample() {
	ls "$TC_DATA"/portraits/* | awk 'NR % 3 == 1'
	ls "$TC_DATA"/badportraits/* | awk 'NR % 2 == 1 || /noface/'
}
# A student for each photo: numbers and names from draw-school, one student too many.
photos=$(sample | wc -l)
draw-school -q -n $((photos + 1)) --no-photos --no-zip --roster-encoding gb18030 -o school
iconv -f GB18030 -t UTF-8 school/roster.csv | tail -n +2 | cut -d, -f3,7 >keys
mkdir upload
for photo in $(sample); do
	row=$((${row:-0} + 1))
	key=$(sed -n "${row}p" keys | cut -d, -f$((row % 2 + 1)))
	cp "$photo" "upload/$key.${photo##*.}"
	printf '%s\t%s\n' "$key" "${photo#"$TC_DATA"/}"
done >names
(cd upload && zip -q -0 ../upload.zip ./*)
rm -rf upload

tc-ingest -d batch -r school/roster.csv upload.zip 2>messages |
	tc-check 2>>messages | tc-normalize 2>>messages |
	tc-layout -o sheets.pdf 2>>messages | tc-export chsi -o bundle.zip 2>>messages |
	tc-export feedback -o feedback.xlsx >manifest.ndjson 2>>messages
status=$?
check "the pipeline ends with 0 or 1" test $status -le 1
check "the manifest is whole and its counts are right" \
	python3 "$TC_TOP/tests/validate.py" "$TC_TOP/share/manifest.schema.json" manifest.ndjson
check "every file is an entry" jq -se --argjson n "$photos" \
	'map(select(.type == "end"))[0].entries.total == $n' manifest.ndjson
check "every student is there once" jq -se --argjson n $((photos + 1)) \
	'map(select(.type == "photo" and .student).student.student_no) |
	length == $n and (unique | length == $n)' manifest.ndjson
check "one student has no photo" jq -se \
	'map(select(.type == "end"))[0].rows.missing == 1' manifest.ndjson
check "each photo is its own student's" sh -c '
	jq -r "select(.source).source.entry" manifest.ndjson | sort >entries
	cut -f 1 names | sort | paste - entries | awk -F "\t" "index(\$2, \$1) != 1" |
	grep . && exit 1; exit 0'
check "no picture without a face passes" sh -c '
	grep -P "\tbadportraits/noface" names | cut -f 1 >keys
	jq -r "select(.status == \"pass\").source.entry" manifest.ndjson | grep -Ff keys &&
	exit 1; exit 0'
check "the bundle is whole" unzip -tq bundle.zip
check "... and holds what passes and conforms" sh -c 'test "$(unzip -Z1 bundle.zip |
	grep -c "\.jpg$")" -eq "$(jq -s "map(select(.status == \"pass\" and
	.normalized.conforms)) | length" manifest.ndjson)"'
check "no message shows a whole number or name" sh -c '
	jq -r "select(.student).student | .id_number, .student_no, .name" manifest.ndjson |
	grep -Ff - messages && exit 1; exit 0'
jq -c 'select(.type == "end").status' manifest.ndjson | sed 's/^/# /'

finish
