# layout-batch.sh: batches made by hand for the tests of tc-layout.
#
#	begin_batch DIRECTORY SCHOOL    start DIRECTORY and DIRECTORY.ndjson
#	student NUMBER COLLEGE CLASS NAME [STATUS [CONFORMS]]
#	end_batch
#
# Student N has the number 2021NNNN, the ID number 32010220000101NNNN, and for an
# image a plain one whose colour tells N (colour_of), with columns that the print
# must not show (the 20th parts at the left and right) in white and a square in
# the middle in light grey.

# colour_of NUMBER: three values, none dark and none white.
colour_of() {
	echo "$((130 + $1 % 12 * 8)) $((130 + $1 / 12 % 12 * 8)) $((130 + $1 / 144 * 8))"
}

# image NUMBER SCALE: a JPEG of 48 x 64 pixels times SCALE on standard output.
image() {
	awk -v colour="$(colour_of "$1")" -v s="$2" '
	function add(n, text,   i) { for (i = 0; i < n * s; i++) row = row " " text }
	BEGIN {
		print "P3", 48 * s, 64 * s, 255
		add(2, "255 255 255"); add(44, colour); add(2, "255 255 255")
		plain = row; row = ""
		add(2, "255 255 255"); add(10, colour); add(24, "240 240 240")
		add(10, colour); add(2, "255 255 255")
		for (y = 0; y < 64 * s; y++)
			print (y >= 20 * s && y < 44 * s ? row : plain)
	}' | cjpeg -quality 95 -sample 1x1
}

begin_batch() {
	batch=$1 records=0
	image_scale=${image_scale:-10}
	mkdir -p "$batch/normalized" "$batch/tmp"
	: >"$batch/lock"
	printf '{"id":"k3m9x2ab","school_code":"10284","school":"%s","class":"2025","date":"2025-05-20"}\n' \
		"$2" >"$batch/id"
	sealed "$batch/id"
	printf '{"type":"batch","format":1,"id":"k3m9x2ab","school":{"code":"10284","name":"%s"},"class":"2025","date":"2025-05-20","profile":{"name":"%s"},"directory":"%s"}\n' \
		"$2" "${profile:-jiangsu}" "$PWD/$batch" >"$batch.ndjson"
}

student() {
	four=$(printf %04d "$1")
	file=normalized/$four.jpg
	image "$1" "$image_scale" >"$batch/$file"
	sum=$(sha256sum "$batch/$file")
	printf '{"type":"photo","id":"k3m9x2ab-%s","student":{"student_no":"2021%s","id_number":"32010220000101%s","college":"%s","class":"%s","name":"%s"},"match":{"state":"matched"},"checks":[],"status":"%s","normalized":{"path":"%s","sha256":"%s","conforms":%s}}\n' \
		"$1" "$four" "$four" "$2" "$3" "$4" "${5:-pass}" "$file" "${sum%% *}" \
		"${6:-true}" >>"$batch.ndjson"
	records=$((records + 1))
}

end_batch() {
	printf '{"type":"end","records":%d,"errors":0}\n' "$records" >>"$batch.ndjson"
}

# rewrite FILE FILTER: FILE with jq's FILTER applied to each record.
rewrite() {
	jq -c "$2" "$1" >rewritten && mv rewritten "$1"
}
