"""rosters: random rosters, and whether tc-ingest says of every line what it should.

	rosters.py COUNT [SEED]

Each has titles, footers, totals, blank and repeated lines, pages with the headings again,
headings of two rows, several sheets, of which some are examples, other years' or notes,
odd columns, merged cells, damaged values and numbers of which two students have one, as
CSV (UTF-8, UTF-16, GB18030), XLSX, XLS (three kinds), DBF, HTML or XML of 2003.  What was
read, refused, repeated, skipped and left out is compared with what was written, line by
line, sheet by sheet, column by column; what is nowhere is one too many.  Prints a line for
each difference; exit status 1 when there is one.
"""
import csv
import json
import os
import random
import shutil
import struct
import subprocess
import sys
import tempfile
from xml.sax.saxutils import escape

import xls
import xlsx

SURNAMES = "梁范刘任孙沈陈曾董于唐王李张赵钱周吴郑冯"
GIVEN = "芳瑶成铭珊岚文锋月蕾强志涵敏建博霞玲睿勇佳敏"
FOOTERS = ["合计：%d人", "班主任签字：", "注：请核对无误后签字", "1、请各班级认真核对", "以下空白",
           "第1页 共3页", "制表日期：2026年3月1日", "联系人：李老师  电话：025-12345678", "审核人：", "（盖章）", "—— 以下空白 ——",
           "*以上名单经本人核对无误*"]
TOTALS = [["小计", "%d人"], ["合计", "", "%d"], ["本页小计", "", "", "%d人"], ["共 %d 人"]]
WORDS = ["审核通过", "合计", "小计", "注", "", "通过"]
DAMAGE = ["2.02201E+11", "3.3E+11", "2.0220101e+011", "202?01010101", "不详", "", "########", "#N/A", "身份证丢失"]
HEADINGS = {
    "学号": ["学号", "学生学号", "学籍号", "XH", "学号（必填）", " 学 号 "],
    "姓名": ["姓名", "学生姓名", "XM", "姓  名", "*姓名"],
    "身份证号": ["身份证号", "身份证号码", "证件号码", "SFZH", "身份证件号码"],
    "学院": ["学院", "院系", "二级学院", "所在学院"],
    "班级": ["班级", "行政班级", "班级名称", "BJMC"]}
# Columns that say nothing of who it is, and whether they are named as not read.
ODD = [("审核状态", False), ("附加", True), ("序号", False), ("性别", False), ("手机号", False),
       ("备注", False), ("获奖", True), ("", True)]


def check(digits):
    weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]
    return digits + "10X98765432"[sum(int(d) * w for d, w in zip(digits, weights)) % 11]


class Maker:
    def __init__(self, rand):
        self.rand, self.number = rand, rand.randrange(1000)

    def person(self):
        self.number += 1
        rand = self.rand
        name = rand.choice(SURNAMES) + "".join(rand.sample(GIVEN, rand.choice([1, 2])))
        person = {
            "学号": "2022%08d" % self.number, "姓名": name, "身份证号":
            check("3299012%03d%02d%02d%03d" % (rand.choice([0, 1, 2, 3]), rand.randrange(1, 13),
                                               rand.randrange(1, 29), self.number % 1000)),
            "学院": "信息学院", "班级": "计科2201", "审核状态": rand.choice(WORDS), "附加": "甲",
            "序号": str(self.number), "性别": rand.choice("男女"), "手机号": "139%08d" % self.number,
            "备注": rand.choice(["", "转入", "休学\n复学", "补录 2026"]),
            "获奖": "第%d批次校级优秀毕业生" % rand.randrange(9), "": "见附件%d号文" % rand.randrange(9)}
        if rand.random() < 0.1:
            self.dress(person)
        return person

    def dress(self, person):
        """What changes nothing of what a cell says."""
        for field in ("学号", "姓名", "身份证号"):
            person[field] = self.rand.choice([
                lambda text: text.translate({48 + i: 0xff10 + i for i in range(10)}), lambda text: " " + text + "　",
                lambda text: text.lower(), lambda text: text + " ", lambda text: text])(person[field])

    def layout(self):
        """The columns that all sheets of a workbook have."""
        return ["学号", "姓名", "身份证号", "学院", "班级"] + self.rand.sample(
            [name for name, _ in ODD], self.rand.choice([0, 1, 1, 2, 4]))

    def sheet(self, layout, plain=False):
        """Rows, and what each line below the headings is; plain: nothing but a list."""
        rand = self.rand
        head = list(layout)
        rand.shuffle(head)
        shown = [rand.choice(HEADINGS.get(field, [field])) for field in head]
        rows = [] if plain else ([["某大学2026届毕业生名单"]] * rand.randrange(2) +
                                 [[]] * rand.randrange(2))
        if not plain and "身份证号" in shown and rand.random() < 0.15:
            rows.append(["证件" if text == "身份证号" else text for text in shown])
            rows.append(["身份证号" if text == "身份证号" else "" for text in shown])
            again = None
        else:
            rows.append(shown)
            again = shown
        self.fates, self.people, self.sound = [], [], []
        for _ in range(rand.randrange(1, 40)):
            self.line(head, again, rows)
        for _ in range(0 if plain else rand.randrange(4)):
            text = rand.choice(FOOTERS)
            self.add(rows, [text % len(self.people) if "%" in text else text], "skipped")
        return rows, self.fates, head, shown

    def add(self, rows, row, fate):
        rows.append(row)
        self.fates.append(fate)

    def other_line(self, dice, head, again, rows):
        """A line that is nobody's; whether it was one."""
        rand = self.rand
        if dice < 0.05:
            self.add(rows, [], "skipped")
        elif dice < 0.08 and again:
            self.add(rows, again, "skipped")
        elif dice < 0.10:
            self.add(rows, [text % len(self.people) if "%" in text else text
                            for text in rand.choice(TOTALS)], "skipped")
        elif dice < 0.11:
            self.add(rows, [{"学院": "信息学院", "班级": "计科2201"}.get(field, "") for field in head], "skipped")
        elif dice < 0.12:
            self.add(rows, [rand.choice(["计科2201班", "计科20220101班"])], "skipped")
        else:
            return False
        return True

    def line(self, head, again, rows):
        rand, dice = self.rand, self.rand.random()
        if self.other_line(dice, head, again, rows):
            return
        person, fate, sound = self.person(), "student", False
        if dice < 0.16 and self.people:
            person, fate = dict(rand.choice(self.people)), "repeated"
        elif dice < 0.20:
            person["学号"] = rand.choice(DAMAGE)
        elif dice < 0.24:
            person["身份证号"] = rand.choice(DAMAGE)
        elif dice < 0.27:
            person["学号"], person["身份证号"] = rand.choice(DAMAGE), rand.choice(DAMAGE)
            fate = "refused"
        elif dice < 0.30:
            person["姓名"] = rand.choice(["刘?岚", "李□", "无", "-", "", "王\ue863", "#REF!"])
        elif dice < 0.33 and self.sound:
            person["学号"], fate = rand.choice(self.sound)["学号"], "refused"
        else:
            sound = True
        if fate == "student":
            self.people.append(person)
            if sound:
                self.sound.append(person)
        self.add(rows, [person[field] for field in head], fate)


def merged(rand, rows, fates, head):
    """Cells of the class's column that are one: the first row's text, and the ranges from 0."""
    first = len(rows) - len(fates)
    column = head.index("班级")
    start = first + rand.randrange(len(fates))
    end = min(len(rows), start + rand.randrange(2, 9)) - 1
    inside = range(start + 1, end + 1)
    if (end <= start or fates[start - first] != "student" or
            any(fates[r - first] not in ("student", "refused") or len(rows[r]) < len(head) for r in inside)):
        return []
    for r in inside:
        rows[r] = rows[r][:column] + [""] + rows[r][column + 1:]
    return [(start, end, column, column)]


def numbers(rows):
    """Numbers of twelve digits as spreadsheets hold them."""
    return [[int(text) if text.isdigit() and len(text) == 12 else text for text in row] for row in rows]


def write_csv(path, rows, rand):
    width = max(map(len, rows))
    encoding = rand.choice(["utf-8", "utf-8-sig", "utf-16", "gb18030"])
    with open(path, "w", encoding=encoding, errors="replace", newline="") as out:
        csv.writer(out, delimiter=rand.choice(",,\t;"), lineterminator=rand.choice(["\n", "\r\n"])).writerows(
            row + [""] * (width - len(row)) for row in rows)


def write_html(path, rows, rand):
    encoding = rand.choice(["utf-8", "gb18030"])
    width = max(map(len, rows))
    with open(path, "w", encoding=encoding, errors="replace") as out:
        print('<html><head><meta charset="%s"></head><body><table>' % encoding, file=out)
        for row in rows:
            span = ' colspan="%d"' % width if len(row) == 1 else ""
            print("<tr>%s</tr>" % "".join("<td%s>%s</td>" % (span, escape(text)) for text in row), file=out)
        print("</table></body></html>", file=out)


def write_xml(path, sheets):
    with open(path, "w", encoding="utf-8") as out:
        print('<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
              'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet">', file=out)
        for name, rows in sheets:
            print('<Worksheet ss:Name="%s"><Table>' % name, file=out)
            for row in rows:
                print("<Row>%s</Row>" % "".join('<Cell><Data ss:Type="String">%s</Data></Cell>' % escape(text)
                                                for text in row), file=out)
            print("</Table></Worksheet>", file=out)
        print("</Workbook>", file=out)


def write_dbf(path, rows):
    """Headings have ten bytes: five characters of GBK."""
    fields = [[text.encode("gbk", errors="replace") for text in row] for row in rows]
    widths = [max(1, *(len(row[i]) if i < len(row) else 0 for row in fields[1:])) for i in range(len(fields[0]))]
    with open(path, "wb") as out:
        out.write(struct.pack("<4BIHH20x", 3, 126, 3, 1, len(rows) - 1, 33 + 32 * len(widths), 1 + sum(widths)))
        for name, width in zip(fields[0], widths):
            out.write(name[:10].ljust(11, b"\0") + b"C" + bytes(4) + bytes([width]) + bytes(15))
        out.write(b"\r")
        for row in fields[1:]:
            out.write(b" " + b"".join((row[i] if i < len(row) else b"").ljust(width)
                                      for i, width in enumerate(widths)))
        out.write(b"\x1a")


def left_out(maker, sheets):
    """Add sheets that are not the list: what must be named, and how many students each has."""
    rand, named = maker.rand, []
    head = ["学号", "姓名", "身份证号", "学院", "班级"]
    person = maker.person()
    if rand.random() < 0.2:
        named.append(("填写示例", [head, [person["学号"], "张某", person["身份证号"], "某学院", "某班"]]))
    if rand.random() < 0.15:
        named.append(("填表说明", [["填表说明"], ["1、请核对"], [], ["2、以文本格式填写"]]))
    if rand.random() < 0.15:
        named.append(("2025届", [head] + [[p[field] for field in head] for p in [maker.person() for _ in range(3)]]))
    if rand.random() < 0.1:
        named.append((rand.choice(["往届", "历届毕业生"]), [head] + [[p[field] for field in head]
                                                             for p in [maker.person() for _ in range(4)]]))
    if rand.random() < 0.1:
        sheets.append(("Sheet9", []))
    sheets += named
    return {name: len(rows) - 1 if rows[0] == head else 0 for name, rows in named}


def write(maker, folder):
    """The file's path, the fates of its lines by sheet name, what else is to be named, and
    the students of lists that do not fit, where no other has any."""
    rand = maker.rand
    kind = rand.choice(["csv", "csv", "xlsx", "xlsx", "97", "95", "bare", "html", "xml", "dbf"])
    path = os.path.join(folder, "roster." + (kind if kind in ("csv", "xlsx", "dbf") else "xls"))
    layout = [field for field in maker.layout() if kind != "dbf" or field]
    if kind in ("csv", "html", "dbf", "bare"):
        sheet = maker.sheet(layout, plain=kind == "dbf")
        rows = sheet[0]
        if kind == "csv":
            write_csv(path, rows, rand)
        elif kind == "html":
            write_html(path, rows, rand)
        elif kind == "dbf":
            write_dbf(path, rows)
        else:
            xls.write(path, [("", rows)], kind)
        return path, {"": sheet}, empty(path, {"": sheet}, False), 0
    sheets = {"表%s" % name: maker.sheet(layout) for name in "甲乙丙"[:rand.choice([1, 1, 2, 3])]}
    ranges = merged(rand, *sheets["表甲"][:3]) if kind in ("97", "xlsx") else []
    shown = [(name, numbers(sheet[0]) if kind in ("97", "95", "xlsx") and rand.random() < 0.3 else sheet[0])
             for name, sheet in sheets.items()]
    left = left_out(maker, shown)
    if kind == "xml":
        write_xml(path, shown)
    elif kind == "xlsx":
        places = ["%s%d:%s%d" % (xlsx.letters(a), r + 1, xlsx.letters(b), e + 1) for r, e, a, b in ranges]
        xlsx.write(path, [(name, rows, {"merge": places if i == 0 else []}) for i, (name, rows) in enumerate(shown)])
    else:
        xls.write(path, shown, kind, ranges)
    named, lists = empty(path, sheets, any(left.values())), sum(left.values())
    if any({"student", "refused"} & set(sheet[1]) for sheet in sheets.values()):
        lists = 0
    return path, sheets, named | {("left", name) for name, count in left.items() if not (lists and count)}, lists


def empty(path, sheets, other):
    """Headings without a student: of a sheet beside others with some, or of the file."""
    without = {name for name, sheet in sheets.items() if not {"student", "refused"} & set(sheet[1])}
    if len(without) == len(sheets) and not other:
        return {("left", os.path.basename(path))}
    return {("left", name) for name in without}


def wanted(sheets, named, lists):
    out = {"student": lists, "refused": 0, "repeated": 0, "skipped": 0}
    unread = [name for name, told in ODD if told]
    for name, (rows, fates, head, _) in sheets.items():
        first = len(rows) - len(fates)
        last = max([i for i, row in enumerate(rows) if any(row)], default=0)
        for i, fate in enumerate(fates):
            if first + i > last:
                continue
            out[fate] += 1
            if fate != "student":
                named.add((name, first + i + 1, fate))
        for i, field in enumerate(head):
            if field in unread and any(len(row) > i and row[i] for row in rows[first:]):
                named.add((name, field or "column " + xlsx.letters(i), "column"))
    return out, named


def got(lines):
    end = json.loads(lines[-1])
    rows = end["lines"]
    out = {"student": rows["students"], "refused": rows["refused"], "repeated": rows["repeated"],
           "skipped": rows["skipped"]}
    named = set()
    for item in end["skipped"]:
        if item["kind"] in ("line", "repeated"):
            for row in range(item["row"], item.get("last", item["row"]) + 1):
                named.add((item.get("sheet", ""), row, "skipped" if item["kind"] == "line" else "repeated"))
        elif item["kind"] == "column":
            named.add((item.get("sheet", ""), item["text"], "column"))
        else:
            named.add(("left", item["text"]))
    for line in lines:
        record = json.loads(line)
        if record["type"] == "refused":
            named.add((record.get("sheet", ""), record["row"], "refused"))
    return out, named


def main():
    count, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    wrong = lines = 0
    for i in range(seed, seed + count):
        folder = tempfile.mkdtemp(dir=".")
        path, sheets, named, lists = write(Maker(random.Random(i)), folder)
        run = subprocess.run(["tc-ingest", "-q", "-d", folder + "/batch", "-s", "99999", "-y", "2026", "-r", path],
                             capture_output=True, text=True)
        told = run.stdout.splitlines()
        if run.returncode > 1 or not told:
            print("roster %d: exit status %d: %s" % (i, run.returncode, run.stderr.strip()))
            wrong += 1
        else:
            lines += sum(len(sheet[1]) for sheet in sheets.values())
            for one, other in zip(wanted(sheets, named, lists), got(told)):
                if one != other:
                    print("roster %d: wanted %s, got %s" % (i, one, other) if isinstance(one, dict) else
                          "roster %d: not said %s, said too much %s" % (i, sorted(one - other, key=str), sorted(other - one, key=str)))
                    wrong += 1
        shutil.rmtree(folder)
    print("%d rosters, %d lines: %d differences" % (count, lines, wrong), file=sys.stderr)
    sys.exit(wrong > 0)


main()
