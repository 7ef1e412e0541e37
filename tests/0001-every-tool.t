#!/bin/sh
# What all tools share: usage, manual, output errors, broken streams.
. "$(dirname "$0")/lib.sh"

tools='tc-ingest tc-check tc-normalize tc-layout tc-export'

# The synopsis of the manual as one line.
synopsis() {
	mandoc -T utf8 -O width=1000 "$TC_TOP/man/$1.1" | col -bx |
		sed -n '/^SYNOPSIS/,/^DESCRIPTION/p' | sed '1d;$d' |
		tr -s ' \n' '  ' | sed 's/^ //; s/ $//'
}
usage_of() {
	"$1" -h | sed '/^$/,$d' | sed 's/^usage: //' | tr -s ' \n' '  ' | sed 's/ $//'
}
same_usage() {
	synopsis "$1" >manual
	usage_of "$1" >usage
	diff manual usage
}

# How each is called as a filter, reading standard input.
filter() {
	case $1 in
	tc-layout) echo "tc-layout -o made.pdf" ;;
	tc-export) echo "tc-export feedback -o made.xlsx" ;;
	*) echo "$1" ;;
	esac
}

for tool in $tools; do
	check_status "$tool -h exits with 0" 0 "$tool" -h
	check "$tool -h says what the manual's synopsis says" same_usage "$tool"
	check_status "$tool -V exits with 0" 0 "$tool" -V
	check_status "$tool --no-such-option exits with 2" 2 "$tool" --no-such-option
	check "... and shows the usage on standard error" grep -q '^usage: ' err
	check "... and nothing on standard output" test ! -s out
	check_status "$tool -h into a full device exits with 2" 2 \
		sh -c "$tool -h >/dev/full"
	check "... and says why" grep -q 'No space left on device' err
done

draw-school -q -n 3 -W 800 -o school
tc-ingest -q -d batch -r school/roster.csv school/upload.zip >ingested ||
	echo "# cannot ingest"
tc-check -q ingested | tc-normalize -q >good

for tool in tc-check tc-normalize tc-layout tc-export; do
	run=$(filter "$tool")
	rm -f made.*
	check_status "$tool: full device exits with 2" 2 sh -c "$run <good >/dev/full"
	check "... and says why" grep -q 'No space left on device' err
	rm -f made.*
	check_status "$tool: missing manifest exits with 2" 2 $run ./nowhere
	check "... and names it" grep -q "'./nowhere'" err
	check_status "$tool: empty input exits with 2" 2 sh -c "$run </dev/null"
	check_status "$tool: input without end exits with 2" 2 \
		sh -c "sed '\$d' good | $run"
	check "... and publishes nothing" sh -c '! ls made.* .made* 2>/dev/null'
	check "... and says so" grep -q 'without' err
	check_status "$tool: a record is gone: exits with 2" 2 sh -c "sed 2d good | $run"
	check "... and publishes nothing" sh -c '! ls made.* .made* 2>/dev/null'
	check_status "$tool: --subset accepts that" 0 sh -c "sed 2d good | $run --subset"
	check "... recounts and marks it" sh -c 'tail -n 1 out | jq -e ".subset and
		.records == 2 and .status.pass == 2"'
	rm -f made.*
	check_status "$tool: a line that is not JSON exits with 1" 1 \
		sh -c "sed '3s/.*/{\"type\": \"pho/' good | $run"
	check "... is named by its number" grep -q ':3: not JSON' err
	check "... leaves a refused record in its place" sh -c \
		'sed -n 3p out | jq -e ".type == \"refused\" and .line == 3"'
	check "... and costs no other record" sh -c \
		'test "$(jq -r "select(.type == \"photo\").id" out | wc -l)" -eq 2'
	rm -f made.*
	check_status "$tool: a line of a megabyte passes through" 0 sh -c \
		"awk '/\"end\"/ { sub(/\"records\":3/, \"\\\"records\\\":4\")
			printf \"{\\\"type\\\":\\\"note\\\",\\\"text\\\":\\\"\"
			for (i = 0; i < 1000000; i++) printf \"x\"; print \"\\\"}\" }
			{ print }' good | $run"
	check "... with its value" sh -c \
		'jq -se "map(select(.type == \"note\"))[0].text | length == 1000000" out'
	rm -f made.*
	check_status "$tool: two batches behind each other" 0 sh -c "cat good good |
		$(echo "$run" | sed 's/made\.[a-z]*/made.d\//;s/^\(tc-layout.*\)made.d./\1made.pdf/')"
	check "... give two ends" sh -c 'test "$(grep -c "\"type\":\"end\"" out)" -eq 2'
	rm -rf made.*
	check_status "$tool: in use by tc-ingest exits with 2" 2 \
		flock batch/lock $run good
	check "... and says so" grep -q 'in use by another run' err
	check "$tool: a reader that goes away is no news" sh -c \
		"cat good | $run -q 2>err | head -n 1 >out; test ! -s err"
	rm -rf made.*
done

check_status "another profile is refused" 2 tc-check -q -p chsi-2017 good
check "... and said how to accept it" grep -q -- '--reprofile' err
check_status "--reprofile accepts it" 0 tc-check -q -p chsi-2017 --reprofile good
check "... and the head names it" sh -c \
	'head -n 1 out | jq -e ".profile.name == \"chsi-2017\""'
check "a manifest in a file is mode 0600" sh -c \
	'umask 022; tc-check -q good >file; test "$(stat -c %a file)" = 600'
check "batch files are 0600 and directories 0700" sh -c \
	'test -z "$(find batch -type f ! -perm 600 -o -type d ! -perm 700)"'
check "the manifest keeps to the schema" python3 "$TC_TOP/tests/validate.py" \
	"$TC_TOP/share/manifest.schema.json" good

finish
