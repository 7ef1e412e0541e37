#!/bin/sh
# What people answer takes effect, is told with its reason, and can be changed.
. "$(dirname "$0")/lib.sh"

# pipeline OPTION...: ingest, check, normalize into m.ndjson; tc-ingest's exit status.
pipeline() {
	tc-ingest -q -d batch --who 操作员 "$@" >i.ndjson 2>err
	status=$?
	[ $status -le 1 ] || return $status
	tc-check -q i.ndjson 2>/dev/null | tc-normalize -q >m.ndjson 2>/dev/null
	return $status
}
of() {	# NUMBER FILTER
	jq -r --arg n "$1" "select(.type == \"photo\" and (.id | endswith(\"-\" + \$n))) | $2" m.ndjson
}
sheet() {	# FILE NUMBER: the sheet's text
	unzip -p "$1" "xl/worksheets/sheet$2.xml"
}
has() {	# FILE NUMBER WORDS...: all stand on the sheet
	sheet "$1" "$2" >sheet.xml
	shift 2
	for word; do
		grep -q -- "$word" sheet.xml || { echo "no '$word'"; return 1; }
	done
}
lacks() {
	sheet "$1" "$2" >sheet.xml
	! grep -q -- "$3" sheet.xml
}
photo() {	# NUMBER SEED [SETTING]: another portrait of the student, as folder again/
	rm -rf drawn again
	draw-school -q -n 1 -W 700 -s "$2" --set "${3:-collar=#6f7a88}" -o drawn 2>/dev/null
	mkdir -p again && unzip -qq -j -o drawn/upload.zip -d drawn/loose 2>/dev/null
	set -- "$1" drawn/loose/*.jpg
	eval "cp \"$2\" again/\$no$1.jpg"
}

draw-school -q -n 12 -W 700 -o school
pipeline -r school/roster.csv -y 2026 school/upload.zip
no1='' no2='' no3='' no4='' no5='' no6='' no7='' no8='' no9='' no10='' no11='' no12='' sum3='' sum4=''
n=1
while [ $n -le 12 ]; do
	eval "no$n=\$(of $n .student.student_no)" "sum$n=\$(of $n .source.sha256)"
	n=$((n + 1))
done
check "some pass" test "$(jq -r 'select(.type == "end").status.pass' m.ndjson)" -ge 3
machine1=$(of 1 .status)	# what the checks say, nobody having spoken

# ---- remarks, and pictures that are nobody's ----
printf '学号,校对结果,说明\n%s,其他,已退学\n%s,照片不是本人,拿错了\n' "$no1" "$no2" >a.csv
check "a remark and a photo of somebody else" pipeline --corrections a.csv
check "the remark holds, and waits for the operator" is \
	"$(of 1 '[.status, .held[0].state, .held[0].reason, .held[0].waits[0], .held[0].role] | @csv')" \
	'"review","noted","已退学","operator","school"'
check "the photo is gone, with the reason" is "$(of 2 '[.status, .held[0].state, .held[0].reason] | @csv')" \
	'"missing","disowned","拿错了"'
check "the retake list tells why, and that the student's own is wanted" sh -c "
	tc-export retake -q -o r.xlsx m.ndjson >/dev/null && unzip -p r.xlsx xl/worksheets/sheet1.xml >s &&
	grep -q '照片不是本人：拿错了' s && grep -q 请上传本人照片 s && grep -q $no2 s"
photo 2 77
check "a new photo" pipeline again
check "ends the claim about the old one" is "$(of 2 '[.status != "missing", (.held // [] | length)] | @csv')" 'true,0'
printf '学号,处理结果\n%s,同意\n' "$no3" >b.csv
check_status "the operator settles what is not open" 1 tc-ingest -d batch --corrections b.csv
check "and is told so, with the word" grep -q "nothing is open: '同意'" err
tc-export todo -q -o todo.xlsx m.ndjson >/dev/null
check "the remark is on the operator's list, in its words" has todo.xlsx 3 "$no1" 备注：已退学 其他
printf '学号,事项,处理结果\n%s,其他,已处理\n' "$no1" >b.csv
check "the operator closes it" pipeline --corrections b.csv
check "and the student is free" is "$(of 1 '[.status, (.held // [] | length)] | @csv')" "\"$machine1\",0"

# ---- exchanged photos, after the delivery ----
tc-export chsi -q -o one.zip m.ndjson >/dev/null
tc-layout -q -o sheets.pdf m.ndjson >/dev/null
printf '学号,校对结果,应改为\n%s,照片不是本人,%s\n' "$no3" "$no4" >c1.csv
printf '学号,校对结果,应改为\n%s,照片不是本人,%s\n' "$no4" "$no3" >c2.csv
check "one student names the other" pipeline --corrections c1.csv
check "the other waits" is "$(of 3 .held[0].state) $(of 4 .held[0].state)" "disowned offered"
check "and names the first, in another file" pipeline --corrections c2.csv
check "after the delivery both have the other's photo" is \
	"$(of 3 .source.sha256) $(of 4 .source.sha256)" "$sum4 $sum3"
check "and pass" is "$(of 3 .status) $(of 4 .status)" "pass pass"
tc-export recall -q -o recall.xlsx m.ndjson >/dev/null
check "what was delivered and printed is called back" has recall.xlsx 1 "$no3" "$no4" one.zip sheets.pdf \
	交付 冲印 照片不是本人 尚未重新发出
tc-export chsi -q --new -o two.zip m.ndjson >/dev/null
check "they are delivered again, each once" is "$(unzip -Z1 two.zip | grep -c 'jpg$')" 2
tc-ingest -q -d batch >/dev/null 2>&1
tc-export recall -q --force -o recall.xlsx m.ndjson >/dev/null
check "and the list says when" has recall.xlsx 1 two.zip 已替换并重新发出

# ---- whose word it is ----
photo 5 78 tilt=7
check "a bad photo of a student comes, and one of another who had none" pipeline again
printf '学号\n%s\n' "$no5" >unlock.csv
pipeline --unlock unlock.csv
printf '学号,校对结果,应改为,说明\n%s,合格,,\n%s,正确,张三,\n%s,,,很好\n%s,需重抬,,\n' \
	"$no6" "$no7" "$no8" "$no9" >d.csv
check_status "words that are not theirs, contradictions, a remark alone" 1 tc-ingest -d batch --corrections d.csv
check "each is refused with its word" sh -c "
	grep -q \"a school cannot give that answer: '合格'\" err &&
	grep -q \"although the answer is that all is right: '正确'\" err && grep -q \"'说明' is filled in\" err &&
	grep -q \"that the form offers: '需重抬'\" err"
printf '学号,审核结果,审核人,原因\n%s,需重拍,王审核,疑似翻拍\n' "$no6" >e.csv
check "a reviewer rejects one" pipeline --corrections e.csv
printf '学号,校对结果\n%s,正确\n' "$no6" >f.csv
check_status "the school cannot pass it" 1 tc-ingest -d batch --corrections f.csv
check "and is told why" grep -q "a reviewer rejected the photo: a school cannot pass it: '正确'" err
check "翻拍 leads to the sheet of those whose account is to be unlocked" sh -c "
	tc-export retake -q --force -o r.xlsx m.ndjson >/dev/null
	unzip -p r.xlsx xl/worksheets/sheet4.xml >s && grep -q $no6 s && grep -q 人工审核未通过：疑似翻拍 s"
tc-export feedback -q -o f.xlsx m.ndjson >/dev/null
check "and to the school's sheet" has f.xlsx 2 人工审核未通过：疑似翻拍
photo 8 80 tilt=7
rm -rf school2 && mkdir school2 && cp again/*.jpg school2/
printf '学号,审核结果,原因\n%s,需重拍,闭眼\n' "$no8" >g.csv
pipeline --corrections g.csv
check "the retake of one is rejected by the checks" pipeline school2
check "and is rejected" is "$(of 8 .status)" reject
printf '学号,校对结果\n%s,正确\n' "$no8" >h.csv
check_status "filled down, 正确 is refused for it" 1 tc-ingest -d batch --corrections h.csv
check "by name of the rule" grep -q "cannot pass it: '正确'" err
photo 8 81
pipeline again
check "and the good one counts" is "$(of 8 .status)" pass
printf '学号,校对结果,校对人,说明\n%s,需重拍,甲,闭眼\n%s,正确,乙,\n' "$no9" "$no9" >j.csv
check "two at the school disagree" pipeline --corrections j.csv
check "neither counts, both are named" is \
	"$(of 9 '[.status, .decision.verdict, .decision.said[0].who, .decision.said[1].who] | @csv')" \
	'"review","conflict","甲","乙"'

# ---- several files, names of checks ----
printf '学号,审核结果,审核人,时间,原因\n%s,需重拍,王,2026-11-02T10:00:00Z,闭眼\n' "$no10" >late.csv
printf '学号,审核结果,审核人,时间\n%s,合格,王,2026-11-01T10:00:00Z\n' "$no10" >early.csv
check "two files in one run" pipeline --corrections late.csv --corrections early.csv
check "in the order of their dates" is "$(of 10 .decision.verdict)" reject
printf '学号,检查项,类别代码\n%s,瞳孔平行角度、pose.yaw,A1\n%s,歪头,A1\n' "$no11" "$no12" >k.csv
check_status "exemptions by the names in the workbooks" 1 pipeline --exemptions k.csv
check "are taken, and the unknown one is quoted" sh -c "
	grep -q \"does not have: '歪头'\" err &&
	jq -r 'select(.kind == \"exemption\").field' batch/decisions.ndjson | sort | tr '\n' ' ' | grep -qx 'pose.roll pose.yaw '"
printf '学号,检查项,类别代码\n%s,%s,A1\n' "$no12" pose.rol "$no12" 瞳孔平形角度 "$no12" 'Head turnde' >near.csv
check_status "a check that is misspelt" 1 pipeline --exemptions near.csv
check "is told from the one that was meant, as it was written" sh -c "
	grep -q \"does not have: 'pose.rol': did you mean 'pose.roll'?\" err &&
	grep -q \"'瞳孔平形角度': did you mean '瞳孔平行角度'?\" err &&
	grep -qi \"'Head turnde': did you mean 'head turn[a-z]*'?\" err"
printf '学号,检查项,类别代码\n%s,头部转向,撤销\n' "$no11" >k2.csv
check "and withdrawn again" pipeline --exemptions k2.csv
check "one is left" is "$(of 11 '[.exemptions[].check] | @csv')" '"pose.roll"'
printf 'XH,XM,BZ\n%s,x,不确定\n' "$no12" >bz.csv
pipeline --register-result bz.csv
check "the register doubts one" is "$(of 12 '[.status, .register[0].state] | @csv')" '"review","doubted"'
printf '学号,复核结果\n%s,合格\n' "$no12" >l.csv
check "the review of the identity passes it" pipeline --corrections l.csv
check "and it passes" is "$(of 12 '[.status, .register[0].state] | @csv')" '"pass","cleared"'
printf 'XH,XM,BZ\n%s,x,身份核验未通过\n' "$no11" >bz2.csv
pipeline --register-result bz2.csv
check "the register's words reach the lists" sh -c "
	tc-export retake -q --force -o r.xlsx m.ndjson >/dev/null
	unzip -p r.xlsx xl/worksheets/sheet1.xml | grep -q '学信网未通过：身份核验未通过'"

python3 "$TC_TOP/tests/fill-sheet.py" f.xlsx g.xlsx "I2=正确"
mkdir x && (cd x && unzip -q ../g.xlsx)
python3 - <<'END'
import re
path = "x/xl/worksheets/sheet2.xml"
text = open(path, encoding="utf-8").read()
text = re.sub(r'<c r="I3"[^>]*?(/>|>.*?</c>)', '<c r="I3"><f>A1</f></c>', text)
open(path, "w", encoding="utf-8").write(text)
END
(cd x && zip -q -r ../formula.xlsx .)
check_status "a formula without a value" 1 tc-ingest -d batch --corrections formula.xlsx
check "is no blank" grep -q 'row 3: a cell is a formula without a stored value' err

# ---- days ----
check "every tool's summary says whose it is to act" sh -c '
	tc-ingest -d batch again 2>&1 >/dev/null | grep "to do: reviewer [0-9]*, school [0-9]*, operator [0-9]*, register [0-9]*, student" &&
	tc-export csv --columns id -o c.csv m.ndjson 2>&1 >/dev/null | grep "to do: reviewer .*, student [1-9]"'
tc-export todo --date 2027-03-01 -o days/ m.ndjson >/dev/null 2>told
check "a product has the day that is asked for" test -f days/*待办表_20270301.xlsx
check "working days of a year that nobody knows are told" grep -q "does not have the year of 2027" told
check_status "the next day needs no --force" 0 tc-export todo -q --date 2027-03-02 -o days/ m.ndjson
tc-export todo -q -o days/ m.ndjson >/dev/null
check "the usual day is that of the newest upload or answer" test -f days/*待办表_20251120.xlsx
cp m.ndjson before.ndjson
tc-export stats -q --date 2025-11-20 -o stats/ m.ndjson >/dev/null
passed=$(jq -r 'select(.type == "end").status.pass' m.ndjson)
printf '学号,审核结果,原因\n%s,需重拍,闭眼\n' "$no1" >o.csv
pipeline --corrections o.csv
tc-export stats -q --date 2025-11-21 -o stats/ m.ndjson >/dev/null
sheet stats/*20251121.xlsx "$(unzip -p stats/*20251121.xlsx xl/workbook.xml | grep -o '<sheet [^>]*' | grep -n 进度 | cut -d: -f1)" >progress.xml
check "yesterday's figures stay as they were told" sh -c "
	grep -o '<row r=\"2\".*' progress.xml | sed 's/<row r=\"3\".*//' | grep -q '<v>$passed</v>' &&
	grep -o '<row r=\"3\".*' progress.xml | grep -q '<v>$((passed - 1))</v>'"

# ---- the journal ----
cp -r batch whole
check_status "a journal that vanished ends the tool" 2 sh -c 'rm batch/decisions.ndjson; tc-ingest -d batch again'
check "which says how to go on" grep -q 'is missing.*--accept-journal' err
sed '$d' whole/decisions.ndjson >batch/decisions.ndjson
check_status "so does one that shrank" 2 tc-check i.ndjson
check "and it is told" grep -q 'is shorter' err
tr '[:print:]' '\0' <whole/decisions.ndjson >batch/decisions.ndjson
check_status "and one of NUL bytes" 2 tc-export todo -o x.xlsx m.ndjson
sed '1s/操作员/别的人/' whole/decisions.ndjson >batch/decisions.ndjson
check_status "and one that was altered" 2 tc-ingest -d batch again
check_status "the operator may go on with it" 0 tc-ingest -d batch --accept-journal
cp whole/decisions.ndjson batch/ && cp whole/id batch/
printf '{"kind":"review","rec' >>batch/decisions.ndjson
check_status "a torn line is told" 0 tc-ingest -d batch again
check "by the bytes that it has" grep -q 'ends in 21 bytes' err
printf '学号,审核结果\n%s,合格\n' "$no1" >q.csv
pipeline --corrections q.csv
check "and kept aside" grep -q '{"kind":"review","rec' batch/decisions.torn
check "no name and no number in full on standard error" sh -c '
	jq -r "select(.student).student | .name, .id_number" m.ndjson | grep -Ff - err told && exit 1; exit 0'
finish
