#!/bin/sh
# tc-ingest: XLS, also workbooks so small that their stream lies among small ones, and
# records without a container as web systems write them.
. "$(dirname "$0")/lib.sh"

cat >make.py <<'PY'
import sys
import xls
HEAD = ["学号", "姓名", "身份证号", "班级"]
def row(i):
    return ["2022%08d" % i, "欧%s" % "芳瑶铭岚"[i % 4], "", "计科2201"]
def rows(count):
    return [HEAD] + [row(i) for i in range(1, count + 1)]
for kind in ["97", "95", "bare"]:
    xls.write("small-%s.xls" % kind, [("名单", rows(5))], kind)
    xls.write("large-%s.xls" % kind, [("名单", rows(900))], kind)
merged = [row + [] for row in rows(6)]
for i in range(2, 7):
    merged[i][3] = ""
xls.write("merged.xls", [("名单", merged)], "97", [(1, 6, 3, 3)])
xls.write("hidden.xls", [("名单", rows(5)), ("旧表", rows(9))], hidden=["旧表"])
numbers = [HEAD] + [[{"v": i, "fmt": '"2026"0000'}, "欧芳", "", ""] for i in (1, 2)]
xls.write("format.xls", [("名单", numbers)])
long = [HEAD] + [[202201010000 + i, "欧芳", 329901200209020272, ""] for i in (1, 2)]
xls.write("long.xls", [("名单", long)])
formula = [HEAD, ["202201010101", {"f": 1}, "", "计科2201"]]
xls.write("formula.xls", [("名单", formula)])
whole = open("large-97.xls", "rb").read()
open("cut.xls", "wb").write(whole[:len(whole) // 2])
bare = open("small-bare.xls", "rb").read()
open("cut-bare.xls", "wb").write(bare[:-20])
open("locked.xls", "wb").write(bare[:4] + b"\0\x06\5\0" + bare[8:12] +
    xls.record(0x2F, bytes(6)) + bare[12:])
open("old.xls", "wb").write(b"\x09\0\4\0\2\0\x10\0" + bytes(40))

# Contradictory: shared texts twice, a formula's record cut short, too many sheets.
def with_globals(stream, extra):
    """The records at the end of what the book says before its sheets."""
    out, at, kind = b"", 0, None
    while kind != 0x0A:
        kind, size = xls.struct.unpack_from("<HH", stream, at)
        one = stream[at:at + 4 + size]
        if kind == 0x85:
            offset = xls.struct.unpack_from("<I", one, 4)[0] + len(extra)
            one = one[:4] + xls.struct.pack("<I", offset) + one[8:]
        out += (extra if kind == 0x0A else b"") + one
        at += 4 + size
    return out + stream[at:]
def save(name, stream):
    open(name, "wb").write(xls.container(stream, "Workbook"))
plain = xls.stream([("名单", rows(5))], "97", [], [])
save("twice.xls", with_globals(plain, xls.shared_texts(["text %d" % i for i in range(100000)])))
cut = xls.stream([("名单", formula)], "97", [], [])
record = xls.record(0x06, xls.struct.pack("<HHHQHIH", 1, 1, 0, 0xFFFF << 48, 0, 0, 0))
assert record in cut
save("cut-formula.xls", cut.replace(record, xls.record(0x06, record[4:12]) + xls.record(0x201, bytes(10))))

# A workbook inside of another, or of a text document, has streams of the same names.
def within(outer, name, inner):
    streams = [data.ljust(-(-len(data) // 512) * 512, b"\0") for data in (inner, outer)]
    first, second = [len(data) // 512 for data in streams]
    fats = -(-(first + second + 2) // 126)
    at = fats + 1
    def entry(name, kind, links, start, size):
        one = bytearray(xls.entry(name, kind, links[2], start, size))
        xls.struct.pack_into("<II", one, 68, *links[:2])
        return bytes(one)
    none = xls.FREE
    directory = (entry("Root Entry", 5, (none, none, 2), xls.END, 0) +
        entry("Workbook", 2, (none, none, none), at, len(inner)) +
        entry("MBD0001", 1, (none, 3, 1), 0, 0) +
        entry(name, 2, (none, none, none), at + first, len(outer)))
    fat = ([xls.FAT_SECTOR] * fats + [xls.END] + list(range(at + 1, at + first)) + [xls.END] +
        list(range(at + first + 1, at + first + second)) + [xls.END])
    head = xls.container(bytes(4096), "Workbook")[:44] + xls.struct.pack("<IIIIIIIII",
        fats, fats, 0, 4096, xls.END, 0, xls.END, 0, 0)
    head += xls.struct.pack("<108I", *list(range(1, fats)), *[none] * (109 - fats))
    table = xls.struct.pack("<%dI" % len(fat), *fat).ljust(512 * fats, b"\xff")
    return head + table + directory + b"".join(streams)
inner = xls.stream([("旧", rows(300))], "97", [], [])
for name, outer in [("Workbook", rows(900)), ("WordDocument", rows(300))]:
    open("within-%s.xls" % name, "wb").write(within(xls.stream([("名单", outer)], "97", [], []), name, inner))
xls.write("sheets.xls", [("名单%d" % i, rows(1)) for i in range(1025)])
PY
check "workbooks are made" env PYTHONPATH="$TC_TOP/tests" python3 make.py

ingest() { rm -rf batch && tc-ingest -q -d batch -s 10285 -y 2026 -r "$1"; }
students() { jq -es --argjson n "$1" '.[-1].lines.students == $n' out; }
for kind in 97 95 bare; do
	check_status "a small workbook ($kind)" 0 ingest "small-$kind.xls"
	check "has 5 students" students 5
	cp out small-out
	check_status "a larger one ($kind)" 0 ingest "large-$kind.xls"
	check "has 900" students 900
	check "and the first is the same" sh -c '
		a=$(jq -c "select(.student) | .student" small-out | head -n 1)
		b=$(jq -c "select(.student) | .student" out | head -n 1)
		test -n "$a" -a "$a" = "$b"'
done
check_status "merged cells" 0 ingest merged.xls
check "are all their rows'" jq -es '[.[] | select(.student) | .student.class] ==
	["计科2201","计科2201","计科2201","计科2201","计科2201","计科2201"]' out
check_status "a hidden sheet" 0 ingest hidden.xls
check "is no part of the list" students 5
check "and is named" grep -q "旧表" err
check_status "a format with a part that all have" 0 ingest format.xls
check "is what the sheet shows" jq -es '[.[] | select(.student) | .student.student_no] ==
	["20260001", "20260002"]' out
check_status "numbers of more digits than numbers have" 0 ingest long.xls
check "are dropped with a doubt" jq -es '[.[] | select(.student) | .student] |
	all(has("id_number") | not) and all(.doubts | contains("15 digits"))' out
check_status "a formula without a stored text" 0 ingest formula.xls
check "is a doubt" jq -es '.[1].student.doubts | contains("formula")' out
for file in cut cut-bare; do
	check_status "$file.xls" 2 ingest "$file.xls"
	check "says that it broke off" grep -q "broke off" err
done
check_status "a password" 2 ingest locked.xls
check "is said" grep -q "password" err
check_status "Excel 2 to 4" 2 ingest old.xls
check "is said, with what to do" grep -q "Excel 2 to 4.*save it as XLSX" err
check_status "shared texts twice" 0 ingest twice.xls
check "has 5 students" students 5
check_status "a formula that is cut short" 2 ingest cut-formula.xls
check "is damage" grep -q "damaged" err
check_status "more sheets than are read" 2 ingest sheets.xls
check "is said" grep -q "more than 1024 sheets" err
check_status "a workbook inside of a workbook" 0 ingest within-Workbook.xls
check "is not the list" students 900
check_status "a workbook inside of a text document" 2 ingest within-WordDocument.xls
check "is none" grep -q "it is a text document" err
finish
