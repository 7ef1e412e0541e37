#!/bin/sh
# Tables that people fill in, as people fill them in: every sheet and column counts or is
# refused with the reason; a row that is refused changes nothing; no message tells a number.
. "$(dirname "$0")/lib.sh"

draw-school -q -n 6 -W 700 -o school
ls school/photos/* >pictures
no() {
	basename "$(sed -n "$1p" pictures)" .jpg
}
one=$(no 1) two=$(no 2) three=$(no 3) four=$(no 4) five=$(no 5)
mkdir loose
cp "$(sed -n 1p pictures)" loose/IMG_1.jpg
jpegtran -copy none -optimize "$(sed -n 2p pictures)" >loose/IMG_2.jpg
tc-ingest -q -d whole -r school/roster.csv -y 2026 --unmatched list.csv school/upload.zip \
	loose >first.ndjson 2>/dev/null
id=$(jq -r 'select(.student.student_no? == "'"$one"'").student.id_number' first.ndjson)

# taken STATUS OPTION FILE DESCRIPTION: tc-ingest on a fresh copy of the batch.
taken() {
	rm -rf batch && cp -r whole batch
	check_status "$4" "$1" tc-ingest -d batch --who 操作员 "$2" "$3"
}
said() {	# what the journal has of each kind, and of whom
	[ ! -f batch/decisions.ndjson ] || jq -r '[.kind, .field, .after // "-"] | join(" ")' \
		batch/decisions.ndjson | sort | uniq -c | sed 's/^ *//' | tr '\n' ';'
}
photo_of() {
	jq -r --arg n "$1" 'select(.student.student_no? == $n).match.state' out
}
python3 - "$TC_TOP/tests" "$one" "$two" "$three" <<'P'
import sys
sys.path.insert(0, sys.argv[1])
import xlsx
one, two, three = sys.argv[2:]
head = ["学号", "校对结果", "应改为", "说明"]
xlsx.write("sheets.xlsx", [("计算机", [head, [one, "需重拍", None, "闭眼"]]),
    ("说明", [["请逐行填写"]]), ("文学院", [["学号", "审核结果"], [two, "需重拍"], [three, "需重排"]])])
xlsx.write("hidden.xlsx", [("a", [["学号", "校对结果"], [one, "需重拍"]]),
    ("b", [["学号", "校对结果"], [two, "需重拍"]], {"hidden": True})])
first = ("计算机", [["学号", "校对结果"], [one, "需重拍"]])
xlsx.write("unheaded.xlsx", [first, ("文学院", [[two, "需重拍"]]), ("说明", [["请逐行填写"]])])
xlsx.write("misspelt.xlsx", [first, ("文学院", [["学号", "核对"], [two, "需重拍"]])])
members = [["序号", "学号", "姓名", "班级", "备注"], [1, two, "李小芳", "计科2201"]]
xlsx.write("class.xlsx", [first, ("全班名单", members)])
xlsx.write("remark.xlsx", [first, ("全班名单", [members[0], members[1] + ["需重拍"]])])
xlsx.write("opinion.xlsx", [first, ("全班名单", [["学号", "姓名", "审核意见"], [two, "李小芳", "需重拍"]])])
xlsx.write("columns.xlsx", [("a", [["学号", "审核结果", "复核结果"], [one, "合格", "需重拍"],
    [two, None, "需重拍"], [three, "需重拍", "需重拍"]])])
xlsx.write("beside.xlsx", [("a", [["学号", "校对结果", "学号", "校对结果"],
    [one, "需重拍", two, "需重拍"]])])
xlsx.write("unlock.xlsx", [("解锁", [["学号", "解锁原因"], [one, "换装"]]),
    ("全部", [["学号", "姓名"], [one, "甲"], [two, "乙"]])])
xlsx.write("who.xlsx", [("a", [["学号", "检查项", "类别代码", "经办人", "批准人"],
    [one, "pose.roll", "A1", "张", "李"]])])
P

# ---- sheets ----
taken 1 --corrections sheets.xlsx "answers on two sheets, of a school and of a reviewer"
check "both are taken" is "$(said)" '2 review photo reject;'
check "... and a row is told with its sheet" grep -q "sheet '文学院' row 3: .*'需重排'" err
taken 1 --corrections hidden.xlsx "answers on a hidden sheet"
check "are not taken, and that is told" sh -c "test '$(said)' = '1 review photo reject;' &&
	grep -q \"sheet 'b': it is hidden and was not read\" err"
for sheets in unheaded misspelt; do
	taken 1 --corrections $sheets.xlsx "answers on a sheet whose headings are $sheets"
	check "... are not taken, and that is told" sh -c "test '$(said)' = '1 review photo reject;' &&
		grep -q \"sheet '文学院': it lacks headings with '标识'/'学号' .*, and 1 of its rows look\" err"
done
rm -rf batch && cp -r whole batch
check "and in Chinese" sh -c 'tc-ingest -d batch --lang zh --corrections unheaded.xlsx 2>&1 >out |
	grep -q "工作表“文学院”：其中没有找到含.*的表头行，而有 1 行像是学生"'
taken 0 --corrections class.xlsx "a list of the class beside answers"
check "is no error, and is named" sh -c "test '$(said)' = '1 review photo reject;' &&
	grep -q \"sheets that are lists of students without answers: '全班名单'\" err"
taken 1 --corrections remark.xlsx "one with a remark"
check "may hold an answer" grep -q "sheet '全班名单': it lacks headings" err
taken 1 --corrections opinion.xlsx "one with a column of opinions, which a roster ignores"
check "may hold an answer, too" grep -q "sheet '全班名单': it lacks headings" err
taken 2 --unlock unlock.xlsx "a list of whom to unlock beside a list of all"
check "... is refused, and says why" grep -q 'several sheets with 学号' err

# ---- columns ----
taken 1 --corrections columns.xlsx "two columns of one meaning"
check "a row in which they differ is refused, the others hold" is "$(said)" '2 review photo reject;'
check "... by the columns" grep -q 'row 2: columns B and C have the same meaning and different values' err
taken 1 --corrections beside.xlsx "students side by side"
check "are refused: the second would be lost" grep -q 'row 2: columns [A-D] and [A-D] have the same meaning' err
taken 0 --exemptions who.xlsx "of several persons the first is named"
check "... in the journal" is "$(jq -r .who batch/decisions.ndjson)" 张

# ---- rows ----
printf '学号,检查项,类别代码,批准人\n%s,pose.roll、nonsense,A1,张\n' "$one" >half.csv
taken 1 --exemptions half.csv "an exemption from one check that there is and one that there is not"
check "a refused row grants nothing" is "$(said)" ''
checks=$(sed -n 's/^\[check\.\(.*\)\]$/\1/p' "$TC_TOP"/share/profiles/*.conf | sort -u |
	grep -v '^file\|^image\|^face\.count' | head -30)
{
	echo '学号,检查项,类别代码,批准人'
	printf "$one,%s,A1,张\n" $checks
} >many.csv
taken 0 --exemptions many.csv "a student is exempted from thirty checks"
check "... and from no fewer" is \
	"$(jq "select(.student.student_no? == \"$one\").exemptions | length" out)" 30
token=$(sed -n 's/^\([^,]*\),.*IMG_1.*/\1/p' list.csv)
other=$(sed -n 's/^\([^,]*\),.*IMG_2.*/\1/p' list.csv)
printf '标识,关联学号\n%s,%s\n%s,%s\n' "$token" "$three" "$token" "$four" >both.csv
taken 1 --link both.csv "one photo is given to two students"
check "neither has it, and who has it keeps it" is "$(said)$(photo_of "$one")" matched
printf '标识,关联学号\n%s,%s\n%s,%s\n' "$token" "$five" "$other" "$five" >two.csv
taken 1 --link two.csv "two photos are given to one student"
check "neither counts, and nobody loses one" is "$(said)$(photo_of "$one")" matched
check "... by both rows" is "$(grep -c 'another row gives another photo to the same student' err)" 2
printf '学号,事项,处理结果\n%s,照片,不同意\n' "$one" >settle.csv
taken 1 --corrections settle.csv "what cannot be settled"
check "is refused, and not told as done before that" sh -c '! grep "photo: remains" err'
printf '学号,校对结果,应改为\n%s,姓名有误,张三\n' "$one" >claim.csv
tc-ingest -q -d whole --corrections claim.csv >/dev/null 2>&1
printf '学号,事项,处理结果\n%s,姓名,不同意\n' "$one" >settle.csv
taken 0 --corrections settle.csv "a claim is dismissed"
check "... and told as that" grep -q "the claim is dismissed" err

printf '学号,事项,处理结果,应改为\n%s,证件号,同意,%s9\n' "$one" "${id%?}" >invalid.csv
printf '学号,校对结果,应改为\n%s,证件号有误,%s9\n' "$one" "${id%?}" >claim.csv
tc-ingest -q -d whole --corrections claim.csv >/dev/null 2>&1
taken 1 --corrections invalid.csv "an ID number that is not valid is to be accepted"
check "is refused" grep -q "the ID number is not valid and is not accepted:\|not accepted$" err

# ---- whose ----
printf '学号,身份证号,备注\n%s,%s,未通过\n' "$two" "$id" >result.csv
taken 1 --register-result result.csv "the register's row with two students' numbers"
check "is neither's" grep -q "row 2: its numbers belong to two students" err
for written in "$id" "$(jq -r 'select(.student.student_no? == "'"$one"'").student.name' \
	first.ndjson)" "tzzzzzzz-$id"; do
	printf '标识,学号,校对结果\n%s,%s,正确\n' "$written" "$one" >reference.csv
	taken 2 --corrections reference.csv "what is no reference, in its column"
	check "... is not shown" sh -c "! grep -qF '$written' err"
done
name=$(jq -r 'select(.student.student_no? == "'"$two"'").student.name' first.ndjson)
printf '学号,校对结果\n%s,与%s相同\n' "$one" "$name" >"$id.csv"
taken 1 --corrections "$id.csv" "a name in the place of an answer, a number in the file's name"
check "neither is shown" sh -c "! grep -qF -e '$name' -e '$id' err && grep -q 与 err"
printf '学号,备注\n%s,与%s相同\n' "$one" "$name" >result.csv
taken 1 --register-result result.csv "a name in the register's remark"
check "is not shown" sh -c "! grep -qF '$name' err"
printf '标识,检查项,类别代码\n%s,pose.roll,A1\n' "$(jq -r 'select(.student.student_no? == "'"$one"'").id' \
	first.ndjson)" >untold.csv
taken 1 --exemptions untold.csv "a table that names students by 标识 alone"
check "is read, and its row judged" grep -q "row 2: the token belongs to no student" err
printf '学号,校对结果,应改为\n%s,证件号有误,%s9\n' "$two" "${id%?}" >wrong.csv
taken 0 --corrections wrong.csv "an ID number is claimed"
tc-export todo -q -o todo.xlsx out >/dev/null 2>&1
check "the to-do list shows what differs, and not the number" sh -c "
	unzip -p todo.xlsx xl/worksheets/sheet3.xml >sheet && grep -q 应改为 sheet &&
	! grep -qF '${id%?}' sheet"
finish
