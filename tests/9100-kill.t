#!/bin/sh
# Kill each tool at random moments, run again: every product is what an
# undisturbed run makes, byte for byte.
. "$(dirname "$0")/lib.sh"
rounds=${TC_KILL_ROUNDS:-4}

draw-school -q -n 8 -W 600 --troubles -o school

# One stage of the pipeline; -j 2 has two workers to be killed in.
cat >stage <<'END'
case $1 in
1) exec tc-ingest -q -j 2 -d batch -r school/roster.csv school/upload.zip >m1 ;;
2) exec tc-check -q -j 2 m1 >m2 ;;
3) exec tc-normalize -q -j 2 m2 >m3 ;;
4) exec tc-layout -q -o sheets.pdf m3 >m4 ;;
5) exec tc-export chsi -q -o bundle.zip m4 >m5 ;;
6) exec tc-export feedback -q -o feedback.xlsx m5 >m6 ;;
esac
END

stages() {	# from $1 to $2
	stage=$1
	while [ "$stage" -le "$2" ]; do
		sh stage "$stage" || [ $? -eq 1 ] || return 2
		stage=$((stage + 1))
	done
}
# Everything that a run leaves, as sums.  A manifest says whether a photo was printed or in a
# bundle before: the journal has that from the run that was killed after it delivered.
products() {
	find batch ./*.pdf ./*.zip* ./*.xlsx -type f ! -name lock ! -name seen \
		! -path 'batch/tmp/*' -exec sha256sum {} + | sort -k 2
	for manifest in m?; do
		jq -c 'del(.delivered, .printed, .locked, .waiting)' "$manifest" | sha256sum |
			sed "s/-/$manifest/"
	done
}
reset() {
	rm -rf batch ./*.pdf ./*.zip* ./*.xlsx m? .*.part
}
begin() {	# with an empty batch of the same id
	reset
	mkdir -m 700 batch
	cp id batch/id
}
keep() {	# what is there before stage $1
	mkdir before$1
	cp -a batch before$1
	find . -maxdepth 1 -type f \( -name 'm?' -o -name '*.pdf' -o -name '*.zip*' \
		-o -name '*.xlsx' \) -exec cp -a {} before$1 \;
}
restore() {
	reset
	cp -a before$1/. .
}
milliseconds() {
	date +%s%N | sed 's/......$//'
}

stages 1 6 2>log || sed 's/^/# /' log
cp batch/id id
products >undisturbed
check "six stages, each with its product" sh -c \
	'test "$(grep -cE " (m[1-6]|\./.*\.(pdf|zip|xlsx))$" undisturbed)" -eq 9'
# The same once more, stage by stage: what there is before each, and how long it takes.
begin
for stage in 1 2 3 4 5 6; do
	keep $stage
	start=$(milliseconds)
	sh stage $stage 2>/dev/null
	echo $(($(milliseconds) - start + 1)) >length$stage
done
products >again
check_same "the same batch made again is the same" undisturbed again

for victim in 1 2 3 4 5 6; do
	round=0
	length=$(cat length$victim)
	while [ $round -lt "$rounds" ]; do
		restore $victim
		delay=$(($(od -An -N2 -tu2 /dev/urandom) % length))
		setsid sh stage $victim 2>/dev/null &
		sleep "$(printf '%d.%03d' $((delay / 1000)) $((delay % 1000)))"
		kill -KILL -- -$! 2>/dev/null
		wait $! 2>/dev/null
		stages 1 6 2>log
		products >again
		check_same "stage $victim killed after $delay of $length ms" undisturbed again
		round=$((round + 1))
	done
done

# A worker that is killed costs its photo only, and that once.
restore 2
tc-check -q -j 2 m1 >m2 2>log &
sleep 0.5
pkill -KILL -P $! 2>/dev/null
wait $!
check "killed workers cost at most a photo each" \
	jq -se 'map(select(.type == "end"))[0].status.unreadable <= 2' m2
stages 1 6 2>/dev/null
products >again
check_same "... and nothing when run again" undisturbed again

finish
