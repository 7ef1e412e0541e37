#!/bin/sh
# tc-ingest: a disk that is full, at any moment, gives a message and no half file
# under a final name; with room again the same command completes the batch.
. "$(dirname "$0")/lib.sh"

draw-school -q --plain -n 8 -W 480 -o school
mkdir in && cp school/photos/*.jpg in/ && 7z a -bd -bso0 in.7z in
zip -q -0 nested.zip in.7z
cat >run <<'X'
tc-ingest -q -d batch -y 2026 -r school/roster.csv in.7z nested.zip in
X
sh run >wanted 2>err
check "with room enough everything is taken in" reconciled wanted
cp batch/id id

cat >functions <<'X'
# The batch as it was found: what has a final name is whole.
whole() {
	find batch/originals -type f 2>/dev/null | while read -r f; do
		sum=${f##*/}
		[ "$(sha256sum <"$f" | cut -c 1-64)" = "${sum%%.*}" ] || echo "$f"
	done >half
	for f in roster uploads; do
		[ ! -e batch/$f.ndjson ] || jq -c . batch/$f.ndjson >/dev/null || echo $f
	done >>half
	[ ! -s half ]
}
# stopped STATUS WORDS: by a message, without a manifest's end.
stopped() {
	[ "$(cat status)" -eq 2 ] && grep -q "^tc-ingest: .*$1" err &&
		! grep -q '"type":"end"' out && whole
}
again() {
	sh run >out 2>err && cmp out wanted
}
X
. ./functions

# No file may be larger: every system has this.
for blocks in 1 2 8 30 60 100; do
	rm -rf batch && mkdir batch && cp id batch/
	(ulimit -f $blocks && sh run 2>err; echo $? >status) | cat >out
	check "files of $blocks blocks and no more" stopped "File too large"
	check "with more it is completed" again
done

# A file system that is full.
if unshare -rm mount -t tmpfs none school 2>/dev/null; then
	for room in 16 60 120 300; do
		rm -rf batch && mkdir batch
		unshare -rm sh -c '
			mount -t tmpfs -o size='$room'k,mode=700 none batch && cp id batch/
			(sh run 2>err; echo $? >status) | cat >out
			. "$1" && stopped "No space left" && whole && echo yes >full
			mount -o remount,size=64m batch && again && echo yes >completed' \
			sh "$PWD/functions" 2>unshare.err
		check "a disk of $room KB" grep -qx yes full
		check "with room again it is completed" grep -qx yes completed
		rm -f full completed
	done
else
	skip "a full disk" "mounting is not allowed here"
fi
check_status "a manifest on a full device" 2 sh -c 'sh run >/dev/full'
check "says so" grep -q "cannot write standard output: No space left" err
finish
