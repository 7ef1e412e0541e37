#!/bin/sh
# tc-ingest: odd, broken and hostile files of other projects' test suites come out as
# outcomes.tsv says: file; of an archive the exit status, the pictures, unreadable,
# refused, junk and archives among its entries; then why something was refused ("no
# roster", "not a picture": it was read), or what a table holds (tests/unit/cells.c).
. "$(dirname "$0")/lib.sh"
table=$TC_TOP/tests/outcomes.tsv

if [ ! -d "$TC_DATA/codec" ]; then
	skip "outcomes of odd files" "no $TC_DATA"
	finish
	exit
fi
printf password >password
mkdir nothing

# What became of one file, as a line of the table.
counts='[.unmatched + .photos, .unreadable, .refused, .junk, .archives] |
	map(tostring) | join(" ")'
archive() {
	rm -rf batch
	timeout 20 tc-ingest -q -d batch -s 99999 -P password "$TC_DATA/$1" \
		>out 2>err
	status=$?
	reconciled out >reconciled.out || status="$status, not reconciled"
	printf '%s\t%s\t%s\t%s\n' "$1" "$status" \
		"$(tail -n 1 out | jq -r ".entries | $counts")" \
		"$(jq -r 'select(.type == "refused") | .reason' out |
			sed "s/^cannot read '[^']*': //; s/[0-9][0-9]*/N/g
			s/ (.*//; s/^it is neither a picture nor a roster: .*headed/no roster: headed/" |
			LC_ALL=C sort -u | paste -sd '|' -)"
}
pictures() {
	rm -rf batch
	tc-ingest -q -d batch -s 99999 "$TC_DATA/codec" >out 2>err
	jq -r 'select(.type == "photo" or .type == "refused") |
		["codec/" + (.source.entry // .entry), "-",
		(if .type == "refused" then "refused"
		elif any(.checks[]; .id == "file.readable") then "unreadable"
		else .image.format end), "-"] | @tsv' out
}

outcomes() {
	(cd "$TC_DATA" && ls -d archives/*) | while read -r file; do
		archive "$file"
	done
	(cd "$TC_DATA" && cells tables/*) |
		sed "s/\t.*'tables[^']*'[: ]*/\t/; s/\t/\t-\t-\t/"
	pictures
}
outcomes | LC_ALL=C sort >got
check "there are many" [ "$(wc -l <got)" -gt 400 ]
check_same "every file comes out as the table says" "$table" got
finish
