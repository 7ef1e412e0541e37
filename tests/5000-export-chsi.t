#!/bin/sh
# tc-export chsi: the bundle for the register.
. "$(dirname "$0")/lib.sh"
. "$TC_TOP/tests/export-batch.sh"

make_batch school
check_status "a bundle is made" 0 tc-export chsi -o out.zip school.ndjson
cp out passed
check "records pass through unchanged" sh -c "
	grep '\"photo\"' school.ndjson >a && grep '\"photo\"' passed >b && cmp a b"
check "unzip finds no error" unzip -tqq out.zip
check "the sums in it hold" sh -c '
	mkdir x && cd x && unzip -qq ../out.zip && sha256sum -c --quiet SHA256SUMS'
check "only conforming images that passed are in it" sh -c '
	ls x >have && printf "%s\n" 110101200001010018.jpg 11010120000101002X.jpg \
		"L123456(7).jpg" SHA256SUMS table.csv table.xlsx >want && cmp have want'
check_same "images are those that were normalized" x/110101200001010018.jpg \
	school/normalized/1.jpg
check "images decode to 480 x 640" sh -c '
	for f in x/*.jpg; do djpeg -pnm "$f" | head -c 15 | grep -qx "480 640" || exit 1; done'
check "files in it are for their owner only" sh -c '
	zipinfo out.zip | grep -c "^-rw-------" | grep -qx 6'
check "the bundle and its receipt are, too" sh -c '
	stat -c %a out.zip out.zip.receipt.json | sort -u | grep -qx 600'

cat >want.csv <<'END'
XH,XM,SFZH,KSH,YXDM,YXMC,IMAGE
2021001,张三丰,110101200001010018,,99999,示例大学,110101200001010018.jpg
2021002,李四,11010120000101002X,,99999,示例大学,11010120000101002X.jpg
2021003,'=1+1,L123456(7),,99999,示例大学,L123456(7).jpg
END
check "the table has a row an image, after a byte order mark" sh -c '
	tail -c +4 x/table.csv | tr -d "\r" | cmp - want.csv &&
	head -c 3 x/table.csv | od -An -tx1 | grep -q "ef bb bf"'
check "the workbook says the same, and LibreOffice opens it" sh -c '
	soffice -env:UserInstallation="file://$PWD/lo" --headless \
		--convert-to "csv:Text - txt - csv (StarCalc):44,34,76" --outdir lo x/table.xlsx >/dev/null 2>&1 &&
	sed "s/'\''=/=/" want.csv | cmp - lo/table.csv'

check "the receipt's counts add up" jq -e '
	.photos == 7 and .images == 3 and ([.left_out[]] | add) == 4 and
	(.records | length) == 4 and .left_out.missing == 1' out.zip.receipt.json
check "the receipt names the bundle's sum" sh -c '
	[ "$(jq -r .sha256 out.zip.receipt.json)" = \
		"$(sha256sum out.zip | cut -d" " -f1)" ]'
check "the receipt tells nobody's name or number" sh -c '
	! grep -Eq "王五|赵六|孙七|[0-9]{18}" out.zip.receipt.json'

# The same again, and other than before.
cp out.zip first.zip
sleep 2
check_status "the same again is success" 0 tc-export chsi -o out.zip school.ndjson
check_same "with the same bytes" first.zip out.zip
check_status "elsewhere as well" 0 tc-export chsi -o other.zip school.ndjson
check_same "with the same bytes, whatever the time" first.zip other.zip
sed 's/张三丰/张三/' school.ndjson >other.ndjson
check_status "other content is refused" 2 tc-export chsi -o out.zip other.ndjson
check_same "and leaves what was there" first.zip out.zip
check_status "unless forced" 0 tc-export chsi --force -o out.zip other.ndjson
check "which replaces it" sh -c '! cmp -s first.zip out.zip'

# What does not fit.
sed 's/11010120000101002X/110101200001010018/' school.ndjson >twice.ndjson
check_status "two records with one name stop it" 2 \
	tc-export chsi -o twice.zip twice.ndjson
check "saying which, without the number" sh -c '
	grep -q "testtest-1.*testtest-2" err && ! grep -q 110101200001010018 err &&
	[ ! -e twice.zip ]'
sed 's/"id_number":"110101200001010018",//' school.ndjson >keyless.ndjson
check_status "a student without the key is left out" 0 \
	tc-export chsi -o keyless.zip keyless.ndjson
check "with the reason" jq -e '
	.images == 2 and .left_out["no id_number"] == 1' keyless.zip.receipt.json
sed 's/L123456(7)/..\/..\/x/' school.ndjson >path.ndjson
check_status "so is one whose key is a path" 0 tc-export chsi -o path.zip path.ndjson
check "with the reason" jq -e '.images == 2' path.zip.receipt.json
head -n 8 school.ndjson >cut.ndjson
check_status "a manifest without its end gives nothing" 2 \
	tc-export chsi -o cut.zip cut.ndjson
check "nothing at all" test ! -e cut.zip
sed 3d school.ndjson >part.ndjson
check_status "a subset is refused" 2 tc-export chsi --subset -o part.zip part.ndjson
check "and gives nothing" test ! -e part.zip

cat school.ndjson school.ndjson >two.ndjson
check_status "two batches do not fit in one file" 2 tc-export chsi -o two.zip two.ndjson
check "and give nothing" test ! -e two.zip
check_status "in a directory the file is named" 0 tc-export chsi -o dir/ school.ndjson
check "by school, class, what it is and date" \
	test -f dir/99999_示例大学_2025届_电子注册图像_20250401.zip

printf x >>school/normalized/2.jpg
check_status "a changed image costs its record" 1 tc-export chsi -o hurt.zip school.ndjson
check "and no other" jq -e '
	.images == 2 and .left_out["image is damaged"] == 1' hurt.zip.receipt.json
check_status "a full disk is noticed" 2 sh -c '
	trap "" XFSZ; ulimit -f 8; exec tc-export chsi -o full.zip school.ndjson'
check "and gives nothing" test ! -e full.zip
check "nothing is left behind" sh -c '
	[ -z "$(ls -A school/tmp)" ] && ! ls -A | grep "[.]part$"'
finish
