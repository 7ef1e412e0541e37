# lib.sh: what the shell tests share.  A test is a TAP program for prove(1):
#
#	. tests/lib.sh
#	check "what a user cares about" command that must succeed
#	finish
#
# Each runs in a scratch directory of its own ($PWD), with the tools first in
# PATH, TC_TOP at the project's root, a fixed locale, zone and date.

set -u
TC_TOP=$(cd "$(dirname "$0")/.." && pwd)
TC_BUILD=${TC_BUILD:-$TC_TOP/build}
PATH=${TC_BIN:-$TC_TOP/bin}:$TC_BUILD:$TC_BUILD/tests:$PATH
export TC_TOP PATH LC_ALL=C.UTF-8 LANGUAGE=en TZ=UTC SOURCE_DATE_EPOCH=1763600000
export TC_CONF=	# no settings but those of a test
export TC_DATA="${TC_DATA:-$TC_TOP/../shared/data}"	# real photos and files, if there
scratch=$(mktemp -d "${TMPDIR:-/tmp}/tc-test.XXXXXX") || exit 2
trap 'cd /; rm -rf "$scratch" "$scratch.said"' EXIT
trap 'exit 1' HUP INT TERM
cd "$scratch" || exit 2
number=0

# The head of a file as a comment.
shown() {
	head -n 30 "$1" | cut -c 1-300 | sed 's/^/# /'
}

# check DESCRIPTION COMMAND...: ok when the command succeeds; else what it printed is shown,
# or the command itself, with its values, when it printed nothing.
check() {
	number=$((number + 1))
	description=$1
	shift
	if "$@" >check.out 2>&1; then
		echo "ok $number - $description"
	else
		echo "not ok $number - $description"
		[ -s check.out ] || printf '%s\n' "failed: $*" >check.out
		shown check.out
	fi
}

# check_same DESCRIPTION FILE FILE
check_same() {
	check "$1" diff "$2" "$3"
}

# check_status DESCRIPTION STATUS COMMAND...: the command's exit status; its
# output goes to the files "out" and "err".
check_status() {
	number=$((number + 1))
	description=$1 wanted=$2
	shift 2
	"$@" >out 2>err
	status=$?
	cat err >>"$scratch.said"
	if [ "$status" -eq "$wanted" ]; then
		echo "ok $number - $description"
	else
		echo "not ok $number - $description"
		echo "# exit status $status, wanted $wanted"
		shown err
	fi
}

# reconciled FILE: what tc-ingest says at a manifest's end is the sum of its terms,
# and of the records before it: no row and no entry is lost or counted twice.
reconciled() {
	jq -es 'def of(f): map(select(f)) | length;
	.[-1] as $last | .[1:-1] as $all |
	($all | map(select(.type == "photo"))) as $photos |
	($all | map(select(.type == "refused"))) as $refused |
	def state($s): $photos | of(.match.state == $s);
	$last.type == "end" and $last.records == ($all | length) and
	([$last.rows | del(.total)[]] | add) == $last.rows.total and
	([$last.entries | del(.total)[]] | add) == $last.entries.total and
	([$last.status[]] | add) == ($photos | length) and
	$last.rows.matched == state("matched") and
	$last.rows.missing == state("missing") and
	$last.rows.excluded == state("excluded") and
	$last.rows.refused == ($refused | of(has("row"))) and
	$last.entries.refused == ($refused | of(has("number"))) and
	$last.entries.superseded == state("superseded") and
	$last.entries.photos + $last.entries.superseded +
		$last.entries.unmatched + $last.entries.unreadable >=
		($photos | of(has("source"))) and
	($photos | map(.id) | length) == ($photos | map(.id) | unique | length)' "$1"
}

# check_intake DESCRIPTION STATUS COMMAND...: as check_status, and the manifest in
# the file "out" is reconciled.
check_intake() {
	check_status "$@"
	check "$1: all is accounted for" reconciled out
}

# sealed FILE: a file of one JSON object gets the sum that a batch's files carry.
sealed() {
	object=$(jq -c 'del(.sha256)' "$1") && object=${object%\}} &&
		printf '%s,"sha256":"%s"}\n' "$object" \
			"$(printf %s "$object" | sha256sum | cut -c 1-64)" >"$1"
}

# is GOT WANTED: for check, which then shows both.
is() {
	test "$1" = "$2" || { echo "'$1' is not '$2'"; return 1; }
}

# sheets BOOK.xlsx: LibreOffice opens it, and writes each sheet as BOOK-SHEET.csv, values
# unformatted.
sheets() {
	rm -f "${1%.xlsx}"-*.csv
	soffice "-env:UserInstallation=file://$PWD/lo" --headless --convert-to \
		'csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1' \
		"$1" >/dev/null 2>&1
}

# skip DESCRIPTION REASON
skip() {
	number=$((number + 1))
	echo "ok $number - $1 # SKIP $2"
}

# values FILTER FILE: what jq prints, one a line.
values() {
	jq -r "$@"
}

# What the tools said here, and which manifests they made: no message holds a whole
# number or name of theirs.
names_nobody() {
	find "$scratch" -maxdepth 2 -type f -size -2000k \( -name '*err*' -o -name 'messages*' -o \
		-name told -o -name log -o -name complaints -o -name summary \) \
		-exec cat {} + >>"$scratch.said" 2>/dev/null
	find "$scratch" -maxdepth 2 -type f -size -2000k -exec head -qn 300 {} + |
		grep -aoE '"student":\{[^}]*"name":"[^"]+"' | sed 's/.*"name":"//; s/"$//' |
		grep -aE '.{2,}' | sort -u >"$scratch/names-of-persons"
	! grep -anE '(^|[^0-9A-Za-z])[1-9][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])[0-3][0-9]{4}[0-9Xx]($|[^0-9A-Za-z])' \
		"$scratch.said" && ! grep -anFf "$scratch/names-of-persons" "$scratch.said"
}

# In a sanitised build: a worker that a sanitiser ended costs a photo and says why.
nothing_found() {
	! grep -anE 'AddressSanitizer|runtime error:' "$scratch.said"
}

finish() {
	[ ! -s "$scratch.said" ] || check "no message tells who somebody is" names_nobody
	[ -z "${TC_SANITISED:-}" ] || [ ! -s "$scratch.said" ] ||
		check "no sanitiser found anything" nothing_found
	echo "1..$number"
}
