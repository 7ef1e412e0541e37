# shellcheck shell=sh
# season.sh: the season's folder and its settings.

# setting NAME DEFAULT: a value of season.conf.
setting() {
	awk -v name="$1" -v value="$2" '
	/^[ \t]*[#;]/ { next }
	{
		key = $0; sub(/=.*/, "", key); gsub(/[ \t]/, "", key)
		if (key == name && index($0, "=") > 0) {
			value = $0; sub(/[^=]*=[ \t]*/, "", value); sub(/[ \t\r]+$/, "", value)
		}
	}
	END { print value }' season.conf
}

known_settings=' class profile schools settle jobs language mail_command keep_logs space_factor '

check_settings() {
	awk -v known="$known_settings" '
	/^[ \t]*([#;]|\r?$)/ { next }
	{
		key = $0; sub(/=.*/, "", key); gsub(/[ \t]/, "", key)
		if (index($0, "=") == 0 || index(known, " " key " ") == 0) {
			print NR; exit
		}
	}' season.conf
}

# check_number NAME DEFAULT: whole numbers only; the value in $number.
check_number() {
	number=$(setting "$1" "$2")
	case $number in
	'' | *[!0-9]*) fail "season.conf 的 $1 应为整数，不是“$number”" \
		"$1 of season.conf takes a whole number, not '$number'" ;;
	esac
}

open_season() {
	cd "$season" 2>/dev/null || fail "没有文件夹“$season”" "there is no folder '$season'"
	[ -f season.conf ] || fail "“$season”里没有 season.conf：先运行 tc-province init" \
		"there is no season.conf in '$season': begin with tc-province init"
	wrong=$(check_settings)
	[ -z "$wrong" ] || fail "season.conf 第 $wrong 行不是已知的设置" \
		"season.conf line $wrong is no known setting"
	[ -n "$language" ] || language=$(setting language "$spoken")
	case $language in
	zh*) language=zh; export LANGUAGE=zh_CN ;;
	*) language=en; export LANGUAGE=en ;;
	esac
	class=$(setting class '')
	[ -n "$class" ] || fail "season.conf 没有 class（届别）" "season.conf has no class"
	profile=$(setting profile jiangsu)
	schools=$(setting schools schools.csv)
	check_number settle 120
	settle=$number
	check_number keep_logs 60
	keep_logs=$number
	mkdir -p batches out log likeness
}

# A code is a folder's name: nothing else may be one.
is_code() {
	case $1 in
	'' | -* | *[!0-9A-Za-z_-]*) return 1 ;;
	esac
}

# plain: without what a terminal acts on, also that of two bytes (U+0080 to U+009F).
plain() {
	LC_ALL=C tr '\000-\011\013-\037\177' '?' | LC_ALL=C sed 's/\xc2[\x80-\x9f]/??/g'
}

# shown NAME: plain, on one line.
shown() {
	printf %s "$1" | tr '\n' '?' | plain
}

check_code() {
	is_code "$1" || fail "“$(shown "$1")”不是院校代码" "'$(shown "$1")' is no school code"
	[ -d "incoming/$1" ] || fail "没有 incoming/$1" "there is no incoming/$1"
}

# take_lock DESCRIPTOR FILE CHINESE ENGLISH: hold it until this program ends, or say who
# does, on which machine.
take_lock() {
	eval "command exec $1>>\"\$2\"" 2>/dev/null || fail "无法写入 $2" "cannot write to $2"
	flock -n "$1" || fail "$3（$(cat "$2")）" "$4 ($(cat "$2"))"
	printf '%s, pid %s, %s\n' "$(uname -n)" "$$" "$(date '+%F %T')" 2>/dev/null >"$2"
}

# The codes of all schools, one a line; a folder that is no code is told, and so is a file
# that lies in none.
codes() {
	for folder in incoming/*; do
		name=$(shown "${folder#incoming/}")
		if [ ! -d "$folder" ]; then
			[ ! -e "$folder" ] || warn \
				"incoming/ 里的“$name”不在任何学校的文件夹里，已跳过" \
				"'$name' in incoming/ is in no school's folder: passed over"
		elif is_code "${folder#incoming/}"; then
			printf '%s\n' "$name"
		else
			warn "incoming/ 里的“$name”不是院校代码，已跳过" \
				"'$name' in incoming/ is no school code: passed over"
		fi
	done
}

# result CODE NAME: what the last run left.  One that was killed could not be done.
result() {
	if [ "$2" = status ] && [ -e "batches/$1/unfinished" ]; then
		echo 2
		return
	fi
	[ -f "batches/$1/result" ] && sed -n "s/^$2=//p" "batches/$1/result"
}

# What is said of the files of share/ is about no school: a night tells it once.
ours='^tc-.* share/'

# messages: those of the lines of a log about the school, each short; cut -c counts bytes.
messages() {
	grep -a '^tc-' | grep -av "$ours" | cut -c 1-300 | iconv -c -f UTF-8 -t UTF-8
}

manifests() {
	for manifest in batches/*/manifest.ndjson; do
		[ -f "$manifest" ] && printf '%s\n' "$manifest"
	done
}

init() {
	[ ! -e "$season/season.conf" ] || fail "“$season”已是一个采集季" "'$season' is a season already"
	mkdir -p "$season/incoming" "$season/batches" "$season/out" "$season/log" \
		"$season/likeness" || exit 2
	cat >"$season/season.conf" <<'CONF' || exit 2
# season.conf: what a season's nights need to know; see tc-province(1).

# The class of graduation (届别).
class = 2027
# A profile's name or path; see tc-profile(5).
profile = jiangsu
# The centre's table of schools (学校信息表), any table that tc-ingest --schools reads.
schools = schools.csv
# Seconds that a file must not have changed before it is read.
settle = 120
# Gets the night's page on standard input, for example: mail -s tc operator@localhost
#mail_command =
# Nights whose logs are kept.
keep_logs = 60
# Free disk that a night needs, as a multiple of the bytes that came in.
space_factor = 2
CONF
	{
		echo '# Language of the mail, which cron does not know: zh or en.'
		echo "language = $(say zh en)"
	} >>"$season/season.conf" || exit 2
	say "采集季建在“$season”：请填写 season.conf 和 schools.csv，把各校文件放进 incoming/院校代码/，再运行 tc-province -C $season night" \
		"the season is in '$season': fill in season.conf and schools.csv, put what schools send into incoming/CODE/, then run tc-province -C $season night"
}
