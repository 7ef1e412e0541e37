#!/bin/sh
# Bad input: one clear message each, and no other student pays for it.
. "$(dirname "$0")/lib.sh"

draw-school -q -n 6 -W 800 --roster-encoding utf-8 -o school
cd school || exit 2
set -- photos/*.jpg
good=$(ls photos | wc -l)
size=$(wc -c <"$1")

truncate -s $((size / 2)) "$1"
printf 'GIF89a nonsense' >"$2"
convert -size 480x640 gradient:white-grey "$3"
tail -n +2 roster.csv | head -n 1 | sed 's/^[^,]*,\([^,]*\),[^,]*,\([^,]*\),\([^,]*\),\([^,]*\),[^,]*/,\1,,\2,\3,\4,/' >>roster.csv
cd ..

check_status "a cut photo, nonsense, a wall and a row without a key: status 1" 1 sh -c '
	tc-ingest -d batch -r school/roster.csv school/photos >m1 2>e1
	tc-check m1 >m2 2>e2; status=$?; cat e1 e2 >&2; exit $status'
check "every student of the roster has a record" sh -c \
	'test "$(jq -r "select(.student).id" m2 | sort -u | wc -l)" -eq 6'
check "the cut photo is unreadable, with the reason" jq -se --arg f "${1##*/}" \
	'map(select(.source.entry == $f))[0] | .status == "unreadable" and
	([.checks[] | select(.id == "file.readable" and .verdict == "fail").detail]
	| length == 1)' m2
check "... and named in one message" sh -c 'test "$(grep -c unreadable\\\|trunc e2)" -ge 1'
check "the nonsense is no photo" jq -se --arg f "${2##*/}" \
	'map(select(.type == "photo" and .source.entry? == $f and .status != "unreadable"))
	| length == 0' m2
check "the wall has no face" jq -se --arg f "${3##*/}" \
	'map(select(.source.entry == $f))[0] | .status == "reject" and
	([.checks[] | select(.id == "face.count")][0].value == 0)' m2
check "the row without a key is refused by its number" sh -c \
	'jq -se "any(.type == \"refused\" and .row == 8)" m2 && grep -q "row 8" e1'
check "the others are judged as ever" jq -se --argjson n $((good - 3)) \
	'map(select(.status == "pass")) | length == $n' m2
check "the manifest keeps to the schema" python3 "$TC_TOP/tests/validate.py" \
	"$TC_TOP/share/manifest.schema.json" m2

size=$(wc -c <school/upload.zip)
head -c $((size * 2 / 3)) school/upload.zip >cut.zip
check_status "a cut archive: status 1" 1 sh -c \
	'tc-ingest -d batch2 -r school/roster.csv cut.zip >m3'
check "... a message names it" grep -q "'cut.zip'" err
check "... what was whole in it is there" jq -se \
	'map(select(.type == "end"))[0].rows.matched >= 3' m3
check "... and every student" sh -c \
	'test "$(jq -r "select(.student).id" m3 | sort -u | wc -l)" -eq 6'

echo "nothing" >no.zip
check_status "an archive that is none: status 1" 1 sh -c \
	'tc-ingest -d batch3 -r school/roster.csv no.zip >m4'
check "... a message names it" grep -q "'no.zip'" err
check "... and every student is missing" jq -se \
	'map(select(.type == "end"))[0].rows.missing == 6' m4
check_status "a roster that is none: status 2" 2 \
	tc-ingest -d batch4 -r school/photos school/upload.zip
check_status "an upload that is not there: status 1 or 2" 1 \
	tc-ingest -d batch5 -r school/roster.csv nowhere.zip
check "... a message names it" grep -q "'nowhere.zip'" err

finish
