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
	[ "$(jq -r ".volumes[0].sha256" out.zip.receipt.json)" = \
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
# A person with two student numbers: two rows, and one image.
jq -c 'if .id == "testtest-2" then .student.id_number = "110101200001010018" |
	.normalized = {path: "normalized/1.jpg", sha256: $sum, conforms: true} else . end' \
	--arg sum "$(sha256sum school/normalized/1.jpg | cut -d' ' -f1)" school.ndjson >person.ndjson
check_status "two rows of one person share an image" 0 tc-export chsi -o person.zip person.ndjson
check "... and the receipt knows" jq -e \
	'.images - .shared == ([.volumes[].images] | add) and .shared == 1' person.zip.receipt.json
check "which is in the bundle once, and in the table for both" sh -c '
	[ "$(zipinfo -1 person.zip | grep -c "^110101200001010018.jpg$")" -eq 1 ] &&
	unzip -p person.zip table.csv | tr -d "\r" >rows &&
	grep -q "^2021001,.*,110101200001010018.jpg$" rows &&
	grep -q "^2021002,.*,110101200001010018.jpg$" rows'
sed 's/"id_number":"110101200001010018",//' school.ndjson >keyless.ndjson
check_status "a student without the key is left out" 0 \
	tc-export chsi -o keyless.zip keyless.ndjson
check "with the reason" jq -e '
	.images == 2 and .left_out["no id_number"] == 1' keyless.zip.receipt.json
check "which is told, since the photo had passed" grep -q \
	'2 photos that passed are in no bundle: no id_number' err
check_status "... with -q as well, and in Chinese" 0 \
	tc-export chsi -q --lang zh -o keyless.zip keyless.ndjson
check "..." grep -q '有 2 张合格照片没有进入报送包：没有身份证号' err
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

# Memory of what was delivered.
check_status "the students with their deliveries" 0 tc-export csv --preset students -o sent.csv school.ndjson
check "have the day of the first, in a cell that a person reads" sh -c '
	grep -qE ",pass,,20[0-9-]*T[0-9:]*Z," sent.csv && ! grep -q "\[{" sent.csv'
check "the journal knows what was delivered, by picture and bundle" sh -c '
	jq -se "map(select(.kind == \"delivery\" and .file_name == \"first.zip\")) == []" \
		school/decisions.ndjson >/dev/null &&
	jq -r "select(.file_name == \"out.zip\") | .record" school/decisions.ndjson |
		sort -u | tr "\n" " " | grep -qx "testtest-1 testtest-2 testtest-3 "'
check_status "--new after that has nothing to do" 0 \
	tc-export chsi --new -o later.zip school.ndjson
check "and makes nothing" sh -c 'test ! -e later.zip && grep -q "nothing new" err'
sed "s/\"sha256\":\"0*2\"/\"sha256\":\"$(printf %064d 22)\"/" school.ndjson >retaken.ndjson
check_status "a retaken photo is new" 0 tc-export chsi --new -o later/ retaken.ndjson
check "and alone in its bundle, which has a number" sh -c '
	unzip -Z1 later/*_第*批_20250401.zip | grep -c jpg | grep -qx 1 ||
	{ ls later; exit 1; }'
check "the receipt says what was delivered before" jq -e \
	'.images == 1 and .left_out["delivered before"] == 2' later/*.receipt.json

# Forms of the table, and volumes.
profile() {
	printf 'include = jiangsu\n' >"$1.conf"
	cat >>"$1.conf"
	sed "s|\"name\":\"jiangsu\"|\"name\":\"$PWD/$1.conf\"|" school.ndjson >"$1.ndjson"
}
profile forms <<'END'
[bundle]
image_name = {college}/{class}/{student_no}.jpg
table_columns = XH, XM, SFZH, IMAGE
table_forms = csv-gb18030, dbf, xlsx
END
check_status "tables in other forms, images in folders" 0 tc-export chsi -o forms.zip forms.ndjson
check "both are there" sh -c '
	mkdir f && cd f && unzip -qq ../forms.zip && sha256sum -c --quiet SHA256SUMS &&
	[ -f 机械工程学院/机械2101/2021002.jpg ] && [ ! -e table.csv ]'
check "CSV in GB18030" sh -c '
	iconv -f gb18030 -t utf-8 f/table-gb18030.csv | sed -n 2p | tr -d "\r" |
		grep -qx "2021001,张三丰,110101200001010018,机械工程学院/机械2101/2021001.jpg"'
check "and a DBF that says it is GBK, with a record a row" sh -c '
	[ "$(od -An -tu1 -j29 -N1 f/table.dbf | tr -d " ")" = 77 ] &&
	[ "$(od -An -tu4 -j4 -N4 f/table.dbf | tr -d " ")" = 3 ] &&
	iconv -f gb18030 -t utf-8 -c f/table.dbf | grep -aq "2021001  *张三丰  *110101200001010018"'
profile volumes <<'END'
[bundle]
entries_max = 5
END
check_status "a limit of entries gives volumes" 0 tc-export chsi -o v.zip volumes.ndjson
check "each with its own table and sums, none over the limit" sh -c '
	for z in v.zip v-2.zip; do
		[ "$(unzip -Z1 $z | wc -l)" -le 5 ] && unzip -p $z table.csv | grep -q 2021 || exit 1
	done; [ ! -e v-3.zip ]'
check "an image is in one of them" sh -c '
	for z in v.zip v-2.zip; do unzip -Z1 $z; done | grep jpg | sort | uniq -d |
		wc -l | grep -qx 0 && for z in v.zip v-2.zip; do unzip -Z1 $z; done |
		grep -c jpg | grep -qx 3'
check "the receipt lists both" jq -e \
	'[.volumes[] | .images] == [2, 1] and .volumes[1].file == "v-2.zip"' v.zip.receipt.json
profile small <<'END'
[bundle]
bytes_max = 90000
END
check_status "so does a limit of bytes" 0 tc-export chsi -o s.zip small.ndjson
check "which every volume keeps" sh -c '
	[ -e s-2.zip ] && for z in s.zip s-*.zip; do
		[ "$(wc -c <$z)" -le 90000 ] || exit 1; done'

# Students known by capture code.
profile code <<'END'
[profile]
identity = capture_code
[bundle]
image_name = {number}.jpg
table_columns = NUMBER, CODE, IMAGE
END
sed -i 's/"student_no":"2021001"/"student_no":"2021001","capture_code":"QR+text1=="/
	s/"student_no":"2021002"/"student_no":"2021002","capture_code":"QRtext2"/' code.ndjson
check_status "by capture code" 0 tc-export chsi -o code.zip code.ndjson
check "the bundle tells no name, number or ID" sh -c '
	mkdir c && cd c && unzip -qq ../code.zip && unzip -qq -o table.xlsx -d x &&
	! grep -rqE "张三丰|李四|2021001|1101012000" . && ! ls -R | grep -E "2021|11010"'
check "the table joins number and code" sh -c '
	grep -q "^1,QR+text1==,1.jpg" c/table.csv && grep -q "^2,QRtext2,2.jpg" c/table.csv'
check "who has no code is left out" jq -e '.left_out["no capture_code"] == 1' \
	code.zip.receipt.json
sed 's/NUMBER, CODE/NUMBER, XM, CODE/' code.conf >named.conf
sed 's/code.conf/named.conf/' code.ndjson >named.ndjson
check_status "a name beside the code is refused" 2 tc-export chsi -o named.zip named.ndjson

# To standard output.
check_status "-o - needs a place for the manifest" 2 tc-export chsi -o - school.ndjson
check_status "-o - writes the bundle to standard output" 0 \
	tc-export chsi -o - --manifest m.ndjson school.ndjson
check_same "the same as in a file" out first.zip
check "and the manifest to its file" sh -c '
	tail -n 1 m.ndjson | grep -q "\"end\"" && stat -c %a m.ndjson | grep -qx 600'
check "the receipt beside that" jq -e '.images == 3' m.ndjson.receipt.json
check_status "a full standard output is noticed" 2 sh -c '
	tc-export chsi -o - --manifest n.ndjson school.ndjson >/dev/full'
check "and no manifest is published" test ! -e n.ndjson

# An image that does not decode, though its sum is right.
printf garbage >school/normalized/1.jpg
sed "s/$(sha256sum <x/110101200001010018.jpg | cut -d" " -f1)/$(printf garbage |
	sha256sum | cut -d" " -f1)/" school.ndjson >garbage.ndjson
check_status "what is no picture is found before it is delivered" 2 \
	tc-export chsi -o garbage.zip garbage.ndjson
check "and nothing is" test ! -e garbage.zip
cp x/110101200001010018.jpg school/normalized/1.jpg

printf x >>school/normalized/2.jpg
check_status "a changed image makes no short bundle" 2 tc-export chsi -o hurt.zip school.ndjson
check "and none at all" sh -c '! ls hurt.zip* .hurt.zip*'
check "saying what makes it again" grep -q "normalized/2.jpg' is gone or damaged: run tc-normalize" err
check_status "a full disk is noticed" 2 sh -c '
	trap "" XFSZ; ulimit -f 8; exec tc-export chsi -o full.zip school.ndjson'
check "and gives nothing" test ! -e full.zip
check "nothing is left behind" sh -c '
	[ -z "$(ls -A school/tmp)" ] && ! ls -A | grep "[.]part$"'
finish
