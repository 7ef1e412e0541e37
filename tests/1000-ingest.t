#!/bin/sh
# tc-ingest: every row and every entry is accounted for, and stays so.
. "$(dirname "$0")/lib.sh"

draw-school -q -n 24 -W 480 --troubles -o school
ingest() {
	tc-ingest -q -d batch "$@"
}

check_intake "a school is taken in; a text file is refused" 1 \
	ingest -r school/roster.csv -y 2026 school/upload.zip
cp out first
check "as the sample school is" sh -c 'tail -n 1 first | jq -e "
	.records == 28 and .errors == 1 and
	.rows == {total: 24, matched: 22, missing: 2, excluded: 0, refused: 0,
		repeated: 0} and
	.entries == {total: 27, photos: 22, superseded: 1, unmatched: 2,
		unreadable: 0, refused: 1, junk: 1, rosters: 0, archives: 0,
		codes: 0}"'
check "the message names upload, entry and reason" \
	grep -q "'upload.zip' entry 19 .*: it is neither a picture nor a roster" err
jq -r '.student.name // empty' first >names
check "and no person" sh -c '! grep -Eq "[0-9]{5}" err && ! grep -qFf names err'
check "each original is stored under its sum" sh -c '
	cd batch && find originals -type f | sed "s|.*/\(.*\)\..*|\1  &|" |
	sha256sum -c --quiet'
check "record ids are given once" sh -c '
	jq -r "select(.type == \"photo\") | .id" first | sort | uniq -d |
	cmp - /dev/null'

check_intake "the same again" 1 ingest -r school/roster.csv school/upload.zip
check_same "gives the same manifest" first out
check_intake "without the roster" 1 ingest school/upload.zip
check_same "too" first out
check_intake "from the workbook" 1 ingest -r school/roster.xlsx school/upload.zip
check_same "too" first out
for jobs in 1 4; do
	rm -rf other && mkdir other && cp batch/id other
	check_intake "-j $jobs" 1 tc-ingest -q -d other -j $jobs \
		-r school/roster.csv school/upload.zip
	sed "s|$PWD/other|$PWD/batch|" out >other.ndjson
	check_same "gives the same manifest" first other.ndjson
done

# A later upload, of one student and of one nobody knows.
name=$(jq -r 'select((.id // "") | endswith("-3")) | .student.id_number' first)
mkdir later
cp school/photos/202201010101.jpg "later/$name (1).jpg"
cp school/photos/202201010101.jpg later/IMG_20260101_101010.jpg
check_intake "a later upload alone" 1 ingest later
cp out second
check "its photo is the student's now" sh -c '
	jq "select((.id // \"\") | endswith(\"-3\")) | .source.upload == \"later\" and
		.match.by == \"id_number\"" second | grep -qx true'
check "the one before has a record of its own" sh -c '
	jq -r "select(.status == \"superseded\") | .source.upload" second |
	grep -c "^upload.zip$" | grep -qx 2'
check "every earlier id is still there" sh -c '
	jq -r ".id // empty" first | sort >a && jq -r ".id // empty" second |
	sort >b && [ -z "$(comm -23 a b)" ]'

# A roster without the first and the last student; the last has no photo.
first_no=$(jq -r 'select((.id // "") | endswith("-1")) | .student.student_no' first)
last_no=$(jq -r 'select((.id // "") | endswith("-24")) | .student.student_no' first)
iconv -f GB18030 -t UTF-8 school/roster.csv >roster.csv 2>/dev/null ||
	cp school/roster.csv roster.csv
grep -v -e "$first_no" -e "$last_no" roster.csv >fewer.csv
check_intake "a roster with two students less" 1 ingest -r fewer.csv later
check "the one with a photo is kept, and says so" sh -c '
	jq "select(.roster == \"removed\") | .id | endswith(\"-1\")" out |
	grep -qx true'
check "the other is dropped, and that is said" sh -c '
	! jq -r ".id // empty" out | grep -q -e "-24$" && grep -q dropped err'
check_intake "the full roster again" 1 ingest -r school/roster.csv later
check_same "brings everything back" second out

# What is damaged costs itself only.
head -c $(($(stat -c %s school/upload.zip) / 2)) school/upload.zip >half.zip
check_intake "half an archive" 1 tc-ingest -q -d half -r school/roster.csv half.zip
check "gives the photos in it" sh -c '
	tail -n 1 out | jq -e ".rows.total == 24 and .rows.matched > 5"'
check "says that it broke off" grep -q "broke off" err
check_intake "no archive" 1 tc-ingest -q -d none -r school/roster.csv \
	roster.csv nowhere.zip
check "all students come out as missing" sh -c '
	tail -n 1 out | jq -e ".status.missing == 24 and .errors == 2"'
check "a table among the uploads is told where it belongs" \
	grep -q "'roster.csv' is a table and no upload" err && grep -q "'roster.csv': it is a roster: give it with -r" err
check_intake "a roster inside the upload" 0 sh -c '
	mkdir inside && cp school/roster.csv inside/名单.csv &&
	cp school/photos/202201010101.jpg inside && touch inside/.DS_Store &&
	tc-ingest -q -d in inside'
check "is used" sh -c 'tail -n 1 out | jq -e ".rows.total == 24 and
	.rows.matched == 1 and .entries.rosters == 1 and .entries.junk == 1"'

# Names that say another format, and many entries with one trouble.
mkdir many && cp school/photos/202201010101.jpg many/202201010101.PNG
for i in 1 2 3 4 5 6; do echo "$i" >many/$i.jpg; done
check_intake "six files that are no pictures" 1 tc-ingest -q -d many.batch many
check "three are named, the others counted" sh -c '
	[ "$(grep -c "whatever its name says" err)" -eq 4 ] &&
	grep -q "the same of 3 entries more" err'
check "a picture with another name is noted" sh -c '
	jq "select(.image) | .image | .format, .misnamed" out | tr "\n" " " |
	grep -q "\"jpeg\" true"'
check_intake "no files" 0 sh -c 'mkdir empty && tc-ingest -q -d none empty'
check "are said to be none" grep -q "holds no files" err

check_status "another school's roster" 2 tc-ingest -q -d batch -s 12345 \
	-r school/roster.csv later
check_status "another class" 2 tc-ingest -q -d batch -y 1999 later
check_status "a roster that is none" 2 tc-ingest -q -d batch \
	-r school/photos/202201010101.jpg later
check_status "a batch in use" 2 sh -c '
	flock batch/lock tc-ingest -q -d batch later'
check "is said to be so" grep -q "in use" err
check_status "nothing to take in" 2 tc-ingest -d batch
check_status "a full device" 2 sh -c 'tc-ingest -q -d batch later >/dev/full'
check "files are their owner's only" sh -c '
	[ -z "$(find batch -type f ! -perm 600)" ] &&
	[ -z "$(find batch -type d ! -perm 700)" ]'
finish
