#!/bin/sh
# Every command of tc-tutorial(7), one after the other, in an empty directory.
. "$(dirname "$0")/lib.sh"

unset SOURCE_DATE_EPOCH
home=$PWD
export TC_SOURCE="$TC_TOP"
awk '/^\.Bd/ { file = ++n ".sh"; next } /^\.Ed/ { file = ""; next }
	file != "" { gsub(/\\e/, "\\"); print >file }' "$TC_TOP/man/tc-tutorial.7"
check "there are displays of commands" test -s 12.sh
mkdir tutorial
cd tutorial || exit 2
# In one shell, as a person would; 1 is a night that needs somebody.
n=1
while [ -f "$home/$n.sh" ]; do
	cat "$home/$n.sh"
	printf 'status=$?; echo "%s $status" >>"%s/statuses"\n[ $status -le 1 ] || exit 2\n' \
		"$n" "$home"
	n=$((n + 1))
done >"$home/all.sh"
check_status "every command runs" 0 sh "$home/all.sh"
cp out "$home/said"
cd "$home" || exit 2
check "... to the last" test "$(wc -l <statuses)" -eq $((n - 1))
season=tutorial/elsewhere/season2026
check "a night that needs somebody ends with 1" grep -qx '3 1' statuses
check "the page says what the tutorial says" sh -c '
	grep -q "10282.*unmatched +6" said && grep -q "archive broke off" said &&
	grep -q "neither a picture nor a roster" said'
check "the products that it names are there" sh -c '
	cd '$season'/out && for title in 电子注册图像 重拍名单 短信名单 待关联名单 电子图像校对反馈表 待办表; do
		find 2026-03-02/10284 -name "*$title*" | grep -q . || echo "$title"; done >../lacks
	for title in 采集进度 统计表 催办表 结算单 寄送清单; do
		find 2026-03-03 -name "*$title*" | grep -q . || echo "$title"; done >>../lacks
	test -s 2026-03-03/10281/sheets-2026-03-03.pdf && test ! -s ../lacks'
check "the archive that came whole was used" grep -q '10283 .*missing -4' said
check "what was handed over is gone, and listed" sh -c '
	grep -q "^originals," '$season'/destroyed/10281.csv &&
	[ "$(find '$season'/batches/10281/batch/originals -type f | wc -l)" -eq 0 ]'
check "... registration images are still there" sh -c '
	[ "$(find '$season'/batches/10281/batch/normalized -type f | wc -l)" -gt 0 ]'
finish
