#!/bin/sh
# tc-ingest: the same school in every kind of archive gives the same photos.
. "$(dirname "$0")/lib.sh"

draw-school -q --plain -n 8 -W 480 -o school
mkdir in && cp school/photos/*.jpg in/
cp in/"$(ls in | head -n 1)" in/无名照片.jpg
printf 'geheim\r\n' >password
printf 'other\n' >wrong

# What a batch holds, whatever it came in: match and picture of each record.
ingest() {
	rm -rf batch
	tc-ingest -q -d batch -y 2026 -r school/roster.csv "$@"
}
pictures() {
	jq -r 'select(.type == "photo") | [.student.student_no // "-",
		.match.state, .source.sha256 // "-"] | @tsv' "$1" | sort
}
entries() {
	tail -n 1 out | jq -e ".entries | $1"
}

check_intake "a directory" 0 ingest in
pictures out >wanted
check "gives eight photos and one that is nobody's" sh -c '
	[ "$(grep -cw matched wanted)" -eq 8 ] && grep -q unmatched wanted'

7z a -bd -bso0 in.7z in
7z a -bd -bso0 -ms=on -m0=lzma2 solid.7z in
7z a -bd -bso0 plain.zip in
7z a -bd -bso0 -mm=LZMA lzma.zip in
7z a -bd -bso0 -mm=BZip2 bzip2.zip in
7z a -bd -bso0 -pgeheim -mem=ZipCrypto traditional.zip in
7z a -bd -bso0 -pgeheim -mem=AES256 aes.zip in
tar cf in.tar in
gzip -k in.tar && mv in.tar.gz in.tgz
xz -k in.tar && zstd -q -k in.tar && bzip2 -k in.tar
for archive in in.7z solid.7z plain.zip lzma.zip bzip2.zip traditional.zip \
	aes.zip in.tar in.tgz in.tar.xz in.tar.zst in.tar.bz2; do
	check_intake "$archive is read" 0 ingest -P password "$archive"
	pictures out >got
	check_same "$archive gives the same" wanted got
done
check_intake "standard input is read" 0 ingest - <in.tar.xz
pictures out >got
check_same "and gives the same" wanted got

for archive in traditional.zip aes.zip; do
	check_intake "$archive without its password" 1 ingest "$archive"
	check "says what to do" grep -q "encrypted: give its password with -P" err
	check_intake "$archive with another password" 1 ingest -P wrong "$archive"
	check "says so" grep -Eq "another password|or the password is" err
	check "and shows no password" sh -c '! grep -q other$ err'
done
7z a -bd -bso0 -pgeheim named.7z in
7z a -bd -bso0 -pgeheim -mhe=on hidden.7z in
check_intake "an encrypted 7z" 1 ingest -P password named.7z
check "is refused by name" grep -q "only read in a zip" err
check_intake "a 7z whose names are encrypted" 1 ingest hidden.7z
check "is too" grep -q "list of files is encrypted" err

# Archives inside, two levels.
mkdir outer && (cd in && zip -q ../outer/一班.zip ./*)
mkdir inner && cp outer/一班.zip inner/ && (cd inner && zip -q -0 ../outer/deep.zip ./*)
(cd outer && zip -q -0 -r ../nested.zip .)
check_intake "an archive inside an archive" 1 ingest nested.zip
pictures out >got
check_same "gives the same" wanted got
check "is counted, and the one deeper is refused" \
	entries '.archives == 2 and .refused == 1 and .total == 12'
check "with a reason" grep -q "too deep" err
check "its entries have their path" sh -c '
	jq -r ".source.entry // empty" out | grep -q "^一班.zip/.*jpg$"'
tar czf nested.tgz outer
check_intake "the same in a tar" 1 ingest nested.tgz
pictures out >got
check_same "gives the same" wanted got

# Damage costs what is damaged.
head -c $(($(stat -c %s in.tgz) / 2)) in.tgz >half.tgz
check_intake "half a tgz" 1 ingest half.tgz
check "gives the photos before" sh -c '[ "$(grep -c "\"matched\",\"by\"" out)" -gt 1 ]'
check "says that it is not all" grep -q "not read to its end" err
(cd in && zip -q - ./*) >streamed.zip
head -c $(($(stat -c %s streamed.zip) * 2 / 3)) streamed.zip >half.zip
check_intake "half a zip that was written in one go" 1 ingest half.zip
check "gives the photos before" sh -c '[ "$(grep -c "\"matched\",\"by\"" out)" -gt 2 ]'
check "says that it broke off" grep -q "broke off" err
head -c 30000000 /dev/zero >bomb.jpg && tar cf - bomb.jpg | gzip -9 >bomb.tgz
check_intake "a bomb" 1 ingest bomb.tgz
check "is said to be one" grep -q "many times its size" err
check "and costs no room" sh -c '[ "$(du -sk batch | cut -f 1)" -lt 200 ]'

# Junk and names.
mkdir -p junk/__MACOSX && cp in/*.jpg junk/ && touch junk/.DS_Store junk/Thumbs.db \
	junk/desktop.ini junk/.nomedia && echo x >'junk/~$名单.xlsx' &&
	echo x >junk/__MACOSX/._a.jpg
(cd junk && zip -q -r ../junk.zip .)
check_intake "what systems leave behind is no error" 0 ingest junk.zip
check "is counted" entries '.junk == 6 and .photos == 8'
printf 'PK\5\6\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0' >none.zip
check_intake "an archive without files" 1 ingest none.zip
check "is told" grep -q "'none.zip': it holds no files" err
mkdir hollow && cp none.zip hollow/ && : >hollow/1班.zip && : >hollow/名单.xlsx && : >hollow/IMG_1.jpg && : >hollow/a.txt
check_intake "empty files, and an archive without files, inside" 1 ingest hollow
check "what would hold something is refused, a text is not" entries '.refused == 3 and .junk == 1'
check "... and the archive" grep -q "'hollow': '.*none.zip' inside: it holds no files" err
head -c 20000 in.zip >in.zip.001
head -c 20000 in.7z >in.part1.rar
for part in in.zip.001 in.part1.rar; do
	check_intake "a part of an archive, $part" 1 ingest $part
	check "is told to be one" grep -q "it is named as a part of an archive" err
done
perl -e 'use Encode; chdir "in"; mkdir "../gbk";
	for (<*>) { my $n = encode("GBK", decode("UTF-8", $_));
		link $_, "../gbk/$n" }'
(cd gbk && tar cf ../gbk.tar .)
check_intake "names in GBK" 0 ingest gbk.tar
check "are read" grep -q '"entry":"./无名照片.jpg"' out

# A file that is no picture, under a student's number.
mkdir lie && student=$(jq -r 'select(.student) | .student.student_no' out | head -n 1)
echo "no picture" >"lie/$student.jpg"
check_intake "a file that is no picture" 1 ingest lie
check "is that student's, with the reason" sh -c '
	jq -r "select(.student.student_no == \"'"$student"'\") |
	.status, (.checks[] | .reason // .note // empty)" out | head -n 1 |
	grep -qx unreadable'

check_status "an archive and a full disk" 2 sh -c '
	rm -rf batch; ulimit -f 20
	exec tc-ingest -q -d batch -r school/roster.csv in.7z in'
check "leave no half file under a final name" sh -c '
	cd batch 2>/dev/null || exit 0
	find originals -type f 2>/dev/null | while read -r f; do
		[ "$(sha256sum <"$f" | cut -c 1-64)" = "$(basename "$f" | cut -d. -f1)" ] ||
			exit 1; done'
check "and say why" grep -Eq "File too large|No space" err
finish
