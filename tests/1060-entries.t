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
file, directory, count = open(path, "wb"), b"", 0

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
finish
