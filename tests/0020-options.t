#!/bin/sh
# Options are told once: help, manual, completion, advice and settings agree.
. "$(dirname "$0")/lib.sh"

tools='tc-ingest tc-check tc-normalize tc-layout tc-export'

# The options of --help and those of the manual, one a line, as "-d --directory DIR".
of_help() {
	"$1" --help | grep -E '^ +(-., )?--[a-z]' | sed -E 's/^ +//; s/,//; s/  .*//'
}
of_manual() {
	mandoc -T utf8 -O width=1000 "$1" | col -bx | sed 's|−|-|g' |
		sed -n '/options are as follows\|^   Options$\|^   选项$/,/^ \{0,3\}[A-Z]/p' |
		grep -a -E '^ +(-., )?--[a-z][-a-z]+( [^ ]+)?(  |$)|^ +-., --' |
		sed -E 's/^ +//; s/,//; s/ \| /|/g; s/  .*//' | sort
}
same_options() {
	of_help "$1" | sort >help
	of_manual "$2" >manual
	test -s help && diff help manual
}
# Sections, by their number and order in both languages.
same_sections() {
	grep '^\.Sh ' "$1" | sed 's/^\.Sh //' | while read -r section; do
		case $section in
		NAME) echo 名称 ;;
		SYNOPSIS) echo 概要 ;;
		DESCRIPTION) echo 描述 ;;
		CHECKS) echo 检查项 ;;
		ACCURACY) echo 准确度 ;;
		'WHAT IS DONE TO A PHOTO') echo 对照片做什么 ;;
		ENVIRONMENT) echo 环境变量 ;;
		FILES) echo 文件 ;;
		'EXIT STATUS') echo 退出状态 ;;
		EXAMPLES) echo 示例 ;;
		'SEE ALSO') echo 参见 ;;
		CAVEATS) echo 注意 ;;
		*) echo "$section" ;;
		esac
	done >english
	grep '^\.Sh ' "$2" | sed 's/^\.Sh //' >chinese
	diff english chinese
}
# Each line fits on a terminal.
fits() {
	python3 - "$@" <<'END'
import subprocess, sys, unicodedata
wide = [line for line in subprocess.run(sys.argv[1:], capture_output=True, text=True).stdout
        .splitlines() if sum(1 + (unicodedata.east_asian_width(c) in "WF") for c in line) > 80]
print("\n".join(wide))
sys.exit(bool(wide))
END
}
# Every option's sentence is Chinese.
in_chinese() {
	"$1" --help --lang zh | awk '/^ +(-., )?--[a-z]/ { if (said == "no") print line
		line = $0; said = "no" } /[一-龥]/ { said = "yes" }
		END { if (said == "no") print line }' | { ! grep .; }
}

for tool in $tools; do
	check_status "$tool --help exits with 0" 0 "$tool" --help
	check "... is what -h says" sh -c "$tool -h | cmp - out"
	for part in 'example:' 'exit status:' 'manual pages:' 'settings for all runs'; do
		check "... with '$part'" grep -q "$part" out
	done
	check "... with the manual's options" same_options "$tool" "$TC_TOP/man/$tool.1"
	check "... and those of the Chinese one" same_options "$tool" "$TC_TOP/man/zh_CN/$tool.1"
	check "... which has the same sections" same_sections "$TC_TOP/man/$tool.1" "$TC_TOP/man/zh_CN/$tool.1"
	check "... in lines that fit" fits "$tool" --help
	check "... in Chinese too" fits "$tool" --help --lang zh
	check "... in which every option has a sentence" in_chinese "$tool"
	check_status "$tool --version" 0 "$tool" --version
	check_status "$tool: an option that is misspelt" 2 "$tool" --forse
	check "... is told from the one that was meant" grep -q "did you mean '--force'?" err
	check_status "... in Chinese" 2 "$tool" --lang zh --forse
	check "... and the advice too" grep -q '没有选项“--forse”：是不是“--force”？' err
	check_status "$tool: what follows is missing" 2 "$tool" --lang
	check "... is said" grep -q "option '--lang' needs LANG" err
	check_status "$tool: what none takes" 2 "$tool" --force=yes
	check "... is said" grep -q "option '--force' takes no argument" err
done

check "the overview has the same sections in Chinese" same_sections "$TC_TOP/man/tc.7" "$TC_TOP/man/zh_CN/tc.7"
check "tc-province(1) has the same sections in Chinese" same_sections "$TC_TOP/man/tc-province.1" "$TC_TOP/man/zh_CN/tc-province.1"
check "and the same commands, options and settings" sh -c '
	for page in man/tc-province.1 man/zh_CN/tc-province.1; do
		sed -n "s/^\.It \(Cm\|Ic\|Fl\) \([^ ]*\).*/\1 \2/p" "$TC_TOP/$page" >"$(basename "$(dirname "$page")")"
	done; test -s man && diff man zh_CN'
check "and names every page" sh -c 'for page in "$TC_TOP"/man/*.[157]; do
	name=$(basename "$page"); for overview in tc.7 zh_CN/tc.7; do
	[ "$name" = tc.7 ] || grep -q "Xr ${name%.*} ${name##*.}" "$TC_TOP/man/$overview" || { echo "$overview: $name"; exit 1; }
	done; done'

# What there is to choose from stands in the pages that a newcomer has to extend.
# lacks PAGE WORD...: which words are no items of it.
lacks() {
	page=$1
	shift
	for word in "$@"; do
		grep -qE "^\.It (Cm|Sy) (.* , )?$word( .*)?\$" "$page" || echo "$page has no '$word'"
	done
}
complete() {
	said=$(lacks "$@")
	echo "$said"
	test -z "$said"
}
kinds=$(tc-export --help | sed -n '/^KIND/,/^options/s/^  \([a-z-]*\)  .*/\1/p')
check "there are kinds" test "$(echo "$kinds" | wc -l)" -gt 10
# shellcheck disable=SC2086
check "tc-export(1) lists every kind" complete "$TC_TOP/man/tc-export.1" $kinds
# shellcheck disable=SC2086
check "... in Chinese too" complete "$TC_TOP/man/zh_CN/tc-export.1" $kinds
check "... and each has a section" sh -c 'for kind in "$@"; do
	grep -qE "^\.Ss (.*, )?$kind(,.*)?\$" "$TC_TOP/man/tc-export.1" || { echo "no .Ss $kind"; exit 1; }
	done' - $kinds
# shellcheck disable=SC2046
check "tc-profile(5) lists every profile" complete "$TC_TOP/man/tc-profile.5" \
	$(basename -s .conf "$TC_TOP"/share/profiles/*.conf)
tc-check -p chsi-2017 --list | sed -n 's/^\([a-z._]*\)  .*/\1/p' >ids
check "there are checks" test "$(wc -l <ids)" -gt 50
cat "$TC_TOP/man/tc-check.1" "$TC_TOP/man/tc-normalize.1" >checks
# shellcheck disable=SC2046
check "tc-check(1) or tc-normalize(1) has every check" complete checks $(cat ids)

check_status "an abbreviation of several" 2 tc-ingest --s x
check "... names them" grep -q -- '--school, --schools or --sheet' err
check_status "a kind that is misspelt" 2 tc-export feedbak -o x.xlsx
check "... is told from the one that was meant" grep -q "did you mean 'feedback'?" err
check_status "a word that is none" 2 tc-layout --dpi 72 -o x.pdf
check "... names those that are" grep -q -- "--dpi takes '254', '300' or '600', not '72'" err
check_status "... in Chinese" 2 tc-layout --lang zh --include all -o x.pdf
check "... as they are typed" grep -q -- '--include 的值应为 review，不能是“all”' err
check_status "... three" 2 tc-normalize --lang zh --background kep
check "... and the advice" grep -q '应为 auto、keep 或 replace，不能是“kep”：是不是“keep”？' err
check_status "... two" 2 tc-export --lang zh retake --split school -o x
check "..." grep -q -- '--split 的值应为 college 或 class，不能是“school”' err
check_status "a profile that is misspelt" 2 tc-ingest -p jiagsu x.zip
check "... is told from the one that was meant" grep -q "did you mean 'jiangsu'?" err
check_status "an option that a kind does not take" 2 tc-export chsi --split class -o x.zip
check "... is named" grep -q "'chsi' does not take --split" err
check_status "a workbook in a file that is called a PDF" 2 tc-export feedback -o form.pdf
check "... is refused" grep -q -- "-o takes FILE.xlsx, not 'form.pdf'" err
check_status "a day that is none" 2 tc-export retake --deadline 2027-13-01 -o x.xlsx
check "... is refused" grep -q "is not YYYY-MM-DD" err
check_status "a day that no month has" 2 tc-export notify --deadline 2027-02-29 -o x.xlsx
check "... is refused" grep -q "'2027-02-29' of '--deadline' is no day of the calendar" err
check_status "a year before Christ" 2 tc-export notify --deadline -202-01-01 -o x.xlsx
check "... is refused" grep -q "is not YYYY-MM-DD" err
check_status "letters of which the first is none" 2 tc-check --force -Zq x.ndjson
check "... name it" grep -q "there is no option '-Z'" err
check_status "an upload beside --verify" 2 tc-ingest --verify upload.zip
check "... is refused" grep -q -- '--verify reads no upload' err
check_status "an answer beside --purge" 2 tc-ingest --purge made.ndjson --link list.xlsx
check "... is refused" grep -q -- '--purge reads no upload' err
check_status "--repair beside --purge" 2 tc-ingest --purge made.ndjson --repair
check "... is refused" grep -q 'runs of their own' err

# Settings.
export HOME="$PWD/home" XDG_CONFIG_HOME=
unset TC_CONF
mkdir -p home/.config
echo 'jobs = 3' >home/.config/tc.conf
printf '# ours\njobs = 4\nprofile = chsi-2017\nlanguage = zh\n' >tc.conf
check_status "settings" 0 env LANGUAGE= tc-ingest --help
check "... are shown with their files" grep -q 'jobs = 3 *(.*/home/.config/tc.conf)' out
check "... of the directory too" grep -q 'profile = chsi-2017 *(./tc.conf)' out
check "... and the language holds" grep -q '选项：' out
check_status "LANGUAGE holds over them" 0 env LANGUAGE=en tc-ingest --help
check "... " grep -q '^options:' out
check_status "TC_CONF is read alone" 0 env TC_CONF=home/.config/tc.conf tc-ingest --help
check "... " sh -c 'grep -q "jobs = 3" out && ! grep -q chsi-2017 out'
draw-school -q -n 1 -W 300 -o school
check_status "the profile of tc.conf" 0 tc-ingest -q -d one -r school/roster.csv school/upload.zip
check "... is the batch's" sh -c 'head -n 1 out | jq -e ".profile.name == \"chsi-2017\""'
check_status "the command line holds over it" 0 \
	tc-ingest -q -d two -p jiangsu -r school/roster.csv school/upload.zip
check "... " sh -c 'head -n 1 out | jq -e ".profile.name == \"jiangsu\""'
echo 'job = 4' >tc.conf
check_status "a setting that is misspelt" 2 tc-check --help
check "... names file, line and what was meant" grep -q "tc.conf:1: .*'job': did you mean 'jobs'?" err
echo 'jobs = many' >tc.conf
check_status "a value that cannot be" 2 tc-check --help
check "... names the file" grep -q "'jobs' in './tc.conf' takes a number" err
check_status "... and is nobody's who does not take it" 0 tc-layout --help
echo 'school = 苏州大学' >tc.conf
check_status "... of a form of its own" 2 tc-ingest --help
check "... names the file" grep -q "'school' in './tc.conf' takes CODE:NAME" err
rm tc.conf
check_status "a file of settings that is not there" 2 env TC_CONF=office.conf tc-check --list
check "... is named" grep -q "office.conf" err

# What the shell completes: complete WORDS..., the last of which is begun.
cat >complete.bash <<'END'
compopt() { :; }
. "$TC_TOP/share/completions/tc-tools"
COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
_tc_tool "$1" "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
printf '%s\n' "${COMPREPLY[@]}"
END
completes() {
	wanted=$1
	shift
	bash complete.bash "$@" | sort | tr '\n' ' ' >completed
	cat completed
	[ "$(cat completed)" = "$wanted " ]
}
touch made.ndjson made.xlsx upload.zip
check "options are completed" completes '--reprofile' tc-check --re
check "kinds" completes 'recall retake review' tc-export re
check "... once" completes 'made.ndjson' tc-export chsi made
check "words" completes 'class college' tc-export retake --split c
check "profiles" completes 'jiangsu jiangsu-code' tc-ingest -p ji
check "files by their endings" completes 'made.xlsx' tc-ingest -r ma
check "... an upload" completes 'upload.zip' tc-ingest u
check "... a manifest" completes 'made.ndjson' tc-check m
check "folders" completes 'school' tc-check -d sc
for tool in $tools; do
	"$tool" --help | grep -oE '^ +(-., )?--[a-z-]+' | sed 's/.*--/--/' | sort >help
	bash complete.bash "$tool" -- | sort >completed
	check_same "all options of $tool are completed" help completed
done

# tc-province: options, a command, then what the command takes.
mkdir -p season/incoming/10284 season/incoming/10285 season/incoming/20001
completes_season() {
	wanted=$1
	shift
	sed -i 's/^_tc_[a-z]* "\$1"/_tc_province "$1"/' complete.bash
	bash complete.bash "$@" | sort | tr '\n' ' ' >completed
	cat completed
	[ "$(cat completed)" = "$wanted " ]
}
check "commands of tc-province are completed" completes_season 'plan purge' tc-province p
check "... behind its options" completes_season 'merge' tc-province -C season --lang zh m
check "its options" completes_season '--date' tc-province --d
check "its languages" completes_season 'en zh' tc-province --lang ''
check "the season's folder" completes_season 'season' tc-province -C se
check "codes of its schools" completes_season '10284 10285' tc-province -C season status 10
check "... which are all" completes_season '10284 10285 20001' tc-province -C season school ''
check "what a command takes" completes_season '--slurm' tc-province -C season night --s
check "every command and option of its help is completed" sh -c '
	tc-province --complete | sed -n "s/^operand\t[a-z]*\t//p" | tr " " "\n" | sort >known
	tc-province --help | sed -n "s/^  \([a-z]*\) .*  .*/\1/p" | sort | diff - known &&
	for option in -C --date --lang --help --version; do
		tc-province --complete | grep -q -e "^$option" || exit 1; done'
check_status "a command of tc-province that is misspelt" 2 tc-province nigth
check "... is told, with those that there are" grep -q "there is no command 'nigth': init plan .* night" err
check_status "... in the operator's language" 2 env LANGUAGE=zh_CN tc-province nigth
check "..." grep -q '没有命令“nigth”' err
check_status "an option behind the command" 2 tc-province status -C season
check "... is told where it belongs" grep -q "status does not take '-C'; options .* before the command" err
check_status "an option that there is not" 2 tc-province --dat 2026-03-01 plan
check "... is named" grep -q "there is no option '--dat'" err
check_status "a day that no month has" 2 tc-province --date 2026-02-30 plan
check "... is told" grep -q "not '2026-02-30'" err

finish
