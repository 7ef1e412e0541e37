#!/usr/bin/env python3
"""Schools of 300 with known truth, three days each, through tc-ingest.

	tests/truth.py [SCHOOLS [SEED]]		default 3, 1

Every kind of file naming, swapped, repeated, renamed, sent again and damaged; rosters
with late, removed and renamed students.  After each day every record is compared with
whose face is in its picture.  Exit 1 when a join is wrong: another's face, though the
file's name did not lie.  A join for review (a check match.* fails) is counted apart; what
is unmatched is told by how its file was named, and whether the student was in the roster.
"""
import collections, csv, json, os, random, struct, subprocess, sys, tempfile
import zipfile, zlib

ROWS, LATE, STRANGERS, DAYS = 300, 12, 20, 3
FAMILY = "王李张刘陈赵钱孙周吴高白"
GIVEN = ("伟 芳 娜 敏 静 丽 强 磊 军 洋 勇 艳 杰 娟 涛 明 超 霞 平 刚 桂英 子涵 宇轩 欣怡 一诺 "
    "浩然 梓萱 雨桐 思远 嘉怡 俊杰 晓东 建国 文博").split()
MINORITY = ["阿依古丽·买买提", "买买提·艾力", "努尔兰·哈力克", "古丽娜·阿不都"]
DOTS = "·•‧・"


def chunk(kind, data):
    body = kind + data
    return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))


def picture(number):
    row = b"\0" + struct.pack(">I", number) * 3
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 4, 4, 8, 2, 0, 0, 0)) +
        chunk(b"IDAT", zlib.compress(row * 4)) + chunk(b"IEND", b""))


def id_number(i, chance):
    text = "3299012003%02d%02d%03d" % (chance.randint(1, 12), chance.randint(1, 28), i + 100)
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return text + "10X98765432"[sum(int(d) * w for d, w in zip(text, weights)) % 11]


class School:
    def __init__(self, seed):
        self.chance = random.Random(seed)
        self.rows, self.sent, self.count = [], [], 0
        self.truth = {}		# of an upload's entry: whose face, an honest name, which form
        for i in range(ROWS + 2 * LATE + STRANGERS):
            self.rows.append(dict(person=i, name=self.name(), id=id_number(i, self.chance),
                no="2022%04d%02d" % (i // 40 + 101, i % 40 + 1), exam="22329901%06d" % (150000 + i),
                cls="计科220%d" % (i // 40 % 9 + 1), college=("外国语学院", "信息工程学院")[i // 40 % 2],
                gone=False))
            if 0 < i < ROWS and self.percent(2) and self.rows[i - 1]["person"] == i - 1:
                for key in ("person", "name", "id"):	# one person, two rows
                    self.rows[i][key] = self.rows[i - 1][key]

    def percent(self, value):
        return self.chance.randrange(100) < value

    def name(self):
        if self.percent(3):
            return self.chance.choice(MINORITY)
        return self.chance.choice(FAMILY) + self.chance.choice(GIVEN)

    def people(self, day):
        return [r for r in self.rows[:ROWS + day * LATE] if not r["gone"]]

    def roster(self, day, path):
        for row in self.rows[:ROWS + day * LATE] if day else []:
            row["gone"] = row["gone"] or self.percent(2)
            if self.percent(1):
                row["name"] = self.name()
        rows = self.people(day)
        self.chance.shuffle(rows)
        with open(path, "w", newline="", encoding="utf-8") as file:
            out = csv.writer(file)
            out.writerow("学号 姓名 证件号码 考生号 学院 班级".split())
            for r in rows:
                out.writerow([r["no"], r["name"], r["id"], r["exam"], r["college"], r["cls"]])

    def typed(self, row):
        name = row["name"].replace("·", self.chance.choice(DOTS))
        return name[0] + "　" + name[1] if len(name) == 2 and self.percent(20) else name

    def file(self, row):
        """A name, whether what it says is true or nothing, and which form it has."""
        c = self.chance
        other = c.choice([r for r in self.rows[:ROWS + 2 * LATE] if r["person"] != row["person"]
            and r["name"] != row["name"]])
        no, wide = row["no"], row["no"].translate({48 + i: 0xff10 + i for i in range(10)})
        near = str(int(no) + c.choice([1, 10, 100]))
        mobile = "13%09d" % c.randrange(10 ** 9)
        typed, picture = self.typed(row), "IMG_%04d" % c.randrange(10 ** 4)
        monitor = self.rows[0]		# who collects a class's photos
        forms = [
            (12, "number", no, 1), (6, "number", row["id"], 1), (5, "number", row["id"].lower(), 1),
            (5, "number", row["exam"], 1), (8, "number and name", f"{row['cls']}/{no}_{typed}", 1),
            (5, "number and name", f"{row['college']}/{typed}-{no} (1)", 1),
            (8, "name", typed, 1), (5, "class/name", f"{row['cls']}/{typed} 副本", 1),
            (2, "another class/name", f"{other['cls']}/{typed}", 1), (3, "number", wide, 1),
            (3, "camera", "IMG_2026%02d15_083012" % c.randint(1, 9), 1),
            (3, "camera", "mmexport16%011d" % c.randrange(2 ** 30), 1),
            (2, "part of a number", no[:-1], 1), (2, "longer number", no + no[3], 1),
            (2, "longer number", "9" + no, 1), (2, "two numbers together", row["id"] + no, 1),
            (3, "name and mobile", typed + mobile, 1), (2, "number and mobile", f"{no}_{mobile}", 1),
            (2, "two students' numbers", f"{no}_{other['no']}", 1),
            (2, "two students' numbers", f"{row['id']}_{other['no']}", 1),
            (2, "another's number and name", f"{other['no']}_{row['name']}", 1),
            (2, "another class/number", f"{other['cls']}/{no}", 1),
            (2, "number and one like it", f"{no}_{near}", 1),
            (2, "lost characters", f"{row['cls']}/??{row['name'][-1]}", 1),
            (2, "number and word", f"{no}_高清", 1), (1, "another's number", other["no"], 0),
            (5, "number/camera", f"{no}/{picture}", 1), (3, "number and name/word", f"{no}{typed}/照片", 1),
            (2, "class/id number/name", f"{row['cls']}/{row['id']}/{typed}", 1),
            (2, "name/camera", f"{typed}/{picture}", 1),
            (2, "another's number/number", f"{other['no']}/{no}", 1),
            (3, "monitor/camera", f"{monitor['no']}{monitor['name']}/{picture}", 1),
            (1, "monitor/number", f"{monitor['no']}{monitor['name']}/{no}", 1)]
        weights = [form[0] for form in forms]
        _, form, name, honest = c.choices(forms, weights)[0]
        return name, honest, form

    def upload(self, day, path):
        entries = {}
        for i, row in enumerate(self.rows):
            if row["person"] != i or not self.percent(85 if day == 0 else 15):
                continue
            if i >= ROWS + 2 * LATE and self.percent(50):
                continue
            for again in range(1 + self.percent(6) + self.percent(3)):
                name, honest, form = self.file(row)
                if (again or day) and self.percent(30) and self.sent:	# the same bytes, renamed
                    data, person = self.chance.choice(self.sent)
                    if person != row["person"]:		# one photo for two: whose it is, nobody knows
                        honest = 0
                else:
                    self.count += 1
                    data, person = picture(self.count), row["person"]
                    if self.percent(3):
                        data = data[:-20] if self.percent(50) else b"no picture %d" % self.count
                    self.sent.append((data, person))
                end = self.chance.choice((".jpg", ".JPG", ".png", ".jpeg"))
                if name + end in entries:
                    continue
                entries[name + end] = data
                self.truth[os.path.basename(path), name + end] = (person, honest, form)
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in entries.items():
                archive.writestr(zipfile.ZipInfo(name), data)


def compare(school, lines, sums, numbers, day):
    who = {row["no"]: row["person"] for row in school.rows}
    people = {row["person"]: row["name"] for row in school.people(day)}
    names = collections.Counter(people.values())
    for record in map(json.loads, lines):
        if record["type"] != "photo":
            continue
        state = record["match"]["state"]
        student = record.get("student")
        if student and state != "superseded":
            for one, other in ((record["id"], student["student_no"]),
                    (student["student_no"], record["id"])):
                sums["changed ids"] += numbers.setdefault(one, other) != other
        if state in ("unmatched", "superseded"):
            sums[state] += 1
            sums["why: " + record["match"].get("reason", "no known number or name")] += state == "unmatched"
            person, _, form = school.truth[record["source"]["upload"], record["source"]["entry"]]
            sums["left: " + (form + (", of a name that others have" if "name" in form and
                names[people[person]] > 1 else "") if person in people else
                "not in the roster")] += state == "unmatched"
        if state != "matched":
            continue
        source = record["source"]
        person, honest, _ = school.truth[source["upload"], source["entry"]]
        review = any(c["id"].startswith("match.") and c["verdict"] == "fail" for c in record["checks"])
        right = person == who[student["student_no"]]
        sums["for review" if review else "joined"] += 1
        if right:
            continue
        sums["for review, wrong" if review else "file name lied" if not honest else "WRONG"] += 1
        if not review and honest:
            print(f"wrong: {source['entry']} day {day + 1}", file=sys.stderr)


def run(seed, sums):
    school, numbers = School(seed), {}
    with tempfile.TemporaryDirectory() as place:
        for day in range(DAYS):
            roster, upload = f"{place}/roster.csv", f"{place}/day{day + 1}.zip"
            school.roster(day, roster)
            school.upload(day, upload)
            found = subprocess.run(["tc-ingest", "-q", "-d", f"{place}/batch", "-r", roster, upload],
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
            if found.returncode > 1:
                sys.exit(found.stderr)
            compare(school, found.stdout.splitlines(), sums, numbers, day)


def main():
    schools = int(sys.argv[1]) if len(sys.argv) > 1 else 3
    seed = int(sys.argv[2]) if len(sys.argv) > 2 else 1
    sums = collections.Counter()
    for i in range(schools):
        run(seed + i, sums)
    print(f"{schools} schools of {ROWS}, {DAYS} days each")
    for name, count in sorted(sums.items()):
        print(f"{count:8} {name}")
    pictures = sums["joined"] + sums["for review"] + sums["superseded"] + sums["unmatched"]
    print(f"{100 * sums['unmatched'] / pictures:8.1f} % of pictures unmatched")
    return 1 if sums["WRONG"] or sums["changed ids"] or not sums["joined"] else 0


if __name__ == "__main__":
    sys.exit(main())
