#!/bin/sh
# What an operator sees: progress on one line, counts once, files by name, colours only
# where they are wanted, and nothing with -q.
. "$(dirname "$0")/lib.sh"

if ! python3 -c 'import pty; pty.openpty()' 2>/dev/null; then
	skip "what an operator sees" "no terminal can be made here"
	finish
	exit
fi

# on_terminal COMMAND: standard error is a terminal of 100 columns, standard input none
# or, with INPUT=terminal, the same one; what it shows goes to the file "shown".
cat >terminal.py <<'END'
import fcntl, os, pty, struct, subprocess, sys, termios
leader, follower = pty.openpty()
fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
tty = os.environ.get("INPUT") == "terminal"
child = subprocess.Popen(["sh", "-c", sys.argv[1]], stderr=follower,
                         stdin=follower if tty else subprocess.DEVNULL)
os.close(follower)
if tty:
    os.write(leader, b"\x04")
shown = b""
while True:
    try:
        piece = os.read(leader, 65536)
    except OSError:
        break
    if not piece:
        break
    shown += piece
open("shown", "wb").write(shown)
sys.exit(child.wait())
END
on_terminal() { python3 terminal.py "$1"; }

draw-school -q -n 40 -W 700 -o school
pipeline='tc-ingest -d batch -r school/roster.csv -y 2026 school/upload.zip | tc-check |
	tc-normalize | tc-layout -o sheets.pdf | tc-export feedback -o form.xlsx >m.ndjson'
check "a pipeline on a terminal" on_terminal "$pipeline"
check "shows how far its tools are, each in its part of the line" \
	grep -aq "$(printf '\r\033\\[20Ccheck [0-9]*/40 ')" shown
check "... in no more than its part" python3 -c '
import re
text = open("shown", "rb").read().decode()
parts = re.findall(r"\r(?:\x1b\[(\d+)C)?([a-z]+ \d+/40[^\r]*)\r", text)
assert {int(at or 0) for at, part in parts} >= {20}, parts
assert all(len(part) == 20 for at, part in parts), parts'
check "tells the counts once, by the last tool" sh -c '
	test "$(tr "\r" "\n" <shown | grep -ac "40 records")" -eq 1'
check "names the files" sh -c 'grep -aq "wrote .sheets.pdf" shown && grep -aq "wrote .form.xlsx" shown'
check "the last line can be sent on" sh -c 'tr -d "\r" <shown | tail -n 1 |
	grep -aq "^.*江东示例大学, class of 2026, 20[0-9-]*: 40 records, .*; 0 errors$"'
check "a tool alone has a bar and a time" on_terminal 'rm -rf batch/results
	tc-check m.ndjson >checked.ndjson'
check "... " grep -aq 'tc-check: \[#* *\] [0-9]*/40' shown
check "an error has a colour" sh -c 'python3 terminal.py "TERM=xterm tc-check nowhere >out"
	grep -aq "$(printf "\033")\[31mtc-check:" shown'
check "... but with NO_COLOR" sh -c 'python3 terminal.py "NO_COLOR=1 TERM=xterm tc-check nowhere >out"
	grep -aq "tc-check: cannot" shown && ! grep -aq "31m" shown'
check "-q is silent" on_terminal "$(echo "$pipeline" | sed 's/ -d batch/ -q -d batch/; s/tc-check/tc-check -q/
	s/tc-normalize/tc-normalize -q/; s/tc-layout/tc-layout -q/; s/tc-export feedback/tc-export feedback -q/')"
check "... " test ! -s shown
check_status "a file for standard error" 0 tc-check m.ndjson
check "... has no progress and no colours" sh -c '! grep -q "[[:cntrl:]]" err'
INPUT=terminal
export INPUT
check "who waits for a terminal is told" sh -c 'python3 terminal.py "tc-check >out"
	grep -aq "reads a manifest from the terminal" shown'
unset INPUT

check_status "an upload that is not there" 2 tc-ingest -d other nofile.zip
check "... leaves nothing behind" test ! -e other
check "... and says so" grep -q "no batch 'other' was made" err
check_status "the same file again" 0 tc-export feedback -o form.xlsx m.ndjson
check "... is told from one that is written" grep -q "'form.xlsx' was there already, the same" err

# The school's name is the upload's, and may hold what a terminal obeys.
sed '1s/"name":"[^"]*"/"name":"A\\u001b[31mB\\u0007\\nC\\u009b2J"/' m.ndjson >obeyed.ndjson
tc-normalize obeyed.ndjson >out 2>err
check "the last line has no control characters" sh -c '
	test "$(LC_ALL=C tr -d "\n\040-\176\200-\377" <err | wc -c)" -eq 0 &&
	! LC_ALL=C grep -q "$(printf "\302\233")" err && tail -n 1 err | grep -q "^A?\[31mB??C??2J, class of 2026, "'
finish
