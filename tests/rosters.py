"""rosters: random rosters, and whether tc-ingest says of every line what it should.

	rosters.py COUNT [SEED]

Each has titles, footers, blank and repeated lines, pages with the headings again, several
sheets, odd columns, merged cells and damaged values, as CSV (UTF-8,
UTF-16, GB18030), XLSX, XLS (three kinds), DBF, HTML or XML of 2003.  What was read,
refused, repeated and skipped is compared with what was written, line by line; a line that
is nowhere is one too many.  Prints a line for each difference; exit status 1 when there is
one.
"""
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
           "第1页 共3页", "制表日期：2026年3月1日", "联系人：李老师  电话：025-12345678", "审核人："]
WORDS = ["审核通过", "合计", "小计", "注", "", "通过"]
DAMAGE = ["2.02201E+11", "3.3E+11", "2.0220101e+011", "202?01010101", "不详", ""]


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
        return {"学号": "2022%08d" % self.number, "姓名": name, "身份证号":
                check("3299012%03d%02d%02d%03d" % (rand.choice([0, 1, 2, 3]), rand.randrange(1, 13),
                                                   rand.randrange(1, 29), self.number % 1000)),
                "学院": "信息学院", "班级": "计科2201", "审核状态": rand.choice(WORDS), "附加": "甲"}

    def sheet(self, plain=False):
        """Rows, and what each line below the headings is; plain: nothing but a list."""
        rand = self.rand
        head = ["学号", "姓名", "身份证号", "学院", "班级"]
        rand.shuffle(head)
        if rand.random() < 0.5:
            head = ["审核状态"] + head
        if rand.random() < 0.3:
            head.append("附加")
        rows = [] if plain else ([["某大学2026届毕业生名单"]] * rand.randrange(2) +
                                 [[]] * rand.randrange(2))
        rows.append(head)
        fates, people = [], []
        for _ in range(rand.randrange(1, 40)):
            self.line(head, rows, fates, people)
        for _ in range(0 if plain else rand.randrange(4)):
            text = rand.choice(FOOTERS)
            rows.append([text % len(people) if "%" in text else text])
            fates.append("skipped")
        return rows, fates

    def line(self, head, rows, fates, people):
        rand, dice = self.rand, self.rand.random()
        person = self.person()
        fate = "student"
        if dice < 0.05:
            rows.append([])
            fates.append("skipped")
            return
        if dice < 0.08:
            rows.append(head)
            fates.append("skipped")
            return
        if dice < 0.13 and people:
            person, fate = dict(rand.choice(people)), "repeated"
        elif dice < 0.18:
            person["学号"] = rand.choice(DAMAGE)
        elif dice < 0.22:
            person["身份证号"] = rand.choice(DAMAGE)
        elif dice < 0.25:
            person["学号"], person["身份证号"] = rand.choice(DAMAGE), rand.choice(DAMAGE)
            fate = "refused"
        elif dice < 0.28:
            person["姓名"] = rand.choice(["刘?岚", "李□", "无", "-", "", "王\ue863"])
        if fate == "student":
            people.append(person)
        rows.append([person[heading] for heading in head])
        fates.append(fate)


def merged(rand, rows, fates):
    """Cells of the class's column that are one: the first row's text, and the ranges from 0."""
    first = len(rows) - len(fates)
    column = rows[first - 1].index("班级")
    start = first + rand.randrange(len(fates))
    end = min(len(rows), start + rand.randrange(2, 9)) - 1
    inside = range(start + 1, end + 1)
    if (end <= start or fates[start - first] != "student" or
            any(fates[r - first] not in ("student", "refused") or len(rows[r]) <= column for r in inside)):
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
    with open(path, "w", encoding=encoding, errors="replace") as out:
        for row in rows:
            print(",".join(row + [""] * (width - len(row))), file=out)


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


def write(maker, folder):
    """The file's path and the fates of its lines, by sheet name."""
    rand = maker.rand
    kind = rand.choice(["csv", "csv", "xlsx", "xlsx", "97", "95", "bare", "html", "xml", "dbf"])
    path = os.path.join(folder, "roster." + (kind if kind in ("csv", "xlsx", "dbf") else "xls"))
    if kind in ("csv", "html", "dbf", "bare"):
        rows, fates = maker.sheet(plain=kind == "dbf")
        if kind == "csv":
            write_csv(path, rows, rand)
        elif kind == "html":
            write_html(path, rows, rand)
        elif kind == "dbf":
            write_dbf(path, rows)
        else:
            xls.write(path, [("", rows)], kind)
        return path, {"": (rows, fates)}
    sheets = {"表%s" % name: maker.sheet() for name in "甲乙丙"[:rand.choice([1, 1, 2, 3])]}
    ranges = merged(rand, *sheets["表甲"]) if kind in ("97", "xlsx") else []
    shown = [(name, numbers(rows) if kind in ("97", "95", "xlsx") and rand.random() < 0.3 else rows)
             for name, (rows, _) in sheets.items()]
    if kind == "xml":
        write_xml(path, shown)
    elif kind == "xlsx":
        places = ["%s%d:%s%d" % (xlsx.letters(a), r + 1, xlsx.letters(b), e + 1) for r, e, a, b in ranges]
        xlsx.write(path, [(name, rows, {"merge": places if i == 0 else []}) for i, (name, rows) in enumerate(shown)])
    else:
        xls.write(path, shown, kind, ranges)
    return path, sheets


def wanted(sheets):
    out = {"student": 0, "refused": 0, "repeated": 0, "skipped": 0}
    named = set()
    for name, (rows, fates) in sheets.items():
        first = len(rows) - len(fates)
        last = max([i for i, row in enumerate(rows) if any(row)], default=0)
        for i, fate in enumerate(fates):
            if first + i > last:
                continue
            out[fate] += 1
            if fate != "student":
                named.add((name, first + i + 1, fate))
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
        path, sheets = write(Maker(random.Random(i)), folder)
        run = subprocess.run(["tc-ingest", "-q", "-d", folder + "/batch", "-s", "99999", "-y", "2026", "-r", path],
                             capture_output=True, text=True)
        told = run.stdout.splitlines()
        if run.returncode > 1 or not told:
            print("roster %d: exit status %d: %s" % (i, run.returncode, run.stderr.strip()))
            wrong += 1
        else:
            lines += sum(len(fates) for _, fates in sheets.values())
            for one, other in zip(wanted(sheets), got(told)):
                if one != other:
                    print("roster %d: wanted %s, got %s" % (i, one, other) if isinstance(one, dict) else
                          "roster %d: not said %s, said too much %s" % (i, sorted(one - other), sorted(other - one)))
                    wrong += 1
        shutil.rmtree(folder)
    print("%d rosters, %d lines: %d differences" % (count, lines, wrong), file=sys.stderr)
    sys.exit(wrong > 0)


main()
