#!/bin/sh
# tc-check on files of every kind: each fault of a file is told by its own check.
. "$(dirname "$0")/lib.sh"

draw-school -s 5 -W 600 --one tilt=0 -o drawn >/dev/null || exit 2
mkdir photos
good=drawn/portrait.jpg
number_of=20260000
echo '学号,姓名,身份证号' >roster.csv

# file NAME EXTENSION: $path is where the next student's photo belongs; its number
# goes to NAME.no.
file() {
	number_of=$((number_of + 1))
	echo "$number_of,王甲," >>roster.csv
	echo "$number_of" >"$1.no"
	path=photos/$number_of.$2
}
make() {
	name=$1 extension=$2
	shift 2
	file "$name" "$extension"
	convert "$@" "$path" 2>/dev/null || exit 2
}
file good jpg
cp "$good" "$path"
make grey_jpeg jpg "$good" -colorspace Gray
make grey_png png "$good" -colorspace Gray -define png:color-type=0
make grey_in_colour png "$good" -colorspace Gray -define png:color-type=2
make cmyk jpg "$good" -colorspace CMYK
make tiff tif "$good"
make tiff_pages tif "$good" "$good"
make gif gif "$good"
make gif_moving gif "$good" \( "$good" -flop \)
make webp webp "$good"
make webp_moving webp "$good" \( "$good" -flop \)
make png_deep png "$good" -depth 16
size=$(wc -c <"$good")
file cut jpg
head -c $((size * 6 / 10)) "$good" >"$path"
make squares jpg "$good" -quality 8
# The header says 40000 x 40000.
file giant jpg
perl -0777 -pe 's/\xff\xc0(.{3}).{4}/\xff\xc0$1\x9c\x40\x9c\x40/s' "$good" >"$path"
# One number of its first table is another.
file tables jpg
perl -0777 -pe 's/(\xff\xdb.{12})./$1\x63/s' "$good" >"$path"
make quality_50 jpg "$good" -quality 50
make tiny jpg "$good" -resize 180x
make enough jpg "$good" -resize 500x

tc-ingest -q -d batch -r roster.csv photos >ingested 2>ingest.err
tc-check -q ingested >checked 2>check.err

# faults NAME: what the photo does not pass, with the detail.
faults() {
	jq -r --arg no "$(cat "$1.no")" 'select(.type == "photo" and
		.student.student_no == $no) | .checks[] |
		select((.id | IN("light.hues", "face.smooth", "face.painted") | not) and .verdict == "fail" and .level != "info" and
		(.id | startswith("duplicate") or startswith("roster") | not)) |
		.id + if .detail then "=" + .detail else "" end' checked |
		sort | tr '\n' ' ' | sed 's/ $//'
}
status_of() {
	jq -r --arg no "$(cat "$1.no")" 'select(.type == "photo" and
		.student.student_no == $no).status' checked
}
says() {
	test "$(faults "$1")" = "$2" || { echo "$1: $(faults "$1")"; return 1; }
}
check "a colour JPEG has no fault" says good ""
check "a grey JPEG has no colour" says grey_jpeg file.colour=grey
check "a grey PNG has none" says grey_png file.colour=grey
check "... nor has grey stored in three channels" says grey_in_colour file.colour
check "a JPEG in printer's colours is told as that" says cmyk file.colour=cmyk
for name in tiff gif webp png_deep; do
	check "one picture as $name has no fault" says $name ""
done
for name in tiff_pages gif_moving webp_moving; do
	check "several pictures in a file are told: $name" says $name file.pages
done
check "a JPEG that ends early cannot be read" test "$(status_of cut)" = unreadable
check "... and only that is said" test "$(faults cut | sed 's/=.*//')" = file.readable
check "strong compression is seen" says squares file.artefacts
quality_of() {
	jq -r --arg no "$(cat "$1.no")" 'select(.type == "photo" and
		.student.student_no == $no) | .checks[] | select(.id == "file.quality") |
		"\(.value // "-") \(.verdict) \(.level)"' checked
}
check "the quality of IJG's tables is told" test "$(quality_of quality_50)" = "50 fail info"
check "... of other tables it is not" test "$(quality_of tables)" = "- not_assessed info"
check "... nor of a PNG" test "$(quality_of png_deep)" = "- not_assessed info"
check "a header of 1600 million pixels reaches the check of that name" says giant \
	file.pixels
check "... which rejects" test "$(status_of giant)" = reject
check "a face too small is told" says tiny file.resolution
check "... and one that is just large enough is not" says enough ""

# The sentence says what to do; no worker was lost on the giant.
tc-check -q checked 2>again.err | tc-normalize -q >normalized 2>normalize.err
check "the later tools leave the giant alone" test -z "$(jq -r --arg no \
	"$(cat giant.no)" 'select(.student.student_no? == $no).normalized.path // empty' \
	normalized)"
check "... and every photo keeps its record" test \
	"$(jq -r 'select(.type == "photo").id' normalized | wc -l)" = \
	"$(jq -r 'select(.type == "photo").id' checked | wc -l)"
finish
