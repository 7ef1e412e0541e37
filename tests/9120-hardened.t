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
# ends_whole KIND ENDING: read errors from any place on end with 2 and no product, or too
# late to matter.
ends_whole() {
	tc-export "$1" -q -o "whole.$2" m3 || return 1
	for place in 5 10 20 40 80 160; do
		rm -f a.*
		env TC_FAULT=read:$place:5+ LD_PRELOAD="$shim" tc-export "$1" -q -o "a.$2" m3 2>err
		status=$?
		cat err >>messages
		if [ $status -eq 2 ]; then
			[ -s err ] && [ ! -e "a.$2" ] || return 1
		else
			[ $status -eq 0 ] && cmp "a.$2" "whole.$2" || return 1
		fi
	done
}
for kind in chsi:zip proof:zip feedback:xlsx review:html retake:xlsx; do
	check "${kind%:*}: a disk that cannot be read loses no picture" ends_whole "${kind%:*}" "${kind#*:}"
	rm -f whole.*
done

# shellcheck disable=SC3045	# dash has ulimit -n and -v, too
# only_ours COMMAND...: with few descriptors: done, or 2 and why, in lines of the tool alone.
only_ours() {
	for room in 6 7 8 9 10 11 12 14; do
		rm -f a.*
		(ulimit -n $room && exec "$@") >out 2>err
		status=$?
		[ $status -eq 0 ] || { [ $status -eq 2 ] && [ -s err ] && ! ls a.* 2>/dev/null; } || return 1
		! grep -v '^tc-' err || return 1
	done
}
check "workbook: without descriptors nothing but the tool speaks" \
	only_ours tc-export feedback -q -o a.xlsx m3
check "sheets: without descriptors nothing but the tool speaks" only_ours tc-layout -q -o a.pdf m3
check_status "an image that cannot be opened" 2 \
	env TC_FAULT=open:1:24+ LD_PRELOAD="$shim" tc-layout -q -o a.pdf m3
check "... is not called damaged" sh -c 'grep -q "Too many open files" err && ! grep -q damaged err'
check "sheets: without memory the end is told" sh -c '
	for room in 80000 100000 120000 150000; do
		rm -f a.pdf
		(ulimit -v $room && tc-layout -q -o a.pdf m3 >out 2>err)
		case $? in
		0) test -s a.pdf ;;
		2) test -s err && test ! -e a.pdf && ! grep -v ^tc- err ;;
		127) ;;	# the program was not even loaded
		*) exit 1 ;;
		esac || exit 1
	done'
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
find batch/originals -type f | head -n 1 | while read -r file; do rm -f "$file"; done
rm -rf batch/results
check_status "an original gone: nobody's photo is blamed" 2 tc-check -q m1
check "... and said what to do" grep -q "is gone or damaged.*send the upload again" err
check_status "an image is not made of it either" 2 tc-normalize -q m2
check_status "the upload sent again brings it back" 0 \
	tc-ingest -q -y 2027 -d batch -r school/roster.csv school/upload.zip
check_status "... and it is judged" 0 tc-check -q m1
restore
chmod 777 batch
check_status "a batch that others may write to is refused" 2 tc-check -q m1
check "... with advice" grep -q 'chmod 700' err
restore
if chown 65534 batch 2>/dev/null; then
	check_status "so is another account's" 2 tc-check -q m1
	check "... which is told" grep -q 'belongs to another account' err
else
	skip "another account's batch" "only root can make one"
fi
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
