#!/bin/sh
# tc-normalize: backgrounds, codings that are kept, walls that are made up.
. "$(dirname "$0")/lib.sh"

# A school of one portrait each: 20260001 and so on, drawn with the keys given.
school() {
	n=20260000
	rm -rf s batch
	mkdir -p s/photos
	echo '学号,姓名,学院,班级' >s/roster.csv
	for keys; do
		n=$((n + 1))
		draw-school -q -s 4 -W 480 --one "orientation=0,exif=1,$keys" -o d >/dev/null 2>&1
		cp d/portrait.* "s/photos/$n.jpg"
		rm -rf d
		echo "$n,某某,甲学院,一班" >>s/roster.csv
	done
}
run() {	# options of tc-normalize
	(cd s && rm -f u.zip && zip -q -r u.zip photos)
	tc-ingest -q -d batch -r s/roster.csv s/u.zip >ingested &&
		tc-check -q ingested >checked && tc-normalize -q "$@" checked >made
}
of() {	# NUMBER FILTER
	jq -r --arg no "2026000$1" "select(.student.student_no? == \$no) | $2" made
}
# Mean colour of a corner of an image.
corner() {
	convert "batch/$(of "$1" .normalized.path)" -crop 60x40+5+5 -resize 1x1! \
		-depth 8 -format '%[fx:int(255*r+.5)] %[fx:int(255*g+.5)] %[fx:int(255*b+.5)]' info:
}

id=width=480,height=640,crown=0.125,eye_line=0.39,chin=0.6,face_width=0.46,glasses=none
school "wall=#f0f0f0" "wall=#64c5ff,wall_gradient=0,wall_shadow=0,$id,quality=88" \
	"wall_clutter=1,wall=#d0c8b8" "wall=#a8b4a0,wall_shadow=0.2" \
	"crown=0.005,eye_line=0.27,chin=0.5,wall=#eeeeee,width=900,height=1200"
check_status "five photos" 0 run
check "a white wall is replaced" is replaced "$(of 1 .normalized.background)"
check "... by the target" is "100 197 255" "$(corner 1 | sed 's/99 /100 /; s/101 /100 /;
	s/19[68]/197/; s/254/255/')"
check "... and the image conforms" is true "$(of 1 .normalized.conforms)"
check "a wall with a shadow too" is "replaced true" \
	"$(of 4 '"\(.normalized.background) \(.normalized.conforms)"')"
check "a background of the target's colour is kept" is kept "$(of 2 .normalized.background)"
check "... in the codes of the upload" is false "$(of 2 .normalized.recoded)"
djpeg -pnm "batch/$(of 2 .normalized.path)" >kept.ppm
djpeg -pnm s/photos/20260002.jpg >upload.ppm
check_same "... pixel for pixel" kept.ppm upload.ppm
check "... without EXIF, at 300 dpi" sh -c '! grep -q Exif "$1" &&
	test "$(identify -format "%x %y" "$1")" = "300 300"' sh "batch/$(of 2 .normalized.path)"
check "before a cluttered background an image is made" is replaced "$(of 3 .normalized.background)"
check "... and a person has to look" is "review warn" "$(of 3 '.checks[] |
	select(.id == "background.mask") | "\(.level) \(.verdict)"')"
check "... who is told why" sh -c 'test -n "$1"' sh "$(of 3 .normalized.doubt)"
check "a head at the upper edge gets more wall above it" is true \
	"$(of 5 '.normalized | .conforms and .crop[1] < 0')"
check "... of the target's colour" is replaced "$(of 5 .normalized.background)"
check "the manifest keeps to the schema" python3 "$TC_TOP/tests/validate.py" \
	"$TC_TOP/share/manifest.schema.json" made

cp made first
tc-normalize -q -j 1 checked >made
check_same "again, with one worker: the same" first made
rm -rf batch/normalized batch/results
tc-check -q ingested >/dev/null
find batch/normalized -type f | sort >by-check
rm -rf batch/normalized batch/results/tc-normalize
tc-normalize -q -j 3 checked >made
find batch/normalized -type f | sort >alone
check "tc-check had made the same images" cmp by-check alone
check_same "made anew with three: the same" first made
tc-normalize -q --background keep checked >made
check "--background keep keeps a white wall" is kept "$(of 1 .normalized.background)"
check "... and makes up no wall" is false "$(of 5 .normalized.conforms)"
tc-normalize -q --background replace checked >made
check "--background replace replaces the target's colour too" is replaced \
	"$(of 2 .normalized.background)"
check_status "another word is refused" 2 tc-normalize --background blue checked
finish
