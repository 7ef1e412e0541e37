# Students known by their capture codes: a school drawn with the usual and the hostile
# cases, joined by the pictures of codes beside the photos, or in a folder.
. tests/lib.sh

# joins MANIFEST TRUTH: "photo's entry, student number it was joined to" that the truth
# does not have.
joins() {
	jq -r 'select(.type == "photo" and .match.state == "matched") |
		.source.entry + "," + .student.student_no' "$1" | sort >joined
	cut -d, -f2,4 "$2" | sort >true
	comm -23 joined true
}

# reason MANIFEST NAME: of the photo or code whose name holds NAME.
reason() {
	jq -r --arg name "$2" 'select((.source.entry // .entry // "") | contains($name)) |
		.match.reason // .reason // "none"' "$1"
}

ingest() {
	tc-ingest -q -p jiangsu-code -s 99999:江东示例大学 -y 2026 "$@"
}

draw-school -q -n 24 --distinct 3 -W 480 --troubles --codes beside -o beside
check_status "codes beside the photos" 1 ingest -d a -r beside/roster.csv beside/upload.zip
cp out a.ndjson
cp err a.err
check "no wrong join" is "$(joins a.ndjson beside/truth.csv)" ""
check "whoever can be joined is" is "$(wc -l <joined)" 16
check "every code but two was of use" is \
	"$(jq -c 'select(.type == "end") | .entries | [.total, .photos, .unmatched, .refused, .codes]' \
	a.ndjson)" "[47,16,7,2,22]"
check "as text, and in base64 where it is none" sh -c 'cut -d, -f6 beside/roster.csv |
	tr -d "\r" | sed -n 2,17p | sort >given
	jq -r "select(.match.state == \"matched\") | .student.capture_code" a.ndjson | sort |
	comm -13 given - | wc -l | grep -qx 1'
check "two codes" is "$(reason a.ndjson /0016_)" "two codes stand beside it"
check "nobody's code" is "$(reason a.ndjson 0018_)" "the code beside it belongs to no student of the roster"
check "another's code under a name that says nothing" is "$(reason a.ndjson IMG_0019.jpg)" \
	"the code beside it stands beside another picture as well"
check "exchanged codes" is "$(reason a.ndjson 0020_)" "the last four characters in its name are \
not those of the student with this code"
check "... both ways" is "$(reason a.ndjson 0021_)" "the last four characters in its name are \
not those of the student with this code"
check "a code that cannot be read" is "$(reason a.ndjson 0022_)" "the code beside it cannot be read
no code can be read in it"
check "no code" is "$(reason a.ndjson 0023_)" \
	"no code stands beside it, and no number of a student in its name"
check "no photo" is "$(reason a.ndjson 0024_)" "no photo stands beside this code"
check "what nothing but the code joins is for a person" is \
	"$(jq -c 'select(.match.state == "matched" and (.checks | length) > 0) |
	[.source.entry, .checks[0].id, .checks[0].verdict]' a.ndjson)" \
	'["photos/IMG_0017.jpg","match.code","fail"]'
cut -d, -f6 beside/roster.csv | sed '1d;s/\r//' >secret
check "no message shows a code or a name" sh -c '! grep -qFf secret a.err &&
	! grep -q "[0-9]\{5\}" a.err'
check "the stream follows the schema" python3 "$TC_TOP/tests/validate.py" \
	"$TC_TOP/share/manifest.schema.json" a.ndjson
cp -r a b
check_status "the same again" 1 ingest -d a -r beside/roster.csv beside/upload.zip
check_same "... is the same" out a.ndjson
check_status "with one worker as well" 1 ingest -d b -j 1 -r beside/roster.csv beside/upload.zip
check "... is the same" sh -c 'sed "s/\"directory\":\"[^\"]*\"//" out >one
	sed "s/\"directory\":\"[^\"]*\"//" a.ndjson | cmp - one'

# ---- the folder of codes, day after day ----

draw-school -q -n 24 --distinct 3 -W 480 --troubles --codes folder -o folder
check_status "photos before their codes" 0 ingest -d f -r folder/roster.csv folder/upload.zip
check "... are nobody's" is "$(jq -r 'select(.type == "photo" and .source) | .match.reason' out |
	sort | uniq -c | tr -s ' ')" " 2 no code stands beside it, and no number of a student in its name
 21 the student with its number has no code"
check_status "the codes come" 1 ingest -d f --codes folder/codes.zip
cp out f.ndjson
check "no wrong join" is "$(joins f.ndjson folder/truth.csv)" ""
check "whoever can be joined is" is "$(wc -l <joined)" 17
check "one code for two rows: neither" is \
	"$(jq -r 'select(.match.reason == "another student has the same code") | .student.student_no' \
	f.ndjson | wc -l)" 2
check "two codes for one row" is "$(reason f.ndjson 202207010104.jpg)" \
	"the student with its number has no code"
grep "record .*-16 " err >sixteen
check "... and the row is named" grep -q "two codes" sixteen
check "who has a code and no photo" is "$(jq -r 'select(.match.state == "missing") | .match.reason' \
	f.ndjson | grep -c 'the code is there')" 2
cp -r f g
sed 1d beside/roster.csv | tr -d '\r' | awk -F, '
	{ printf "%s,%s,张小明,3299012002092902%02d\n", $1, $6, NR }' >rows
(echo '学号,采集码,姓名,身份证号'; cat rows) >full.csv
check_status "a roster with names, ID numbers and the codes" 1 ingest -d g -r full.csv
check "... is warned of, by the rule's name" grep -q "in 24 rows.*教学服〔2022〕10号" err
check "... and they are not kept" sh -c '! grep -qe 张小明 -e 3299012002092902 out g/*.ndjson'
check "... the roster's code settles two" is \
	"$(jq -r 'select(.student.student_no == "202207010104") | .match.state' out)" matched
check_status "--codes is for this identity" 2 tc-ingest -d x -p jiangsu --codes folder/codes.zip
check "... and says so" grep -q "identity = capture_code" err
finish
