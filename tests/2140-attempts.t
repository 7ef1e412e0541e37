#!/bin/sh
# Attempts: a cool-down after so many failures, a lock until the school unlocks it; what
# comes meanwhile is kept and held.
. "$(dirname "$0")/lib.sh"

draw-school -q -n 3 -s 7 --roster-encoding utf-8 -W 700 -o drawn
number() {
	awk -F, -v row="$1" 'NR == 1 { for (i = 1; i <= NF; i++) if ($i ~ /学号|XH/) at = i }
		NR == row + 1 { print $at }' drawn/roster.csv
}
first=$(number 1) second=$(number 2) third=$(number 3)
# photo FILE SEED KEYS: a portrait, good or not.
photo() {
	draw-school -q -s "$2" -W 700 --one "$3" -o one && cp one/portrait.jpg "$1"
}
# day DATE [OPTION...] [UPLOAD...]: a run of that day.
day() {
	export SOURCE_DATE_EPOCH
	SOURCE_DATE_EPOCH=$(date -d "$1" +%s)
	shift
	tc-ingest -q -d batch -r drawn/roster.csv -y 2026 "$@" 2>err >in.ndjson
	tc-check -q in.ndjson 2>>err | tc-normalize -q 2>>err >run.ndjson
}
of() {
	jq -r "select(.type == \"photo\" and .student.student_no == \"$1\" and .match.state == \"matched\") | $2" \
		run.ndjson
}
upload() {
	rm -rf sent && mkdir sent && cp "$2" "sent/$1.jpg" && rm -f "$3" && (cd sent && zip -q "../$3" ./*)
}
photo good1.jpg 21 tilt=0
photo good2.jpg 22 tilt=0
for n in 1 2 3 4; do photo "tilted$n.jpg" "3$n" "tilt=9"; done

# ---- failures ----
upload "$first" tilted1.jpg a.zip
day 2026-03-02 a.zip
check "a photo that fails is an attempt" is "$(of "$first" '"\(.status) \(.account)"') $(jq -r .after batch/decisions.ndjson)" \
	"reject null failed"
cp run.ndjson before
day 2026-03-02 a.zip
check_same "the same run again says the same" before run.ndjson
upload "$first" tilted2.jpg b.zip
day 2026-03-03 b.zip
upload "$first" tilted3.jpg c.zip
day 2026-03-04 c.zip
check "the third failure begins a cool-down" is \
	"$(of "$first" '"\(.account.state) \(.account.failures) \(.account.until)"')" "cooling 3 2026-03-05"
check "the journal has the attempts" is "$(grep -c '"kind":"attempt"' batch/decisions.ndjson)" 3
upload "$first" good1.jpg d.zip
day 2026-03-04 d.zip
check "what comes meanwhile is held" is "$(of "$first" '"\(.status) \(.match.held)"')" "reject true"
check "... kept" sh -c 'jq -se "map(select(.match.held and .match.state == \"superseded\")) | length == 1" run.ndjson'
check "... and not judged" sh -c 'jq -se "map(select(.match.held and .match.state == \"superseded\"))[0].face | not" run.ndjson'
tc-export stats -q -o stats.xlsx run.ndjson >/dev/null 2>&1
# 应采 3, 实采 1, 合格 0, 待审 0, 需重拍 1, 未采集 2, 重拍人次: the two that later ones replaced.
check "... and counts as no retake" is "$(unzip -p stats.xlsx xl/worksheets/sheet1.xml |
	grep -o '<c r="[D-J]2"[^>]*><v>[0-9]*' | sed 's/.*<v>//' | tr '\n' ' ')" "3 1 0 0 1 2 2 "
check "the manifest keeps to the schema" python3 "$TC_TOP/tests/validate.py" \
	"$TC_TOP/share/manifest.schema.json" run.ndjson
upload "$third" good2.jpg e.zip
day 2026-03-05 e.zip
check "on the day the cool-down ends it is judged" is "$(of "$first" '"\(.status) \(.match.held)"')" "pass null"

# ---- a lock ----
upload "$second" good2.jpg f.zip
day 2026-03-06 f.zip
check "a good photo is no attempt" is "$(of "$second" '"\(.status) \(.account)"' | sed 's/review/pass/')" "pass null"
printf '学号,审核结果,说明,审核人\n%s,需重拍,翻拍,王审核\n' "$second" >review.csv
day 2026-03-06 --corrections review.csv
check "a photo of a photo locks the account" is "$(of "$second" '"\(.status) \(.account.state)"')" "reject locked"
upload "$second" good1.jpg g.zip
day 2026-03-09 g.zip
check "the next upload is held" is "$(of "$second" '"\(.status) \(.match.held)"')" "reject true"
tc-export todo -q -o todo.xlsx run.ndjson >/dev/null 2>&1
check "the school is asked to unlock it" sh -c 'unzip -p todo.xlsx "xl/worksheets/sheet2.xml" | grep -q 等待学校解锁'
tc-export retake -q --date 2026-03-09 -o retake.xlsx run.ndjson >/dev/null 2>&1
check "the list says that it is locked, and that a photo waits" sh -c '
	unzip -p retake.xlsx xl/worksheets/sheet4.xml | grep -q 此后上传的照片已保存'
printf '学号,申请解锁,原因\n%s,是,已核实\n' "$second" >unlock.csv
day 2026-03-10 --unlock unlock.csv
check "the school's word opens it" is "$(tail -n 1 err)" ""
check "... and the photo that waited is judged" is \
	"$(of "$second" '"\(.status) \(.match.held) \(.account.state)"' | sed 's/review/pass/')" "pass null open"
day 2026-03-11
check "it stays so" is "$(of "$second" .account.state)" open

# ---- by profile ----
printf 'include = jiangsu\n[attempts]\nfailures_max = 0\nlock = no\n' >free.conf
export SOURCE_DATE_EPOCH=1772409600
tc-ingest -q -d free -p ./free.conf -r drawn/roster.csv a.zip 2>/dev/null | tc-check -q |
	tc-normalize -q >free.ndjson
check "a profile without limits counts nothing" sh -c '! grep -q "\"account\"" free.ndjson && ! test -e free/decisions.ndjson'
finish
