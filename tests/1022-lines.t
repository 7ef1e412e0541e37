#!/bin/sh
# tc-ingest: every line, sheet, column and roster is read or named.
. "$(dirname "$0")/lib.sh"

# Twelve people; the ID numbers hold together.
cat >people.py <<'PY'
import sys
sys.path.insert(0, sys.argv[1] + "/tests")
import xlsx
def check(digits):
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights)) % 11]
names = "梁芳瑶 范成铭 刘珊岚 任文锋 孙月蕾 阿依古丽·买买提 沈强志 陈涵敏 曾建博 董霞玲 于睿勇 唐佳敏".split()
people = [("20220101%04d" % (101 + i), name, check("329901200%d0%d%02d%03d" % (i % 5, i % 8 + 1, i + 10, 20 + i)),
           "信息学院" if i < 6 else "教育学院", "计科2201" if i < 6 else "小教2201") for i, name in enumerate(names)]
head = ["学号", "姓名", "身份证号", "学院", "班级"]
PY
python() {
	{ cat people.py && cat; } >make.py && python3 make.py "$TC_TOP"
}
mkdir nothing
ingest() {
	rm -rf batch
	tc-ingest -q -d batch -s 99999 -y 2026 "$@"
}
# students N, lines N: what the end says; says WORDS: a line of standard error.
students() { tail -n 1 out | jq -e ".lines.students == $1" >check.json; }
skipped() { tail -n 1 out | jq -e ".lines.skipped == $1" >check.json; }
says() { grep -q -e "$1" err || { cat err; false; }; }
notes() { jq -r "select(.student.notes // \"\" | test(\"$1\")) | .id" out | wc -l | grep -qx "$2"; }

# A word at the beginning of a cell decides nothing; footers are no students.
python <<'PY'
xlsx.write("words.xlsx", [("S", [["审核状态"] + head] + [["审核通过" if i % 2 else "合计"] + list(p)
    for i, p in enumerate(people)])])
foot = [["某大学2026届名单"], ["学院：信息学院", None, "班级：计科2201"], head] + [list(p) for p in people[:4]]
foot += [["第1页 共2页"], [], head] + [list(p) for p in people[4:]]
foot += [["合计", "12人"], ["班主任签字：", None, "日期：", "2026年3月1日"], ["注：请核对无误后签字"],
    ["1、请各班级认真核对"], ["联系人：李老师  电话：025-12345678"], ["以下空白"]]
xlsx.write("foot.xlsx", [("S", foot, {"merge": ["A1:E1", "A%d:E%d" % (len(foot), len(foot))]})])
PY
check_intake "words before the number" 0 ingest -r words.xlsx nothing
check "are no reason to drop anybody" students 12
check_intake "footers and pages" 0 ingest -r foot.xlsx nothing
check "are no students" students 12
check "and every line is accounted for" skipped 9
check "those of the list are named" sh -c '
	grep -q "row 8 .第1页. is skipped" err && grep -q "row 9 is skipped: it is blank" err &&
	grep -q "row 10 .* the headings again" err && grep -q "row 19 .合计. is skipped" err'
check "in the manifest, too" sh -c '
	tail -n 1 out | jq -e "[.skipped[] | select(.kind == \"line\") | .row] == [8,9,10,19,20,21,22,23,24]"'
check "and no name or number of a footer" sh -c '! grep -q -e "李老师" -e "12345678" err out'
check_intake "told again by a run without it" 0 tc-ingest -q -d batch nothing
check "the same" skipped 9

# One damaged key does not cost a row that another key identifies.
python <<'PY'
rows = [list(p) for p in people]
rows[1][2] = "3.29901E+17"
rows[2][1] = "刘?岚"
rows[3][2] = "身份证丢失"
rows[4][0] = "2.02201E+11"
rows[5][2] = "329901-20021226"
rows[7][2] = "ID:" + rows[7][2]
rows[8][2] = rows[8][2][:10] + "O" + rows[8][2][11:]
rows[9][1] = "李\ue863"
rows[10][1] = "无"
rows[11][1] = "李龙/李虎"
xlsx.write("damaged.xlsx", [("S", [head] + rows)])
with open("short.csv", "w", encoding="gb18030") as out:
    print("学号,姓名,身份证号,班级", file=out)
    for p in people:
        print("2.02201E+11,%s,%s,%s" % (p[1], p[2], p[4]), file=out)
with open("long.csv", "w", encoding="gb18030") as out:
    print("学号,姓名,身份证号,班级", file=out)
    for p in people:
        print("202201000000,%s,%s,%s" % (p[1], p[2], p[4]), file=out)
PY
check_intake "damaged values" 0 ingest -r damaged.xlsx nothing
check "nobody is lost" students 12
check "each has a note" notes . 10
check "and a doubt" sh -c 'jq -r ".student.doubts // empty" out | wc -l | grep -qx 10'
check "no damaged number is kept" sh -c '
	! jq -c .student out | grep -e E+1 -e "329901-" -e ID: -e 丢失'
for kind in short long; do
	check_intake "CSV with numbers made $kind" 0 ingest -r $kind.csv nothing
	check "$kind: the ID number identifies each" students 12
	check "$kind: each has a note" notes student_no 12
done

# The name of a class above its students, whatever column it stands in; headings that DBF
# has cut behind ten bytes.
python <<'PY'
import struct
xlsx.write("divided.xlsx", [("S", [["身份证号", "姓名", "学号"], ["计科2201班"]] + [[p[2], p[1], p[0]] for p in people[:6]] +
    [["小学教育220101班"]] + [[p[2], p[1], p[0]] for p in people[6:]])])
names = [text.encode("gbk")[:10] for text in ("学生身份证号码", "学生姓名", "学号（必填）", "二级学院名称", "行政班级名称", "预计毕业日期")]
rows = [[text.encode("gbk") for text in (p[2], p[1], p[0], p[3], p[4], "20260701")] for p in people]
widths = [max(len(row[i]) for row in rows) for i in range(len(names))]
with open("cut.dbf", "wb") as out:
    out.write(struct.pack("<4BIHH20x", 3, 126, 3, 1, len(rows), 33 + 32 * len(widths), 1 + sum(widths)))
    for name, width in zip(names, widths):
        out.write(name.ljust(11, b"\0") + b"C" + bytes(4) + bytes([width]) + bytes(15))
    out.write(b"\r" + b"".join(b" " + b"".join(cell.ljust(width) for cell, width in zip(row, widths)) for row in rows) + b"\x1a")
PY
check_intake "a class's name in the column of ID numbers" 0 ingest -r divided.xlsx nothing
check "is nobody" students 12
check "and is named" sh -c 'grep -q "row 2 .* is skipped" err && grep -q "row 9 .* is skipped" err'
check_intake "headings of DBF that are cut" 0 ingest -r cut.dbf nothing
check "are known" sh -c 'jq -c "select(.type == \"photo\") | .student | [.student_no, .name, .college, .class, .graduation_date]" out |
	grep -c "2022.*梁芳瑶\|信息学院.*计科2201.*202607" | grep -qx 6'
check "none is left unread" sh -c '! grep "was not read" err'

# A date or a teacher's telephone under the list, "as above", a placeholder.
python <<'PY'
xlsx.write("under.xlsx", [("S", [["学号", "姓名", "学院", "班级"]] + [[p[0], p[1], p[3], "同上" if i % 2 else p[4]]
    for i, p in enumerate(people)] + [["202201019999", "待定", "", ""], ["13900001111", "李老师", "", ""],
    ["2026-03-01", "", "", ""], ["", "", "", "2026年3月1日"], ["2026.3.1", "", "", ""]])])
xlsx.write("copy.xlsx", [(name, [head] + [list(p) for p in people]) for name in ("名单", "名单 (2)")])
PY
check_intake "what stands under a list" 0 ingest -r under.xlsx nothing
check "a date is no student" students 14
check "and is named" sh -c 'grep -q "row 16 .* is skipped" err && grep -q "row 17 .* is skipped" err &&
	grep -q "row 18 .* is skipped" err'
check "a telephone number is doubted" sh -c '
	jq -r "select(.student.student_no == \"13900001111\") | .student.doubts" out | grep -q "telephone"'
check "a placeholder is no name" sh -c '
	jq -r "select(.student.student_no == \"202201019999\") | .student.doubts" out | grep -q "no name"'
check "as above is no class" sh -c '! jq -r ".student.class // empty" out | grep 同上'
check "and is doubted" sh -c 'jq -r ".student.doubts // empty" out | grep -c "class says only" | grep -qx 6'
check_intake "a copy of the sheet" 0 ingest -r copy.xlsx nothing
check "is named with its name" says "sheet '名单 (2)' row 2 is repeated: it repeats sheet '名单' row 2"

# What a number's format shows; formulas that nobody computed.
python <<'PY'
xlsx.write("prefix.xlsx", [("S", [head[:2]] + [[{"v": i + 1, "fmt": '"2026"0000'}, p[1]]
    for i, p in enumerate(people)])])
xlsx.write("dash.xlsx", [("S", [head[:2]] + [[{"v": i + 1, "fmt": "000-0000"}, p[1]]
    for i, p in enumerate(people)])])
xlsx.write("long-dash.xlsx", [("S", [head[:2]] + [[{"v": i + 1, "fmt": "000-0000000"}, p[1]]
    for i, p in enumerate(people)])])
xlsx.write("asked.xlsx", [("S", [head[:2]] + [[{"v": 20220001 + i, "fmt": '[>5]"A"0;"B"0'}, p[1]]
    for i, p in enumerate(people)])])
xlsx.write("formula.xlsx", [("S", [head] + [[{"f": 'A1&"x"'}] + list(p[1:]) for p in people])])
PY
check_intake "a part that the format adds" 0 ingest -r prefix.xlsx nothing
check "is the number's" sh -c 'jq -r ".student.student_no // empty" out | head -n 1 | grep -qx 20260001'
check_intake "signs that the format adds" 0 ingest -r dash.xlsx nothing
check "are shown" sh -c 'jq -r ".student.student_no // empty" out | head -n 1 | grep -qx 000-0001'
check_intake "numbers as long as telephones, without the code of a place" 0 ingest -r long-dash.xlsx nothing
check "are students'" students 12
python <<'PY'
xlsx.write("scaled.xlsx", [("S", [head[:2]] + [[{"v": 2022000001 + i, "fmt": "0,"}, p[1]] for i, p in enumerate(people)])])
import struct
def dbf(path, rows, deleted):
    with open(path, "wb") as out:
        out.write(struct.pack("<4BIHH20x", 3, 126, 3, 1, len(rows) - 1, 33 + 32 * 2, 25))
        for name in rows[0]:
            out.write(name.encode().ljust(11, b"\0") + b"C" + bytes(4) + bytes([12]) + bytes(15))
        out.write(b"\r")
        for i, row in enumerate(rows[1:]):
            out.write((b"*" if i in deleted else b" ") + b"".join(text.encode("gbk").ljust(12) for text in row))
        out.write(b"\x1a")
dbf("deleted.dbf", [("XH", "XM")] + [(p[0], p[1][:3]) for p in people], {2, 5})
PY
check_intake "a format that leaves digits out" 0 ingest -r scaled.xlsx nothing
check "is noted" notes "format shows something else" 12
check_intake "records of a DBF that are deleted" 0 ingest -r deleted.dbf nothing
check "are no students" students 10
check "and are told" says "row 4 is skipped: it is marked as deleted"
check_intake "a format that is not understood" 0 ingest -r asked.xlsx nothing
check "is noted" notes "format shows something else" 12
check_intake "formulas without values" 0 ingest -r formula.xlsx nothing
check "are noted" notes "formula without a stored value" 12

# Footers in several cells, under every column.
python <<'PY'
foot = [["制表人：张三", "", "审核人：李四"], ["（盖章）"], ["年   月   日"], ["—— 以下空白 ——"], ["*以上名单经本人核对无误*"],
    ["第 1 页，共 3 页"], ["1/3"], ["电话", "025-83333333"], ["共计：12人，其中男生6人，女生6人"],
    ["联系人", "王老师", "13900000000"], ["填表日期", "2026/3/1"], ["Total", "12"], ["※注意事项"], ["12"], ["-"],
    ["学院（公章）："], ["班长签名", "梁芳瑶"], ["辅导员：", "赵敏"]]
xlsx.write("cells.xlsx", [("S", [head] + [list(p) for p in people] + foot)])
xlsx.write("names.xlsx", [("S", [["姓名", "学号"]] + [[p[1], p[0]] for p in people] + foot)])
xlsx.write("numbered.xlsx", [("S", [["序号"] + head] + [[i + 1] + list(p) for i, p in enumerate(people)] + foot)])
xlsx.write("shifted.xlsx", [("S", [head] + [list(p) for p in people] + [["男", "范成铭"], ["025-83333333", "任文锋"],
    ["男生", "孙月蕾", "", "信息学院"], ["", "沈强志", "本校"], ["2022", "", "", "信息学院", "计科2201"]])])
PY
for book in cells names numbered; do
	check_intake "footers of several cells, $book" 0 ingest -r $book.xlsx nothing
	check "are no students" students 12
	check "are skipped, each" skipped 18
done
check_intake "names beside what is no number" 1 ingest -r shifted.xlsx nothing
check "are refused" sh -c 'grep -q "row 14 is refused" err && grep -q "row 15 is refused: .*telephone" err'
check "and rows of which more is a student's" sh -c 'for row in 16 17 18; do grep -q "row $row is refused" err || exit 1; done'

# Headings again at the end, with a footer's word that is a heading, too.
python <<'PY'
top = ["附加"] + head
xlsx.write("again.xlsx", [("S", [["某大学2026届名单"], top] + [["甲"] + list(p) for p in people] + [top, ["审核人："]])])
PY
check_intake "headings above a footer" 0 ingest -r again.xlsx nothing
check "begin no list" students 12

# Values that look whole: masked names, pinyin for a rare character, two numbers in one cell.
python <<'PY'
odd = ["刘*岚", "刘＊岚", "刘shan", "刘某某", "刘", "刘岚（班长）", "刘岚(女)", "刘_岚", "锟斤拷", "王⿰木风", "刘○岚",
    "★刘岚", "(转)刘岚"]
whole = ["阿依古丽·买买提", "Ivan Petrov", "欧阳明月", "刘岚", "O'Neil", "Éric Müller", "Иван Петров", "김철수",
    "བསོད་ནམས", "田中さくら", "'Ali Hassan", "ꆈꌠ"]
xlsx.write("odd.xlsx", [("S", [head[:2]] + [["2022%08d" % (i + 1), name] for i, name in enumerate(odd + whole)])])
cells = ["202202010101/202202010102", "202202010103 202202010104"]
xlsx.write("two.xlsx", [("S", [head[:2]] + [["20220101%04d" % i, "刘岚"] for i in range(100, 150)] +
    [[cell, "王芳"] for cell in cells])])
xlsx.write("comma.xlsx", [("S", [head[:3]] + [["2,02201E+11", people[0][1], people[0][2]],
    ["２．０２２０１Ｅ＋１１", people[1][1], people[1][2]]])])
xlsx.write("cross.xlsx", [("S", [head[:3]] + [[p[0], p[1], p[2].replace("X", "×" if i % 2 else "Ⅹ")]
    for i, p in enumerate(people)])])
xlsx.write("spaced.xlsx", [("S", [head, ["合 计", None, "12人"]] + [list(p) for p in people] +
    [["全校总计", "12"], ["李 老师"]])])
PY
check_intake "names that are none" 0 ingest -r odd.xlsx nothing
check "are doubted, and whole ones are not" sh -c 'jq -r "select(.student) | .student |
	select((.doubts != null) != (.student_no <= \"202200000013\")) | .student_no" out | diff - /dev/null'
check "each is kept" sh -c 'jq -r ".student.name // empty" out | grep -c . | grep -qx 25'
check "and told" sh -c 'for word in "is masked" "holds letters beside" "is an example" "is one character" \
	"holds a character that was lost"; do grep -q "name $word" err || { cat err; exit 1; }; done'
check_intake "masked names where students are known by codes" 0 ingest -p jiangsu-code -r odd.xlsx nothing
check "are as they are" sh -c 'jq -r "select(.student) | .student.notes // empty" out | grep -c masked | grep -qx 0'
check_intake "two numbers in one cell" 0 ingest -r two.xlsx nothing
check "are doubted" sh -c 'jq -r "select(.student) | .student.doubts // empty" out | grep -c "holds two numbers" | grep -qx 2'
check_intake "shortened numbers with other signs" 0 ingest -r comma.xlsx nothing
check "are damaged" sh -c 'jq -r "select(.student) | .student | select(.doubts) | .student_no // \"none\"" out |
	sort | uniq -c | grep -q "2 none"'
check_intake "other signs for the X of an ID number" 0 ingest -r cross.xlsx nothing
check "are an X" sh -c 'jq -r "select(.student) | .student | select(.id_number | endswith(\"X\")) | .notes // \"whole\"" out |
	sort -u | grep -qx whole'
check_intake "totals with a blank within" 0 ingest -r spaced.xlsx nothing
check "are shown whole, and names are not" sh -c 'grep -q "合 计. is skipped: it is a total" err &&
	grep -q "全校总计. is skipped: it is a total" err && ! grep -q "李 老师" err'
cat >footers.csv <<'CSV'
学号,姓名
202201010101,欧阳明
辅导员张三丰,
班主任张三丰、李小芳,
张三丰：13812345678,
张三丰、李小芳,
张三丰/李小芳,
阿卜杜热西提·买买提,
审核：张三丰,
全校总计,
CSV
check_intake "names behind words, before signs and with a dot" 0 ingest -r footers.csv nothing
check "are masked in the lines that are skipped" sh -c '! grep -q "三丰\|买买提" err out &&
	grep -q "辅导员张\*丰. is skipped" err && grep -q "全校总计. is skipped" err'

# Sheets: classes, an example, two years, hidden ones, without headings.
python <<'PY'
short = head[:4]
xlsx.write("classes.xlsx", [("计科220%d班" % (k + 1), [short] + [list(p[:4]) for p in people[4 * k:4 * k + 4]])
    for k in range(3)])
xlsx.write("example.xlsx", [("毕业生名单", [head[:3]] + [list(p[:3]) for p in people]),
    ("填写示例", [head] + [["202299990001", "张某", people[0][2], "某学院", "某班"]])])
xlsx.write("years.xlsx", [("2025届", [head] + [["2021" + p[0][4:]] + list(p[1:2]) + [None] + list(p[3:])
    for p in people] ), ("2026届", [head] + [list(p) for p in people[:10]])])
xlsx.write("earlier.xlsx", [("往届", [head] + [["2021" + p[0][4:]] + list(p[1:2]) + [None] + list(p[3:])
    for p in people] ), ("应届", [head] + [list(p) for p in people[:10]])])
xlsx.write("alone.xlsx", [("往届生", [head] + [list(p) for p in people])])
xlsx.write("group.xlsx", [("S", [["身份证号", "姓名", "学院"]] + [["计科20220101班"]] + [[p[2], p[1], p[3]]
    for p in people[:6]] + [["软件工程20220102A班"]] + [[p[2], p[1], p[3]] for p in people[6:]])])
xlsx.write("hidden.xlsx", [("名单", [head] + [list(p) for p in people[:6]], {"hidden_rows": [3, 4]}),
    ("旧", [head] + [list(p) for p in people[6:]], {"hidden": 1})])
xlsx.write("veiled.xlsx", [("名单", [head] + [list(p) for p in people[:6]]),
    ("旧", [list(p) for p in people[6:]], {"hidden": 1})])
xlsx.write("bare.xlsx", [("名单", [head] + [list(p) for p in people[:6]]),
    ("续", [list(p) for p in people[6:]])])
xlsx.write("below.xlsx", [("名单", [head] + [list(p) for p in people[:6]] + [[], ["小教2201"],
    [head[1], head[0]] + head[2:]] + [[p[1], p[0]] + list(p[2:]) for p in people[6:]])])
PY
check_intake "a sheet for each class" 0 ingest -r classes.xlsx nothing
check "all are one roster" students 12
check "their names are the classes" sh -c '
	jq -r ".student.class // empty" out | sort | uniq -c | grep -c " 4 计科220[123]班" | grep -qx 3'
check_intake "a list beside an example" 1 ingest -r example.xlsx nothing
check "is the list" students 12
check "the example is told" says "'填写示例' was not read: it is an example"
check_intake "two years" 1 ingest -r years.xlsx nothing
check "this one counts" students 10
check "the other is told" says "'2025届' was not read: it is of another class"
check_intake "an earlier year without a number" 1 ingest -r earlier.xlsx nothing
check "this one counts" students 10
check "the other is told" says "'往届' was not read: it is of another class of graduation; 12 students"
python <<'PY'
import os
os.makedirs("names/往届"), os.makedirs("names/应届")
xlsx.write("names/往届/名单.xlsx", [("Sheet1", [head] + [["2021" + p[0][4:]] + list(p[1:2]) + [None] + list(p[3:])
    for p in people])])
xlsx.write("names/应届/名单.xlsx", [("Sheet1", [head] + [list(p) for p in people[:10]])])
PY
check_intake "an earlier year by folder" 1 ingest names
check "this one counts" students 10
check_intake "earlier years alone" 0 ingest -r alone.xlsx nothing
check "are read, and that is told" sh -c 'grep -q "it is of another class of graduation, and was read all" err'
check_intake "classes over their students in the column of ID numbers" 0 ingest -r group.xlsx nothing
check "are skipped, and named" sh -c 'grep -q "is skipped: neither a number nor a name" err'
check "... all students are read" students 12
check_intake "--sheet chooses" 0 ingest --sheet 2025届 -r years.xlsx nothing
check "the other" students 12
check_intake "hidden rows and sheets" 0 ingest -r hidden.xlsx nothing
check "rows are read" students 6
check "both are told" sh -c 'grep -q "2 rows .* are hidden and were read" err && grep -q "旧.*it is hidden" err'
check_intake "a hidden sheet without headings" 0 ingest -r veiled.xlsx nothing
check "is told, with what it holds" says "it is hidden and has no headings, and 6 of its rows look"
check_intake "a sheet without headings" 1 ingest -r bare.xlsx nothing
check "is told, with what it seems to hold" says "'续' was not read: no row of headings.* 6 of its rows"
check_intake "two lists in a sheet, columns exchanged" 0 ingest -r below.xlsx nothing
check "are both read" students 12
check "each column as its heading says" sh -c '! jq -r ".student.name // empty" out | grep 2022'

# Several files.
python <<'PY'
import os
os.makedirs("up/A"), os.makedirs("up/B")
xlsx.write("up/A/A.xlsx", [("S", [head] + [list(p) for p in people[:6]])])
xlsx.write("up/B/B.xlsx", [("S", [head] + [list(p) for p in people[6:]])])
xlsx.write("new.xlsx", [("S", [head] + [list(p[:4]) + ["小教2202"] for p in people[6:8]])])
os.utime("up/B/B.xlsx", (1000, 1000))
PY
check_intake "rosters by folder" 0 ingest up
check "are one" students 12
python <<'PY'
import os
for i, folder in enumerate(("计科2201", "小教2201")):
    os.makedirs("same/" + folder)
    xlsx.write("same/%s/名单.xlsx" % folder, [("S", [head] + [list(p) for p in people[6 * i:6 * i + 6]] + [[None, "张三"]])])
PY
check_intake "rosters of one name in two folders" 1 ingest same
check "are told by their folders" sh -c '
	grep -q "roster .计科2201/名单.xlsx. sheet .S. row 8 is refused" err &&
	grep -q "roster .小教2201/名单.xlsx. sheet .S. row 8 is refused" err'
check_intake "an error of one of them is acknowledged" 1 \
	tc-ingest -q -d batch --acknowledge 小教2201/名单.xlsx:8
check "the other one stays" sh -c 'tail -n 1 out | jq -e ".errors == 1 and .acknowledged == 1"'
check_intake "-r twice" 0 ingest -r up/A/A.xlsx -r up/B/B.xlsx
check "is one" students 12
check_intake "the same student in two files" 0 ingest -r new.xlsx -r up/A/A.xlsx -r up/B/B.xlsx
check "is one student" students 12
check "the newer file's value counts" sh -c '
	jq -r ".student.class // empty" out | grep -c 小教2202 | grep -qx 2'
check "and both places are told" says "'B.xlsx'.* is repeated: it repeats 'new.xlsx' row 2, with another class"
check_intake "-r beside a roster in an upload" 0 ingest -r up/A/A.xlsx up
check "the upload's is told" says "roster 'B.xlsx' was not read: -r names others"

# A class whose sheet nobody filled in.
python <<'PY'
xlsx.write("unfilled.xlsx", [("小教2201", [head] + [list(p) for p in people]), ("小教2202", [head, [None, " "]])])
PY
check_intake "an unfilled sheet" 0 ingest -r unfilled.xlsx
check "is told" says "sheet '小教2202' was not read: no student stands below its headings"
check "its name is told once" sh -c '! grep "小教2202.*小教2202" err'

# A roster that shrinks.
python <<'PY'
xlsx.write("all.xlsx", [("S", [head] + [list(p) for p in people])])
xlsx.write("head.xlsx", [("S", [head])])
xlsx.write("one.xlsx", [("S", [head] + [list(p) for p in people[:6]])])
xlsx.write("less.xlsx", [("S", [head] + [list(p) for p in people[:10]])])
PY
ingest -r all.xlsx nothing >before 2>err
cp -r batch kept
for kind in head one; do
	check_status "$kind: a class is gone" 2 tc-ingest -q -d batch -r $kind.xlsx nothing
	check "$kind: with the numbers and the class" says "lacks .* of the 12 .*'小教2201' (6)"
	check "$kind: nothing was changed" diff -r batch kept
done
check_intake "two are gone" 0 tc-ingest -q -d batch -r less.xlsx nothing
check "which is no accident" students 10
check_intake "--replace-roster" 0 tc-ingest -q -d batch --replace-roster -r one.xlsx nothing
check "takes it" students 6

# Columns.
python <<'PY'
two = [["学号", "姓名", "证件", None, "学院", "班级"], [None, None, "类型", "号码"]]
rows = [[p[0], p[1], "居民身份证", p[2], p[3], p[4]] for p in people]
xlsx.write("two.xlsx", [("S", two + rows, {"merge": ["A1:A2", "B1:B2", "C1:D1", "E1:E2", "F1:F2"]})])
xlsx.write("unmerged.xlsx", [("S", two + rows)])
xlsx.write("odd.xlsx", [("S", [["学号", "姓名", "证照编码", "呼号", "手机号码", "通讯地址", "收件人", "毕业季", "校别", "是否缴费"]] +
    [[p[0], p[1], p[2], "1390000%04d" % i, "1380000%04d" % i, "某路1号", p[1], "春季", "校本部", "是"]
    for i, p in enumerate(people)])])
xlsx.write("unknown.xlsx", [("S", [["证照编码", "姓名"]] + [[p[2], p[1]] for p in people])])
PY
for kind in two unmerged; do
	check_intake "$kind: headings of two rows" 0 ingest -r $kind.xlsx nothing
	check "$kind: are joined" sh -c 'jq -r ".student.id_number // empty" out | wc -l | grep -qx 12'
done
check_intake "unknown headings" 0 ingest -r odd.xlsx nothing
check "are told with what they seem to hold" sh -c '
	grep -q "column .证照编码. was not read: .*ID numbers.*id_number = heading" err &&
	grep -q "column .呼号. was not read: .*telephone" err'
check "what lists need is kept" sh -c 'jq -e "select(.type == \"photo\") | .student |
	.phone == \"13800000000\" and .address == \"某路1号\" and .recipient == .name and
	.season == \"春季\" and .branch == \"校本部\" and .fee_paid == \"是\"" out | head -n 1 | grep -qx true'
check_status "no known number" 2 ingest -r unknown.xlsx nothing
check "the column is named" says "column A '证照编码' looks like ID numbers"
python <<'PY'
adorned = [("①学号", "★姓名", "身份证号（18位，X大写）"), ("1.学号", "2.姓名", "3.身份证号"), ("【学号】", "姓名#", "身份证号<必填>"),
    ("学号_必填", "姓名-必填", "身份证号(必填,请勿修改)"), ("stu_no", "student_name", "id_card_no"), ("1、学号", "名字", "护照号"),
    ("学号（8-12位）", "姓名※", "有效身份证号")]
for i, names in enumerate(adorned):
    xlsx.write("adorned%d.xlsx" % i, [("S", [names] + [p[:3] for p in people])])
xlsx.write("others.xlsx", [("S", [("学号", "姓名", "学号（旧）", "姓名(家长)", "学生工号")] +
    [p[:2] + ("2021" + p[0][4:], "张三丰", "9" + p[0]) for p in people])])
PY
ingest_adorned() {
	for book in adorned?.xlsx; do
		ingest -r "$book" nothing >out 2>err || return 1
		jq -se 'map(select(.student)) | length == 12 and all(.[].student; .student_no and .name and .id_number)' out ||
			{ echo "$book"; cat err; return 1; }
	done
}
tr , "|" <<CSV >pipe.csv
学号,姓名
202201010101,梁芳瑶
CSV
sed 's/|/，/' pipe.csv >wide.csv
check_intake "columns parted by |" 0 ingest -r pipe.csv nothing
check "are columns" students 1
check_status "columns parted by what parts none" 2 ingest -r wide.csv nothing
check "are told" says "it has one column: commas, tabs"
check "numbers, signs and words beside headings do not matter" ingest_adorned
check_intake "headings with words that mean others" 0 ingest -r others.xlsx nothing
check "are not taken for them" sh -c 'for column in "学号（旧）" "姓名(家长)" "学生工号"; do
	grep -q "column .$column. was not read" err || exit 1; done;
	jq -r ".student.name // empty" out | grep -c 张三丰 | grep -qx 0'

# Web pages and XML that are called .xls; CSV with a quotation mark inside.
python <<'PY'
page = "<html><head><meta charset=gbk></head><body><table><tr>%s</tr>\n%s</table></body></html>" % (
    "".join("<th>%s</th>" % h for h in head),
    "\n".join("<tr>%s</tr>" % "".join("<td>%s</td>" % v for v in p) for p in people))
open("page.xls", "w", encoding="gb18030").write(page)
import base64
open("mail.xls", "wb").write(b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=\"xx\"\r\n\r\n"
    b"--xx\r\nContent-Type: text/html; charset=\"gb2312\"\r\nContent-Transfer-Encoding: base64\r\n\r\n" +
    base64.encodebytes(page.encode("gb18030")) + b"\r\n--xx--\r\n")
open("spans.xls", "w").write("<table><tr><td colspan=5>名单</td></tr><tr>%s</tr>%s</table>" % (
    "".join("<td>%s" % h for h in head),
    "".join("<tr>%s%s" % ("".join("<td>%s" % v for v in p[:4]),
        "<td rowspan=6>%s" % p[4] if i % 6 == 0 else "") for i, p in enumerate(people))))
def xml(v, kind="String"):
    return '<Cell><Data ss:Type="%s">%s</Data></Cell>' % (kind, v)
open("book.xls", "w").write('<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">'
    '<Worksheet ss:Name="S"><Table><Row>%s</Row>%s</Table></Worksheet></Workbook>' % (
    "".join(xml(h) for h in head), "".join("<Row>%s</Row>" % (xml(p[0], "Number") + xml(p[1]) +
    "".join(xml(v) for v in p[2:])) for p in people)))
open("quote.csv", "w").write("学号,姓名,身份证号,学院,班级\n" + "".join(
    ",".join(p[:4]) + (',"专升本" %s\n' % p[4] if i == 3 else ",%s\n" % p[4]) for i, p in enumerate(people)))
PY
for kind in page.xls mail.xls spans.xls book.xls quote.csv; do
	check_intake "$kind" 0 ingest -r $kind nothing
	check "$kind: everybody" students 12
	check "$kind: no digit is lost" sh -c '
		jq -r ".student.id_number // empty" out | sort -u | grep -cE "^[0-9]{17}[0-9X]$" | grep -qx 12'
	check "$kind: classes" sh -c 'jq -r ".student.class // empty" out | wc -l | grep -qx 12'
done
printf '<html><body>nothing</body></html>' >empty.xls
check_status "a page without a table" 2 ingest -r empty.xls
check "is told" says "no table stands in it"
# One number with a letter or a sign where all others have digits.
awk 'BEGIN { print "学号,姓名"
	for (i = 1; i <= 100; i++) printf "2022%08d,王芳\n", i
	print "2022O0000901,李明"; print "2022-00000902,李亮"; print "T2022000903,李强" }' >odd.csv
check_status "a letter among digits" 0 tc-ingest -q -d odd -s 10285 -y 2026 -r odd.csv
check "is a doubt, and another kind of number is none" jq -es '[.[] | select(.student.doubts) |
	.student.name] == ["李明", "李亮"]' out
check "and is told" grep -q "a letter or a sign where all others have digits" err

# A DBF whose fields are named in GBK, and whose records have digits only.
python3 - <<'PY'
import struct
names, rows = ["学号", "考生号"], [["202201010101", "22320101150001"], ["202201010102", "22320101150002"]]
with open("digits.dbf", "wb") as out:
    out.write(struct.pack("<4BIHH20x", 3, 126, 3, 1, len(rows), 33 + 32 * 2, 1 + 28))
    for name in names:
        out.write(name.encode("gbk").ljust(11, b"\0") + b"C" + bytes(4) + bytes([14]) + bytes(15))
    out.write(b"\r" + b"".join(b" " + b"".join(cell.encode().ljust(14) for cell in row) for row in rows) + b"\x1a")
PY
check_status "a DBF of nothing but digits" 0 tc-ingest -q -d digits -s 10285 -y 2026 -r digits.dbf
check "has its headings" jq -es '.[-1].lines.students == 2' out

finish
