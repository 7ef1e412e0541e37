#!/bin/sh
# tc-ingest: photos whose folder says whose they are.
. "$(dirname "$0")/lib.sh"

# Small pictures, each of its own: picture NUMBER FILE.
cat >picture.py <<'PY'
import os, struct, sys, zlib
def chunk(kind, data):
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))
number, name = int(sys.argv[1]), sys.argv[2]
os.makedirs(os.path.dirname(name), exist_ok=True)
row = b"\0" + bytes([number & 255, number >> 8, 9]) * 4
open(name, "wb").write(b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 4, 4, 8, 2, 0, 0, 0)) +
    chunk(b"IDAT", zlib.compress(row * 4)) + chunk(b"IEND", b""))
PY
picture() { python3 picture.py "$1" "up/$2"; }
ingest() { rm -rf batch && tc-ingest -q -d batch -r roster.csv "$@"; }
# joined NUMBER: by what, and the doubts of the record.
joined() {
	jq -r --arg no "$1" 'select(.student.student_no == $no and .match.state != "superseded") |
		[.match.state, .match.by, (.checks[] | select(.verdict == "fail") | .id)] |
		map(select(. != null)) | join(" ")' out
}
joins() { check "$1" is "$(joined "$2")" "$3"; }
# why FILE: the reason of a file that is nobody's.
why() {
	jq -r --arg entry "$1" 'select(.source.entry == $entry) | .match.state + ": " +
		(.match.reason // "no reason")' out
}

cat >roster.csv <<'CSV'
学号,姓名,证件号码,考生号,班级
202201010101,梁芳瑶,329901200209020200,22329901150001,计科2201
202201010102,李小芳,329901200404010219,22329901150002,计科2201
202201010103,王伟,329901200305290219,22329901150003,计科2201
202201010104,赵一诺,329901200301010021,22329901150004,计科2201
202201010105,钱多多,329901200301010048,22329901150005,计科2201
202201010106,周文博,329901200301010064,22329901150006,计科2201
202201010107,吴桂英,329901200301010080,22329901150007,计科2201
202201010108,孙浩然,329901200301010099,22329901150008,计科2201
202201010109,白思远,329901200301010101,22329901150009,计科2201
202201010110,高雨桐,32990120030101011X,22329901150010,计科2201
202201010111,陈嘉怡,329901200301010128,22329901150011,计科2201
202201010112,郑俊杰,329901200301010136,22329901150012,计科2201
202201010113,王伟,329901200301010152,22329901150014,计科2202
20220315,冯晓东,329901200301010144,22329901150013,计科2201
CSV
picture 1 202201010101/IMG_0001.png
picture 2 202201010102李小芳/照片.png
picture 3 计科2201/329901200305290219/微信图片_20260615083012.png
picture 4 22329901150004/原图/1.png
picture 4 22329901150004/原图/1（1）.png
picture 5 202201010105/钱多多.png
picture 6 周文博/IMG_0006.png
picture 9 202201010113/王伟.png
mkdir -p up/202201010107 && echo "%PDF-1.4 nothing" >up/202201010107/照片.pdf
picture 8 202201010108/IMG_0008.png
echo "<x/>" >up/202201010108/IMG_0008.xmp
echo "%PDF-1.4 nothing" >up/202201010108/登记表.pdf
: >up/202201010108/Thumbs.db
check_intake "folders with one picture each" 1 ingest up
joins "a number: for review" 202201010101 "matched student_no match.folder"
joins "a number and the name" 202201010102 "matched student_no match.folder"
joins "an ID number, below a class" 202201010103 "matched id_number match.folder"
joins "an exam number, two folders up, and the same bytes twice" 202201010104 \
	"matched exam_no match.folder"
joins "a name in a folder with the number is no doubt" 202201010105 "matched student_no"
joins "a name alone is a name" 202201010106 "matched name match.name"
joins "a name that others have, in a folder with the number" 202201010113 "matched student_no match.folder"
joins "a document is what came in the photo's place" 202201010107 \
	"matched student_no file.readable match.folder"
joins "what systems and editors leave behind, and a form, do not count" 202201010108 \
	"matched student_no match.folder"
printf 'include = jiangsu\n[check.match.folder]\nlevel = info\n' >each.conf
check_status "a profile of schools that send a folder for each student" 1 \
	ingest -p ./each.conf up
check "takes the folder's word, and no name's" jq -se 'def level($no; $id): .[] |
	select(.student.student_no == $no).checks[] | select(.id == $id).level;
	level("202201010101"; "match.folder") == "info" and
	level("202201010106"; "match.name") == "review"' out

# What is nobody's.
rm -rf up
picture 1 202201010101梁芳瑶/IMG_0001.png
picture 2 202201010101梁芳瑶/IMG_0002.png
picture 3 202201010101梁芳瑶/202201010102.png
picture 4 202201010103/女生/IMG_0004.png
picture 5 202201010103/男生/IMG_0005.png
picture 6 202201010104赵一诺/202201010105.png
picture 7 202201010106/李悟空.png
picture 8 202201010107/吴桂英202201019999.png
picture 9 202201010108孙浩然/202201010108.png
picture 10 20220315/IMG_0010.png
picture 11 20220615/IMG_0011.png
picture 12 202201010109李小芳/IMG_0012.png
picture 13 202201010112班长/IMG_0013.png
picture 14 2022010101111/IMG_0014.png
picture 15 202201010110高雨桐/陈嘉怡.png
picture 16 202201010111陈嘉怡/钱无忧.png
check_intake "folders that say nothing, or too much" 0 ingest up
check "a monitor's folder" is "$(why 202201010101梁芳瑶/IMG_0001.png)" "unmatched: no reason"
joins "where a picture's own number counts" 202201010102 "matched student_no"
joins "and the monitor has none" 202201010101 missing
joins "nor one with folders" 202201010103 missing
check "a folder and a number of two students" is "$(why 202201010104赵一诺/202201010105.png)" \
	"unmatched: the name of its folder, in which it lies alone, contradicts its own"
joins "is neither's" 202201010104 missing
joins "nor the other's" 202201010105 missing
check "somebody else's name in it" is "$(why 202201010106/李悟空.png)" \
	"unmatched: beside a student's number it holds a name that is not the student's"
joins "a number like it that no student has" 202201010107 missing
joins "the same number twice" 202201010108 "matched student_no"
joins "a date with a camera's picture is no student number" 20220315 missing
joins "a number and another's name" 202201010109 missing
check "the number and the name of one, and another's name on the picture" is \
	"$(why 202201010110高雨桐/陈嘉怡.png) $(why 202201010111陈嘉怡/钱无忧.png)" \
	"unmatched: the name of its folder, in which it lies alone, contradicts its own unmatched: the name of its folder, in which it lies alone, contradicts its own"
joins "is nobody's" 202201010110 missing
joins "another word beside the number" 202201010112 "matched student_no match.folder"
joins "a part of a longer number" 202201010111 missing
finish
