#!/bin/sh
# The manifests of two schools behind each other are one stream: every tool, every
# option, gives what it gives for each school alone.
. "$(dirname "$0")/lib.sh"

for school in a b; do
	case $school in a) code=10284 ;; b) code=10285 ;; esac
	draw-school -q -n 4 -s "$code" -W 700 --roster-encoding utf-8 -o "$school"
	sed -i "s/99999/$code/; s/江东示例大学/示例大学$school/" "$school/roster.csv"
	draw-school -s "$code" -W 700 --one tilt=8 -o one >/dev/null	# who is to come again
	photo=$(find "$school/photos" -name '*.jpg' | sort | head -n 1)
	cp one/portrait.jpg "$photo"
	tc-ingest -q -d "batch-$school" -r "$school/roster.csv" -y 2026 \
		"$school/photos" >"$school.in" 2>/dev/null
done
# both NAME COMMAND...: the stream of both against one after the other; NAME.in is
# read, and what comes out of a and b is in a.out and b.out.
both() {
	name=$1
	shift
	cat "a.$name" "b.$name" >"both.$name"
	"$@" <"a.$name" >a.out 2>/dev/null && "$@" <"b.$name" >b.out 2>/dev/null &&
		"$@" <"both.$name" >both.out 2>both.err || { cat both.err; return 1; }
	cat a.out b.out | cmp - both.out
}
next() {
	cp a.out "a.$1"
	cp b.out "b.$1"
}
check "tc-check" both in tc-check
next checked
check "... and its summary counts both" grep -q ' 8 photos of students' both.err
check "... by status" is "$(sed -n 's/^tc-check:   \([a-z]*\): \([0-9]*\),.*/\1 \2/p' both.err)" \
	"$(jq -r .status a.out b.out | grep -v null | sort | uniq -c | awk '
		{ n[$2] = $1 } END { print "pass", n["pass"] + 0; print "review", n["review"] + 0
		print "reject", n["reject"] + 0; print "unreadable", n["unreadable"] + 0 }')"
check "... in Chinese as well" sh -c 'tc-check --lang zh both.in 2>&1 >/dev/null |
	grep -q "学生照片 8 张；每万张中待人工审核"'
check "tc-check with one worker" both in tc-check -q -j 1
check "tc-check --earlier" both in tc-check -q --earlier a.checked
check "tc-normalize" both checked tc-normalize
next normal
for background in keep replace; do
	check "tc-normalize --background $background" both checked \
		tc-normalize -q --background "$background"
done

# ---- tc-layout: sheets are numbered through, so only those who are printed, and
# what of, must agree ----
printed() {
	jq -r 'select(.type == "photo") | "\(.id) \(.status) \(.print != null)"' "$@"
}
layout() {
	rm -rf out.* made*
	for school in a b both; do
		options=$(echo "$*" | sed "s/%/out.$school/g")
		# shellcheck disable=SC2086
		tc-layout -q $options "$school.normal" >"$school.out" 2>"$school.err" ||
			{ cat "$school.err"; return 1; }
	done
	printed a.out b.out >separate
	printed both.out | diff separate -
}
cat a.normal b.normal >both.normal
jq -r 'select(.type == "photo").student.student_no' a.normal | head -n 2 >only
check "tc-layout" layout -o %.pdf
check "tc-layout --raster" layout --raster %.d --dpi 254
check "tc-layout --cut --index" layout -o %.pdf --cut %.cut.pdf --index %.csv
check "... the index has a row for each student" is "$(grep -c '^排版索引' out.both.csv)" \
	"$(cat out.a.csv out.b.csv | grep -c '^排版索引')"
check "tc-layout --split class" layout -o %.d/ --split class
check "tc-layout --only" layout -o %.pdf --only only
check "tc-layout --include review" layout -o %.pdf --include review
check "a sheet of both begins with the first school's students" is \
	"$(jq -r 'select(.print).print.sheet' both.out | head -n 1)" 1

# ---- tc-export: a file for each batch in a directory, or one for all ----
export_each() {
	rm -rf made
	kind=$1
	shift
	mkdir -p made/alone made/both
	cp -a batch-a kept-a
	cp -a batch-b kept-b
	for school in a b; do
		tc-export "$kind" -q "$@" -o made/alone/ "$school.normal" >"$school.out" 2>err ||
			{ cat err; return 1; }
	done
	rm -rf batch-a batch-b	# deliveries are noted there
	mv kept-a batch-a
	mv kept-b batch-b
	cp -a batch-a kept-a
	cp -a batch-b kept-b
	tc-export "$kind" -q "$@" -o made/both/ both.normal >both.out 2>err || { cat err; return 1; }
	rm -rf batch-a batch-b
	mv kept-a batch-a
	mv kept-b batch-b
	[ -n "$(ls made/both)" ] && diff -r made/alone made/both
}
for kind in chsi feedback proof review layout-table identity-review; do
	check "tc-export $kind" export_each "$kind"
done
check "tc-export retake" export_each retake --date 2026-03-01
check "tc-export retake --split college" export_each retake --date 2026-03-01 --split college
check "tc-export csv has both in one file" sh -c '
	tc-export csv -q --columns student_no,status -o out.csv both.normal >/dev/null'
check "tc-export stats has both in one file" sh -c '
	tc-export stats -q -o stats.xlsx both.normal >/dev/null &&
	unzip -p stats.xlsx xl/worksheets/sheet1.xml >sheet &&
	grep -q 示例大学a sheet && grep -q 示例大学b sheet'
check "... and each record of both is in the table" is "$(tail -n +2 out.csv | wc -l)" \
	"$(grep -c '"type":"photo"' both.normal)"
check "the whole chain" sh -c 'cat a.in b.in | tc-check -q | tc-normalize -q |
	tc-layout -q -o chain.pdf | tc-export stats -q -o chain.xlsx >chain &&
	test "$(grep -c "\"type\":\"end\"" chain)" = 2'
check "the manifest keeps to the schema" python3 "$TC_TOP/tests/validate.py" \
	"$TC_TOP/share/manifest.schema.json" chain
finish
