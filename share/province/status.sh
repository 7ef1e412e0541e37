# shellcheck shell=sh
# status.sh: a line a school: counts, what waits for whom since when, last night.

status_line() {
	for name in school date status students pass review reject missing unmatched; do
		value=$(result "$code" $name)
		printf ' %s' "$(printf %s "${value:--}" | tr ' ' '_')"
	done
	for actor in reviewer operator school register student; do
		count=$(result "$code" "waits_$actor")
		case ${count:-0} in
		0) printf ' -' ;;
		*) printf ' %s/%s' "$count" "$(result "$code" "since_$actor" | cut -c 6-)" ;;
		esac
	done
	printf ' %s %s\n' "$(waiting "$code" | wc -l)" "$(next_due)"
}

# What is owed about the school, the earliest day first, as the last run left it
# (tc-export due-table): day, since when, who, what, how many, money.
owed() {
	[ ! -f "batches/$code/due.csv" ] || sed 1d "batches/$code/due.csv"
}

# The first of those days; with a mark when it is over.
next_due() {
	owed | awk -F, -v today="$date" '
	NR == 1 && $1 != "" { due = $1 ($1 < today ? "!" : "") }
	END { print due == "" ? "-" : due }'
}

debts() {
	{
		say '至	自	责任方	事项	人数' 'until	since	who	what	persons'
		owed | awk -F, -v OFS='\t' -v today="$date" '
		{ print ($1 == "" ? "-" : $1 ($1 < today ? "!" : "")), ($2 == "" ? "-" : $2), $3, $4,
		    ($5 == 0 ? "-" : $5) }'
	} | column -t -s "$(printf '\t')"
}

status_table() {
	[ -z "${1:-}" ] || check_code "$1"
	{
		say '代码 学校 上次 结果 学生 合格 待审 需重拍 未采集 待关联 等审核 等省中心 等学校 等学信网 等学生 在途 最近期限' \
			'code school last result students pass review reject missing unmatched for:reviewer for:office for:school for:register for:student arriving due'
		codes | while IFS= read -r code; do
			[ -z "${1:-}" ] || [ "$1" = "$code" ] || continue
			printf %s "$code"
			status_line
		done
	} | column -t
	if [ -n "${1:-}" ]; then
		code=$1
		echo
		debts
	elif [ -f "$(last_mail)" ]; then
		say "最近一晚：$(last_mail)" "last night: $(last_mail)"
	fi
}

last_mail() {
	find log -mindepth 2 -maxdepth 2 -name mail.txt | sort | tail -n 1
}
