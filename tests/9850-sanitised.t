#!/bin/sh
# scripts/sanitised: it fails when something was found, and only then.  A make of our own
# stands for what would be built and run.
. "$(dirname "$0")/lib.sh"

mkdir bin
cat >bin/make <<'END'
#!/bin/sh
for word; do
	[ ! -f "$SAYS/$word" ] || . "$SAYS/$word"
done
END
chmod +x bin/make
# sanitised: with what the files in says/ do in the place of make's targets.
sanitised() {
	SAYS="$PWD/says" PATH="$PWD/bin:$PATH" "$TC_TOP/scripts/sanitised" gcc
}
mkdir says
check_status "nothing is found" 0 sanitised
if grep -q 'left out: gcc:' out; then
	skip "what is found" "$(cat out)"
	finish
	exit
fi
check "... and each part says so" is "$(grep -c 'nothing found' out)" 4
for part in all check-fast demo leaks; do
	echo 'echo not ok; exit 2' >says/$part
	check_status "what fails: $part" 1 sanitised
	check "... is shown" grep -q '^not ok' out
	echo 'exit 124' >says/$part
	check_status "what takes too long: $part" 0 sanitised
	check "... is told" grep -q 'left out: gcc, .*: it took longer' out
	rm says/$part
done
for status in 0 2 124; do
	echo "echo 'lib/a.c:1:2: runtime error: shift'; exit $status" >says/demo
	check_status "a worker of the demo that a sanitiser ended, and status $status" 1 sanitised
	check "... is shown" grep -q 'runtime error: shift' out
done
finish
