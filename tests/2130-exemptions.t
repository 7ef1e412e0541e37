#!/bin/sh
# Exemptions (特殊情况备案表) and what no exemption sets aside; what is measured of whom.
. "$(dirname "$0")/lib.sh"

number_of=20260000
mkdir photos later
echo '学号,姓名,身份证号' >roster.csv
draw() {
	number_of=$((number_of + 1))
	draw-school -s "$number_of" -W "${3:-800}" --one "$2" -o drawn >/dev/null || exit 2
	mv drawn/portrait.jpg "photos/$number_of.jpg"
	echo "$number_of,王甲,32010620050101${number_of#2026}" >>roster.csv
	echo "$number_of" >"$1.no"
}
draw tilted tilt=6.5
draw tilted_too tilt=6.5
draw tilted_blue tilt=6.5,clothing=#64c5ff,collar=#64c5ff,dress=sweater
draw two second=1
draw fits tilt=0,crown=0.10,eye_line=0.36,chin=0.57,face_width=0.47 480
draw high tilt=0,crown=0.02,eye_line=0.29,chin=0.50,face_width=0.48 480
draw all_wrong tilt=7,eyes=0,clothing=#64c5ff,collar=#64c5ff,dress=sweater,software=Photoshop
draw covered glasses=sun
jpegtran -copy none -optimize photos/20260001.jpg >photos/nobody.jpg	# of no student
head -c 3000 photos/20260001.jpg >photos/20260009.jpg
echo 20260009,甲九, >>roster.csv
tc-ingest -q -d batch -r roster.csv -s 10285 -y 2026 photos >ingested 2>/dev/null
tc-check -q ingested >checked 2>/dev/null

of() {
	jq -r --arg no "$(cat "$1.no")" "select(.type == \"photo\" and .student.student_no == \$no and
		.status != \"superseded\") | $2" "${3:-checked}"
}
faults() {
	of "$1" '.checks[] | select(.verdict == "fail").id' "${2:-checked}" | sort | tr '\n' ' '
}

# ---- what is measured ----
check "an upload of 480 x 640 inside the bands is judged as it is" is \
	"$(of fits '[.checks[] | select(.id | startswith("framing"))] | map(.verdict) | unique | .[]')" pass
check "... where the face is in it, though a crop would bring it to the middle of the band" jq -se --arg no "$(cat fits.no)" '
	map(select(.student.student_no? == $no))[0] |
	(.checks[] | select(.id == "framing.eye_line").value) as $line |
	(($line - 0.36 * 640) | fabs) < 10' checked
check "one outside a band is rejected, and no crop is sought" is \
	"$(of high '.checks[] | select(.id == "framing.crown") | "\(.verdict) \(.value < 50)"')" "fail true"
check "whatever fails first, all is measured that can be" sh -c "
	jq -se --arg no '$(cat all_wrong.no)' 'map(select(.student.student_no? == \$no))[0] |
	(.checks | map(select(.verdict == \"fail\").id)) as \$failed |
	all(\"pose.roll\", \"eyes.shut\", \"clothing.target\", \"provenance.edited\"; . as \$id | \$failed | index(\$id)) and
	(.checks | map(select(.verdict == \"not_assessed\")) | length) < 5' checked"
check "a photo of no student is measured as one of a student" is "$(jq -r '
	select(.source.entry? == "nobody.jpg") | .checks[] | select(.id == "pose.roll") |
	"\(.verdict) \(.value)"' checked)" \
	"$(of tilted '.checks[] | select(.id == "pose.roll") | "\(.verdict) \(.value)"')"
check "... and keeps its status" is "$(jq -r 'select(.source.entry? == "nobody.jpg").status' \
	checked)" unmatched

# ---- exemptions ----
{
	printf '学号,检查项,类别代码,批准人\n'
	printf '%s,pose.roll,A1,张主任\n' "$(cat tilted.no)" "$(cat tilted_blue.no)"
	printf '%s,face.count,A1,张主任\n' "$(cat two.no)"
	printf '%s,file.readable,A1,张主任\n' 20260009
	printf '%s,image.conforms,A1,张主任\n' "$(cat high.no)"
	printf '%s,identity,A1,张主任\n' "$(cat high.no)"
	printf '%s,eyes.covered,术后眼部畏光,张主任\n' "$(cat covered.no)"
} >special.csv
check_status "a table of exemptions with rows that cannot be granted" 1 \
	tc-ingest -q -d batch --exemptions special.csv
cp out ingested2
cp err refusals
check "file format and one face are never waived, nor the image's limits" is \
	"$(grep -c 'row [456]: a check that is never waived' refusals)" 3
check "... nor who it is" grep -q 'row 7: a check that' refusals
check "words in the place of the code are refused" grep -q 'row 8: the category is no code' refusals
check "... and not kept" sh -c '! grep -q 畏光 batch/decisions.ndjson ingested2'
check "of what is kept only the code says why" is "$(jq -r 'select(.kind == "exemption").reason' \
	batch/decisions.ndjson | sort -u)" A1
tc-check -q ingested2 >checked2 2>/dev/null
check "the exempted check is still measured and failed" is "$(faults tilted checked2)" "pose.level pose.roll roster.value "
check "... and is for review, not for rejection" is "$(of tilted .status checked2)" review
check "another student's rejects as before" is "$(of tilted_too .status checked2)" reject
check "another fault of the student's rejects as before" is \
	"$(of tilted_blue .status checked2)" reject
check "two faces are rejected as before" is "$(of two .status checked2)" reject

# ---- a person's pass ----
{
	printf '学号,审核结果,原因\n'
	printf '%s,合格,\n' "$(cat tilted.no)" "$(cat two.no)"
} >passed.csv
check_status "a person passes the exempted, and in vain one with two faces" 1 \
	tc-ingest -q -d batch --corrections passed.csv
tc-check -q out 2>/dev/null | tc-normalize -q >normal 2>/dev/null
check "a recorded pass lets the image through" is \
	"$(of tilted '"\(.status) \(.normalized.conforms)"' normal)" "pass true"
check "... which is in the bundle" sh -c "
	tc-export chsi -q -o bundle.zip normal >/dev/null 2>export.err || cat export.err
	unzip -l bundle.zip | grep -c '[.]jpg'"
check "two faces are not let through by a person either" is "$(of two .status normal)" reject
draw-school -s 6 -W 800 --one tilt=6 -o drawn >/dev/null
mv drawn/portrait.jpg "later/$(cat tilted.no).jpg"
tc-ingest -q -d batch later 2>/dev/null | tc-check -q >checked3 2>/dev/null
check "the pass was of that picture; the exemption holds for every one" is "$(jq -r \
	--arg no "$(cat tilted.no)" 'select(.student.student_no? == $no) |
	"\(.status) \(.exemptions | length) \(.decision.verdict // "-")"' checked3 |
	sort | tr '\n' ',')" "pass 1 pass,superseded 1 -,"
finish
