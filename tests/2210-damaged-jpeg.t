#!/bin/sh
# JPEGs that lack their end, and such whose data is damaged.
. "$(dirname "$0")/lib.sh"

draw-school -q --plain -n 6 -W 480 -o school
mkdir up
perl -e '
	sub get { local $/; open my $f, "<:raw", "school/photos/20220101010$_[0].jpg"; <$f> }
	sub put { open my $f, ">:raw", "up/20220101010$_[0].jpg"; print $f $_[1] }
	put(1, substr(get(1), 0, -2));				# no end marker
	my $two = get(2);
	my $middle = int(length($two) / 2);
	substr($two, $middle, 2) = "\xff\xd3";
	put(2, $two);						# damaged data
	put(3, get(3) . "trailer" x 1000);			# more behind its end
	put(4, substr(get(4), 0, int(length(get(4)) / 2)));	# cut
	put(5, get(5));
	put(6, substr(get(6), 0, 100));				# cut in its head'
check_intake "damaged files are taken in" 1 tc-ingest -q -d batch -s 99999 -y 2026 \
	-r school/roster.csv up
tc-check -q out >checked 2>err
of() {
	jq -r --arg no "20220101010$1" 'select(.student.student_no == $no) |
		[.status == "unreadable", .image.damage // "-", ([.checks[] |
		select(.id == "file.corrupt" or .id == "file.unended") | .id, .level, .verdict] |
		join(" "))] | @tsv' checked
}
check "one that lacks its end marker alone is read, with a note" is "$(of 1)" \
	"false	unended	file.unended info fail"
check "damaged data is for review" is "$(of 2)" "false	corrupt	file.corrupt review fail"
check "what stands behind the end does not matter" is "$(of 3)" "false	-	"
check "half a picture is none" is "$(of 4)" "true	-	"
check "a sound one has no note" is "$(of 5)" "false	-	"
check "a head alone is no picture" is "$(of 6)" "true	-	"
finish
