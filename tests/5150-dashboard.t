#!/bin/sh
# tc-export dashboard: a page for a wall screen, in Chromium and on paper.
. "$(dirname "$0")/lib.sh"
. "$TC_TOP/tests/export-batch.sh"
. "$TC_TOP/tests/office-season.sh"
. "$TC_TOP/tests/browser.sh"

has() {
	grep -q -e "$1" board.html || { echo "no $1"; false; }
}
make_season
jq -c 'if .student then .student.phone = "13800138000" else . end |
	if .type == "batch" and .school then .school.name = "示例<b>大学&" else . end' all.ndjson >people.ndjson
sed -i 's/示例大学/示例<b>大学\&/' school/id && sealed school/id
check_status "the page is made" 0 tc-export dashboard --date 2025-05-20 -o board.html people.ndjson
check "it counts who was to come, came and passed" sh -c '
	tr -d "\n" <board.html | grep -q "<b>12</b><span>应采</span>.*<b>10</b><span>实采</span>.*<b>83.3%</b><span>采集率</span>.*<b>80.0%</b><span>一次合格率</span>"'
check "... by city" has '徐州</text>'
check "... by day" has 'polyline class="line0"'
check "... why photos did not pass" has '瞳孔平行角度'
check "... what is overdue" has '校对反馈表（盖章）未收到.*逾期 11 个工作日'
check "... of which the form is about no number of persons" has '校对反馈表（盖章）未收到</td><td class="number">—</td>'
check "a school's name is no markup" has '示例&lt;b&gt;大学&amp;'
check "nobody's name, number or telephone is in it" sh -c '
	! grep -q "张三丰\|李四\|赵六\|11010120000\|2021001\|1380013\|张老师\|0516" board.html'
check "no address of the network is in it" sh -c '! grep -q "http:\|https:\|//" board.html'
check_status "again it is the same" 0 tc-export dashboard --date 2025-05-20 -o board.html people.ndjson

# english MANIFEST: the same by a profile in English.
english() {
	jq -c 'if .type == "batch" then .profile.set."profile.language" = "en" else . end' "$1"
}
english people.ndjson >english.ndjson
check_status "by a profile in English it is in English" 0 \
	tc-export dashboard --date 2025-05-20 -o english.html english.ndjson
check "the counts" sh -c '
	tr -d "\n" <english.html | grep -q "<b>12</b><span>expected</span>.*<b>10</b><span>photographed</span>.*<b>80.0%</b><span>passed at once</span>"'
check "the frame" sh -c 'grep -q "<html lang=\"en\">" english.html &&
	grep -q "<h1>Graduation photos: progress</h1><p>as of 2025-05-20 · 2 schools</p>" english.html'
check "why photos did not pass" grep -q 'head tilt' english.html
check "what is owed" grep -q 'the stamped form is not here.*11 working days over' english.html
check "nothing is Chinese but the names of schools, cities, offices" sh -c '
	sed "s/示例<b>大学&amp;\|示例&lt;b&gt;大学&amp;amp;\|示例[^<\"]*大学[^<\"]*\|第二大学\|徐州\|南通//g; s/<td>[^<]*中心<\/td>//g" english.html |
		sed "/<style>/,/<\/style>/d" | grep -n "[一-龥]" | head -n 3 | { ! grep .; }'
check_status "so is the table of what is owed" 0 \
	tc-export due-table --date 2025-05-20 -o english.csv english.ndjson
check "... with its words" grep -q 'school,the stamped form is not here' english.csv
check_status "a part of a manifest gives none" 2 sh -c 'sed 3d school.ndjson | tc-export dashboard --subset -o part.html'
jq -c 'select(.type != "photo")' school.ndjson | sed 's/"records":7/"records":0/' >empty.ndjson
check_status "a school of which nothing is known has a page" 0 tc-export dashboard -o empty.html empty.ndjson

i=0
: >cities.ndjson
while [ $i -lt 22 ]; do
	cp -r other "city$i"
	sed -i "s/otherone/cityno$((10 + i))/; s/88888/300$((10 + i))/" "city$i/id"
	sealed "city$i/id"
	jq -c 'select(.type != "photo")' other.ndjson | sed "s/\"records\":7/\"records\":0/
		s/otherone/cityno$((10 + i))/g; s/南通/第${i}市/; s|$PWD/other|$PWD/city$i|" >>cities.ndjson
	i=$((i + 1))
done
check_status "a province may have more cities than another" 0 \
	tc-export dashboard --date 2025-05-20 -o cities.html cities.ndjson
check "... and all of them are shown" is "$(grep -o '第[0-9]*市</text>' cities.html | wc -l)" 22

reason=$(browser_missing)
if [ -n "$reason" ]; then
	skip "the page in Chromium" "$reason"
else
	NODE_PATH=$BROWSER/node_modules timeout 120 node "$TC_TOP/tests/browser/dashboard.js" \
		"$PWD/profile" "$PWD/board.html" board.pdf >seen 2>errors
	check "Chromium shows it: no error, no request" sh -c '! grep . errors'
	check "it is no wider than a wall screen, a laptop, a telephone" sh -c \
		'test "$(grep -c "too wide false" seen)" -eq 3'
	check "figures and charts are on a wall screen at once" grep -qx 'on a wall screen: 2 of 2' seen
	check "its policy lets its own style through" grep -qx 'styled: true' seen
	check "axe finds nothing, on a wall screen and on a telephone" is "$(grep -c "^0 found by axe" seen)" 2
	check "no script" grep -qx 'scripts: 0' seen
	check "on paper it is A4" sh -c 'pdfinfo board.pdf | grep -q "Page size: *59[45].*x 84[12]"'
fi
finish
