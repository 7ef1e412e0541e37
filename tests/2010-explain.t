#!/bin/sh
# tc-check --list and --explain: limits, numbers and verdicts in words.
. "$(dirname "$0")/lib.sh"

draw-school -q -n 4 --troubles -W 800 -o school
tc-ingest -q -d batch -r school/roster.csv school/upload.zip >ingested 2>/dev/null
tc-check -q ingested >checked

check_status "--list" 0 tc-check --list
check "has every check of a run" sh -c '
	jq -r "select(.type == \"photo\") | .checks[]?.id" checked | sort -u >run
	grep -v "^ " out | cut -d " " -f 1 | sort -u >listed
	test -s run && test -z "$(comm -23 run listed)"'
check "with level, limits, sentence and source" sh -c '
	grep -A 2 "^pose.roll  reject  -6.0 to 6.0$" out | grep -q "^    # .*ours\|^    # .*degree" &&
	grep -A 1 "^pose.roll " out | grep -q "^    head tilt: "'
check "and the source of its own limits" sh -c '
	grep -A 2 "^framing.centre " out | grep -q "^    # .*the bands are those of"'
check "each with where its limit comes from" sh -c '! grep -q "^    # *$" out'
check "each sentence with its limit" sh -c '! grep "^    [^#]" out | grep "?"'
check_status "--list of a profile, in Chinese" 0 tc-check -p chsi-2017 --list --lang zh
check "is Chinese" grep -q '^    瞳孔平行角度：.*[0-9]°' out

id=$(jq -r 'select(.status == "reject").id' checked | head -n 1)
student=$(jq -r 'select(.status == "reject").student.student_no' checked | head -n 1)
check_status "--explain of a record" 0 tc-check --explain "$id" checked
check "tells what decides first" sh -c 'head -n 1 out | grep -q ": reject$" && sed -n 2p out | grep -q "^  FAIL  "'
check "each check of the record" test "$(grep -c '^  [a-zA-Z]' out)" -eq \
	"$(jq -r "select(.id == \"$id\").checks | length" checked)"
check "with number and limits" grep -q '^  [a-zA-Z]*  pose.roll .*: -\{0,1\}[0-9.]* deg \[-6.0 to 6.0\]$' out
check "names nobody" sh -c "! grep -q '$student' out"
check "says who it is, masked" test "$(head -n 1 out | cut -d ' ' -f 1-3)" = \
	"$id $(jq -r "select(.id == \"$id\").student | .name[:1] + (if (.name | length) > 2
		then \"*\" * ((.name | length) - 2) + .name[-1:] else \"*\" end) + \" *\" +
		.student_no[-4:]" checked)"
check_status "--explain of a student's number" 0 tc-check --explain "$student" checked
check "is the same" sh -c "tc-check --explain '$id' checked | cmp - out"
check_status "--explain in Chinese" 0 tc-check --lang zh --explain "$id" checked
check "is Chinese" sh -c 'head -n 1 out | grep -q "：\|: 需重拍" && grep -q "^  不通过  " out'

unzip -q school/upload.zip -d pictures
picture=$(find pictures -size +20k -name '*.jpg' | sort | head -n 1)
cp "$picture" one.jpg
check_status "--explain of a picture" 0 tc-check --explain one.jpg
check "measures it as a run does" sh -c '
	sum=$(sha256sum one.jpg | cut -c 1-64)
	jq -r "select(.source.sha256 == \"$sum\").checks[] | select(.id == \"light.dark\").value | floor" checked |
		head -n 1 >run
	sed -n "s/.*light.dark .*: \([0-9]*\).*/\1/p" out >measured; diff run measured'
check "makes no files" sh -c '! ls | grep -v "^\(school\|batch\|ingested\|checked\|out\|err\|check.out\|run\|listed\|measured\|pictures\|one.jpg\)$"'
check_status "what is no picture" 2 tc-check --explain school/roster.csv
check "is told" grep -q 'not a picture' err
check_status "a record that is not there" 2 tc-check --explain nobody checked
check "is told" grep -q "no record and no file 'nobody'" err

sed 's/"entry":"/&x\\u001b[31m/' checked >obeyed
check_status "--explain of a file whose name a terminal obeys" 0 tc-check --explain "$id" obeyed
check "shows no control characters" sh -c '
	head -n 1 out | grep -q "x?\[31m" && test "$(LC_ALL=C tr -d "\n\040-\176\200-\377" <out | wc -c)" -eq 0'
jq -c "if .id? == \"$id\" then .status = \"odd\" | .checks = [.checks[0] | del(.id)] else . end" \
	checked >edited
for language in en zh; do
	check_status "--explain of what no tool writes" 0 tc-check --lang $language --explain "$id" edited
	check "says what there is" grep -q "^$id .*[:：] *odd" out
done

finish
