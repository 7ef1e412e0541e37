#!/bin/sh
# A third-party check in the pipe: the example filter in scripts/.
. "$(dirname "$0")/lib.sh"
. "$TC_TOP/tests/export-batch.sh"

# status_of NUMBER FILE, checks_of NUMBER FILE
status_of() {
	jq -r --arg id "testtest-$1" 'select(.id == $id and .type == "photo").status' "$2"
}
checks_of() {
	jq -c --arg id "testtest-$1" 'select(.id == $id and .type == "photo").checks[] |
		select(.by == "face-compare") | [.verdict, .level, .value, .min]' "$2"
}

make_batch school
printf 'testtest-1,0.91\ntesttest-2,0.31\ntesttest-3,0.66\ntesttest-4,0.95\ntesttest-6,0.9\n' >scores
check_status "the filter runs" 0 sh -c "
	'$TC_TOP/scripts/plugin-example' scores <school.ndjson >once.ndjson"
check_status "the next tool takes what it wrote" 0 tc-export csv --columns id -o x.csv once.ndjson
cp out after.ndjson
check "alike: passes" is "$(status_of 1 after.ndjson)" pass
check "another person: its fail rejects like any other" is "$(status_of 2 after.ndjson)" reject
check "near the limit: for review" is "$(status_of 3 after.ndjson)" review
check "who was rejected before stays so" is "$(status_of 4 after.ndjson)" reject
check "similarity, limit, verdict, level" is "$(checks_of 2 after.ndjson)" '["fail","reject",0.31,0.6]'
check "counts at the end agree" is "$(jq -c 'select(.type == "end").status |
	[.pass, .review, .reject]' after.ndjson)" '[2,1,2]'
sed 's/-2,0.31/-2,0.99/' scores >again
check_status "a second run" 0 sh -c "
	'$TC_TOP/scripts/plugin-example' again <after.ndjson >twice.ndjson"
check "replaces its own entries" is "$(checks_of 2 twice.ndjson)" '["pass","reject",0.99,0.6]'
check_status "and is taken" 0 tc-export csv --columns id --force -o x.csv twice.ndjson
check "the status follows" is "$(status_of 2 out)" pass
check "other tools' entries stay" is "$(jq -c 'select(.id? == "testtest-4").checks |
	map(select(.by == "test")) | length' out)" "$(jq -c 'select(.id? == "testtest-4").checks | length' school.ndjson)"
check_status "a dead tool before it is noticed" 2 sh -c "
	head -n 3 school.ndjson | '$TC_TOP/scripts/plugin-example' scores"
finish
