#!/bin/sh
# tc-ingest --acknowledge: an error that a person has seen does not hide what is new.
. "$(dirname "$0")/lib.sh"

cat >make.py <<'PY'
import struct, sys, zipfile, zlib
def picture(number):
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))
    row = b"\0" + bytes([number, 1, 7]) * 4
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 4, 4, 8, 2, 0, 0, 0)) +
        chunk(b"IDAT", zlib.compress(row * 4, 0)) + chunk(b"IEND", b""))
# make.py ZIP NAME=NUMBER...: words instead of a number are the file's content.
with zipfile.ZipFile(sys.argv[1], "w") as archive:
    for item in sys.argv[2:]:
        name, what = item.split("=")
        archive.writestr(zipfile.ZipInfo(name), picture(int(what)) if what.isdigit() else what)
PY
zip() { python3 make.py "$@"; }
ingest() { tc-ingest -d batch "$@"; }
# counts ERRORS KNOWN: what the manifest's last line says.
counts() {
	tail -n 1 "${3:-out}" | jq -e --argjson n "$1" --argjson k "$2" \
		'.errors == $n and (.acknowledged // 0) == $k'
}

cat >roster.csv <<'CSV'
学号,姓名
202201010101,欧阳明
202201010102,李小芳
202201010103,王小二
2.02E+11,王大二
CSV
zip a.zip 202201010101.png=1 202201010102.png=2 202201010103.jpg=broken 说明.doc=words
check_status "a refused row, a broken picture, a document" 1 ingest -r roster.csv a.zip
check "are three errors" counts 3 0
check "and it says what to do" grep -q -- '--acknowledge FILE' err
check_status "the document is acknowledged" 1 ingest --acknowledge a.zip:4
check "and two are left" counts 2 1
check "it is not told" test -z "$(grep 'entry 4' err | sed 1d)"
check_status "the row is acknowledged" 1 ingest --acknowledge roster.csv:5
check_status "and all of the upload" 0 ingest --acknowledge a.zip
check "none is left" counts 0 3
check "and the summary counts them" grep -q 'do not count: 3 acknowledged, 0 of' err
check "the records say so" jq -es '[.[] | select(.type == "refused") | .acknowledged] == [true, true]' out
check_status "the same files again" 0 ingest -r roster.csv a.zip
cp out manifest
check_status "tc-check ends with 0 as well" 0 tc-check manifest
check "and hands the count on" counts 0 3
check_status "said twice it is said once" 0 ingest --acknowledge a.zip
check "in the journal" test "$(grep -c acknowledge batch/decisions.ndjson)" = 3
check_status "what is not there cannot be acknowledged" 1 ingest --acknowledge b.zip:4
check "and is named" grep -q "'b.zip:4': there is no such error" err

check_status "taken back it counts again" 1 ingest --unacknowledge a.zip:4
check "and is told" grep -q "'a.zip' entry 4" err
check_status "and acknowledged anew it does not" 0 ingest --acknowledge a.zip:4

# The same trouble elsewhere is another error.
zip b.zip 说明.doc=words
check_status "the same document in another upload" 1 ingest b.zip
check "is new" counts 1 3
ingest --acknowledge b.zip >out 2>err
sed 's/王大二/李大二/' roster.csv >other && mv other roster.csv
check_status "another row in that place" 1 ingest -r roster.csv
check "is new" counts 1 3
sed -i '2i 202201010109,赵小红' roster.csv
ingest --acknowledge roster.csv >out 2>err
sed -i '2i 202201010108,赵小兰' roster.csv
check_status "a known row that moved down is known" 0 ingest -r roster.csv

# An upload that was sent again.
ingest --unacknowledge a.zip >out 2>err
check "two errors of the upload count again" counts 2 2
zip a.zip 999.png=9
check_status "another upload of that name with other pictures" 1 ingest a.zip
check "ends none" counts 2 2
zip a.zip 202201010101.png=1 202201010102.png=2 202201010103.jpg=3
check_status "the upload again, whole" 0 ingest a.zip
check "ends all" counts 0 3

# An upload of which no picture could be read.
zip d.zip 202201010101.jpg=broken 202201010102.jpg=broken
ingest d.zip >out 2>err
check "pictures that cannot be read are errors" counts 2 3
zip d.zip 202201010109.png=5 202201010103.png=6
check_status "another upload of that name with other pictures" 1 ingest d.zip
check "ends none of them" counts 2 3
zip d.zip 202201010101.jpg=7 202201010102.jpg=8
check_status "the upload again, whole" 0 ingest d.zip
check "ends all of them" counts 0 3

# A picture that only a later tool cannot read.
zip c.zip 202201010108.png=4
python3 - <<'PY'
import zipfile
data = zipfile.ZipFile("c.zip").read("202201010108.png")
with zipfile.ZipFile("c.zip", "w") as archive:
    archive.writestr(zipfile.ZipInfo("202201010108.png"), data[:45] + b"\xff" * (len(data) - 45))
PY
ingest c.zip >manifest 2>err
check_status "tc-check cannot decode it" 1 tc-check manifest
record=$(jq -r 'select(.student.student_no == "202201010108") | .id' manifest)
check_status "its record is acknowledged" 0 ingest --acknowledge "$record"
cp out manifest
check_status "and tc-check ends with 0" 0 tc-check manifest
check "with the count" counts 0 4
check "the reason is in the journal" sh -c '
	tail -n 1 batch/decisions.ndjson | jq -e ".file_name == \"c.zip\" and (.reason | test(\"[a-z]\"))"'
check_status "said twice it is said once" 0 ingest --acknowledge "$record"
check "as the message says" grep -q "its errors are so already" err
cp batch/decisions.ndjson batch/id batch/judged.ndjson .
for damage in 'rm batch/judged.ndjson' 'echo >>batch/judged.ndjson'; do
	sh -c "$damage"
	check_status "taken back, after: $damage" 0 ingest --unacknowledge "$record"
	check "it counts again" sh -c 'tail -n 1 batch/decisions.ndjson | jq -e ".after == \"open\""'
	cp decisions.ndjson id judged.ndjson batch
done
check_status "taken back" 0 ingest --unacknowledge "$record"
check_status "tc-check ends with 1 again" 1 tc-check manifest
record=$(jq -r 'select(.student.student_no == "202201010101") | .id' manifest)
check_status "a record whose photo is right" 1 ingest --acknowledge "$record"
check "has no error" grep -q "there is no such error" err

# Rosters of one name: messages name their folders, once there are two.
rm -rf batch
list() {	# FOLDER ROW...
	mkdir -p "all/$1" && printf '%s\n' '学号,姓名' "$@" | sed 2d >"all/$1/名单.csv"
}
list 一班 202201010101,欧阳明 ,王小二
check_status "a class's list in a folder, a row refused" 1 ingest all
check_status "is acknowledged" 0 ingest --acknowledge 名单.csv
list 二班 202201010102,李小芳 ,王小二
check_status "another class's list of that name has the same row" 1 ingest all
check "which is new, and the other one stays acknowledged" counts 1 1
check "and is told with its folder" grep -q "'二班/名单.csv' row 3 is refused" err
check_status "that is acknowledged by its folder" 0 ingest --acknowledge 二班/名单.csv
rm -r all/一班
check_status "the first list goes" 0 ingest --replace-roster all
check "and the second keeps its own" counts 0 1
finish
