#!/bin/sh
# What make bench tells of tc-check's groups of checks.
. "$(dirname "$0")/lib.sh"

draw-school -q --plain -n 2 -W 700 -o school
check_status 'groups are timed' 0 check-groups chsi-2017 school/photos/*.jpg
mv out told
printf '%s\n' file provenance decode face landmarks recapture.edges recapture.moire verdicts >wanted
cut -f 2 told | grep -x -f wanted >named
check_same '... the file, its provenance, the face and the rest apart, in their order' \
	named wanted
check '... each with its seconds, together more than none' \
	awk -F '\t' '$1 < 0 || NF != 2 { bad = 1 } { sum += $1 }
		END { exit bad || sum <= 0 }' told
finish
