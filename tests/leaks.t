#!/bin/sh
# One student through every tool and product of a sanitised build (`make SAN=gcc leaks`):
# what a tool has not given back when it ends, beside what leaks.supp names, is a leak.
# Workers end without that search: what they leave behind shows as memory that grows,
# `scripts/bench --load`.
. "$(dirname "$0")/lib.sh"

export ASAN_OPTIONS="${ASAN_OPTIONS:-}:detect_leaks=1:fast_unwind_on_malloc=0:exitcode=99"
export LSAN_OPTIONS="suppressions=$TC_TOP/tests/leaks.supp:print_suppressions=0"

if ! tc-ingest -V >out 2>&1; then
	skip "nothing leaks" "the search for leaks does not run here: $(head -n 1 out)"
	finish
	exit
fi

# keeps_nothing STATUS COMMAND...: standard output goes to the file out.
keeps_nothing() {
	wanted=$1
	shift
	"$@" >out 2>err
	status=$?
	[ "$status" -eq "$wanted" ] || { echo "exit status $status, wanted $wanted"; cat err; return 1; }
	! grep -E 'LeakSanitizer|AddressSanitizer|runtime error:' err
}

draw-school -q -n 1 -W 700 -o school
cp school/photos/*.jpg nobody.jpg
check "tc-ingest" keeps_nothing 0 tc-ingest -y 2027 -d batch -r school/roster.csv school/upload.zip nobody.jpg
cp out ingested
check "tc-check" keeps_nothing 0 tc-check ingested
cp out checked
check "tc-normalize" keeps_nothing 0 tc-normalize checked
cp out good
check "tc-check --explain" keeps_nothing 0 tc-check --explain "$(jq -r '.student.student_no // empty' good | head -n 1)" good
check "tc-check --list" keeps_nothing 0 tc-check --list
check "tc-layout" keeps_nothing 0 tc-layout -o sheets.pdf --index index.xlsx good
check "tc-layout --raster" keeps_nothing 0 tc-layout --raster lab good
for kind in $(tc-export --complete | awk -F '\t' '$1 == "operand" && $2 == "words" { print $3 }'); do
	more=
	[ "$kind" != csv ] || more='--columns student.student_no,status'
	check "tc-export $kind" keeps_nothing 0 tc-export "$kind" $more -o "made-$kind" good
done
check "tc-layout --table" keeps_nothing 0 tc-layout -o table.pdf --table made-layout-table good
printf '学号,校对结果\n%s,正确\n' "$(jq -r '.student.student_no // empty' good | head -n 1)" >answers.csv
check "tc-ingest --corrections" keeps_nothing 0 tc-ingest -d batch --corrections answers.csv
check "tc-ingest --unmatched" keeps_nothing 0 tc-ingest -d batch --unmatched list.xlsx
check "tc-ingest --link" keeps_nothing 0 tc-ingest -d batch --link list.xlsx
check "tc-ingest --verify" keeps_nothing 0 tc-ingest --verify -d batch
check "an upload that is none" keeps_nothing 1 tc-ingest -d batch answers.csv
check "a roster that is none" keeps_nothing 2 tc-ingest -d other -r nobody.jpg
finish
