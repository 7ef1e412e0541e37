"""rosters: random rosters, and whether tc-ingest says of every line what it should.

	rosters.py COUNT [SEED]

Each has titles, footers, blank and repeated lines, pages with the headings again, several
sheets, odd columns and damaged values, as CSV (UTF-8, GB18030) or XLSX.  What was read,
refused, repeated and skipped is compared with what was written, line by line; a line that
is nowhere is one too many.  Prints a line for each difference; exit status 1 when there is
one.
"""
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile

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

    def sheet(self):
        """Rows, and what each line below the headings is."""
        rand = self.rand
        head = ["学号", "姓名", "身份证号", "学院", "班级"]
        rand.shuffle(head)
        if rand.random() < 0.5:
            head = ["审核状态"] + head
        if rand.random() < 0.3:
            head.append("附加")
        rows = [["某大学2026届毕业生名单"]] * rand.randrange(2) + [[]] * rand.randrange(2)
        rows.append(head)
        fates, people = [], []
        for _ in range(rand.randrange(1, 40)):
            self.line(head, rows, fates, people)
        for _ in range(rand.randrange(4)):
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


def write(maker, folder):
    """The file's path and the fates of its lines, by sheet name."""
    rand = maker.rand
    kind = rand.choice(["utf-8", "gb18030", "xlsx", "xlsx"])
    if kind != "xlsx":
        rows, fates = maker.sheet()
        width = max(map(len, rows))
        path = os.path.join(folder, "roster.csv")
        with open(path, "w", encoding=kind, errors="replace") as out:
            for row in rows:
                print(",".join(row + [""] * (width - len(row))), file=out)
        return path, {"": (rows, fates)}
    sheets = {"表%s" % name: maker.sheet() for name in "甲乙丙"[:rand.choice([1, 1, 2, 3])]}
    path = os.path.join(folder, "roster.xlsx")
    xlsx.write(path, [(name, rows) for name, (rows, _) in sheets.items()])
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
