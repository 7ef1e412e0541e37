#!/bin/sh
# A night on a cluster: a node dies in the middle, and every product is as without.
. "$(dirname "$0")/lib.sh"
. "$TC_TOP/tests/slurm.sh"
slurm_or_finish "a night on two nodes"

# Batches have random names, given once: both seasons begin with the same ones.
tc-province init season >/dev/null
sed -i 's/^settle = .*/settle = 0/; s/^class = .*/class = 2026/' season/season.conf
for school in 1 2 3 4 5 6; do
	draw-school -q -n 3 -s "$school" -W 500 --roster-encoding utf-8 -o "drawn$school"
	sed -i "s/,99999,/,1028$school,/" "drawn$school/roster.csv"
	mkdir "season/incoming/1028$school"
	cp "drawn$school/roster.csv" "season/incoming/1028$school/"
done
export SOURCE_DATE_EPOCH=1772409600
tc-province -C season -q --date 2026-03-02 night >/dev/null 2>&1
for school in 1 2 3 4 5 6; do
	cp "drawn$school/upload.zip" "season/incoming/1028$school/"
done
cp -a season other
tc-province -C season -q --date 2026-03-03 night >/dev/null 2>&1
quiet_status=$?

slurm_night n1 tc-province -C other --date 2026-03-03 night --slurm >mail 2>err
night_status=$?
check "a node dies while it works on a school" test -e killed
check "the night ends as it does without a cluster" test $night_status -eq "$quiet_status"
check "... with the same mail" diff mail season/log/2026-03-03/mail.txt
(cd season && find out -type f | sort | xargs sha256sum) >a
(cd other && find out -type f | sort | xargs sha256sum) >b
check_same "every product has the same bytes" a b
check "... and there are some" test "$(grep -c zip a)" -ge 12
finish
