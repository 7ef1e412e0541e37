#!/bin/sh
# The number of workers changes nothing that anybody can see.
. "$(dirname "$0")/lib.sh"

draw-school -q -n 16 -W 600 --troubles -o school

run() {	# with -j $1 into directory j$1, always as "batch"
	rm -rf batch && mkdir -m 700 batch
	[ ! -f id ] || cp id batch/id
	tc-ingest -q -j "$1" -d batch -r school/roster.csv school/upload.zip |
		tc-check -q -j "$1" | tc-normalize -q -j "$1" |
		tc-layout -q -o sheets.pdf | tc-export chsi -q -o bundle.zip |
		tc-export feedback -q -o feedback.xlsx >manifest.ndjson 2>log
	cp batch/id id
	mkdir "j$1"
	mv sheets.pdf bundle.zip bundle.zip.* feedback.xlsx manifest.ndjson "j$1"
	(cd batch && find . -type f ! -name lock ! -name seen -exec sha256sum {} + | sort -k 2) \
		>"j$1/batch"
}

run 1
run 4
run 3
check_same "-j 1 and -j 4 make the same manifest" j1/manifest.ndjson j4/manifest.ndjson
check "... and the same of everything" diff -r j1 j4
check "-j 3 too" diff -r j1 j3
check "the manifest has all statuses of the school" jq -e 'select(.type == "end") |
	.status.pass > 0 and .status.reject > 0 and .status.missing == 2' j1/manifest.ndjson

# What a tool does not change leaves it as it came, however it is written.
sed '2i\{"type" : "note", "text": "\\u4e2d", "value": 1.50e0}' <j1/manifest.ndjson >noted
tc-normalize -q --subset noted >passed 2>/dev/null
sed -n 2p noted >given
sed -n 2p passed >left
check_same "a line that nobody changed keeps its bytes" given left

finish
