#!/usr/bin/env python3
"""sweep: fail one thing at a time in every tool, and see what it makes of it.

	sweep.py SHIM SECONDS

Over each stage of the pipeline: the nth call of each kind fails, once or from there on;
a killed run; a bit that is another in each file of the batch.  Each run must end in one of
two ways: the product and the manifest of an undisturbed run, byte for byte; or exit 2, or
death by the signal that killed it, with the reason on standard error and nothing published.
The same command again, undisturbed, must then give the undisturbed bytes.

Runs for SECONDS (0: everything), at random places; the seed is told and TC_SEED sets it.
Prints one line a kind: how many runs, how many were right all the same, how many refused.
Exit status 1 when a run ended in any other way.
"""
import collections
import errno
import os
import pathlib
import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time

# With --known the calls that are known not to end as they should are left out: libraries
# without memory die in a worker, or make another workbook, and do not say why.
LEFT_OUT = {"malloc"} if "--known" in sys.argv[3:] else set()
SHIM, SECONDS = str(pathlib.Path(sys.argv[1]).resolve()), float(sys.argv[2])
SEED = int(os.environ.get("TC_SEED", time.time_ns() % 100000))
KINDS = {"open": errno.EMFILE, "read": errno.EIO, "write": errno.ENOSPC, "sync": errno.EIO,
         "rename": errno.ENOSPC, "mmap": errno.ENOMEM, "malloc": errno.ENOMEM,
         "fd": errno.EMFILE}
# Each stage reads the manifest of the one before it, and writes what is named.
STAGES = [
    ("ingest", "tc-ingest -q -j 1 -y 2027 -d batch -r school/roster.csv school/upload.zip", []),
    ("check", "tc-check -q -j 1 m0", []),
    ("normalize", "tc-normalize -q -j 1 m1", []),
    ("layout", "tc-layout -q -o sheets.pdf m2", ["sheets.pdf"]),
    ("chsi", "tc-export chsi -q -o bundle.zip m2", ["bundle.zip", "bundle.zip.receipt.json"]),
    ("feedback", "tc-export feedback -q -o feedback.xlsx m2", ["feedback.xlsx"]),
    ("review", "tc-export review -q -o review.html m2", ["review.html"]),
    ("stats", "tc-export stats -q -o stats.xlsx m2", ["stats.xlsx"]),
]
random.seed(SEED)
counts = collections.Counter()
wrong = []


def run(command, out, fault=None, count=None, kill_after=None):
    """The exit status and what was said; standard output goes to the file out."""
    environment = dict(os.environ, LANGUAGE="en", SOURCE_DATE_EPOCH="1763600000")
    if fault or count:
        environment["LD_PRELOAD"] = SHIM
    if fault:
        environment["TC_FAULT"] = fault
    if count:
        environment["TC_FAULT_COUNT"] = count
    with open(out, "wb") as manifest:
        child = subprocess.Popen(command.split(), stdout=manifest, stderr=subprocess.PIPE,
                                 env=environment, start_new_session=True)
        try:
            said = child.communicate(timeout=kill_after if kill_after else 120)[1]
        except subprocess.TimeoutExpired:
            os.killpg(child.pid, signal.SIGKILL)
            said = child.communicate()[1]
            if not kill_after:
                wrong.append(f"{command}: hangs, {fault}")
    return child.returncode, said.decode(errors="replace")


def state(products):
    return {name: pathlib.Path(name).read_bytes() if os.path.exists(name) else None
            for name in products}


def refresh(stage):
    """The files as they were before the stage."""
    shutil.rmtree("batch", ignore_errors=True)
    for name in STAGES[stage][2]:
        for each in (name, f".{name}.part"):
            if os.path.exists(each):
                os.unlink(each)
    shutil.copytree(f"before{stage}", "batch", symlinks=True, dirs_exist_ok=True)
    os.chmod("batch", 0o700)


def judge(what, stage, status, said, good, good_status):
    """Whether a disturbed run ended in one of the two ways."""
    name, command, products = STAGES[stage]
    counts[what, "runs"] += 1
    now = state(products + ["out"])
    same = all(now[each] == good[each] for each in now)
    kept = all(now[each] in (None, good[each]) for each in products)
    parts = [each for each in products if os.path.exists(f".{each}.part")]
    if status == good_status and same:
        counts[what, "right"] += 1
    elif status == 2 and said.strip() and kept and not parts and \
            b'"type":"end"' not in (now["out"] or b""):
        counts[what, "refused"] += 1
    elif status < 0 and what == "kill" and kept:
        counts[what, "refused"] += 1
    else:
        wrong.append(f"{name} {what}: status {status}, product {'same' if same else 'other'}, "
                     f"left {parts}: {said.strip()[:300]}")
        return
    if name != "chsi":
        status, said = run(command, "out")
        if status != good_status or state(products + ["out"]) != good:
            wrong.append(f"{name} {what}: the next run is not the undisturbed one: "
                         f"{status} {said.strip()[:300]}")


def sweep_calls(stage, good, good_status):
    name, command, _ = STAGES[stage]
    refresh(stage)
    if os.path.exists("counted"):
        os.unlink("counted")
    run(command, "out", count="counted")
    most = collections.Counter()
    for line in pathlib.Path("counted").read_text().splitlines():
        call, number = line.split()
        most[call] = max(most[call], int(number))
    for call, error in KINDS.items():
        places = list(range(1, most[call] + 20))
        random.shuffle(places)
        for place in places:
            for more in ("", "+"):
                yield call, f"{call}:{place}:{error}{more}"


def one_call(stage, what, fault, good, good_status):
    refresh(stage)
    status, said = run(STAGES[stage][1], "out", fault=fault)
    before = len(wrong)
    judge(what, stage, status, said, good, good_status)
    for i in range(before, len(wrong)):
        wrong[i] += f" [{fault}]"


def one_kill(stage, good, good_status, length):
    refresh(stage)
    status, said = run(STAGES[stage][1], "out", kill_after=random.uniform(0.001, length))
    judge("kill", stage, status, said, good, good_status)


def one_flip(stage, good, good_status):
    """A bit of one file of the batch: used as it should be, or refused, or made again."""
    refresh(stage)
    files = [path for path in sorted(pathlib.Path("batch").rglob("*")) if path.is_file() and
             path.stat().st_size > 0 and path.name != "lock" and path.parent.name != "tmp"]
    if not files:
        return
    path = random.choice(files)
    content = bytearray(path.read_bytes())
    content[random.randrange(len(content))] ^= 1 << random.randrange(8)
    path.write_bytes(content)
    status, said = run(STAGES[stage][1], "out")
    counts["flip", "runs"] += 1
    now = state(STAGES[stage][2] + ["out"])
    if status == good_status and now == good:
        counts["flip", "right"] += 1
    elif status == 2 and said.strip() and b'"type":"end"' not in (now["out"] or b""):
        counts["flip", "refused"] += 1
    else:
        wrong.append(f"{STAGES[stage][0]} flip of {path}: status {status}: "
                     f"{said.strip()[:300]}")


def prepare():
    """Every stage undisturbed, and the batch before each."""
    subprocess.run("draw-school -q -n 3 -W 480 -o school".split(), check=True)
    os.mkdir("before0", 0o700)
    os.mkdir("batch", 0o700)
    run(STAGES[0][1], "out")
    shutil.copy("batch/id", "before0/id")
    undisturbed = []
    for stage, (name, command, products) in enumerate(STAGES):
        if stage > 0:
            shutil.copytree("batch", f"before{stage}", symlinks=True)
        refresh(stage)
        start = time.monotonic()
        status, said = run(command, "out")
        length = time.monotonic() - start
        if status not in (0, 1):
            sys.exit(f"{name}: {said}")
        shutil.copy("out", f"m{stage}")
        undisturbed.append((state(products + ["out"]), status, length))
    return undisturbed


def main():
    top = os.getcwd()
    scratch = tempfile.mkdtemp(prefix="tc-faults.")
    os.chdir(scratch)
    end = time.monotonic() + SECONDS if SECONDS > 0 else float("inf")
    undisturbed = prepare()
    queues = []
    for stage, (good, status, length) in enumerate(undisturbed):
        calls = collections.defaultdict(list)
        for call, fault in sweep_calls(stage, good, status):
            calls[call].append(fault)
        queues += [(stage, call, faults) for call, faults in calls.items()
                   if call not in LEFT_OUT]
    random.shuffle(queues)
    while queues and time.monotonic() < end:
        for stage, call, faults in list(queues):
            if time.monotonic() >= end:
                break
            good, status, length = undisturbed[stage]
            one_call(stage, call, faults.pop(), good, status)
            if not faults:
                queues.remove((stage, call, faults))
            if random.random() < 0.2:
                one_kill(stage, good, status, length)
            if random.random() < 0.3:
                one_flip(stage, good, status)
    os.chdir(top)
    shutil.rmtree(scratch)
    for what in sorted({what for what, _ in counts}):
        print(f"{what}: {counts[what, 'runs']} runs, {counts[what, 'right']} right all the "
              f"same, {counts[what, 'refused']} refused with a reason")
    for line in wrong:
        print(f"wrong: {line}")
    print(f"seed {SEED}: {len(wrong)} wrong")
    return 1 if wrong else 0


sys.exit(main())
