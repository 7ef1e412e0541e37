# export-batch.sh: a batch directory and its manifest, made by hand, for the tests
# of tc-export.  make_batch DIRECTORY writes DIRECTORY (batch) and
# DIRECTORY.ndjson: 7 records, of which 3 are images for the register.

# picture NUMBER FILE: a 480 x 640 JPEG, another one for each number.
picture() {
	awk -v n="$1" 'BEGIN {
		print "P3\n480 640\n255"
		for (y = 0; y < 640; y++)
			for (x = 0; x < 480; x++)
				print 100 + n, (x + y + 40 * n) % 200, y % 256
	}' | cjpeg -quality 80 >"$2"
}

# passed_checks: a verdict for every check that the profile requires, so that a
# status which is derived anew is the same.
passed_checks() {
	awk '/^\[/ { id = /^\[check[.]/ ? substr($0, 8, length($0) - 8) : "" }
		/^required *= *yes/ && id != "" {
			printf "%s{\"id\":\"%s\",\"by\":\"test\",\"level\":\"reject\",\"verdict\":\"pass\"}",
				n++ ? "," : "", id
		}' "$TC_TOP/share/profiles/chsi-2017.conf" "$TC_TOP/share/profiles/jiangsu.conf"
}

# photo NUMBER NAME ID STUDENT_NO STATUS [CONFORMS]: a record on standard output;
# with CONFORMS it has an image.
photo() {
	image=
	if [ $# -gt 5 ]; then
		picture "$1" "$directory/normalized/$1.jpg"
		image=$(printf ',"normalized":{"path":"normalized/%s.jpg",' "$1")
		image=$image$(sha256sum "$directory/normalized/$1.jpg" |
			awk -v c="$6" '{ printf "\"sha256\":\"%s\",\"conforms\":%s}", $1, c }')
	fi
	match=matched
	[ "$5" = missing ] && match=missing
	printf '{"type":"photo","id":"testtest-%s","student":{"id_number":"%s",' "$1" "$3"
	printf '"student_no":"%s","name":"%s","college":"机械工程学院","class":"机械2101"},' \
		"$4" "$2"
	[ "$5" = missing ] || printf '"source":{"sha256":"%064d"},' "$1"
	checks=$(passed_checks)
	[ "$5" = reject ] && checks=$checks',{"id":"pose.roll","by":"test","level":"reject",
		"verdict":"fail","value":6.5,"unit":"degree","min":-4,"max":4}'
	printf '"match":{"state":"%s"},"checks":[%s],"status":"%s"%s}\n' "$match" \
		"$(printf %s "$checks" | tr -d '\n\t')" "$5" "$image"
}

# profile_member NAME: the header's member for a profile.
profile_member() {
	printf '"profile":{"name":"%s"}' "$1"
}

make_batch() {
	directory=$1
	mkdir -p "$directory/tmp" "$directory/normalized"
	: >"$directory/lock"
	printf '{"id":"testtest","school_code":"99999","school":"示例大学",' >"$directory/id"
	printf '"class":"2025","date":"2025-04-01"}' >>"$directory/id"
	sealed "$directory/id"
	{
		printf '{"type":"batch","format":1,"id":"testtest","directory":"%s",%s}\n' \
			"$PWD/$directory" "$(profile_member jiangsu)"
		photo 1 张三丰 110101200001010018 2021001 pass true
		photo 2 李四 11010120000101002X 2021002 pass true
		photo 3 '=1+1' 'L123456(7)' 2021003 pass true
		photo 4 王五 110101200001010034 2021004 reject true
		photo 5 赵六 110101200001010042 2021005 missing
		photo 6 孙七 110101200001010050 2021006 pass false
		printf '{"type":"photo","id":"testtest-7","match":{"state":"unmatched"},'
		printf '"checks":[],"status":"unmatched"}\n'
		printf '{"type":"end","records":7,"errors":0}\n'
	} >"$directory.ndjson"
}
