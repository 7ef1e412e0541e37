#!/bin/sh
# A night in which one school's run is killed: the others are done, and the mail says which is not.
. "$(dirname "$0")/lib.sh"

tc-province --lang en init season >/dev/null
sed -i 's/^settle = .*/settle = 0/; s/^class = .*/class = 2026/' season/season.conf
for school in 1 2; do
	draw-school -q -n 1 -s $school -W 600 --roster-encoding utf-8 -o drawn$school
	mkdir season/incoming/1028$school
	sed "s/,99999,/,1028$school,/" drawn$school/roster.csv >season/incoming/1028$school/roster.csv
	cp drawn$school/upload.zip season/incoming/1028$school/
done
mkdir bare
cp "$(dirname "$(command -v tc-province)")"/tc-* bare/
mv bare/tc-ingest bare/ingest
cat >bare/tc-ingest <<'END'
#!/bin/sh
case $* in
*"-s 10281 "*) kill -9 "$(sed 's/.*pid \([0-9]*\),.*/\1/' batches/10281/lock)" ;;
esac
exec "$(dirname "$0")/ingest" "$@"
END
chmod 755 bare/tc-ingest
export TC_SHARE="${TC_SHARE:-$TC_TOP/share}"
check_status "a night with a school whose run is killed could not be done" 2 \
	bare/tc-province -C season night -j 1
check "... which the mail says" grep -q '10281: broken off' out
check "the school behind it is done" is "$(tail -n 1 season/batches/10282/manifest.ndjson | jq .rows.matched)" 1
check_status "the next night does what was broken off" 0 tc-province -C season night -j 1
check "... and nothing else" is "$(tail -n 1 season/batches/10281/manifest.ndjson | jq .rows.matched) $(grep -c 10282 out)" "1 0"
finish
