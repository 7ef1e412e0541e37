#!/bin/sh
# A season of schools, night after night: tc-province.
. "$(dirname "$0")/lib.sh"

for school in 1 2 3; do
	draw-school -q -n 4 -s "$school" -W 700 --roster-encoding utf-8 -o "drawn$school"
	sed -i "s/,99999,/,1028$school,/; s/江东示例大学/示例大学$school/" "drawn$school/roster.csv"
done
check "init makes a season" tc-province init season
check_status "... once" 2 tc-province init season
sed -i 's/^settle = .*/settle = 0/; s/^class = .*/class = 2026/' season/season.conf
for school in 1 2 3; do
	mkdir "season/incoming/1028$school"
	cp "drawn$school/upload.zip" "season/incoming/1028$school/"
done
cp drawn1/roster.csv season/incoming/10281/
head -c 3000 drawn3/upload.zip >season/incoming/10283/upload.zip
cp drawn3/roster.csv season/incoming/10283/names.dat

province() {
	tc-province -C season "$@"
}
on() {
	day=$1
	shift
	SOURCE_DATE_EPOCH=$(date -d "$day" +%s) province --date "$day" "$@"
}
count() {
	tail -n 1 "season/batches/$1/manifest.ndjson" | jq -r "$2"
}
incoming() {
	(cd season/incoming && find . -type f -exec stat -c '%n %s %Y %Z' {} + | sort &&
		find . -type f -exec sha256sum {} + | sort)
}

# ---- the first night: a school without a roster, one whose zip broke off ----
incoming >before
check "plan names the schools that have something" is "$(province plan | tr '\n' ' ')" \
	"10281 10282 10283 "
check_status "a night in which something needs a person exits with 1" 1 on 2026-03-02 night -j 2
cp out mail1
check "... and ends with a page of mail" grep -q '^tc 2026-03-02: 3 schools' mail1
check "... which names each school" is "$(grep -c '^  1028[123][ :]' mail1)" 3
check "... that has no photos' names or numbers in full" sh -c '
	cut -d, -f4,3 drawn?/roster.csv | tr , "\n" | grep -v "^X" | sort -u >people
	! grep -Ff people mail1 season/log/2026-03-02/*.log'
check "a school that is whole is done" is "$(count 10281 .rows.matched)" 4
check "... and has its bundle" sh -c 'ls season/out/2026-03-02/10281/*.zip'
check "... and its workbook" sh -c 'ls season/out/2026-03-02/10281/*反馈表*.xlsx'
check "a roster is known by what it says, not by its name" is "$(count 10283 .rows.total)" 4
check "a school without a roster has all its photos" is "$(count 10282 .entries.unmatched)" 4
check "statistics of the province are there" sh -c 'ls season/out/2026-03-02/*统计表*.xlsx'
incoming >after
check_same "nothing that came in is changed" before after
check "nothing is left to do" is "$(province plan)" ""
check_status "a night without anything new exits with 0" 0 on 2026-03-03 night
check "... and says so" grep -q '^tc 2026-03-03: 0 schools' out

# ---- the second: what was lacking comes; something is still on its way ----
cp drawn2/roster.csv season/incoming/10282/
cp drawn3/upload.zip season/incoming/10283/upload.zip
cp drawn1/upload.zip season/incoming/10281/more.zip.part
check "what came is planned, what is on its way is not" is "$(province plan | tr '\n' ' ')" \
	"10282 10283 "
on 2026-03-04 night >mail2 2>/dev/null
check "the roster's school has its students" is "$(count 10282 .rows.matched)" 4
check "the whole zip takes the broken one's place" is "$(count 10283 .rows.matched)" 4
check "what is on its way is told" grep -q '10281: files that wait .*: 1' mail2
check "status shows every school" is "$(province status | grep -c '^1028')" 3
rm season/incoming/10281/more.zip.part

# ---- an answer, a form; then the season moves ----
mv season elsewhere
mkdir season.old
mv elsewhere season.old/moved
ln -s season.old/moved season
printf '%%PDF-1.4\n' >season/incoming/10281/scan
echo '学号,校对结果,说明' >season/incoming/10281/answer
jq -r 'select(.type == "photo" and .status == "pass") | .student.student_no' \
	season/batches/10281/manifest.ndjson | sed -n '1s/$/,需重拍,头发遮眉/p' \
	>>season/incoming/10281/answer
on 2026-03-05 night >mail3 2>&1
check "an answer is taken by what it is" sh -c \
	"grep -q '\"kind\":\"review\"' season/batches/10281/batch/decisions.ndjson"
check "a stamped form releases the prints" sh -c 'ls season/out/2026-03-05/10281/sheets-2026-03-05.pdf'
check "... and no other school's" sh -c '! ls season/out/*/1028[23]/sheets*.pdf 2>/dev/null'
cp season/batches/10281/batch/decisions.ndjson journal
check_status "a school can be done again by hand: what is new today stays new" 1 on 2026-03-05 -q school 10281
check_same "... and answers are not taken twice" journal season/batches/10281/batch/decisions.ndjson

# ---- cron, and a disk that is too small ----
mkdir bare
printf '#!/bin/sh\necho Avail\necho 1000\n' >bare/df
chmod 755 bare/df
cp drawn2/upload.zip season/incoming/10282/again.zip
sed -i "s,^#mail_command.*,mail_command = cat >>$PWD/sent," season/season.conf
bin=$(dirname "$(command -v tc-province)")
cp "$bin"/tc-* "bare/"
check_status "a disk that is too small is noticed before anything is begun" 2 \
	env -i PATH="$PWD/bare:/usr/bin:/bin" TC_SHARE="${TC_SHARE:-$TC_TOP/share}" \
	"$PWD/bare/tc-province" -C season --date 2026-03-06 night
check "... the mail says so, with both numbers" grep -q \
	'needs about [0-9]* MB, 0 MB are free; nothing was begun' sent
check "... and the school waits" is "$(province plan)" 10282
rm bare/df sent
check_status "a bare environment, as cron's, is enough" 0 \
	env -i PATH=/usr/bin:/bin TC_SHARE="${TC_SHARE:-$TC_TOP/share}" \
	"$PWD/bare/tc-province" -C season --date 2026-03-07 night
check "... the page goes to the mail command" grep -q '10282 示例大学2: no change' sent

# Nothing can be written any more: the page is sent all the same.
echo 10282 >plan
sed -i 's,^mail_command.*,mail_command = cat,' season/season.conf
env PLAN="$PWD/plan" sh -c 'trap "" XFSZ
	ulimit -f 0
	tc-province -C season --date 2026-03-07 finish "$PLAN"' 2>&1 | cat >full
check "a full disk keeps no page from being sent" grep -q '10282 示例大学2' full
check "... which names each list of the province that is not there" sh -c '
	grep -q "tc-export stats could not be done" full && grep -q "跨校疑似重复.csv could not" full'
touch season/incoming/10282/roster.csv
full_night() {
	trap '' XFSZ
	ulimit -f 0
	tc-province -C season --date 2026-03-07 night
}
(full_night) 2>&1 | cat >full
check "... and its mail says so" grep -q 'tc 2026-03-07: the disk cannot be written to' full
mkdir -p season/out/2026-03-07
mv season/out/2026-03-07/10282 kept 2>/dev/null
: >season/out/2026-03-07/10282
check_status "a school that cannot even begin could not be done" 2 on 2026-03-07 night
check "... whatever its last run left" sh -c 'sed -n "/Could not be done/,\$p" out | grep -q "10282: broken off"'
rm season/out/2026-03-07/10282
check_status "... and is done by the next night" 0 on 2026-03-07 night
cp drawn1/upload.zip season/incoming/lost.zip
check_status "a file in no school's folder is passed over" 0 province plan
check "... and told" grep -q "'lost.zip' in incoming/ is in no school's folder" err
rm season/incoming/lost.zip

echo 'echo "$1" and more' >season/incoming/10282/note.doc
check_status "what cannot be read needs a person" 1 on 2026-03-08 --lang zh night
check "... and the page is in Chinese" grep -q '需要人处理' out
check_status "... once" 0 on 2026-03-09 night
# ---- what strangers send ----
mkdir season/incoming/-C
entries=$(count 10282 .entries.total)
ln -s ../10281 season/incoming/10282/other
ln -s /etc season/incoming/10282/system
mkfifo season/incoming/10282/pipe
cp drawn1/roster.csv "season/incoming/10282/two
lines.csv"
touch "season/incoming/10282/\$(touch hacked);touch hacked" "$(printf 'season/incoming/10282/\033[2J\377.jpg')" \
	"$(printf 'season/incoming/10282/\302\2332J.zip')" "$(printf 'season/incoming/\302\2332J')"
printf 'x' >season/incoming/10282/张三丰_110101200001011234.txt
check_status "what strangers send is for a person" 1 on 2026-03-09 night
check "links are not followed" sh -c '
	[ "$(grep -ac "is a link, which is not followed" season/log/2026-03-09/10282.log)" -eq 2 ]'
check "... what they lead to is no upload" is "$(count 10282 .entries.total)" "$entries"
check "a name of two lines is told" grep -aq 'names of 1 files have line feeds' season/log/2026-03-09/10282.log
check "no name is a command, no folder an option" sh -c '
	! find . -name hacked | grep -q . && grep -q "'"'-C'"' in incoming/ is no school code" err'
check "nothing in the mail is for a terminal, nobody is named" sh -c '
	! grep -aq "$(printf "\033\|\302\233")\|张三丰\|110101200001011234" out && iconv -f UTF-8 -t UTF-8 out'
cp drawn2/upload.zip "$(printf 'season/incoming/10282/\302\2332J.zip')"
on 2026-03-09 school 10282 >log 2>&1
check "... nor in what is shown of one school, whose commands name the files" sh -c '
	grep -aq "^\$ tc-ingest .*2J" log && ! LC_ALL=C grep -aq "$(printf "\033\|\302\233")" log err'
rm -r season/incoming/[!1]* season/incoming/10282/[!arun]*
rm -r season/log/2026-03-0[2-7]
sed -i 's/^keep_logs = .*/keep_logs = 2/' season/season.conf
on 2026-03-10 night >/dev/null 2>&1
check "logs of the last nights are kept" is "$(ls season/log | tr '\n' ' ')" \
	"2026-03-09 2026-03-10 "
printf '院校代码,院校名称\n10283,示例大学3\n' >season/schools.csv
touch season/incoming/10282/roster.csv
on 2026-03-10 night >/dev/null 2>&1
check_status "a school that the table does not have could not be done" 2 on 2026-03-11 night
check "... and each night says why, until it is mended" grep -q "10282.* is not in 'schools.csv'" out
rm season/schools.csv
check "status says what waits for whom, and since when" sh -c 'tc-province -C season status 10281 |
	grep -q " 1/03-02 .* 2/03-02 "'
check "... and until when: the school the form, 20 working days after its images" sh -c '
	on=$(tc-province -C season --date 2026-03-31 status 10283)
	echo "$on" | grep -q "^2026-04-01  *2026-03-04  *学校  *校对反馈表"'
check "... what is over has a mark" sh -c '
	tc-province -C season --date 2026-04-02 status | grep "^10283" | grep -q " 2026-04-01!$"'

# ---- what is installed ----
make -s -o all -C "$TC_TOP" install DESTDIR="$PWD/root" PREFIX=/opt/tc >/dev/null 2>&1
check "units and a crontab's line are installed" grep -q '^ExecStart=/opt/tc/bin/tc-province' \
	root/opt/tc/lib/systemd/system/tc-province@.service
check "... a timer too" grep -q OnCalendar root/opt/tc/lib/systemd/system/tc-province@.timer
check "... and the line" grep -q '^0 22 .*/opt/tc/bin/tc-province' root/opt/tc/share/tc/systemd/crontab
check_status "the installed program finds its parts" 0 root/opt/tc/bin/tc-province -C season plan

# ---- two at a time ----
check_status "two nights at once: the second says so" 2 flock season/lock \
	tc-province -C season night
check "... and why" grep -q 'another night' err
check "... by mail as well, in case it hangs" grep -q '^tc .*: another night is still running (' out
cp drawn1/upload.zip season/incoming/10281/more.zip
if unshare -ru true 2>/dev/null; then
	unshare -ru sh -c 'echo other >/proc/sys/kernel/hostname
		exec tc-province -C season -q --date 2026-03-11 school 10281' >/dev/null 2>&1 &
	other=$!
	for _ in $(seq 50); do
		grep -q '^other,' season/batches/10281/lock && break
		sleep 0.1
	done
	kill -STOP $other
	check_status "two machines at one school: the second says so" 2 on 2026-03-11 school 10281
	check "... and which one works on it" grep -q '10281 is being worked on (other, pid' err
	kill -CONT $other
	wait $other
	check "... which ends as ever" test $? -le 1
else
	skip "two machines at one school" "needs namespaces"
fi
check_status "a setting that is not known is refused" 2 sh -c '
	echo "clas = 2026" >>season/season.conf; tc-province -C season plan'
check "... by its line" grep -q 'season.conf line [0-9]' err
# ---- what is about no school ----
cat >says <<'X'
tc-export: share/holidays.conf does not have the year of 2031-03-02: five-day weeks are counted
tc-ingest: there is no roster: no photo can be matched
X
check "what is said of the files of share/ is no school's message" is \
	"$(sh -c '. "$TC_TOP/share/province/season.sh"; messages <says')" "$(tail -n 1 says)"
mkdir -p fresh
LANGUAGE=zh_CN tc-province init fresh/season >told
check "who begins a season in Chinese has its mail in Chinese" grep -qx 'language = zh' fresh/season/season.conf
check "... and is told what comes next" grep -q 'tc-province -C fresh/season night' told
sed -i 's/^settle = .*/settle = 0/' fresh/season/season.conf
mkdir -p fresh/season/incoming/10281
cp drawn1/roster.csv fresh/season/incoming/10281/
env -u LANGUAGE tc-province -C fresh/season --date 2026-03-01 night >told
check "... by cron, too, which says what is lacking, and where it put things" sh -c '
	grep -q "见 out/2026-03-01/" told && grep -q "没有学校信息表 schools.csv" told'
check "no list of photos that are nobody'\''s where there is none" sh -c '! ls fresh/season/out/*/10281/待关联名单.xlsx'
finish
