#!/bin/sh
# Several photos of one student: which one counts, once they are checked.
. "$(dirname "$0")/lib.sh"

draw() {
	draw-school -s "$1" -W 800 --one "$2" -o drawn >/dev/null || exit 2
	mv drawn/portrait.jpg "$3"
}
mkdir first second third
cat >roster.csv <<'END'
学号,姓名,身份证号
20260001,甲一,320106200501011010
20260002,甲二,320106200501011029
20260003,甲三,320106200501011037
20260004,甲四,320106200501011045
20260005,甲五,320106200501011053
20260006,甲五,320106200501011053
20260007,甲七,32010620050101107X
20260008,甲八,320106200501011088
END
draw 1 tilt=0 first/20260001.jpg	# good, then tilted
draw 1 tilt=7,blur=0.3 second/20260001.jpg
draw 2 tilt=7 first/20260002.jpg	# tilted, then good
draw 2 tilt=0 second/20260002.jpg
draw 3 tilt=0 first/20260003.jpg	# both good
draw 3 tilt=1 second/20260003.jpg
draw 4 tilt=7 first/20260004.jpg	# both tilted
draw 4 tilt=8 second/20260004.jpg
draw 5 tilt=0 first/320106200501011053.jpg	# two rows share them: good, then tilted
draw 5 tilt=7 second/320106200501011053.jpg
draw 7 tilt=0 first/20260007.jpg	# good, then only named
draw 7 tilt=1 second/甲七.jpg
draw 8 tilt=0 second/20260008.jpg	# a broken file came first
head -c 2000 second/20260008.jpg >first/20260008.jpg

tc-ingest -q -d batch -r roster.csv -s 10285:某大学 -y 2026 first second >ingested 2>ingest.err
check_status "the batch is checked" 0 tc-check ingested
cp out checked
cp err summary

# of NUMBER FILTER [MANIFEST]: of the student's record
of() {
	jq -r --arg no "$1" "select(.type == \"photo\" and .student.student_no == \$no and
		.status != \"superseded\") | $2" "${3:-checked}"
}
sha() {
	sha256sum "$1" | cut -c 1-64
}
has_photo() {
	is "$(of "$1" .source.sha256 "${3:-checked}")" "$(sha "$2")"
}
check "of good, then tilted the older one counts" has_photo 20260001 first/20260001.jpg
check "... passes" is "$(of 20260001 .status)" pass
check "... and says so, naming the record of the later one" jq -se '
	map(select(.type == "photo")) as $photos |
	($photos[] | select(.student.student_no == "20260001" and .status == "pass").checks[] |
		select(.id == "choice.older")) as $note |
	$note.verdict == "warn" and $note.level == "info" and
	($photos[] | select(.id == $note.detail) | .status == "superseded" and
		.student.student_no == "20260001")' checked
check "of tilted, then good the later one counts" has_photo 20260002 second/20260002.jpg
check "... without a note" is \
	"$(of 20260002 '.checks[] | select(.id == "choice.older").verdict')" pass
check "of two good ones the later" has_photo 20260003 second/20260003.jpg
check "of two tilted ones the later" has_photo 20260004 second/20260004.jpg
check "two rows of one person: the better one counts in one" \
	has_photo 20260005 first/320106200501011053.jpg
check "... and in the other" has_photo 20260006 first/320106200501011053.jpg
check "... each with its own student and id" is "$(of 20260005 .id) $(of 20260006 .id)" \
	"$(of 20260005 .id ingested) $(of 20260006 .id ingested)"
check "a name alone does not take the place of a number" \
	has_photo 20260007 first/20260007.jpg
check "a whole file counts before a broken one" has_photo 20260008 second/20260008.jpg
check "all are kept, and all are measured" is "$(jq -s 'map(select(.type == "photo" and
	.status == "superseded" and (.source.path | test("originals")) and
	(.checks | map(.id) | index("pose.roll")))) | length' checked)" 6
check "a superseded record names the student's, and has the worse picture" jq -se '
	map(select(.type == "photo")) | map({key: .id, value: .}) | from_entries as $by |
	map(select(.status == "superseded")) | all(.match.record as $owner |
		$by[$owner].student.name == .student.name and
		$by[$owner].status != "superseded")' checked
check "no picture is lost and none is there twice" is \
	"$(jq -r '.source.sha256 // empty' ingested | sort -u | tr '\n' ' ')" \
	"$(jq -r '.source.sha256 // empty' checked | sort -u | tr '\n' ' ')"
check "the counts of the end are those of the records" jq -se '
	(map(select(.type == "photo").status) | group_by(.) | map({key: .[0],
		value: length}) | from_entries) as $have |
	map(select(.type == "end"))[0] | .status |
	to_entries | all(.value == ($have[.key] // 0))' checked
check "... and rows and entries still add up" jq -se 'map(select(.type == "end"))[0] |
	(.rows.matched == 8) and (.entries.total == 14) and
	(.entries.photos + .entries.superseded + .entries.unreadable == 14)' checked
check "the manifest keeps to the schema" python3 "$TC_TOP/tests/validate.py" \
	"$TC_TOP/share/manifest.schema.json" checked
check "the summary tells how many older photos count" grep -q \
	'4 students: an older photo counts' summary

# ---- again ----
rm -rf batch/results batch/chosen.json
tc-check -q -j 1 ingested >one 2>/dev/null
check_same "one worker and two give the same bytes" checked one
tc-check -q checked >twice 2>/dev/null
check "on its own output it changes nothing but its step" is \
	"$(grep '"type":"photo"' checked | sha256sum)" \
	"$(grep '"type":"photo"' twice | sha256sum)"
tc-ingest -q -d batch -r roster.csv >again 2>/dev/null
check_same "what was chosen does not change what tc-ingest says" ingested again

# ---- later tools ----
tc-normalize -q checked >normal 2>/dev/null
tc-layout -q -o sheets.pdf normal >printed 2>/dev/null
check "a superseded photo gets no image" jq -se 'map(select(.status == "superseded")) |
	length == 7 and all(.normalized | not)' normal
check "... and no print" is "$(jq -s 'map(select(.print)) | length' printed)" \
	"$(jq -s 'map(select(.type == "photo" and .status == "pass")) | length' printed)"
grep -v 320106200501011053 roster.csv >distinct.csv	# a bundle names images by ID number
rm -f first/3*.jpg second/3*.jpg first/20260008.jpg
tc-ingest -q -d deliver -r distinct.csv -s 10285:某大学 -y 2026 first second 2>/dev/null |
	tc-check -q | tc-normalize -q >normal
tc-export -q chsi -o bundle.zip normal >/dev/null 2>&1
check "... and is in no bundle" is "$(unzip -l bundle.zip | grep -c '[.]jpg$')" \
	"$(jq -s 'map(select(.type == "photo" and .status == "pass" and
		.normalized.conforms)) | length' normal)"

# ---- a delivered photo ----
draw 1 tilt=0.5 third/20260001.jpg
draw 2 tilt=0.5 third/20260002.jpg
tc-ingest -q -d deliver third 2>/dev/null >day2 || true
tc-check day2 >checked2 2>summary2
check "a delivered photo stays when a later one comes" \
	has_photo 20260001 first/20260001.jpg checked2
check "... which is kept and checked" jq -se --arg sha "$(sha third/20260001.jpg)" \
	'map(select(.source.sha256? == $sha))[0] | .status == "superseded" and
	(.checks | length) > 20' checked2
check "... and the record says that it waits" is "$(of 20260001 \
	'.checks[] | select(.id == "choice.locked").verdict' checked2)" warn
check "... and the summary" grep -q 'a later photo waits' summary2
printf '学号,原因\n20260001,重拍\n' >unlock.csv
tc-ingest -q -d deliver --unlock unlock.csv 2>/dev/null >day3
tc-check -q day3 >checked3 2>/dev/null
check "unlocked, the later one counts" has_photo 20260001 third/20260001.jpg checked3
check "... and of the others none changes" has_photo 20260002 second/20260002.jpg checked3
printf '学号,校对结果\n20260002,需重拍\n' >retake.csv
check_status "the school asks for another photo" 0 \
	tc-ingest -d deliver --corrections retake.csv
tc-check -q out >checked4 2>/dev/null
check "... and it takes the place of the delivered one" \
	has_photo 20260002 third/20260002.jpg checked4
check "... which is kept as rejected" jq -se --arg sha "$(sha second/20260002.jpg)" \
	'map(select(.source.sha256? == $sha))[0] |
	.status == "superseded" and .decision.verdict == "reject"' checked4

# ---- an answer is about the photo that people saw ----
rm -rf other
tc-ingest -q -d other -r roster.csv first second 2>/dev/null >ingested
tc-check -q ingested >checked 2>/dev/null
printf '学号,校对结果\n20260001,需重拍\n' >retake.csv
check_status "somebody asks for another photo of a student whose older one counts" 0 tc-ingest -q -d other --corrections retake.csv
tc-check -q out >checked5 2>/dev/null
check "... and that one is rejected, not the one that tc-ingest had chosen" jq -se \
	--arg sha "$(sha first/20260001.jpg)" 'map(select(.decision.verdict? == "reject")) |
	length == 1 and .[0].source.sha256 == $sha' checked5
finish
