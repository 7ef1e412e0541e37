#!/bin/sh
# Messages for operators: Chinese when asked for, English otherwise; manifests are
# the same bytes in every language.
. "$(dirname "$0")/lib.sh"

# chinese FILE: each line for operators has Chinese; english FILE: none has.
chinese() {
	[ -s "$1" ] && ! LC_ALL=C grep -n -v "$(printf '[\344-\351]')" "$1"
}
english() {
	[ -s "$1" ] && ! LC_ALL=C grep -n "$(printf '[\344-\351]')" "$1"
}
says() {
	grep -q -F -e "$1" "$2" || { cat "$2"; false; }
}

check "every sentence of the code has a pair" "$TC_TOP/scripts/messages"

printf '{"type":"batch"' >bad	# JSON that breaks off
for tool in tc-check tc-normalize 'tc-layout -o x.pdf' 'tc-export chsi -o x.zip'; do
	# shellcheck disable=SC2086 # a command line
	check_status "${tool%% *}: --lang zh" 2 $tool --lang zh no-such
	check "${tool%% *}: it is Chinese" chinese err
	check "${tool%% *}: with the name" says '“no-such”' err
	check "${tool%% *}: and the system's reason" says '没有该文件或目录' err
done
check_status "tc-ingest: LANGUAGE=zh_CN" 2 env LANGUAGE=zh_CN \
	tc-ingest -d batch -r no-such x.zip
check "it is Chinese" chinese err
check "with the name as it is" says 'no-such' err

check_status "LANGUAGE=zh_CN" 2 env LANGUAGE=zh_CN tc-check bad
check "is Chinese" chinese err
check_status "LANGUAGE=zh_CN under cron's locale" 2 env LC_ALL=C LANG= \
	LANGUAGE=zh_CN tc-check no-such
check "is Chinese" chinese err
check_status "cron's locale" 2 env -u LANGUAGE -u LANG LC_ALL=C tc-check no-such
check "is English" english err
check "in the system's words" says "cannot open 'no-such': No such file" err
check_status "--lang en over LANGUAGE=zh_CN" 2 env LANGUAGE=zh_CN \
	tc-check --lang en no-such
check "is English" english err
check_status "without a catalogue" 2 env TC_SHARE="$PWD" tc-check --lang zh no-such
check "English is shown" english err

check_status "a name that looks like a message" 2 \
	tc-check --lang zh 'x: it is damaged, 3 pass; {1}'
check "is kept" says 'x: it is damaged, 3 pass; {1}' err
check "and the rest is Chinese" chinese err

# The same run in two languages.
draw-school -q -n 12 -W 700 --troubles -o school
run() {
	LANGUAGE=$1 tc-ingest -d "$1" -r school/roster.csv -y 2026 \
		school/upload.zip >"$1.0" 2>"$1.err"
	LANGUAGE=$1 tc-check -d "$1" "$1.0" >"$1.1" 2>>"$1.err"
	LANGUAGE=$1 tc-normalize -d "$1" "$1.1" >"$1.2" 2>>"$1.err"
}
run en
run zh_CN
for file in en.2 zh_CN.2; do
	grep -v '"type":"batch"' "$file" | sed "s/\"id\":\"[a-z0-9]*-/\"id\":\"-/;
		s/\"record\":\"[a-z0-9]*-/\"record\":\"-/
		s/\"detail\":\"[a-z0-9]\{8\}-/\"detail\":\"-/" >"$file.cut"
done
check "with photos and a refused entry" sh -c \
	'grep -q "\"checks\":\[{" en.2.cut && grep -q "\"type\":\"refused\"" en.2.cut'
check_same "manifests are the same bytes" en.2.cut zh_CN.2.cut
check "messages of a run: English" says '; 1 errors' en.err
check "messages of a run: Chinese" chinese zh_CN.err
check "the summary with it" says '；错误 ' zh_CN.err
cat zh_CN.2 zh_CN.2 | LANGUAGE=zh_CN tc-export stats -o stats.xlsx 2>several.err >several
check "the summary of several batches" sh -c \
	'grep -q "^2 个批次：记录 [0-9]* 条，.*；错误 [0-9]* 个$" several.err'
LANGUAGE=zh_CN tc-ingest -d empty --unmatched list.xlsx 2>empty.err >empty.ndjson
check "and of one without records" says '届，' empty.err
check "... in order" says '：记录 0 条；错误 0 个' empty.err

# For a translator's tools: to PO and back.
messages=$TC_TOP/scripts/messages
check "the catalogue as PO" sh -c "'$messages' po >messages.po"
check "has every pair" test "$(grep -c '^msgid "..*"' messages.po)" -eq \
	"$(grep -c '^en: ' "$TC_TOP/share/messages.zh")"
check "and comes back as it was" sh -c "'$messages' from-po messages.po | cmp - '$TC_TOP/share/messages.zh'"
printf '\n#, fuzzy\nmsgid "a fuzzy one"\nmsgstr "x"\n\nmsgid ""\n"in two "\n"\\"lines\\""\nmsgstr ""\n"分成"\n"两行"\n\nmsgid "none"\nmsgstr ""\n' >other.po
check "also what a tool has wrapped, and nothing that is not translated" test \
	"$("$messages" from-po other.po)" = "en: in two \"lines\"
zh: 分成两行"
if command -v msgfmt >/dev/null; then
	check "gettext takes it" msgfmt -c -o messages.mo messages.po
	sed '/^msgstr ".*{1}/s/{1}/{7}/' messages.po >wrong.po
	check "and finds a placeholder that is another" sh -c '! msgfmt -c -o wrong.mo wrong.po'
else
	skip "gettext takes it" "no msgfmt"
fi

finish
