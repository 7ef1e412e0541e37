#!/bin/sh
# tc-ingest: the same 500 students from a roster of every kind and encoding.
. "$(dirname "$0")/lib.sh"

draw-school -q -n 500 --no-photos --no-zip --roster-encoding utf-8 -o school
students() {
	rm -rf batch
	tc-ingest -q -d batch "$@" >out 2>err || return
	reconciled out >reconciled.out || return
	jq -Sc 'select(.type == "photo") | .student' out >got
}
same() {
	students "$@" && cmp got wanted
}
students -r school/roster.csv
cp got wanted
check "there are 500 of them" [ "$(grep -c id_number wanted)" -eq 500 ]
check "all different" [ "$(sort -u wanted | wc -l)" -eq 500 ]

# Text: encodings, separators, ends of line.
cp school/roster.csv utf-8
printf '\357\273\277' | cat - utf-8 >utf-8-bom
iconv -f UTF-8 -t GB18030 utf-8 >gb18030
iconv -f UTF-8 -t UTF-16 utf-8 >utf-16
iconv -f UTF-8 -t UTF-16LE utf-8 >utf-16le
iconv -f UTF-8 -t UTF-16BE utf-8 >utf-16be
tr ',' ';' <utf-8 >semicolon
tr ',' '\t' <gb18030 >tab
sed 's/$/\r/' utf-8 >crlf
tr '\n' '\r' <utf-8 >cr
sed 's/[^,]*/"&"/g' utf-8 >quoted
{ echo '江东示例大学2026届毕业生名单,,,' && echo && cat utf-8 &&
	echo '合计,500,,'; } >titled
perl -CSD -Mutf8 -pe 'tr/0-9/\x{ff10}-\x{ff19}/ if $. > 1' utf-8 >full-width
for kind in utf-8 utf-8-bom gb18030 utf-16 utf-16le utf-16be semicolon tab crlf \
	cr quoted titled full-width; do
	check "text: $kind" same -r $kind
done

# Chinese headings, which differ from school to school.
chinese() {
	sed "1s/.*/考生号,省市代码,$1,姓名,性别,出生日期,$2,政治面貌,民族,学校代码,学校名称,专业代码,专业名称,$3,$4,班级,层次,学制,学习形式,当前所在级,入学日期,预计毕业日期,学籍状态,,,,,备注/" utf-8
}
chinese 学号 身份证号 分院 函授站 >one
chinese '*学号（必填）' 证件号码 学院 教学点 >two
chinese '学 号' 身份证号码 院系 校外教学点 >three
for kind in one two three; do
	check "Chinese headings: $kind" same -r $kind
done

# Workbooks.
check "XLSX with shared strings" same -r school/roster.xlsx
perl -CSD -Mutf8 -e '
	print qq(<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>);
	while (<>) { chomp; print "<row>";
		print qq(<c t="inlineStr"><is><r><t>$_</t></r></is></c>) for split /,/, $_, -1;
		print "</row>" }
	print "</sheetData></worksheet>"' utf-8 >sheet1.xml
mkdir -p x/xl/worksheets x/xl/_rels x/_rels && mv sheet1.xml x/xl/worksheets/
echo '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>' >x/_rels/.rels
echo '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>' >x/xl/_rels/workbook.xml.rels
echo '<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="学生" sheetId="1" r:id="r1"/></sheets></workbook>' >x/xl/workbook.xml
(cd x && zip -q -r ../inline.xlsx .)
check "XLSX with inline rich strings" same -r inline.xlsx
check "under any name" sh -c 'cp inline.xlsx roster.csv'
check "XLSX that is called CSV" same -r roster.csv
if command -v soffice >/dev/null; then
	soffice -env:UserInstallation="file://$PWD/office" --headless \
		--convert-to xls school/roster.xlsx >office.log 2>&1
	check "XLS" same -r roster.xls
else
	skip "XLS" "no LibreOffice"
fi

# An old DBF: GBK, fields of fixed width, every value text.
perl -e 'my @rows = map { chomp; [split /,/, $_, -1] } <STDIN>;
	my $head = shift @rows; my @width = (1) x @$head;
	for my $r (@rows) { for (0..$#$head) { my $l = length $r->[$_];
		$width[$_] = $l if $l > $width[$_] } }
	my $len = 1; $len += $_ for @width;
	print pack("CCCCVvvx20", 3, 126, 1, 1, scalar @rows, 33 + 32 * @$head, $len);
	print pack("a11 a x4 C C x14", $head->[$_], "C", $width[$_], 0) for 0..$#$head;
	print "\r";
	for my $r (@rows) { print " ", map { sprintf "%-*s", $width[$_], $r->[$_] } 0..$#$head }
	print "\x1a"' <gb18030 >roster.dbf
check "DBF in GBK" same -r roster.dbf

# Headings and no student: the records of a DBF are blank or deleted, or there are none.
perl -e 'for (["blank", " "], ["deleted", "*"]) {
		my ($name, $mark) = @$_; open my $f, ">", "$name.dbf";
		print $f pack("CCCCVvvx20", 3, 126, 1, 1, 3, 33 + 32, 13);
		print $f pack("a11 a x4 C C x14", "XH", "C", 12, 0), "\r";
		print $f $mark, $mark eq " " ? " " x 12 : "202201010101" for 1..3;
		print $f "\x1a" }'
head -n 1 utf-8 >headings
for file in blank.dbf deleted.dbf headings; do
	check_status "$file: no student" 1 sh -c 'rm -rf none.batch
		tc-ingest -q -d none.batch -r "$1" >out 2>err' - $file
	check "$file: is said" grep -q "roster '$file' was not read: no student" err
	check "$file: and in the manifest" sh -c '
		tail -n 1 out | jq -e ".errors == 1 and .skipped[0].kind == \"roster\""'
done

# What the operator can say.
{ echo 'x,y' && cat utf-8; } | sed '2s/XH/序列/' >odd
check "an unknown heading loses its column" sh -c '
	tc-ingest -q -d odd.batch -r odd >out 2>err
	! grep -q "\"student_no\"" out && grep -q "\"exam_no\"" out'
echo 'student_no = 序列' >columns
check "--columns names it" same --columns columns -r odd
check "--header-row" same --header-row 2 --columns columns -r odd
check_status "--header-row elsewhere" 2 tc-ingest -q -d batch --header-row 3 -r odd
check "--sheet by name" same --sheet 学生 -r inline.xlsx
check "--sheet by number" same --sheet 1 -r inline.xlsx
check_status "--sheet that is not there" 2 \
	tc-ingest -q -d batch --sheet 教师 -r inline.xlsx
check "names what is there" grep -q 学生 err

# A roster that cannot be read costs itself, with its reason.
head -c 3000 inline.xlsx >broken.xlsx
mkdir in && cp broken.xlsx in/名单.xlsx && printf '姓名,电话\n甲,1\n' >in/电话.csv
check_intake "rosters in an upload that are none" 1 tc-ingest -q -d bad in
check "one is damaged" grep -q "entry 1 .*nor a roster: cannot read the workbook" err
check "the other has no number" grep -q "entry 2 .*no row of headings" err
check_status "one given by name" 2 tc-ingest -q -d bad -r broken.xlsx in
check_status "another school's" 2 tc-ingest -q -d other -s 10001 -r utf-8
check "names both" grep -q "'99999'.*'10001'" err
awk -F, -v OFS=, 'NR == 3 { $7 = "329901200404010000" }
	NR == 4 { $5 = $5 == "男" ? "女" : "男" }
	NR == 5 { $6 = "19990101" } 1' utf-8 >marked
students -r marked
for row in 3 4 5; do
	check "row $row is marked" sh -c "
		sed -n $((row - 1))p got | jq -e '.notes != null'"
done
check "the operator is told, once for each note" sh -c '
	[ "$(grep -c "roster: row [345]: .*ID number" err)" -eq 3 ]'
check "no other row is" [ "$(grep -c '"notes"' got)" -eq 3 ]

mkdir nothing
# Who is outside the collection is excluded, and not missing.
sed '2s/注册学籍/退学/; 3s/20260630/20270630/; 4s/20260630/20250630/' utf-8 >scope
check_intake "students who are not photographed this year" 0 \
	tc-ingest -q -d scope.batch -y 2026 -r scope nothing
check "are excluded" sh -c 'tail -n 1 out | jq -e "
	.rows.excluded == 3 and .rows.missing == 497 and .rows.total == 500 and
	.status.excluded == 3"'
check "with the reason: another status, another year" sh -c '
	jq -r "select(.match.state == \"excluded\") | .match.reason" out |
	sort | tr "\n" "|" | grep -q "expected in 2027.*expected in 2025.*退学"'
check_intake "where nobody graduates in the class's year the years say nothing" 0 \
	tc-ingest -q -d years.batch -y 2027 -r utf-8 nothing
check "... and nobody is excluded for it" sh -c 'tail -n 1 out | jq -e ".rows.excluded == 0"'
finish
