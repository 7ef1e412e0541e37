#!/bin/sh
# tc-ingest: odd, broken and hostile files of other projects' test suites come out as
# outcomes.tsv says: file; exit status; pictures, unreadable, refused, junk and
# archives among its entries; words of the first message.
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
	printf '%s\t%s\t%s\t%s\n' "$1" $? \
		"$(tail -n 1 out | jq -r ".entries | $counts")" \
		"$(grep -v 'no roster' err | sed -n 's/.*: //; s/[0-9][0-9]*/N/g
			s/ (.*//; 1p')"
}
table() {
	rm -rf batch
	timeout 20 tc-ingest -q -d batch -s 99999 -r "$TC_DATA/$1" nothing \
		>out 2>err
	printf '%s\t%s\t-\t%s\n' "$1" $? "$(sed -n 's/ (columns.*//
		s/: one column.*//; s/^[^'\'']*'\''[^'\'']*'\''[: ]*//
		s/[0-9][0-9]*/N/g; 1p' err)"
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
	cut -f 1 "$1" | while read -r file; do
		case $file in
		archives/*) archive "$file" ;;
		tables/*) table "$file" ;;
		esac
	done
	pictures
}
outcomes "$table" | sort >got
sort "$table" >wanted
check "there are many" [ "$(wc -l <wanted)" -gt 300 ]
check_same "every file comes out as the table says" wanted got
check "every file of the data is in the table" sh -c '
	cd "$TC_DATA" && ls -d archives/* tables/* codec/* | grep -v -e lz_manyfiles \
	-e "^tables/.*\.\(fpt\|dbt\)$" | sort >"$OLDPWD/files"
	cd "$OLDPWD" && cut -f 1 wanted | sort | diff files -'
finish
