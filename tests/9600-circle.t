#!/bin/sh
# The whole circle of a school: upload, check, a reviewer in Chromium, corrections
# in LibreOffice, photos again, the register's answer, a second bundle.
. "$(dirname "$0")/lib.sh"
. "$TC_TOP/tests/browser.sh"

is() {
	test "$1" = "$2" || { echo "'$1' is not '$2'"; return 1; }
}
said() {
	grep -c "\"kind\":\"$1\"" batch/decisions.ndjson
}
# ingest OPTION...: and check and normalize, into m.ndjson.  Exit status 1 is a
# file that is no picture.
ingest() {
	tc-ingest -q -d batch --who operator "$@" 2>err >i.ndjson
	tc-check -q i.ndjson | tc-normalize -q >m.ndjson
	tail -n 1 m.ndjson | grep -q '"end"'
}
reconciles() {
	jq -e 'select(.type == "end") | (.rows.matched + .rows.missing == 24) and
		(.status | add) == (.entries.photos + .entries.superseded + .entries.unmatched +
		.entries.unreadable + .rows.missing)' m.ndjson
}
of() {	# NUMBER FILTER
	jq -r --arg id "$id-$1" "select(.type == \"photo\" and .id == \$id) | $2" m.ndjson
}

reason=$(browser_missing)
if [ -n "$reason" ]; then
	skip "the whole circle" "$reason"
	finish
	exit
fi

draw-school -q -n 24 --troubles -o school
check "upload" ingest -r school/roster.csv -y 2026 school/upload.zip
check "every row and entry has a place" reconciles
id=$(jq -r 'select(.type == "batch").id' m.ndjson)
tc-export review -q --all -o r.html m.ndjson >/dev/null
rejected=$(jq -r 'select(.status == "reject").id' m.ndjson | wc -l)
browse "$PWD/r.html" name:Wang key:r key:4 key:p download:json:"$PWD/a.json" print:stored >seen
first=$(jq -r '.answers[0]["记录号"]' a.json | cut -d- -f2)
check "a reviewer's answers come in" ingest --corrections a.json
check "with the reviewer's name" is "$(jq -r 'select(.kind == "review").who' \
	batch/decisions.ndjson | sort | uniq -c | tr -s ' ')" " 2 Wang"
check "and reject what passed" is "$(of "$first" '[.status, .decision.who] | @csv')" '"reject","Wang"'
check "one more is rejected" is "$(jq -r 'select(.status == "reject").id' m.ndjson | wc -l)" $((rejected + 1))
check "totals reconcile" reconciles

tc-export chsi -q -o one.zip m.ndjson >/dev/null
check "a bundle goes out, its deliveries are in the journal" is "$(said delivery)" \
	"$(unzip -Z1 one.zip | grep -c 'jpg$')"
tc-export feedback -q -o f.xlsx m.ndjson >/dev/null
unzip -p f.xlsx xl/worksheets/sheet2.xml | grep -o "$id-[0-9]*-[a-z.0-9]*" >refs
# Two students whose photos passed.
passed=$(jq -r 'select(.status == "pass").id' m.ndjson | cut -d- -f2 | head -n 2)
a=$(echo "$passed" | head -n 1) b=$(echo "$passed" | tail -n 1)
row() {
	echo $(($(grep -n "^$id-$1-" refs | cut -d: -f1) + 1))
}
python3 "$TC_TOP/tests/fill-sheet.py" f.xlsx c.xlsx "I$(row "$a")=姓名有误" "J$(row "$a")=新名字" \
	"I$(row "$b")=需重拍" "K$(row "$b")=闭眼"
soffice "-env:UserInstallation=file://$PWD/lo" --headless --convert-to xlsx --outdir returned \
	c.xlsx >/dev/null 2>&1
check "the school's corrections come in" ingest --corrections returned/c.xlsx
check "held, and to be taken again" is "$(of "$a" .status) $(of "$b" .status)" "review reject"
check "totals reconcile" reconciles

# The photo again: another portrait under the student's number.
draw-school -q -n 1 -s 77 --set collar=#6f7a88 -o again 2>/dev/null
again_no=$(of "$b" .student.student_no)
mkdir photos
unzip -qq -j again/upload.zip -d loose 2>/dev/null
set -- loose/*.jpg
cp "$1" "photos/$again_no.jpg"
check "the photo taken again comes in" ingest photos
check "and passes" is "$(of "$b" .status)" pass
check "totals reconcile" reconciles
check "the name accepted" ingest --corrections returned/c.xlsx --accept-identity
check "the student is free, with the new name" is "$(of "$a" '[.status, .student.name] | @csv')" '"pass","新名字"'

printf 'XH,XM,BZ\n%s,x,已上网\n%s,x,不确定\n' "$(of "$a" .student.student_no)" "$again_no" >bz.csv
check "the register's list comes in" ingest --register-result bz.csv
check "two answers" is "$(said register-result)" 2
check "totals reconcile" reconciles
tc-export chsi -q --new -o two.zip m.ndjson >/dev/null
check "the second bundle holds only what is new" sh -c '
	test "$(unzip -Z1 two.zip | grep -c "jpg$")" -le 2 && unzip -tq two.zip'
check "every change has its line" is "$(jq -r .kind batch/decisions.ndjson | sort -u | tr '\n' ' ')" \
	"accept-identity correction delivery register-result review "
check "and says who and when" is "$(jq -r 'select((.who | not) or (.when | not)).kind' batch/decisions.ndjson)" ""
finish
