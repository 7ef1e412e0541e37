#!/bin/sh
# tc-ingest --prune: what no record names is told, and removed with --force; nothing
# else ever is.
. "$(dirname "$0")/lib.sh"

draw-school -q -n 2 -W 600 -o school
ingest() { tc-ingest -q -d batch "$@"; }
files() { find batch/originals batch/normalized batch/results -type f | sort; }
ingest -r school/roster.csv school/upload.zip >ingested
tc-check -q ingested >checked
rm -r batch/normalized batch/results/tc-normalize	# which tc-check made
tc-normalize -q --background keep checked >old
tc-normalize -q --background replace checked >manifest
stale=$(jq -r 'select(.normalized) | .normalized.path' old | head -n 1)
second=$(jq -r 'select(.normalized) | .normalized.path' old | tail -n 1)
now=$(jq -r 'select(.normalized) | .normalized.path' manifest | head -n 1)
check "two sorts of images" test -n "$stale" -a -n "$now" -a "$stale" != "$now"
orphan=batch/originals/00/$(printf '%064d' 0).jpg
mkdir -p batch/originals/00 && cp school/photos/*01.jpg "$orphan"
# A bundle held one of the older images.
printf '{"kind":"delivery","record":"%s","picture":"%s","image":"%s","who":"tc-export","when":"2026-11-20T12:00:00Z","file":"%064d","file_name":"b.zip"}\n' \
	"$(jq -r 'select(.normalized) | .id' old | tail -n 1)" \
	"$(jq -r 'select(.normalized) | .source.sha256' old | tail -n 1)" \
	"$(sha256sum <"batch/$second" | cut -d ' ' -f 1)" 1 >>batch/decisions.ndjson
files >before
# A record without what the journal has said since.
plain() { jq -c 'del(.delivered, .locked, .waiting)' "$1" >"$2"; }
plain manifest wanted && plain old wanted-old

check_status "what would be removed" 0 tc-ingest -d batch --prune manifest
check "is told: the original and one image with its result and thumbnail" grep -Eq \
	'with --force: 1 originals, [0-9]+ bytes; 3 files of images, [0-9]+ bytes' err
files >after
check_same "and nothing is removed" before after
cp out passed-on

# What is not the whole last manifest removes nothing.
for bad in checked none part other; do
	case $bad in
	none) echo nothing >none ;;
	part) sed '3d' manifest >part ;;
	other) sed '1s/"id":"[^"]*"/"id":"abcdefgh"/' manifest >other ;;
	esac
	check_status "a manifest that will not do: $bad" 2 ingest --prune $bad --force
	check "... and why" grep -q "nothing is pruned by '$bad': " err
done
head -n -1 manifest >headless
check_status "one without its end" 2 ingest --prune headless --force
check_status "one that is not there" 2 ingest --prune absent --force
files >after
check_same "nothing was removed" before after

check_status "pruned" 0 tc-ingest -d batch --prune manifest --force
check "is told" grep -Eq 'pruned: 1 originals, [0-9]+ bytes; 3 files' err
check "the same manifest comes out" cmp passed-on out
check "the orphan is gone" test ! -e "$orphan"
check "the image that no record names is gone" test ! -e "batch/$stale"
check "the image of the manifest is there" test -e "batch/$now"
check "what a bundle held is there" test -e "batch/$second"
check "every original of a record is there" sh -c '
	jq -r "select(.source.path) | .source.path" manifest | while read -r path; do
	test -s "batch/$path" || exit 1; done'
check_status "pruned again" 0 tc-ingest -d batch --prune manifest --force
check "there is nothing left to do" grep -q 'pruned: 0 originals, 0 bytes; 0 files' err
tc-normalize -q --background replace checked >again
plain again got
check_same "the run after it says the same" wanted got
tc-normalize -q --background keep checked >again
plain again got
check_same "what was removed is made again, the same" wanted-old got
finish
