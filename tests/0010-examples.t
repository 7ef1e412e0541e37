#!/bin/sh
# What the manuals and README show as examples works as it stands there, on a drawn
# school.
. "$(dirname "$0")/lib.sh"

# examples PAGE [1]: writes 1.sh, 2.sh ... for displays of commands in section EXAMPLES,
# or everywhere.
# A display after the sentence that names a file with .Pa is that file.
examples() {
	awk -v everywhere="${2:-0}" '
	function open_display() { target = file != "" ? file : ++n ".sh"; file = "" }
	/^\.Sh/ { inside = $2 == "EXAMPLES" }
	!inside && !everywhere { next }
	/^\.Pa/ { file = $2 }
	/^\.Dl/ { open_display(); sub(/^\.Dl /, ""); gsub(/\\e/, "\\"); print >target; next }
	/^\.Bd/ { open_display(); display = 1; next }
	/^\.Ed/ { display = 0; next }
	display { gsub(/\\e/, "\\"); gsub(/\\&/, ""); print >target }
	' "$1"
}
# The displays of README that call a tool.
readme() {
	awk '/^```sh/ { display = 1; text = ""; next }
	/^```/ && display { if (text ~ /tc-/) printf "%s", text >(++n ".sh"); display = 0 }
	display { text = text $0 "\n" }' "$1"
}

# ---- a directory in which examples run ----
mkdir work
cd work || exit 2
for code in 10284 10285; do
	draw-school -q -n 3 -s "$code" -W 700 --roster-encoding utf-8 -o "$code"
	sed -i "s/99999/$code/; s/江东示例大学/示例大学/" "$code/roster.csv"
	mkdir "school$code"
	tc-ingest -q -d "school$code/batch" -r "$code/roster.csv" "$code/upload.zip" |
		tc-check -q | tc-normalize -q >"school$code/manifest.ndjson"
done
cp 10285/roster.csv roster.csv
cp 10285/roster.csv roster.xlsx		# what a table is its content says
mkdir upload
cp -r 10285/photos upload
tail -n 1 roster.csv | cut -d , -f 3 >number
mv "$(find upload -name "*$(cat number)*" | head -n 1)" upload/IMG_1.jpg
cp upload/IMG_1.jpg photo.jpg
(cd upload && zip -qr ../upload.zip .)
cp school10284/manifest.ndjson 2025.ndjson
tc-ingest -q -d batch -r roster.csv -s 10285:苏州大学 -y 2026 upload.zip 2>/dev/null >manifest.ndjson
tc-check -q manifest.ndjson | tc-normalize -q >normalized.ndjson
cp normalized.ndjson checked.ndjson
cp normalized.ndjson yesterday.ndjson
cp normalized.ndjson manifest.ndjson
tc-ingest -q -d batch --unmatched list.csv >/dev/null 2>&1
awk -F, -v number="$(cat number)" 'NR == 1 { for (i = 1; i <= NF; i++) {
		gsub(/\357\273\277/, "", $i); if ($i == "标识") token = i } print "标识,关联学号,确认人"; next }
	{ print $token "," number ",王老师" }' list.csv >filled-in.xlsx
printf '学号,检查项,类别代码,批准人\n%s,background.plain,A1,王老师\n' "$(cat number)" >special.xlsx
printf '院校代码,份数\n10284,4\n10285,5\n' >schools.xlsx
tc-export -q layout-table -o layout.xlsx normalized.ndjson >/dev/null
tc-ingest -q -d batch --exemptions special.xlsx >/dev/null 2>&1	# there is a journal
echo words >letter.doc
zip -q letters.zip letter.doc
tc-ingest -q -d batch --acknowledge letters.zip letters.zip >/dev/null 2>&1
tc-export -q chsi -o bundle.zip normalized.ndjson >/dev/null
draw-school -q -n 3 -W 480 --codes folder -o drawn
mv drawn/roster.csv students.csv
mv drawn/upload.zip photos.zip
mv drawn/codes codes
echo secret-of-the-package >key
chmod 600 key
mkdir bundles lists packages workbooks
tc-province init season >/dev/null
cd .. || exit 2
cp -a work kept

# run NAME: each of the scripts here, in a directory as it was; tools of others that
# need keys only pass on what they get.
run() {
	for script in [0-9]*.sh; do
		[ -e "$script" ] || { check "$1 has examples" false; return; }
		rm -rf work
		cp -a kept work
		cp ./*.conf work 2>/dev/null
		case $1 in
		README.md | tc.7) rm -r work/batch work/bundle.zip* ;;	# the first run
		esac
		check "$1: $(head -n 1 "$script" | cut -c 1-60)" bash -c '
			age() { cat; }
			gpg() { cat; }
			set -eu -o pipefail
			cd work
			. "../$1"' bash "$script"
	done
	rm -f ./*.sh ./*.conf
}
for page in "$TC_TOP"/man/*.[157]; do
	grep -q '^\.Sh EXAMPLES' "$page" || continue
	examples "$page"
	run "$(basename "$page")"
done
for page in check export ingest layout normalize province; do
	check "tc-$page(1) has a section of examples" grep -q '^\.Sh EXAMPLES' \
		"$TC_TOP/man/tc-$page.1"
done
examples "$TC_TOP/man/tc.7" 1
run tc.7
readme "$TC_TOP/README.md"
run README.md
finish
