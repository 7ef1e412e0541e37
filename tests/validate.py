"""validate.py SCHEMA MANIFEST: check each line against the schema, and what a
schema cannot say: that segments are whole and their counts right."""
import json
import sys

import jsonschema

schema = json.load(open(sys.argv[1], encoding="utf-8"))
checker = jsonschema.Draft202012Validator(schema)
kinds = {name: jsonschema.Draft202012Validator(
    {"$ref": "#/$defs/" + name, "$defs": schema["$defs"]})
    for name in schema["$defs"]}
bad = 0


def complain(number, text):
    global bad
    bad += 1
    print(f"line {number}: {text}")


state, records, statuses, ids = "outside", 0, {}, set()
for number, line in enumerate(open(sys.argv[2], encoding="utf-8"), 1):
    record = json.loads(line)
    kind = record.get("type")
    if kind not in kinds:
        complain(number, f"type {kind!r}")
        continue
    for error in kinds[kind].iter_errors(record):
        complain(number, f"{'/'.join(map(str, error.path))}: {error.message}")
    if (kind == "batch") != (state == "outside"):
        complain(number, f"{kind} {state}")
    if kind == "batch":
        state, records, statuses, ids = "inside", 0, {}, set()
        continue
    if kind != "end":
        records += 1
        if kind == "photo":
            statuses[record["status"]] = statuses.get(record["status"], 0) + 1
            if record["id"] in ids:
                complain(number, f"id {record['id']} twice")
            ids.add(record["id"])
        continue
    state = "outside"
    if record["records"] != records:
        complain(number, f"{record['records']} records said, {records} there")
    if {k: v for k, v in record["status"].items() if v} != statuses:
        complain(number, f"status {record['status']} said, {statuses} there")
    for group in ("rows", "entries"):
        parts = dict(record[group])
        total = parts.pop("total")
        if total != sum(parts.values()):
            complain(number, f"{group} do not add up: {record[group]}")
if state != "outside":
    complain("last", "no end")
sys.exit(bad > 0)
