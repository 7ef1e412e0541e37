#!/bin/sh
# tc-ingest: a run over what was there before reads only what changed, and never
# takes one picture for another.
. "$(dirname "$0")/lib.sh"

cat >make.py <<'PY'
import struct, sys, zipfile, zlib
def picture(number):
    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))
    row = b"\0" + bytes([number & 255, number >> 8, 7]) * 4
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 4, 4, 8, 2, 0, 0, 0)) +
        chunk(b"IDAT", zlib.compress(row * 4, 0)) + chunk(b"IEND", b""))
# make.py ZIP NAME=NUMBER...: an archive; NUMBER "broken" is no picture, "text" text.
with zipfile.ZipFile(sys.argv[1], "w") as archive:
    for item in sys.argv[2:]:
        name, number = item.split("=")
        data = (b"broken" * 20 if number == "broken" else b"some words\n"
            if number == "text" else picture(int(number)))
        archive.writestr(zipfile.ZipInfo(name), data)
PY
zip() { python3 make.py "$@"; }
ingest() { tc-ingest -d batch "$@"; }
sum_of() { jq -r "select(.student.student_no == \"$1\" and .match.state == \"matched\") |
	.source.sha256" "${2:-out}"; }
# Times of files say nothing until they are two seconds old.
settle() { sleep 2.1; }
unread() { grep -q "not read again: $1" err; }
read_again() { ! grep -q "not read again" err; }

cat >roster.csv <<'CSV'
学号,姓名
202201010101,欧阳明
202201010102,李小芳
202201010103,王小二
CSV
zip a.zip 202201010101.png=1 202201010102.png=2 202201010103.jpg=broken 说明.doc=text
mkdir -p folder/inner
zip one.zip 202201010103.png=3 && (cd folder/inner && python3 ../../make.py x.zip 5.png=9 &&
	python3 - <<'PY'
import zipfile
zipfile.ZipFile("x.zip").extractall()
PY
)
settle
check_status "first run" 1 ingest -r roster.csv a.zip folder
cp out first
check "reads everything" read_again
check_status "the same again" 1 ingest -r roster.csv a.zip folder
check "reads neither, with a broken picture and a text in one" unread 2
check_same "and says the same" first out

# The index is a cache.
rm batch/seen
check_status "without the index" 1 ingest -r roster.csv a.zip folder
check "everything is read" read_again
check_same "with the same result" first out
echo nonsense >batch/seen
check_status "with a damaged index" 1 ingest -r roster.csv a.zip folder
check_same "the same" first out
ingest a.zip folder >out 2>err
check "it is made again" unread 2
sed -i '2d' batch/seen
ingest a.zip folder >out 2>err
check_same "an index that lost a line: the same" first out
ingest a.zip folder >/dev/null 2>&1
sed '1s/^./x/' batch/seen >seen && cp seen batch/seen
ingest a.zip folder >out 2>err
check "an index of another ledger is not used" read_again

# Another picture with the same name, size and date, in the same file.
cp a.zip kept.zip
touch -d 2026-01-01 a.zip && settle
ingest a.zip >/dev/null 2>&1
zip forged.zip 202201010101.png=4 202201010102.png=2 202201010103.jpg=broken 说明.doc=text
check "the forgery is as large" test "$(stat -c %s a.zip)" = "$(stat -c %s forged.zip)"
inode=$(stat -c %i a.zip)
cat forged.zip >a.zip && touch -d 2026-01-01 a.zip
check "the same file, of the same date" test "$(stat -c %i,%Y a.zip)" = "$inode,$(date -d 2026-01-01 +%s)"
settle
check_status "a picture was exchanged" 1 ingest a.zip
check "it is seen" test "$(sum_of 202201010101)" != "$(sum_of 202201010101 first)"
check "... and the other one is what it was" test \
	"$(sum_of 202201010102)" = "$(sum_of 202201010102 first)"
# The same with a checksum that was made to agree: the archive's directory is not
# what a picture is known by.
cp out before
python3 - <<'PY'
import re
data = bytearray(open("a.zip", "rb").read())
name = b"202201010101.png"
at = [m.start() for m in re.finditer(name, bytes(data))]
kept = open("kept.zip", "rb").read()
one = [m.start() for m in re.finditer(name, kept)]
data[at[1] - 30:at[1] - 26] = kept[one[1] - 30:one[1] - 26]	# central directory's CRC
open("a.zip", "r+b").write(data)
PY
settle
check_status "a checksum that is not the picture's" 1 ingest a.zip
check "does not make it the earlier one" test \
	"$(sum_of 202201010101)" = "$(sum_of 202201010101 before)"
cp kept.zip a.zip

# Folders: by every file in them.
ingest folder >/dev/null 2>&1
cp first before
python3 make.py y.zip 202201010103.png=7 && python3 - <<'PY'
import zipfile
zipfile.ZipFile("y.zip").extractall("folder")
PY
check_status "a new file in a folder" 1 ingest folder
check "is read" test "$(sum_of 202201010103)" != null
check "a picture that was put in its place, under the same name" sh -c '
	sleep 2.1; tc-ingest -q -d batch folder >/dev/null
	tc-ingest -q -d batch folder >old
	python3 make.py z.zip 202201010103.png=8
	python3 -c "import zipfile; zipfile.ZipFile(\"z.zip\").extractall(\"folder\")"
	touch -r y.zip folder/202201010103.png; sleep 2.1
	tc-ingest -q -d batch folder >new
	pick="select(.student.student_no == \"202201010103\" and .match.state == \"matched\") |
	.source.sha256"
	test "$(jq -r "$pick" old)" != "$(jq -r "$pick" new)"'

# What the batch lost is fetched again.
settle
ingest one.zip >/dev/null 2>&1
ingest one.zip >out 2>err
check "an archive of its own" unread 1
original=batch/$(jq -r 'select(.source.entry == "202201010103.png" and .source.upload == "one.zip") |
	.source.path' out | head -n 1)
: >"$original"
check_status "an original was emptied" 1 ingest one.zip
check "it is stored again" test -s "$original"
rm "$original"
check_status "an original was deleted" 1 ingest one.zip
check "it is stored again" test -s "$original"

# Standard input and new settings.
check_status "standard input" 1 ingest - <one.zip
check "is read" read_again
sed 's/^pixels_max = .*/pixels_max = 15/' "$TC_TOP/share/profiles/chsi-2017.conf" >small.conf
check_status "a profile with another limit" 1 ingest -p ./small.conf one.zip
check "reads again what it may refuse now" read_again
finish
