# Where students are known by their capture codes the whole pipeline works, and nothing
# that leaves it names a person.
. tests/lib.sh

draw-school -q -n 5 -W 640 --codes beside -o school
sed '1d;s/\r//' school/roster.csv | cut -d, -f6 >codes
umask 077
check_status "a school from upload to products" 0 sh -c '
	tc-ingest -q -d batch -p jiangsu-code -s 99999:江东示例大学 -y 2026 \
		-r school/roster.csv school/upload.zip |
	tc-check -q | tc-normalize -q | tc-layout -q -o sheets.pdf |
	tc-export -q chsi -o bundle.zip | tc-export -q feedback -o feedback.xlsx |
	tc-export -q review -o review.html | tc-export -q proof -o proof.zip >m.ndjson'
check "every photo passes" sh -c 'tail -n 1 m.ndjson | jq -e ".status.pass == 5"'
mkdir bundle proof
(cd bundle && unzip -q ../bundle.zip)
(cd proof && unzip -q ../proof.zip)
check "the bundle's table gives each image its code" sh -c '
	tail -n +2 bundle/table.csv | tr -d "\r" | cut -d, -f2 | diff - codes &&
	test "$(cut -d, -f3 bundle/table.csv | tail -n +2 | tr -d "\r" | tr "\n" " ")" = \
	"1.jpg 2.jpg 3.jpg 4.jpg 5.jpg "'
check "... and the image is the student's" sh -c '
	jq -r "select(.type == \"photo\") | .student.capture_code + \" \" + .normalized.sha256" \
		m.ndjson | sort >wanted
	tail -n +2 bundle/table.csv | tr -d "\r" | while IFS=, read -r n code image; do
		echo "$code $(sha256sum "bundle/$image" | cut -d " " -f 1)"
	done | sort | diff wanted -'
check "the bundle tells no name and no student number" sh -c \
	'! grep -rqFe "*" -e 2022 bundle/table.csv'
pdftotext sheets.pdf sheets.txt
check "the strip has the masked name and the last four" \
	grep -q '^20220101010[0-9] 0[0-9]\{2\}[0-9X] .\*' sheets.txt
check "no code but in the bundle" sh -c \
	'! grep -rqFf codes proof review.html sheets.txt bundle.zip.receipt.json &&
	! unzip -p feedback.xlsx | grep -qFf codes'
check "the form is filled in with masked names" sh -c \
	'unzip -p feedback.xlsx xl/worksheets/sheet2.xml xl/sharedStrings.xml 2>/dev/null |
	grep -q "[^<>]\*"'
# a photo and its code sent again by the student, day two
draw-school -q -n 5 -s 2 -W 640 --codes beside -o other
mkdir again
cp school/photos/0001_* again/
cp other/photos/0002_*.jpg "again/$(basename again/0001_*.jpg)"
check_status "a photo sent again with the same code" 0 sh -c '
	tc-ingest -q -d batch -p jiangsu-code again 2>err.1 |
	tc-check -q | tc-normalize -q >n.ndjson'
check "... waits behind the delivered one" sh -c '
	jq -es "any(.match.later == true and (.id | endswith(\"-1\")))" n.ndjson'
check "... and what was given out stays" sh -c '
	jq -r "select(.match.state == \"matched\") | .source.sha256" m.ndjson | sort >one
	jq -r "select(.match.state == \"matched\") | .source.sha256" n.ndjson | sort | diff one -'
finish
