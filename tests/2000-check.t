#!/bin/sh
# tc-check on drawn portraits: one parameter across a limit changes that check only.
. "$(dirname "$0")/lib.sh"

number_of=20260000
mkdir photos
echo '学号,姓名,身份证号' >roster.csv

# draw NAME KEY=VALUE,...: a portrait of a new student, whose number goes to NAME.no
draw() {
	number_of=$((number_of + 1))
	draw-school -s "${3:-5}" -W 900 --one "$2" -o drawn >/dev/null || exit 2
	mv drawn/portrait.jpg "photos/$number_of.jpg"
	echo "$number_of,王甲," >>roster.csv
	echo "$number_of" >"$1.no"
}
draw plain tilt=0
draw tilted_little tilt=2.5
draw tilted_some tilt=5
draw tilted_much tilt=8
draw eyes_shut eyes=0
draw dark light=0.2,noise=3
draw blurred blur=5
draw faded haze=0.88
draw coloured cast=0.41
draw blue clothing=#64c5ff,collar=#64c5ff,dress=sweater
draw edited software=Photoshop
draw mouth_open mouth=0.9,teeth=1
draw sunglasses glasses=sun
draw sloping_little lean=5
draw sloping_much lean=12
draw capped hair_colour=#2848b8,hair=short,fringe=0
draw fair hair_colour=#c8a878,hair=short
draw ears_hidden ears=0,hair=long
draw on_its_shoulder tilt=40
draw far_away crown=0.42,eye_line=0.46,chin=0.49,face_width=0.1
draw clear glasses=clear
draw high crown=0.01,eye_line=0.26,chin=0.43
draw again tilt=0
cp "photos/$(cat again.no).jpg" saved
cp "photos/$(cat plain.no).jpg" "photos/$(cat again.no).jpg"

tc-ingest -q -d batch -r roster.csv photos >ingested 2>ingest.err
check_status "the batch is checked" 0 tc-check ingested
cp out checked
cp err summary

# faults NAME: the checks that the portrait does not pass, without those across the
# batch.
faults() {
	jq -r --arg no "$(cat "$1.no")" 'select(.type == "photo" and
		.student.student_no == $no) | .checks[] |
		select(.verdict != "pass" and (.id | startswith("duplicate") | not)).id' \
		checked | sort | tr '\n' ' ' | sed 's/ $//'
}
status_of() {
	jq -r --arg no "$(cat "$1.no")" 'select(.type == "photo" and
		.student.student_no == $no).status' checked
}
check "a portrait that satisfies every rule has no fault" is "$(faults plain)" ""
check "... nor one that leans by less than the limit" is "$(faults tilted_little)" ""
check "... nor one with clear glasses" is "$(faults clear)" ""
check "leaning by a little more is for review" is "$(faults tilted_some) $(status_of tilted_some)" \
	"pose.level review"
check "leaning by more fails that check and the stricter one" is "$(faults tilted_much)" "pose.level pose.roll"
check "... and rejects" is "$(status_of tilted_much)" reject
check "shut eyes are found" is "$(faults eyes_shut)" "eyes.open eyes.shut"
check "... and rejected" is "$(status_of eyes_shut)" reject
check "a dark picture is found; what hair hides is not told then" is "$(faults dark)" \
	"hair.brows hair.ears hair.hat light.dark"
check "a faded picture has no black, no contrast and no colours" is "$(faults faded |
	tr ' ' '\n' | grep light | tr '\n' ' ')" "light.black light.contrast light.hues "
check "a cast is seen on the skin and in the whites of the eyes" is "$(faults coloured |
	tr ' ' '\n' | grep light | tr '\n' ' ')" "light.cast light.whites "
check "a blurred face is found, and that its skin is smooth; of motion nothing is said then" is "$(faults blurred)" \
	"face.smooth sharpness sharpness.motion"
check "clothes of the background's colour are found" is "$(faults blue)" \
	"clothing.colour clothing.similar clothing.target"
check "... and rejected" is "$(status_of blue)" reject
check "a trace of editing software is found" is "$(faults edited)" provenance.edited
check "... and is for review" is "$(status_of edited)" review
check "an open mouth is found" is "$(faults mouth_open)" mouth.closed
check "dark glasses are found" is "$(faults sunglasses)" eyes.covered
check "shoulders may slope a little" is "$(faults sloping_little)" ""
check "... more fails that check alone" is "$(faults sloping_much)" pose.shoulders
check "... for review" is "$(status_of sloping_much)" review
check "a head of a colour that hair has not is told, as a head cover" \
	is "$(faults capped)" hair.hat
check "... for review" is "$(status_of capped)" review
check "fair hair is none" is "$(faults fair)" ""
check "ears under hair are a note" is "$(faults ears_hidden)" hair.ears
check "... which does not count" is "$(status_of ears_hidden)" pass
check "a head lying on the shoulder is told to be upright, and has a face" \
	is "$(faults on_its_shoulder | tr ' ' '\n' | grep -E '^(pose.roll|face.count)')" pose.roll
check "a face that is a small part of the picture is found, and told" \
	sh -c 'echo "$1" | grep -qw face.small' - "$(faults far_away)"
check "... and is counted" sh -c '! echo "$1" | grep -qw face.count' - "$(faults far_away)"

# ---- across the batch ----
duplicates() {
	jq -r 'select(.type == "photo") | .student.student_no as $no | .checks[] |
		select(.id == "duplicate.bytes" and .verdict == "fail") | $no' checked |
		sort | tr '\n' ' '
}
check "the same file for two students: both are named" is "$(duplicates)" \
	"$(cat plain.no) $(cat again.no) "
check "... each with the other's record" test "$(jq -r 'select(.type == "photo") |
	.id as $id | .checks[] | select(.id == "duplicate.bytes" and .verdict == "fail") |
	"\($id) \(.detail)"' checked | tr ' ' '\n' | sort | uniq -c |
	awk '{ print $1 }' | sort -u)" = 2
check "... and the counts of the end are those of the records" is \
	"$(jq -r 'select(.type == "end").status.review' checked)" \
	"$(jq -r 'select(.type == "photo" and .status == "review").id' checked | wc -l)"

# ---- the run ----
check "the summary counts reasons" grep -q 'pose.roll (head tilt): 2 reject' summary
check "... and the load of review" grep -q 'of 10,000 are for review' summary
rm -r batch/results
tc-check -q -j 1 ingested >one
rm -r batch/results
tc-check -q -j 3 ingested >three
check_same "one worker and three give the same bytes" one three
tc-check -q checked >twice
check "on its own output it changes nothing but its step" test \
	"$(grep -v '"type":"batch"' checked | sha256sum)" = \
	"$(grep -v '"type":"batch"' twice | sha256sum)"

# ---- without the network ----
printf 'include = chsi-2017\n\n[face]\nmesh = missing.tflite\n' >without.conf
tc-check -q -p ./without.conf --reprofile ingested >without 2>without.err
check "a network that is missing is said, once" test \
	"$(grep -c "missing.tflite' is missing: eyes, mouth and pose are not assessed" without.err)" = 1
check "... and nobody passes for that: what needs it is not assessed" jq -se \
	'map(select(.type == "photo" and .student.student_no == "'"$(cat plain.no)"'"))[0] |
	.status == "review" and ([.checks[] | select(.verdict == "not_assessed").id] |
	contains(["eyes.shut", "mouth.closed", "pose.yaw"]))' without

# ---- hostile headers ----
giant=$(ls "$TC_DATA"/codec/*giant-image* 2>/dev/null | head -n 1)
if [ -n "$giant" ]; then
	mkdir giants
	cp "$giant" giants/20260001.jpg
	tc-ingest -q -d giant -r roster.csv giants >giant.in 2>giant.err
	tc-check -q giant.in >giant.out 2>giant.err
	check "a picture that says it is giant is not decoded, and rejected for it" \
		jq -se 'map(select(.source.entry? == "20260001.jpg"))[0] |
		.status == "reject" and .face == null and
		any(.checks[]; .id == "file.pixels" and .verdict == "fail")' giant.out
else
	skip "a picture that says it is giant is rejected" "no real data"
fi
finish
