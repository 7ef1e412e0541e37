#!/bin/sh
# Pictures of fewer columns than rows become one when they are read: strips of scanners, rules.
. "$(dirname "$0")/lib.sh"

mkdir photos
for width in 1 3 7; do
	printf 'P6\n%d 8000\n255\n' $width >strip.ppm
	head -c $((width * 24000)) /dev/zero | tr '\0' '\200' >>strip.ppm
	cjpeg -quality 90 strip.ppm >photos/$width.jpg
done
tc-ingest -q -d batch photos >ingested 2>ingest.err
check_status "narrow pictures are measured" 0 tc-check -q ingested
check "... and have no face" is "$(jq -r 'select(.type == "photo") | .image.width as $width |
	.checks[] | select(.id == "face.count") | "\($width) \(.value)"' out |
	sort | tr '\n' ' ')" "1 0 3 0 7 0 "
check "no worker was stopped by them" sh -c '! grep signal err'

finish
