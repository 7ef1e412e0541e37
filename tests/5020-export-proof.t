#!/bin/sh
# tc-export proof: the package with which a school proofs its images.
. "$(dirname "$0")/lib.sh"
. "$TC_TOP/tests/export-batch.sh"

make_batch school
check_status "a package is made" 0 tc-export proof -o p.zip school.ndjson
check "records pass through unchanged" sh -c "
	grep '\"photo\"' school.ndjson >a && grep '\"photo\"' out >b && cmp a b"
check "images in folders by college and class, named by number and name" sh -c '
	unzip -Z1 p.zip >have; printf "%s\n" 电子图像校对反馈表.xlsx 电子图像校对.html \
		机械工程学院/机械2101/2021001_张三丰.jpg \
		机械工程学院/机械2101/2021002_李四.jpg \
		机械工程学院/机械2101/2021003_=1+1.jpg | diff - have'
check "the workbook counts what is in the package" sh -c '
	unzip -qq p.zip -d x && unzip -p x/电子图像校对反馈表.xlsx xl/sharedStrings.xml \
		xl/worksheets/sheet1.xml | grep -q "毕业生电子图像共 3 人"'
check_same "images are those that were normalized" \
	x/机械工程学院/机械2101/2021002_李四.jpg school/normalized/2.jpg
check "it is its owner's alone" sh -c 'stat -c %a p.zip | grep -qx 600'
cp p.zip first.zip
check_status "the same again is success" 0 tc-export proof -o p.zip school.ndjson
check_same "with the same bytes" first.zip p.zip
check_status "in a directory the file is named" 0 tc-export proof -o dir/ school.ndjson
check "by school, class, what it is and date" \
	test -f dir/99999_示例大学_2025届_电子图像校对包_20250401.zip

sed 's/"student_no":"2021002","name":"李四"/"student_no":"2021001","name":"张三丰"/' \
	school.ndjson >twins.ndjson
check_status "two students of one number and name both have a file" 0 \
	tc-export proof -o twins.zip twins.ndjson
check "told apart by the record's number" sh -c '
	unzip -Z1 twins.zip | grep -q "2021001_张三丰_2.jpg"'
sed 's/"class":"机械2101"/"class":"..\/..\/x. "/; s/"college":"机械工程学院",//' \
	school.ndjson >path.ndjson
check_status "names that are paths" 0 tc-export proof -o path.zip path.ndjson
check "become folders that every system allows" sh -c '
	unzip -Z1 path.zip | grep -qx "_.._.._x._/2021001_张三丰.jpg"'

printf 'correct horse\n' >password
check_status "a password that others may read is refused" 2 \
	tc-export proof --password-file password -o locked.zip school.ndjson
chmod 600 password
check_status "a package with a password" 0 \
	tc-export proof --password-file password -o locked.zip school.ndjson
check "7-Zip opens it" 7z t '-pcorrect horse' locked.zip
check "with the right password only" sh -c '! 7z t -pwrong locked.zip'
check "every entry is AES-256" sh -c '
	[ "$(7z l -slt locked.zip | grep -c "^Method = AES-256")" -eq 5 ]'
check "and the images are the same as without" sh -c '
	7z x "-pcorrect horse" -oy locked.zip >/dev/null && diff -r x/机械工程学院 y/机械工程学院'
check "the password is in no output" sh -c '! grep -q "correct horse" out err'
sum=$(sha256sum <locked.zip)
check_status "the same again is success" 0 \
	tc-export proof --password-file password -o locked.zip school.ndjson
check "and leaves what is there, which holds the same" test "$(sha256sum <locked.zip)" = "$sum"
sed 's/李四/李五/' school.ndjson >other.ndjson
check_status "other content is refused" 2 \
	tc-export proof --password-file password -o locked.zip other.ndjson
printf 'short\n' >password
check_status "a short password is refused" 2 \
	tc-export proof --password-file password -o s.zip school.ndjson

printf x >>school/normalized/2.jpg
check_status "a changed image makes no short package" 2 tc-export proof -o hurt.zip school.ndjson
check "and none at all" test ! -e hurt.zip
check "nothing is left behind" sh -c '
	[ -z "$(ls -A school/tmp)" ] && ! ls -A | grep "[.]part$"'
finish
