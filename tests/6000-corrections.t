#!/bin/sh
# tc-ingest --corrections: what schools and reviewers found comes back.
. "$(dirname "$0")/lib.sh"

# pipeline OPTION...: ingest, check, normalize into m.ndjson.
pipeline() {
	tc-ingest -q -d batch "$@" >i.ndjson 2>err || return
	tc-check -q i.ndjson | tc-normalize -q >m.ndjson
}
field() {	# FILTER NUMBER
	jq -r --arg n "$2" "select(.type == \"photo\" and (.id | endswith(\"-\" + \$n))) | $1" m.ndjson
}
said() {	# how many lines of a kind
	grep -c "\"kind\":\"$1\"" batch/decisions.ndjson
}
# As LibreOffice writes it.
office() {
	soffice "-env:UserInstallation=file://$PWD/lo" --headless --convert-to xlsx \
		--outdir returned "$1" >/dev/null 2>&1
}

draw-school -q -n 8 -W 700 -o school
pipeline -r school/roster.csv -y 2026 school/upload.zip
no1='' no2='' no3='' no6='' no7='' no8='' sum2='' sum3='' sum5=''
n=1
while [ $n -le 8 ]; do
	eval "no$n=\$(field .student.student_no $n)" "sum$n=\$(field .source.sha256 $n)"
	n=$((n + 1))
done
id=$(jq -r 'select(.type == "batch").id' m.ndjson)
tc-export feedback -q -o f.xlsx m.ndjson >/dev/null
# Which row of the sheet is whose: the references, in order.
unzip -p f.xlsx xl/worksheets/sheet2.xml | grep -o "$id-[0-9]*-[a-z.0-9]*" >refs
row() {
	echo $(($(grep -n "^$id-$1-" refs | cut -d: -f1) + 1))
}
python3 "$TC_TOP/tests/fill-sheet.py" f.xlsx filled.xlsx \
	"I$(row 1)=姓名有误" "J$(row 1)=欧阳正确" "K$(row 1)=登记错误" \
	"I$(row 2)=照片不是本人" "J$(row 2)=$no3" "I$(row 3)=照片不是本人" "J$(row 3)=$no2" \
	"I$(row 4)=需重拍" "K$(row 4)=闭眼" "I$(row 5)=照片不是本人" "I$(row 6)=正确"
office filled.xlsx
cp m.ndjson before.ndjson
check "the sheet comes back through LibreOffice" pipeline --who 示例大学 --corrections returned/filled.xlsx
check "name claimed: held, out of the bundle" is "$(field '[.status, .held[0].field] | @csv' 1)" \
	'"review","name"'
check "two photos swapped: each is the other's now" is \
	"$(field .source.sha256 2) $(field .source.sha256 3)" "$sum3 $sum2"
check "and both pass" is "$(field .status 2) $(field .status 3)" "pass pass"
check "to be taken again: rejected, with the reason" is \
	"$(field '[.status, .decision.reason] | @csv' 4)" '"reject","闭眼"'
check "nobody's photo: the student has none" is "$(field .match.state 5)" missing
check "and is held" is "$(field '.held[0].field' 5)" photo
check "the photo is unmatched" grep -q "\"unmatched\".*$sum5" m.ndjson
check "right: confirmed" is "$(field .locked.by 6)" lock
check "blank is no answer" sh -c "! grep -q '\"record\":\"$id-[78]\"' batch/decisions.ndjson"
check "each line says who, when and which file" is "$(jq -r 'select(.who == "示例大学" and .when and
	.file_name == "filled.xlsx" and (.file | length) == 64).kind' batch/decisions.ndjson | wc -l)" \
	"$(grep -vc '"kind":"attempt"' batch/decisions.ndjson)"
check "totals still reconcile" is "$(jq -c 'select(.type == "end") | .rows.matched + .rows.missing' m.ndjson)" 8
lines=$(wc -l <batch/decisions.ndjson)
check "the same file again" pipeline --who 示例大学 --corrections returned/filled.xlsx
check "adds no line" is "$(wc -l <batch/decisions.ndjson)" "$lines"
check_status "the change is shown, masked" 0 sh -c "
	cp -r batch copy && sed -i '/correction/d' copy/decisions.ndjson &&
	tc-ingest -d copy --accept-journal --corrections returned/filled.xlsx 2>told >/dev/null &&
	grep -q '欧\*\*确' told && ! grep -q 欧阳正确 told"
check_status "the form beside open corrections" 0 tc-ingest -d batch --feedback-received 99999:2026-12-01
check "is reported" grep -q "says that all is right, and corrections of 2 students are open" err
check_status "a form of a day that no month has" 2 tc-ingest -d batch --feedback-received 99999:2026-02-29
check_status "another school's form" 2 tc-ingest -d batch --feedback-received 10001:2026-12-01
check "export again" tc-export feedback -q -o g.xlsx m.ndjson

# The answers that end a claim.
iconv -f GB18030 -t UTF-8 school/roster.csv | sed "/$no1/s/,[^,]*,\([男女]\)/,欧阳正确,\1/" |
	iconv -f UTF-8 -t GB18030 >newer.csv
check "a newer roster that agrees" pipeline -r newer.csv
check "ends the claim" is "$(field '[.status, (.held // [] | length)] | @csv' 1)" '"pass",0'
printf '记录号,校对结果,应改为\n%s,姓名有误,赵改正\n' "$(grep "^$id-7-" refs)" >hand.csv
check "a table typed by hand, accepted at once" pipeline --corrections hand.csv --accept-identity
check "corrects the student" is "$(field '[(.held // [] | length), .student.name] | @csv' 7)" \
	'0,"赵改正"'

# Damage.
python3 "$TC_TOP/tests/fill-sheet.py" f.xlsx hurt.xlsx "B$(row 8)=#2.02E+11" \
	"I$(row 8)=证件号有误" "J$(row 8)=#110101200001011234"
check_status "digits that Excel lost" 1 tc-ingest -d batch --corrections hurt.xlsx
check "are asked for again" grep -q "lost digits in '应改为'" err
check "and are no claim" sh -c "! grep -q '\"record\":\"$id-8\"' batch/decisions.ndjson"
python3 "$TC_TOP/tests/fill-sheet.py" f.xlsx moved.xlsx "L$(row 8)=$(grep "^$id-7-" refs)" "I$(row 8)=正确"
check_status "a reference moved to another row" 2 tc-ingest -d batch --corrections moved.xlsx
check "refuses the workbook" grep -q 'changed or sorted alone' err
python3 "$TC_TOP/tests/fill-sheet.py" f.xlsx typed.xlsx "L$(row 8)=$id-8-zz" "I$(row 8)=正确"
check_status "a reference mistyped" 2 tc-ingest -d batch --corrections typed.xlsx
check "refuses it too" grep -q "was changed" err
sed "s/$id/abcdefgh/" hand.csv >other.csv
check_status "a file of another batch" 2 tc-ingest -d batch --corrections other.csv
check "is refused as such" grep -q "of another batch" err
printf '学号,校对结果\n%s,正确\n%s,需重拍\n%s,\n' "$no8" "$no8" "$no7" >twice.csv
check_status "two answers about one photo" 1 tc-ingest -d batch --corrections twice.csv
check "neither counts" sh -c "! grep -q '\"record\":\"$id-8\"' batch/decisions.ndjson"
printf '记录号,审核结果\n%s,合格\n' "$(grep "^$id-2-" refs)" >old.csv
check_status "an answer about a photo that was replaced" 1 tc-ingest -d batch --corrections old.csv
check "is not taken over" grep -q 'photo was replaced' err

# The register's list.
printf 'XH,XM,BZ\n%s,x,身份核验未通过\n%s,x,不确定\n%s,x,已上网\n%s,x,天晓得\n' \
	"$no2" "$no3" "$no6" "$no8" >bz.csv
check_status "the register's list, one word unknown" 1 tc-ingest -d batch --register-result bz.csv
check "the others are taken" is "$(said register-result)" 3
pipeline
tc-ingest -q -d batch --register-result bz.csv 2>/dev/null | tc-check -q | tc-normalize -q >m.ndjson
check "not passed: to be taken again" is "$(field .status 2)" reject
check "uncertain: for review" is "$(field .status 3)" review
check_status "the list of those whose identity is to be reviewed" 1 tc-export identity-review -o id.xlsx m.ndjson
check "has the uncertain one, not the one refused once" sh -c "
	unzip -p id.xlsx xl/worksheets/sheet1.xml >s && grep -q '$no3' s && ! grep -q '$no2' s"
sed 's/未通过/未通过 /' bz.csv >bz2.csv
tc-ingest -q -d batch --register-result bz2.csv 2>/dev/null | tc-check -q | tc-normalize -q >m.ndjson
tc-export identity-review -q --force -o id.xlsx m.ndjson >/dev/null
check "refused again: there too" sh -c "
	unzip -p id.xlsx xl/worksheets/sheet1.xml | grep -q '$no2'"
check "no full name on standard error" sh -c '
	jq -r "select(.student).student | .name, .id_number" m.ndjson | grep -Ff - err told && exit 1; exit 0'
finish
