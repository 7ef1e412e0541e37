#!/bin/sh
# Damage, doubles and hostile neighbours: each noticed, told and harmless.
. "$(dirname "$0")/lib.sh"

draw-school -q -n 4 -W 600 -o school
tc-ingest -q -y 2027 -d batch -r school/roster.csv school/upload.zip >m1 &&
	tc-check -q m1 >m2 && tc-normalize -q m2 >m3
check "a batch" test -s m3
restore() {
	rm -rf batch && cp -a kept batch
}
cp -a batch kept

# ---- whose fault ----
shim=$TC_TOP/build/tests/faults.so
unpublished() {
	! grep -q '"type":"end"' out && ! grep -q unreadable out
}
rm -rf batch/results
check_status "a full disk is no fault of the photos" 2 sh -c 'ulimit -f 1; exec tc-check -q m1'
check "... is told" grep -q 'File too large' err
check "... and makes nothing" unpublished
check_status "nor a disk that cannot be read" 2 \
	env TC_FAULT=read:1:5+ LD_PRELOAD="$shim" tc-normalize -q m2
check "... which makes nothing" unpublished
check_status "a worker that cannot be written to hangs nobody" 2 \
	timeout 60 env TC_FAULT=write:1:28+ LD_PRELOAD="$shim" tc-check -q m1
restore

# ---- doubled records ----
sed '3s/.*/'"$(sed -n 2p m3 | sed 's/[\\/&]/\\&/g')"'/' m3 >doubled
check_status "a record in the place of another is noticed" 2 tc-export chsi -q -o a.zip doubled
check "... by its id" grep -q "stands there twice" err
check "... and no bundle is made" test ! -e a.zip
sed '3s/"id":"\([a-z0-9]*\)-[0-9]*"/"id":"\1-99"/' m3 >other
check_status "so is another record" 2 tc-export chsi -q -o a.zip other
check "... by the sum" grep -q 'other records than `end` was written for' err
sed '3s/"id":"[a-z0-9]*-/"id":"zzzzzzzz-/' m3 >foreign
check_status "a record of another batch is refused" 2 tc-check -q foreign
sed '$s/"errors":[0-9]*/"errors":-5/' m3 >negative
check_status "a count below zero is refused" 2 tc-check -q negative

# ---- files that are not as they were written ----
damage() {	# FILE: another digit, or another byte
	python3 - "$1" <<'X'
import sys
path = sys.argv[1]
content = bytearray(open(path, "rb").read())
content[len(content) // 2] ^= 4
open(path, "wb").write(content)
X
}
for file in roster.ndjson uploads.ndjson id; do
	restore
	damage batch/$file
	check_status "$file damaged: nothing is taken in" 2 \
		tc-ingest -q -y 2027 -d batch -r school/roster.csv school/upload.zip
	check "... and it is named" grep -q "$file' is damaged" err
	check_status "--verify names it" 1 tc-ingest --verify -d batch
	check "... and that it cannot be made again" grep -q "$file' is damaged: it cannot" err
done
restore
sed -i '1s/"lines"/"Lines"/' batch/roster.ndjson
check_status "unknown members are errors" 2 \
	tc-ingest -q -y 2027 -d batch -r school/roster.csv school/upload.zip
for kind in tc-check tc-normalize; do
	restore
	find batch/results/$kind -type f | while read -r file; do damage "$file"; done
	check_status "results of $kind damaged: computed again" 0 sh -c \
		'tc-check -q m1 | tc-normalize -q >again && cmp again m3'
done
restore
find batch/normalized -type f | while read -r file; do damage "$file"; done
check_status "an image damaged: no short bundle" 2 tc-export chsi -q -o a.zip m3
check_status "... --repair removes it" 0 tc-ingest --repair -d batch
check_status "... it is made again" 0 tc-normalize -q m2
check_status "... and all is whole" 0 tc-ingest --verify -d batch
find batch/originals -type f | head -n 1 | while read -r file; do damage "$file"; done
rm -rf batch/results
check_status "an original damaged: nothing is judged" 2 tc-check -q m1
check "... and said what to do" grep -q 'it is not what was uploaded; send the upload again' err
restore
chmod 777 batch
check_status "a batch that others may write to is refused" 2 tc-check -q m1
check "... with advice" grep -q 'chmod 700' err
restore

# ---- tables that are too much for whoever reads them ----
printf 'include = jiangsu\n[worker]\nmemory_bytes = 150000000\n' >small.conf
awk 'BEGIN { print "学号,校对结果"; for (i = 0; i < 1000000; i++) print i ",说明" i % 7 i }' >huge.csv
for option in corrections link exemptions unlock tracking; do
	check_status "--$option: a table that eats memory costs nothing but itself" 2 \
		tc-ingest -q -p ./small.conf -d batch --$option huge.csv
	check "... and that is told" grep -q 'did not survive it' err
done
check_status "so does one that orders prints" 2 \
	tc-layout -q -p ./small.conf --reprofile --table huge.csv -o b.pdf m3
check "... and that is told" grep -q 'did not survive it' err

# ---- names in messages ----
for size in 1 20; do
	for kind in chsi proof; do
		rm -f a.zip*
		check_status "$kind: no room after $size KB" 2 sh -c "ulimit -f $((2 * size))
			trap '' XFSZ; exec tc-export $kind -q -o a.zip m3"
		check "... names nobody" sh -c '
			cut -d, -f 1-3 school/roster.csv | tr , "\n" | grep -E "^[0-9X]{9,}$" >ids
			! grep -F -f ids err'
	done
done

# ---- temporary files ----
echo victim >victim && chmod 666 victim && ln victim .b.pdf.part
check_status "what lies under the temporary name is not written to" 0 \
	tc-layout -q -o b.pdf m3
check "... nor kept" grep -qx victim victim
check "... and the product is new and one's own" sh -c '
	test "$(stat -c "%a %h" b.pdf)" = "600 1"'

# ---- a terminal ----
cat >terminal.py <<'X'
import os, pty, sys
status = pty.spawn(sys.argv[1:], lambda fd: os.read(fd, 1024))
sys.exit(os.waitstatus_to_exitcode(status))
X
if ! python3 -c 'import pty; pty.openpty()' 2>/dev/null; then
	skip "a manifest is not shown on a terminal" "no terminal can be made here"
	finish
	exit
fi
check_status "a manifest is not shown on a terminal" 2 python3 terminal.py tc-check -q m1
check "... with advice" grep -q 'do not belong on a terminal: write it to a file' out
check "... and shows nobody" sh -c '! grep -q id_number out'
check_status "unless it is forced" 0 python3 terminal.py tc-check -q --force m1
finish
