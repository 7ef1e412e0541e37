#!/bin/sh
# tc-normalize: one portrait in every coding that students send gives one image.
#
# The colours of all are known: the profiles are made by icc.py.  Each image is held
# against the one from an 8-bit PNG: where the face is, and the colours of five patches.
. "$(dirname "$0")/lib.sh"

# look KEYS OUT: the portrait, drawn with further keys.
look() {
	rm -rf d
	draw-school -q -s 7 -W 600 --one \
		"exif=1,noise=0,light=1,wall=#d8d2c6,clothing=#c01838,dress=sweater,$1" -o d
	mv d/portrait.* "$2"
}
for kind in srgb p3 adobe cmyk; do
	python3 "$TC_TOP/tests/icc.py" "$kind" "$kind.icc"
done
look orientation=0,exif=0,quality=0 plain.png
mkdir photos
student=20260000 names=''
echo '学号,姓名,学院,班级' >roster.csv
# upload NAME FILE: FILE becomes a student's photo; NAME is how the test calls it.
upload() {
	student=$((student + 1))
	mv "$2" "photos/$student.${2##*.}"
	echo "$student,某某,甲学院,一班" >>roster.csv
	names="$names $1:$student"
}
to() {	# FILE OPTIONS: the portrait converted
	file=$1
	shift
	convert plain.png "$@" "$file"
}

cp plain.png a.png
upload plain a.png
to a.jpg -quality 96 -sampling-factor 1x1
upload jpeg a.jpg
to a.png -depth 16 -define png:bit-depth=16
upload png16 a.png
to a.tif -depth 16 -compress zip
upload tiff16 a.tif
to a.tif -compress lzw
upload tiff a.tif
to a.webp -quality 96
upload webp a.webp
to a.heic -quality 92
upload heic a.heic
to a.avif -quality 92
upload avif a.avif
to a.bmp -type TrueColor
upload bmp a.bmp
for kind in p3 adobe; do
	to a.jpg -profile srgb.icc -profile "$kind.icc" -quality 96 -sampling-factor 1x1
	convert a.jpg +profile icc -quality 96 -sampling-factor 1x1 b.jpg
	upload "$kind" a.jpg
	upload "$kind-bare" b.jpg
done
to a.png -profile srgb.icc -profile p3.icc -depth 16 -define png:bit-depth=16
upload p3-png16 a.png
to a.jpg -colorspace CMYK -profile cmyk.icc -quality 96
upload cmyk a.jpg
to a.jpg -colorspace CMYK +profile icc -quality 96
upload cmyk-bare a.jpg
to a.jpg -colorspace Gray -quality 96
upload grey a.jpg
to a.png -colorspace Gray -depth 16 -define png:bit-depth=16
upload grey16 a.png
for turn in 1 2 3 4 5 6 7 8; do
	look "orientation=$turn,quality=96" a.jpg
	upload "turn$turn" a.jpg
done
zip -q -r u.zip photos
check_status "every coding is taken in" 0 tc-ingest -q -d batch -r roster.csv u.zip
tc-ingest -q -d batch -r roster.csv u.zip >ingested
tc-check -q ingested >checked
check_status "... and normalized" 0 tc-normalize -q checked
mv out made

# of NAME FILTER
of() {
	jq -r --arg no "$(echo "$names" | tr ' ' '\n' | sed -n "s/^$1://p")" \
		"select(.student.student_no? == \$no) | $2" made
}
# Where one colour is, and no edge near: hair, both cheeks, both arms.
# lab NAME: L, a and b of every patch, a line each.
lab() {
	[ -f "lab-$1$grey" ] || convert "batch/$(of "$1" .normalized.path)" \
		\( -clone 0 -crop 24x12+228+95 -resize 1x1! \) \
		\( -clone 0 -crop 16x16+185+285 -resize 1x1! \) \
		\( -clone 0 -crop 16x16+280+285 -resize 1x1! \) \
		\( -clone 0 -crop 60x40+90+585 -resize 1x1! \) \
		\( -clone 0 -crop 60x40+330+585 -resize 1x1! \) \
		-delete 0 +repage +append ${grey:+-colorspace Gray} -colorspace Lab -depth 16 txt:- |
		sed -n 's/.*cielab(\(.*\))/\1/p' >"lab-$1$grey"
	cat "lab-$1$grey"
}
# same NAME NAME MOST: Delta E (CIE 1976) of no patch is more.
same() {
	lab "$1" >lab1
	lab "$2" >lab2
	paste -d , lab1 lab2 | awk -F, -v most="$3" '
		{
			d = sqrt(($1 - $4) ^ 2 + ($2 - $5) ^ 2 + ($3 - $6) ^ 2)
			print d
			bad += d > most
		}
		END { exit bad || NR != 5 }'
}
# placed NAME: crown, eye line, face width and middle are where the PNG's are.
placed() {
	of plain '.normalized | .crown, .eye_line, .face_width, .centre' >place1
	of "$1" '.normalized | .crown, .eye_line, .face_width, .centre' >place2
	paste place1 place2 | awk '{ print; bad += ($1 - $2) ^ 2 > 36 } END { exit bad || NR != 4 }'
}
not() { ! "$@"; }

grey=''
check "every image conforms" test "$(jq -s '[.[] | select(.type == "photo" and
	(.normalized.conforms | not))] | length' made)" -eq 0
for name in png16 tiff16 tiff bmp; do
	check "$name: the very colours" same plain "$name" 0.3
done
for name in jpeg webp heic avif turn1 turn2 turn3 turn4 turn5 turn6 turn7 turn8; do
	check "$name: the same colours" same plain "$name" 2
	check "... in the same place" placed "$name"
done
for name in p3 adobe p3-png16 cmyk; do
	check "$name: the same through its profile" same plain "$name" 2.5
done
for name in p3 adobe cmyk; do
	check "$name: others without it" not same plain "$name-bare" 2.5
done
check "CMYK without a profile is no negative" same plain cmyk-bare 30
grey=-grey
for name in grey grey16; do
	check "$name: the same lightness" same plain "$name" 2
done
# tc-check had each of them decoded when its image was made.
rm -rf batch/normalized batch/results/tc-normalize
check_status "each decoded for tc-normalize alone" 0 tc-normalize checked
check "... is the same" cmp out made
finish
