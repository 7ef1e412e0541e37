#!/bin/sh
# A season: six schools, five nights and an end; every list agrees with what was sent.
# In 9825-season-cluster.t the nights run on two nodes, and in the third one of them dies.
. "$(dirname "$0")/lib.sh"
if [ -n "${season_on_cluster:-}" ]; then
	. "$TC_TOP/tests/slurm.sh"
	slurm_or_finish "a season on two nodes"
fi

on() {
	day=$1
	shift
	SOURCE_DATE_EPOCH=$(date -d "$day 22:00" +%s) tc-province -C season --date "$day" "$@"
}
# night DAY: as on DAY night, on whatever the season runs.
night() {
	day=$1
	if [ -z "${season_on_cluster:-}" ]; then
		on "$day" night -j 2
	elif [ "$day" = 2026-03-04 ]; then
		slurm_night n1 on "$day" night --slurm
	else
		on "$day" night --slurm
	fi
}
# records SCHOOL FILTER: of the school's manifest.
records() {
	jq -r "select(.type == \"photo\") | $2" "season/batches/$1/manifest.ndjson"
}
status_of() {
	records "$1" "select(.student.student_no == \"$2\" and .match.state != \"superseded\").status"
}
# sheet FILE NAME: the cells of a workbook's sheet, a row a line, parted by bars.
sheet() {
	python3 - "$1" "$2" <<'END'
import re, sys, zipfile
from xml.etree import ElementTree as tree
space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
book = zipfile.ZipFile(sys.argv[1])
def root(name):
    return tree.fromstring(book.read(name))
names = [s.get("name") for s in root("xl/workbook.xml").iter(space + "sheet")]
for row in root("xl/worksheets/sheet%d.xml" % (names.index(sys.argv[2]) + 1)).iter(space + "row"):
    cells = []
    for cell in row:
        cells.append("".join(t.text or "" for t in cell.iter() if t.tag in (space + "v", space + "t")))
    print("|".join(cells))
END
}
# file DAY/SCHOOL TITLE: a product of that day.
file() {
	find "season/out/$1" -maxdepth 1 -name "*_$2_*" | sort | head -n 1
}
# delivered SCHOOL NUMBER: SHA-256 of the student's image in the last bundle that has it.
delivered() {
	for bundle in $(find season/out -path "*/$1/*.zip" | sort); do
		unzip -p "$bundle" "*$2*.jpg" 2>/dev/null | sha256sum | grep -v ^e3b0c442
	done | tail -n 1 | cut -c 1-64
}

# ---- what there is: 3 students a school, each known by the last digit ----
for school in 1 2 3 4 5 6; do
	draw-school -q -n 3 -s "7$school" -W 500 --roster-encoding utf-8 -o "drawn$school"
	sed -i "s/,99999,/,1029$school,/; s/江东示例大学/示例大学$school/" "drawn$school/roster.csv"
done
id() {
	sed -n "$(($2 + 1))p" "drawn$1/roster.csv" | cut -d, -f7
}
prefix=20220101010
tc-province init season >/dev/null
sed -i 's/^settle = .*/settle = 0/; s/^class = .*/class = 2026/' season/season.conf
{
	echo 院校代码,院校名称,城市,联系人,联系电话,地址,邮编,采集日期,已缴金额
	for school in 1 2 3 4 5 6; do
		echo "1029$school,示例大学$school,徐州,张老师,0516-6588000$school,某路$school号,221000,3月1日—3月31日,45"
	done
} >season/schools.csv
for school in 1 2 3 4 5 6; do
	mkdir "season/incoming/1029$school"
done
in=season/incoming
for school in 1 3 5 4; do
	cp "drawn$school/roster.csv" $in/1029$school/
done
for school in 1 2 5; do
	cp "drawn$school/upload.zip" $in/1029$school/
done
head -c 3000 drawn3/upload.zip >$in/10293/upload.zip
draw-school -s 1 -W 500 --one tilt=9 -o tilted >/dev/null
cp tilted/portrait.jpg drawn4/photos/${prefix}2.jpg
cp -r drawn4/photos $in/10294/
cp drawn6/upload.zip $in/10296/upload.zip.part

# ---- the first night ----
check_status "first night: somebody is needed" 1 night 2026-03-02
cp out mail
check "a school that is whole passes" is "$(records 10291 .status | sort | uniq -c | tr -d ' \n')" 3pass
check "one without a roster has its photos, and nobody's" is \
	"$(records 10292 .status | sort -u)" unmatched
check "a tilted head is to come again" is "$(status_of 10294 ${prefix}2)" reject
check "... stands on the list for the school" sh -c '
	grep -q "${1}2" list && ! grep -q "${1}[13]" list' sh $prefix <<-X
	$(sheet "$(file 2026-03-02/10294 重拍名单)" 今日新增 >list)
	X
check "... and no reason to wake anybody" grep -q '^  10294 .*to retake +1' mail
check "... the text for its telephone is made" is \
	"$(find season/out/2026-03-02/10294 -name "*短信名单*" | wc -l)" 1
check "the page begins with what needs a person" sh -c '
	sed -n "/needs a person/,/^Done/p" mail | grep -c "^  1029[23] " | grep -qx 2'
check "what is on its way is told" grep -q '10296: files that wait.*: 1' mail

# ---- the second: a school comes, and the disk is full ----
mv $in/10296/upload.zip.part $in/10296/upload.zip
cp drawn1/photos/${prefix}1.jpg drawn6/photos/${prefix}3.jpg	# another school's student
rm $in/10296/upload.zip
cp -r drawn6/photos $in/10296/
cp drawn6/roster.csv $in/10296/
check_status "a night on a full disk could not be done" 2 sh -c '
	ulimit -f 60; . ./functions; night 2026-03-03' <<-X
	$(sed -n '/^on() {/,/^}/p; /^night() {/,/^}/p' "$TC_TOP/tests/9820-season.t" >functions)
	X
check "... the page names the school, and lists that were not made" sh -c '
	sed -n "/Could not be done/,\$p" out | grep -q "^  10296" && grep -q "tc-export stats could not be done" out'
check "... and not that nothing has changed there" sh -c '! grep "^  10296" out | grep "no change"'
check "the school waits for the next night" is "$(tc-province -C season plan)" 10296

# ---- the third: what was lacking comes ----
cp drawn2/roster.csv $in/10292/
cp drawn3/upload.zip $in/10293/
draw-school -q -n 3 -s 87 -W 500 -o again
mkdir $in/10294/again
cp again/photos/${prefix}2.jpg $in/10294/again/
check_status "third night: another school's photo is for a person" 1 night 2026-03-04
check "the roster gives the photos their students" is "$(records 10292 .status | sort -u)" pass
check "the whole archive counts" is "$(records 10293 'select(.match.state == "matched").status' | sort -u)" pass
check "a retake passes" is "$(status_of 10294 ${prefix}2)" pass
[ -z "${season_on_cluster:-}" ] || check "a node died in the middle, and comes back" sh -c '
	test -e killed && . "$TC_TOP/tests/slurm.sh" && slurm_home=$PWD/cluster && slurm_again n1'
check "a photo of another school's student is for review" is "$(status_of 10296 ${prefix}3)" review
check "... stands on the province's list, with the other's record" grep -q \
	"^\"10296\",.*$(records 10291 "select(.student.student_no == \"${prefix}1\").id") in " \
	season/out/2026-03-04/跨校疑似重复.csv
check "... and not in the bundle" is "$(delivered 10296 "$(id 6 3)")" ""
check "a retaken photo is delivered" is "$(delivered 10294 "$(id 4 2)")" \
	"$(records 10294 "select(.student.student_no == \"${prefix}2\" and .status == \"pass\").normalized.sha256")"

# ---- the fourth: answers, a stamped form, a reviewer, an exchange ----
printf '%%PDF-1.4\n' >$in/10291/scan
first=$(delivered 10295 "$(id 5 1)") second=$(delivered 10295 "$(id 5 2)")
printf '学号,校对结果,应改为\n%s1,照片不是本人,%s2\n%s2,照片不是本人,%s1\n' \
	$prefix $prefix $prefix $prefix >$in/10295/answer.csv
printf '学号,审核结果,原因\n%s3,需重拍,他校学生照片\n' $prefix >$in/10296/decided.csv
printf '学号,审核结果\n%s1,合格\n' $prefix >$in/10291/decided.csv
check_status "fourth night" 0 night 2026-03-05
check "the form releases the prints" test -s season/out/2026-03-05/10291/sheets-2026-03-05.pdf
check "... of that school alone" is "$(find season/out -name "sheets*.pdf" | wc -l)" 1
check "who names each other exchanges the pictures" is \
	"$(delivered 10295 "$(id 5 1)") $(delivered 10295 "$(id 5 2)")" "$second $first"
check "... what left is on the list of errors, replaced" sh -c '
	[ "$(grep -c "第1批.*第2批" list)" -eq 2 ]' <<-X
	$(sheet "$(file 2026-03-05/10295 更正名单)" 更正名单 >list)
	X
check "what the reviewer rejected is to come again" is "$(status_of 10296 ${prefix}3)" reject
sheet "$(file 2026-03-05 寄送清单)" 寄送清单 >parcels
check "the list of parcels has the school whose form came, and no other" sh -c '
	grep -q "^10291|示例大学1|.*|3|15|" parcels && ! grep -q "^1029[2-6]" parcels'

# ---- the fifth: parcels are on their way, the register answers, nothing else ----
sed 's/,[^,]*$/,审核通过/' drawn1/roster.csv | sed '1s/审核通过/BZ/' >$in/10291/register.csv
printf '寄送编号,快递公司,快递单号\n10291,邮政 EMS,1234567890123\n10292,邮政 EMS,1234567890124\n' \
	>$in/10291/parcels.csv
check_status "fifth night" 0 night 2026-03-06
check "what was printed is not printed again" is "$(find season/out -name "sheets*.pdf" | wc -l)" 1
check "the register's answer is known" is \
	"$(records 10291 '.register[-1].state' | sort -u)" accepted
check "the carrier's number is on the list of parcels" sh -c 'grep -q "^10291|.*|1234567890123|" sent' <<-X
	$(sheet "$(file 2026-03-06 寄送清单)" 寄送清单 >sent)
	X
check "... and another school's row is told" grep -q "1 rows are of other schools" \
	season/log/2026-03-06/10291.log
check "no student of the six schools is lost" is "$(cat season/batches/*/manifest.ndjson |
	jq -r 'select(.student and .match.state != "superseded") | .id' | sort -u | wc -l)" 18
sheet "$(file 2026-03-06 统计表)" 院校 >figures 2>/dev/null ||
	sheet "$(file 2026-03-06 统计表)" 学校 >figures
check "the figures are the truth's" is "$(awk -F'|' '/^1029/ { print $1, $4, $5 }' figures | tr '\n' ';')" \
	"10291 3 3;10292 3 3;10293 3 3;10294 3 3;10295 3 3;10296 3 3;"
sheet "$(file 2026-03-06 结算单)" 结算单 >bill
check "the bill is for those who were photographed" is \
	"$(awk -F'|' '/^1029/ { sum += $7; due += $9 } END { print sum, due }' bill)" "18 270"
sheet "$(file 2026-03-06 催办表)" 催办 >due
check "who still owes the form is reminded, who sent it is not" is \
	"$(grep 反馈表 due | cut -d'|' -f1 | sort -u | tr '\n' ' ')" "10292 10293 10294 10295 10296 "
tc-province -C season status >table
check "status agrees" is "$(awk '/^1029/ { pass += $6; reject += $8 } END { print pass, reject }' table)" "17 1"

# ---- it moves, joined manifests too ----
mv season elsewhere
mkdir -p another/place
mv elsewhere another/place/season
ln -s another/place linked
check "the manifests of a season that moved are a stream" sh -c '
	cd another/place/season && cat batches/*/manifest.ndjson |
	tc-export csv -q --columns id -o - --manifest /dev/null >../../../ids.csv'
check "... with every record" is "$(grep -c - ids.csv)" \
	"$(cat another/place/season/batches/*/manifest.ndjson | grep -c '"type":"photo"')"
mv another/place/season season

# ---- the end: what was handed over goes when its time is over ----
cp -a season before
check_status "a month later nothing is due" 0 on 2026-04-06 purge
check "... and that is said" sh -c 'grep -q "10291 *originals *2027-03-0[0-9] *later" out'
check_status "a year later it is shown" 0 on 2027-06-01 purge
check "... what is due, and how much" grep -q '10291 *originals *2027-03-[0-9]* *due *3 ' out
check "... what stays: a photo of a school that was never handed over" grep -q \
	'10296 *remains .* never *' out
check "... and nothing is deleted" is "$(find season/batches/*/batch/originals -type f | wc -l)" \
	"$(find before/batches/*/batch/originals -type f | wc -l)"
echo journal of another >witness
purge_by() {
	SOURCE_DATE_EPOCH=$(date -d 2027-06-01 +%s) tc-ingest -q -d season/batches/10291/batch --purge "$1" --force
}
for member in '.source.path = "../../../../witness"' '.source.path = "decisions.ndjson"' \
	'.normalized.path = "normalized/../../../../../witness"'; do
	jq -c "if .normalized then $member else . end" season/batches/10291/manifest.ndjson >tampered
	check_status "a manifest that names other files deletes nothing: $member" 2 purge_by tampered
done
check "... not even what it names rightly" sh -c 'test -f witness &&
	diff -r before/batches/10291/batch/originals season/batches/10291/batch/originals'
# As if another student, whose photo was never handed over, had the same picture.
shared=$(records 10291 'select(.delivered).source.path' | head -n 1)
(head -n -1 season/batches/10291/manifest.ndjson
jq -c "select(.type == \"photo\" and .source.path == \"$shared\") | .id = (.id | sub(\"-.*\"; \"-900\")) |
	del(.delivered, .normalized) | .status = \"reject\" | .checks = [{id: \"face.count\", level: \"reject\", verdict: \"fail\"}]" \
	season/batches/10291/manifest.ndjson
tail -n 1 season/batches/10291/manifest.ndjson | jq -c '.records += 1') >two-students
cp -a season/batches/10291/batch one-batch
check_status "a picture that another student needs stays" 0 purge_by two-students
check "... and the others are gone" is "$(find season/batches/10291/batch/originals -type f | sed 's|.*/batch/||')" "$shared"
rm -r season/batches/10291/batch && mv one-batch season/batches/10291/batch
rejected=$(records 10296 "select(.status == \"reject\").source.path")
kill_in_between() {
	rm -rf season
	cp -a before season
	SOURCE_DATE_EPOCH=$(date -d 2027-06-01 +%s) setsid tc-province -C season \
		--date 2027-06-01 purge --yes >/dev/null 2>&1 &
	sleep "0.$1"
	kill -9 -- -$! 2>/dev/null
	wait $! 2>/dev/null
}
for moment in 3 8; do
	kill_in_between $moment
done
check_status "killed in between, and again" 0 on 2027-06-01 purge --yes
check "what was handed over is gone" is \
	"$(find season/batches/1029[1-5]/batch/originals -type f | wc -l)" 0
check "... in what came in as well" is "$(find season/incoming -name '*.zip' -o -name '*.jpg' | wc -l)" 0
check "what never was stays" test -f "season/batches/10296/batch/$rejected"
check "rosters and answers have their own time" test -f season/batches/10291/batch/decisions.ndjson
check "each file that is gone is listed by its hash, once" sh -c '
	find before/batches/10291/batch/originals -type f -exec sha256sum {} + | cut -c 1-64 |
		while read -r sum; do [ "$(grep -c "^originals,$sum," season/destroyed/10291.csv)" -eq 1 ] || echo "$sum"; done >lacks
	[ ! -s lacks ]'
check "... and nobody by name or number" sh -c '
	cut -d, -f3,4,7 drawn?/roster.csv | tr , "\n" | grep -v "^[A-Z]" | sort -u >people
	! grep -hFf people season/destroyed/*.csv'
check_status "again nothing is left to do" 0 on 2027-06-01 purge --yes
check "... and the lists are the same" sh -c '
	cp -r season/destroyed listed && tc-province -C season --date 2027-06-01 purge --yes >/dev/null &&
	diff -r listed season/destroyed'
check_status "nothing is read into such a batch any more" 2 on 2027-06-02 school 10291
cp drawn1/upload.zip $in/10291/late.zip
check_status "... and no night tries to" 0 on 2027-06-02 night
check "... but says so" grep -q '10291: files came after its photos were deleted' out
check_status "after five years the rest goes" 0 on 2031-06-01 purge --yes
check "... all but the lists" is \
	"$(cd season/batches/10291/batch && find . -type f | sort | tr '\n' ' ')" \
	"./destroyed.csv ./id ./lock "
check "... while who was not handed over keeps the journal" test -f \
	season/batches/10296/batch/decisions.ndjson
check "... and the index of likenesses" is "$(ls season/likeness)" ""
finish
