#!/bin/sh
# Dry runs: -n says what would be done, and no byte changes.
. "$(dirname "$0")/lib.sh"

# Every file of the batch with its bytes, mode and time, and every directory but the one
# for temporary files.
all_of() {
	(cd "$1" && find . -type f -exec sha256sum {} + && find . ! -path ./tmp \
		-printf '%p %m %T@\n') | sort
}
# unchanged: the batch and what lies around it are as they were.
remember() {
	all_of batch >before && : >around && names >around
}
names() {
	find . -maxdepth 1 ! -name before ! -name after ! -name out ! -name err ! -name check.out | sort
}
unchanged() {
	all_of batch >after && diff before after && names | diff around -
}

TMPDIR=$PWD/tmp
mkdir tmp
export TMPDIR
draw-school -q -n 6 -W 700 -o school
first=$(sed -n '2p' school/roster.csv | cut -d , -f 3)
second=$(sed -n '3p' school/roster.csv | cut -d , -f 3)

check_status "a first ingest is tried" 0 tc-ingest -n -d none -r school/roster.csv -y 2026 school/upload.zip
check "says how many students and photos there would be" grep -q \
	'students: 6 added, .* photos: 6 new' out
check "prints no manifest" sh -c '! grep -q "^{" out'
check "makes no batch" test ! -e none
check "and leaves nothing in TMPDIR" rmdir tmp && mkdir tmp

tc-ingest -q -d batch -r school/roster.csv -y 2026 school/upload.zip | tc-check -q |
	tc-normalize -q >normalized.ndjson
# Without the first student, with another class for the second, and one more; a new photo
# of the second.
iconv -f gbk -t utf-8 school/roster.csv | awk -v first="$first" -v second="$second" '
	index($0, first) { next }
	index($0, second) { sub(/计科2201/, "计科2209") }
	{ print; last = $0 }
	END { split(last, cell, ","); number = cell[3]
		gsub(number, "202201019999", last); gsub(cell[7], "", last)
		sub(cell[1], "22329901159999", last); print last }' >new.csv
mkdir upload
cp "school/photos/$first.jpg" "upload/$second.jpg"
remember
check_status "a later ingest is tried" 0 tc-ingest -n -d batch -r new.csv upload
check "it says who is gone" grep -q "is not in the roster any more (.*\*${first#????????})" out
check "whose data would change, and which" grep -q \
	"the roster changed class (.*\*${second#????????})" out
check "whose photo would be replaced" grep -q "has another photo (.*\*${second#????????})" out
check "and the sums" grep -q 'students: 1 added, 1 changed, 1 removed, 0 dropped, 0 back; photos: 0 new, 1 replaced, 0 gone' out
check "no number is told in full" sh -c "! grep -qE '$first|$second' out err"
check "nothing was changed" unchanged
printf '学号,校对结果,应改为\n%s,姓名有误,赵改正\n' "$first" >answers.csv
remember
check_status "answers are tried as well" 0 tc-ingest -n -d batch --corrections answers.csv
check "and told" grep -q "'answers.csv': 1 answers, 1 new lines in the journal" out
check "and not taken" unchanged
check "the scratch is gone" rmdir tmp && mkdir tmp
check_status "what writes a list has no dry run" 2 tc-ingest -n -d batch --unmatched list.csv upload
check_status "nor what deletes only with --force" 2 tc-ingest -n -d batch --purge manifest.ndjson

check_status "the same again, in earnest" 0 tc-ingest -d batch -r new.csv upload
check "says the same" grep -q 'students: 1 added, 1 changed, 1 removed, 0 dropped, 0 back; photos: 0 new, 1 replaced, 0 gone' err
rm -rf batch
tc-ingest -q -d batch -r school/roster.csv -y 2026 school/upload.zip | tc-check -q |
	tc-normalize -q >normalized.ndjson
jq -c 'if .student.student_no == "'"$first"'" then .checks += [{"id":"test.foreign",
	"by":"test","level":"reject","verdict":"fail"}] else . end' normalized.ndjson >manifest.ndjson

remember
check_status "a layout is tried, without -o" 0 tc-layout -n --template 8inch --copies 5 manifest.ndjson
check "it says who is left out and why" grep -q "not in it: .*\*${first#????????}: reject" out
check "how many sheets" grep -q '^tc-layout: [0-9]* students on [0-9]* sheets; left out: .*1 reject' out
check "of which paper, and which cells stay empty" grep -q \
	'sheets of .* mm have .* rows of .* cells; with 5 copies of each student [0-9]* cells' out
check_status "and with all that a layout takes" 0 tc-layout -n -o sheets.pdf --index index.xlsx \
	--cut cut.svg manifest.ndjson
check "nothing was written" unchanged
check "a layout that wastes cells says so when it is made" sh -c '
	tc-layout --template 8inch --copies 3 --raster pictures manifest.ndjson 2>err >out &&
	grep -q "with 3 copies of each student [1-9]" err; rm -rf pictures out'

remember
check_status "a bundle is tried, without -o" 0 tc-export chsi -n manifest.ndjson
check "it says who is left out and why" grep -q "not in it: .*\*${first#????????}: reject" out
check "how many are in it" grep -q '[0-9] images in 1 bundle' out
check "and what it would be called" grep -q "would write './.*2026届_电子注册图像_.*zip'" out
check "no manifest is printed" sh -c '! grep -q "^{" out'
for kind in chsi dashboard due feedback identity-review 'csv --columns id' index labels \
	layout-table notify parcels proof ranking recall retake review settlement stats todo; do
	# shellcheck disable=SC2086
	check_status "$kind is tried" 0 tc-export $kind -n manifest.ndjson
done
check "nothing was written, kept or remembered" unchanged
echo other >bundle.zip
check_status "what would not be replaced is told" 2 tc-export chsi -n -o bundle.zip manifest.ndjson
check "by name" grep -q "'bundle.zip' exists with other content" err
check_status "and --force would" 0 tc-export chsi -n --force -o bundle.zip manifest.ndjson
check "but does not" grep -qx other bundle.zip
check_status "a file in a folder that is not there is tried" 2 tc-export todo -n -o nowhere/x.xlsx manifest.ndjson
check "and fails as it would" grep -q "cannot write 'nowhere/x.xlsx': No such file or directory" err
check_status "a directory would be made" 0 tc-export todo -n -o nowhere/ manifest.ndjson
check_status "in Chinese" 0 tc-export chsi -n --lang zh manifest.ndjson
check "every line" sh -c '! grep -v "[一-龥]" out'
check "into a full disk it fails" sh -c 'tc-export chsi -n manifest.ndjson >/dev/full; test $? -eq 2'

# ---- no room for what is only tried ----
# full COMMAND...: files of more than 4 KB cannot be.
full() {
	check_status "$* where files stay small" 2 sh -c 'ulimit -f 4; "$@"' - "$@"
	check "... says where there is no room, in words of this world" sh -c '
		grep -q "File too large" err && ! grep -q "/proc/self" err'
}
full tc-export feedback -n manifest.ndjson
check "... which is the batch's folder for temporary files" grep -q "file in '.*batch/tmp'" err
full tc-export chsi -n manifest.ndjson
check "... or that of the system" grep -q "cannot write zip '$TMPDIR'" err
full tc-export dashboard -n manifest.ndjson
check "... that of the system" grep -q "cannot write '$TMPDIR'" err
full tc-layout -n manifest.ndjson
full tc-layout -n --index index.xlsx manifest.ndjson
full tc-export feedback -o - --manifest /dev/null manifest.ndjson
full tc-export chsi -o full.zip manifest.ndjson
full tc-layout -o full.pdf --cut full.svg manifest.ndjson

# ---- an office whose batch lies on two disks ----
mkdir disk
mv batch disk/
ln -s disk/batch batch
mv batch/originals disk/
ln -s ../originals batch/originals
check_status "a batch behind a link, with originals behind another" 0 \
	tc-ingest -n -d batch -r new.csv upload
check "is tried as any" grep -q 'students: 1 added, 1 changed, 1 removed' out
tc-ingest -n -d disk/batch -r school/roster.csv school/upload.zip >out 2>err
check "... the photos that it has are no news" grep -q 'photos: 0 new' out
check "... and are still there" sh -c 'test -d batch/originals/ && test "$(find disk/originals -type f | wc -l)" -gt 4'

names_nobody
finish
