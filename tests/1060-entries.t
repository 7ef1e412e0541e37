#!/bin/sh
# tc-ingest: entries that archives hold in unusual ways, and files that are no photos.
. "$(dirname "$0")/lib.sh"

draw-school -q --plain -n 6 -W 480 -o school
ingest() {
	rm -rf batch
	tc-ingest -q -d batch -y 2026 -r school/roster.csv "$@"
}
entries() {
	tail -n 1 out | jq -e ".entries | $1"
}

# ---- zips ----

# make.py KIND FILE: a zip of the six photos as its writer makes it, sparse.
cat >make.py <<'EOF'
import glob, os, struct, sys, zlib
kind, path = sys.argv[1:]
GIB, M32 = 1 << 30, 0xffffffff
file, directory, count = open(path, "wb"), bytearray(), 0

def add(name, data=None, size=0, attributes=0x81a40000):
    global directory, count
    at, name = file.tell(), name.encode()
    crc = zlib.crc32(data) if data is not None else 0
    size = len(data) if data is not None else size
    common = struct.pack("<HHHHHIIIHH", 20, 0x800, 0, 0, 0x5c5c, crc, size & M32, size & M32, len(name), 0)
    file.write(b"PK\3\4" + common + name)
    if data is not None:
        file.write(data)
    else:
        file.seek(size, 1)
    directory += b"PK\1\2" + struct.pack("<H", 0x315) + common + struct.pack(
        "<HHHII", 0, 0, 0, attributes, at & M32) + name
    count += 1

photos = [(os.path.basename(p), open(p, "rb").read()) for p in sorted(glob.glob("school/photos/*"))]
if kind == "slash":		# content in what is named as a folder
    photos = [(name + "/", data) for name, data in photos[:3]] + \
        [("photos/" + name + "\\", data) for name, data in photos[3:]]
if kind == "turn":		# a new turn of 4 GiB before each of the last four
    add("first/", b"")
for i, (name, data) in enumerate(photos):
    if kind in ("turn", "between") and (i == 3 if kind == "between" else i >= 2):
        for k in range(2):
            add("video%d-%d.mov" % (i, k), None, 3 * GIB if k else 2 * GIB - 999)
    add(name, data, attributes=0x10 if kind == "slash" and i else 0x81a40000)
if kind == "many":		# 65,536 entries: the count says 0
    for i in range(65536 - count):
        add("d%05d/" % i, b"")
at = file.tell()
file.write(directory + b"PK\5\6" + struct.pack("<HHHHIIH", 0, 0, count & 0xffff, count & 0xffff,
    len(directory), at & M32, 0))
file.close()
EOF
for kind in slash turn between many; do
	python3 make.py "$kind" "$kind.zip"
done
check_intake "files whose names end as folders' do" 0 ingest slash.zip
check "are read" entries '.photos == 6 and .total == 6'
check "under their names" sh -c '! grep "\"entry\":\"[^\"]*[/\\\\]\"" out'
check_intake "a zip of more than 4 GiB without Zip64, as a Mac makes it" 1 ingest between.zip
check "has all photos" entries '.photos == 6 and .total == 8'
check_intake "one of several times 4 GiB" 1 ingest turn.zip
check "has them, too" entries '.photos == 6 and .total == 14'
check "and nothing is said to overlap" sh -c '! grep -q "shares its bytes" err'
check_intake "a zip whose count of 16 bits has run over to 0" 0 ingest many.zip
check "is read by its directory's length" entries '.photos == 6'
rm -f ./*.zip

# ---- many small files ----

mkdir many && cp school/photos/*.jpg many/
for i in $(seq 400); do echo "$i" >many/note$i.txt; done
check_intake "four hundred texts" 1 ingest many
check "are all refused" entries '.photos == 6 and .refused == 400'
forks() {
	strace -f -qq -e trace=clone,clone3,fork,vfork -o calls "$@"
}
if forks true 2>/dev/null; then
	rm -rf batch
	forks tc-ingest -q -j 2 -d batch -r school/roster.csv many >out 2>err
	check "and do not take a process each" test "$(grep -c -e clone -e fork calls)" -lt 20
else
	skip "and do not take a process each" "strace cannot be used"
fi

# ---- files that name a student and are no photos ----

student() {
	jq -r --arg no "$1" 'select(.student.student_no == $no) | [.status, .match.state,
		(.source.entry // "-"), (.checks[]? | select(.id == "file.readable") | .detail)] | @tsv' out
}
mkdir odd
first=202201010101
cp school/photos/$first.jpg odd/
for end in AAE xmp MOV json; do echo x >odd/$first.$end; done
echo x >odd/$first.jpg.supplemental-metadata.json
convert school/photos/$first.jpg odd/$first.PNG
printf '%%PDF-1.4\n' >odd/202201010102.pdf
: >odd/202201010103.jpg
printf 'PK\3\4' >odd/202201010104.docx
echo film >odd/202201010105.mp4
echo x >odd/202201010107.AAE
echo x >odd/202201010107.xmp
cp school/photos/202201010106.jpg odd/
printf '%%PDF-1.4\n' >odd/202201010106_old.pdf
: >odd/nobody.jpg		# an error: it would be somebody's photo
: >odd/empty.txt
check_intake "files that name students and are no photos" 1 ingest odd
check "what lies beside a photo is junk" sh -c '
	[ "$(grep -c "$0" out)" -eq 1 ]' $first.jpg
check "... with what only says how a picture was edited, and an empty file of nobody's" entries '.junk == 9 and .unreadable == 4 and .refused == 2'
check "a document" is "$(student 202201010102)" "unreadable	matched	202201010102.pdf	it is a document: photos in it must be sent as pictures"
check "an empty picture" is "$(student 202201010103)" "unreadable	matched	202201010103.jpg	it is empty"
check "a film" sh -c 'grep -q "\"entry\":\"202201010105.mp4\"" out'
check "beside a photo it is refused, and says whose it is" jq -es '
	(map(select(.student.student_no == "202201010106"))[0]) as $s | $s.status == "review" and
	any(.[]; .type == "refused" and .record == $s.id)' out
tc-check -q out >checked
tc-export retake -q --date 2026-03-01 -o r.xlsx checked >/dev/null 2>&1
check "the list of retakes does not say that nothing came" sh -c '
	unzip -p r.xlsx "xl/*.xml" "xl/worksheets/*.xml" | grep -q 无法读取'

# ---- the same folder every evening ----

mkdir -p 1/up 2/up 3/up
cp school/photos/202201010101.jpg 1/up/
cp school/photos/2022010101* 2/up/
cp school/photos/* 3/up/
cp school/photos/202201010102.jpg 3/up/202201010101_2.jpg
rm -rf batch
evening() {
	tc-ingest -q -d batch -y 2026 -r school/roster.csv "$1/up"
}
photo_of() {
	jq -r --arg no "$1" 'select(.student.student_no == $no and .match.state == "matched") |
		.source.sha256' out
}
check_intake "one evening" 0 evening 1
check_intake "the folder with more in it" 0 evening 2
check "nothing is a retake" entries '.superseded == 0 and .repeated == 1'
cp out before
check_intake "the same again" 0 evening 2
check_same "changes nothing" before out
check_intake "another picture of one" 0 evening 3
check "is one retake" entries '.superseded == 1 and .repeated == 7'
other=$(photo_of 202201010101)
check "and counts" is "$other" "$(sha256sum <school/photos/202201010102.jpg | cut -c 1-64)"
mkdir -p 5/up 6/up && cp 3/up/* 5/up/ && echo x >5/up/note.doc
check_intake "both in the folder of the next evening" 1 evening 5
check "are no retakes" entries '.superseded == 1'
check "and the later one stays" is "$(photo_of 202201010101)" "$other"
cp school/photos/202201010101.jpg 6/up/202201010101_again.jpg
check_intake "the first one alone" 1 evening 6
check "is sent on purpose" is "$(photo_of 202201010101)" \
	"$(sha256sum <school/photos/202201010101.jpg | cut -c 1-64)"
check "and no retake more" entries '.superseded == 1'

# A photo that cannot be read, sent after a good one, is told until a whole one comes.
mkdir -p 7/up 8/up
cp school/photos/* 7/up/
rm -rf batch
evening 7 >/dev/null 2>&1
head -c 3000 school/photos/202201010101.jpg >8/up/202201010101_new.jpg
check_intake "a newer photo that broke off makes 1" 1 evening 8
check "... and is told by its entry" grep -q "'up' entry 1 .*the file ends before" err
check "... and the good one stays" is "$(photo_of 202201010101)" \
	"$(sha256sum <school/photos/202201010101.jpg | cut -c 1-64)"
finish
