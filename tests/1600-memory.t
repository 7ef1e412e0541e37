#!/bin/sh
# tc-ingest: whose photo it is, and that nothing people said is forgotten.
. "$(dirname "$0")/lib.sh"

# Small pictures, each of its own: picture NAME NUMBER.
cat >picture.py <<'PY'
import struct, sys, zlib
name, number = sys.argv[1], int(sys.argv[2])
def chunk(kind, data):
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))
row = b"\0" + bytes([number & 255, number >> 8, 7]) * 4
open(name, "wb").write(b"\x89PNG\r\n\x1a\n" +
    chunk(b"IHDR", struct.pack(">IIBBBBB", 4, 4, 8, 2, 0, 0, 0)) +
    chunk(b"IDAT", zlib.compress(row * 4)) + chunk(b"IEND", b""))
PY
picture() { python3 picture.py "$1" "$2"; }
ingest() { tc-ingest -d batch --who 王老师 "$@"; }
# of NAME FILTER: of the record of the student of that name.
of() { jq -r --arg name "$1" "select(.student.name == \$name and
	.match.state != \"superseded\") | $2" out; }
has() { jq -se "any(.[]; $1)" "${2:-out}"; }
member() { check "$1" is "$(of "$2" "$3")" "$4"; }

cat >roster.csv <<'CSV'
学号,姓名,证件号码,学院,班级
202201010101,欧阳明,329901200209020200,信息学院,计科2201
202201010102,李小芳,329901200404010219,信息学院,计科2201
202201010103,阿依古丽·买买提,329901200310300207,信息学院,计科2201
202201010104,王伟,329901200305290219,信息学院,计科2201
202201010105,王伟,329901200305290227,外语学院,英语2201
202201010106,赵一诺,329901200301010028,外语学院,英语2201
202201010107,钱多多,329901200301010044,外语学院,英语2201
CSV
mkdir -p one/英语2201 one/计科2201
picture one/202201010101.png 1
picture one/李小芳.png 2
picture one/阿依古丽•买买提.png 3
picture one/王伟.png 4
picture "one/202201010106_欧阳明.png" 5
picture one/英语2201/IMG_1.png 6
picture "one/202201010107 钱朵朵.png" 7
picture "one/202201010103_李悟空.png" 10
mkdir one/计科2209
picture "one/计科2209/赵一诺.png" 12
picture "one/计科2201/钱多多.png" 8
picture "one/??芳.png" 9
check_status "a school" 0 ingest -r roster.csv one
member "a number joins" 欧阳明 .match.by student_no
member "a name that is one student's joins" 李小芳 .match.by name
member "... for a person to confirm" 李小芳 '.checks[] | select(.id == "match.name") | .verdict' fail
member "dots of minority names are alike" 阿依古丽·买买提 .match.by name
check "a name of two students is nobody's" has \
	'.source.entry == "王伟.png" and (.match.reason | test("several students"))'
check "a number beside another student's name is nobody's" has \
	'.source.entry == "202201010106_欧阳明.png" and (.match.reason | test("another"))'
check "a name in another class's folder is nobody's" has \
	'.source.entry == "计科2201/钱多多.png" and (.match.reason | test("folder"))'
check "a name with a lost character is nobody's" has \
	'.source.entry == "??芳.png" and .match.state == "unmatched"'
check "a name beside a number that is somebody else's is nobody's" has \
	'.source.entry == "202201010103_李悟空.png" and (.match.reason | test("not the student"))'
check "a class that is none of the roster's, but written alike, is another one" has \
	'.source.entry == "计科2209/赵一诺.png" and (.match.reason | test("folder"))'
member "a name with an error beside a number: for review" 钱多多 \
	'.checks[] | select(.id == "match.name") | .verdict' fail
cp out day1

# The list of what is nobody's, filled in and read back.
check_status "the list of unmatched photos" 0 ingest --unmatched list.xlsx
check_status "is the same when written again" 0 ingest --unmatched list.xlsx
check_same "and changes nothing" day1 out
check_status "as CSV" 0 ingest --unmatched list.csv
check "one row for each" test "$(wc -l <list.csv)" -eq 8
check "with a mark for Excel" sh -c 'head -c 3 list.csv | od -An -tx1 | grep -q "ef bb bf"'
check "LibreOffice opens the workbook" sh -c 'HOME=$PWD soffice --headless \
	--convert-to csv:"Text - txt - csv (StarCalc)":44,34,76,1,,0,false,true,false,false,false,1 \
	--outdir office list.xlsx && test -s office/list*.csv'
mv office/list*.csv filled.csv
token=$(jq -r 'select(.type == "photo" and .student.student_no == "202201010106") | .id' out)
check "the same rows" test "$(wc -l <filled.csv)" -eq 8
check "a link by number and one by token" sh -c '
	tokens=$(grep "_欧阳明.png" filled.csv | cut -d, -f1)
	other=$(grep IMG_1 filled.csv | cut -d, -f1)
	printf "标识,关联学号,确认人\n%s,202201010106,李老师\n%s,202201010105,\n" \
		"$tokens" "$other" >link.csv && test -n "$tokens" && test -n "$other"'
check_status "read back" 0 ingest --link link.csv
member "the photo is the student's" 赵一诺 .match.by person
check "who said so is in the journal, by the table" has \
	'.kind == "link" and .who == "李老师"' batch/decisions.ndjson
check "... and by the option" has \
	'.kind == "link" and .who == "王老师"' batch/decisions.ndjson
cp out linked
check_status "the same table again" 0 ingest --link link.csv
check "says nothing new" test "$(wc -l <batch/decisions.ndjson)" -eq 2
check_same "and changes nothing" linked out
printf '标识,关联学号\n%s,202201010106\nk3vqzn7w-17-be,202201010106\n' \
	"$(grep 芳.png filled.csv | cut -d, -f1 | tr a-z A-Z)" >bad.csv
check_status "a token of another batch is refused, the other row holds" 1 \
	ingest --link bad.csv
check "by its row" grep -q "'bad.csv' row 3: the token" err
check "two rows that give one photo to two students: neither holds" sh -c '
	t=$(grep "王伟.png" filled.csv | head -n 1 | cut -d, -f1)
	printf "标识,关联学号\n%s,202201010104\n%s,202201010105\n" "$t" "$t" >two.csv
	lines=$(wc -l <batch/decisions.ndjson)
	tc-ingest -q -d batch --link two.csv >out; test $? -eq 1 &&
	test "$(wc -l <batch/decisions.ndjson)" -eq "$lines"'

# People who disagree.
check "two people, two students" sh -c '
	t=$(grep "王伟.png" filled.csv | head -n 1 | cut -d, -f1)
	printf "标识,关联学号,确认人\n%s,202201010104,甲\n" "$t" >a.csv
	printf "标识,关联学号,确认人\n%s,202201010105,乙\n" "$t" >b.csv
	tc-ingest -q -d batch --link a.csv >out && tc-ingest -q -d batch --link b.csv >out'
check "nobody's, and both are named" has '.source.entry == "王伟.png" and
	.match.state == "unmatched" and
	([.match.said[].who] | sort) == ["乙", "甲"]'

# Exemptions: a table whose numbers Excel has ruined is right by its tokens.
check "the token of a student" sh -c 'HOME=$PWD soffice --headless \
	--convert-to csv:"Text - txt - csv (StarCalc)":44,34,76,1,,0,false,true,false,false,false,2 \
	--outdir students list.xlsx && grep "^'"$(of 赵一诺 .id)"'-" students/*.csv'
token=$(grep -h "^$(of 赵一诺 .id)-" students/*.csv | cut -d, -f1)
cat >special.csv <<CSV
标识,学号,检查项,类别代码,批准人
$token,2.02201E+11,"pose.roll、eyes.open",A2,张主任
,202201010101,face.count,A1,张主任
,202299999999,pose.roll,A1,张主任
CSV
check_status "exemptions: what is never waived, and who is not there, is refused" 1 \
	ingest --exemptions special.csv
check "both by their rows" sh -c 'grep -q "row 3: .*never waived" err && grep -q "row 4:" err'
member "the others hold" 赵一诺 '[.exemptions[] | .check + .category] | join(" ")' \
	"pose.rollA2 eyes.openA2"
check "only the category's code is kept" sh -c '! grep -q 2.02201E batch/decisions.ndjson'

# A delivered photo is not replaced by a later upload, until it is unlocked.
sum=$(of 欧阳明 .source.sha256)
printf '{"kind":"delivery","record":"%s","picture":"%s","who":"tc-export","when":"2026-11-20T12:00:00Z","file":"%064d","file_name":"b.zip"}\n' \
	"$(of 欧阳明 .id)" "$sum" 1 >>batch/decisions.ndjson
mkdir two
picture two/202201010101.png 20
picture two/202201010102.png 21
check_status "a second day" 0 ingest two
check "is told: one photo new or replaced" grep -q "1 replaced" err
member "a locked photo stays" 欧阳明 .source.sha256 "$sum"
member "... and says that a later one waits" 欧阳明 .match.later true
member "another one is replaced" 李小芳 .source.entry 202201010102.png
cat >unlock.csv <<'CSV'
学号,原因
202201010101,学校申请重拍
CSV
check_status "unlocked" 0 ingest --unlock unlock.csv
member "the later one is chosen" 欧阳明 .source.entry 202201010101.png
check "... of the second day" test "$(of 欧阳明 .source.sha256)" != "$sum"

# Everything but the journal and the originals is made again.
cp out before
rm -f day1 linked list.* ./*.ndjson
check_status "all manifests deleted, run again" 0 ingest -r roster.csv one two
check_same "nothing a person said is lost" before out

# Day 3: the roster changes.
sed -e '/202201010107/d' -e 's/赵一诺/赵伊诺/' roster.csv >roster3.csv
echo '202201010108,孙新来,329901200301010060,外语学院,英语2201' >>roster3.csv
check_status "a new roster" 0 ingest -r roster3.csv
check "is told in numbers" grep -q "1 added, 1 changed, 1 removed" err
check "and which record changed how" grep -q "$(of 赵伊诺 .id): the roster changed name" err
member "a link holds under another name" 赵伊诺 .match.by person
member "who was removed keeps the photo" 钱多多 .roster removed
check "the late student is the last record" test \
	"$(of 孙新来 .id | sed 's/.*-//')" -gt "$(of 钱多多 .id | sed 's/.*-//')"
check "ids are what they were" sh -c '
	for f in before out; do jq -r "select(.student) |
	.id + \" \" + .student.student_no" $f | sort >$f.ids; done
	test "$(comm -23 before.ids out.ids | wc -l)" -eq 0'
check "no full name or number on standard error" sh -c '! grep -Eq "[0-9]{9}|欧阳明|李小芳" err'
finish
