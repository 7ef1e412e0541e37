#!/bin/sh
# tc-normalize: each limit that no crop can keep is named with its numbers, and no image
# is written; what may be kept is kept; backgrounds that nobody can cut go to review.
. "$(dirname "$0")/lib.sh"

student=20260000
mkdir photos
echo '学号,姓名,学院,班级' >roster.csv
# portrait KEYS: the next student's photo.
portrait() {
	student=$((student + 1))
	rm -rf d
	draw-school -q -s 4 -W 480 --one "orientation=0,exif=1,glasses=none,$1" -o d \
		>/dev/null 2>&1
	mv d/portrait.* "photos/$student.jpg"
	echo "$student,某某,甲学院,一班" >>roster.csv
}
of() {	# NUMBER FILTER
	jq -r --arg no "202600$1" "select(.student.student_no? == \$no) | $2" made
}
# Every limit that even the best crop misses, and no image.
fails() {	# NUMBER WHAT...
	photo=$1
	shift
	is "$(of "$photo" '[.normalized.fails[].what] | sort | join(" ")')" "$*" &&
		is "$(of "$photo" '.normalized | "\(.path) \(.conforms)"')" "null false"
}
# The failure says by how much: its value is beyond its limit.
says() {	# NUMBER WHAT
	of "$1" '.normalized.fails[] | select(.what == "'"$2"'") |
		(.max != null and .value > .max) or (.min != null and .value < .min)' |
		grep -qx true
}

wall=wall=#f0f0f0,wall_gradient=0,wall_shadow=0
large=$wall,width=1200,height=1600
portrait "$wall,width=480,height=640,crown=0.1,eye_line=0.45,chin=0.66,face_width=0.29"	# 01 very high hair
portrait "$large,crown=0.3,eye_line=0.6,chin=0.85,face_width=0.55"	# 02 low in the picture
portrait "$wall,width=240,height=320,crown=0.2,eye_line=0.4,chin=0.55,face_width=0.3"	# 03 small
portrait "$large,crown=0.02,eye_line=0.3,chin=0.5,face_width=0.46"	# 04 at the upper edge
portrait "$large,crown=0.15,eye_line=0.4,chin=0.6,face_width=0.46,centre=0.3"	# 05 aside
# An image that conforms already: what of its file may stay?
whole=width=480,height=640,wall=#64c5ff,wall_gradient=0,wall_shadow=0,crown=0.125
whole=$whole,eye_line=0.39,chin=0.6,face_width=0.46
portrait "$whole,quality=68,noise=0,blur=1.5"	# 06 below the floor of 20 KB
portrait "$whole,quality=50,noise=0"	# 07 coarser than quality 60
portrait "$whole,quality=88"	# 08 other tables than IJG's
yes 6 | head -64 >tables
djpeg -pnm "photos/$student.jpg" | cjpeg -qtables tables -qslots 0,0 >other.jpg
mv other.jpg "photos/$student.jpg"
# Backgrounds.
portrait "wall_clutter=1,wall=#d0c8b8"	# 09
portrait "wall=#8a8f96,wall_shadow=0.3,clothing=#8a8f96,collar=#8a8f96,dress=sweater,hair=bun"	# 10
portrait "$large,crown=0.1,eye_line=0.45,chin=0.66,face_width=0.29"	# 11 hair piled up
zip -q -r u.zip photos
tc-ingest -q -d batch -r roster.csv u.zip >ingested
tc-check -q ingested >checked
tc-normalize -q --background keep checked >made

check "hair too high in a picture of the size of an image: the bands that are missed" fails 01 crown eye_line \
	face_width
for what in crown eye_line face_width; do
	check "... $what by how much" says 01 "$what"
done
check "no body below the crop" fails 02 outside_below
check "... by how much" says 02 outside_below
check "too few pixels" fails 03 scale
check "... by how much" says 03 scale
check "no wall above, and none made up" fails 04 outside_above
check "... by how much" says 04 outside_above
check "no wall beside, and none made up" fails 05 outside_left
check "... by how much" says 05 outside_left
tc-normalize -q checked >made
check "where walls are replaced it is made up above" is true "$(of 04 .normalized.conforms)"
check "... but not where the shoulder is cut off" fails 05 outside_left
check "... which tc-check said too" is "reject fail" "$(of 05 '.checks[] |
	select(.id == "framing.sides") | "\(.level) \(.verdict)"')"

check "a file below 20 KB is kept: the floor is soft" is "false true true" \
	"$(of 06 '.normalized | "\(.recoded) \(.conforms) \(.bytes < 20480)"')"
djpeg -pnm "batch/$(of 06 .normalized.path)" >kept.ppm
djpeg -pnm photos/20260006.jpg >upload.ppm
check_same "... bit for bit" kept.ppm upload.ppm
check "one coarser than quality 60 is coded again" is "null true" \
	"$(of 07 '.normalized | "\(.recoded) \(.quality >= 60)"')"
check "one of unknown tables too" is "null true" \
	"$(of 08 '.normalized | "\(.recoded) \(.quality >= 60)"')"

# Hair piled up higher than any crop can hold: whether it belongs to the head no authority says.
check "hair piled up: an image of the head is made" is "true warn" "$(of 11 \
	'"\(.normalized.path != null) \(.checks[] | select(.id == "image.conforms").verdict)"')"
check "... a person has to look" is "review true" "$(of 11 '"\(.status) \(.face.crown_estimated)"')"
check "... and what that person lets pass is an image" is "true [true]" "$(of 11 '.normalized |
	"\(.conforms) \(.fails | map(.doubted) | unique)"')"

# Before another than a plain wall an image is made, and a person looks at it.
check "before things an image is made" is replaced "$(of 09 .normalized.background)"
check "... a person has to look" is "review warn" "$(of 09 '.checks[] |
	select(.id == "background.mask") | "\(.level) \(.verdict)"')"
check "... and is told why" is "the wall is not of one colour" "$(of 09 .normalized.doubt)"
check "... and the photo waits" test "$(of 09 .status)" != pass
check "a wall of the clothing's colour: a person has to look" is "review fail true" "$(of 10 '.checks[] |
	select(.id == "background.mask") | "\(.level) \(.verdict) \(.value < .min)"')"
check "... and is told why" sh -c 'echo "$1" | grep -q "^clothing has the wall.s colour"' sh \
	"$(of 10 .normalized.doubt)"
check "... and the photo waits" test "$(of 10 .status)" != pass
# Without the network nothing is guessed.
mkdir lacking
cp -r "$TC_TOP"/share/* lacking
rm lacking/*.tflite
env TC_SHARE=lacking tc-check -q ingested 2>err >unseen
check "without the network it is said once what is lacking, and how to get it" is 1 \
	"$(grep -c "selfie.*make models" err)"
check "... nothing is said of the wall" is "not_assessed not_assessed" "$(jq -r '
	select(.type == "photo" and .face != null) | [.checks[] |
	select(.id == "background.plain" or .id == "background.objects").verdict] |
	join(" ")' unseen | sort -u)"
check "... and no photo passes" is 0 "$(jq -r 'select(.status == "pass").id' unseen | wc -l)"
env TC_SHARE=lacking tc-normalize -q unseen 2>err >made
check "... no background is replaced" is "" "$(jq -r '
	select(.normalized.background == "replaced").id' made)"
check "... and no mask is assessed" is not_assessed "$(jq -r 'select(.type == "photo") |
	.checks[]? | select(.id == "background.mask").verdict' made | sort -u)"
echo damaged >lacking/selfie_segmentation.tflite
check_status "a network that is damaged is an error" 2 env TC_SHARE=lacking tc-check -q ingested
tc-normalize -q --background keep checked >made
check "--background keep asks nothing" is '' "$(of 09 '.checks[] |
	select(.id == "background.mask").id')"
finish
