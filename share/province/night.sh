# shellcheck shell=sh
# night.sh: every school that has something new, then the province and the mail.

# What a night writes (originals, measurements, images, bundle, sheets) is a multiple
# of what came in.  Prints what is lacking, in the operator's language.
lacks_space() {
	need=$(new_bytes "$1" | awk -v factor="$(setting space_factor 2)" '{ printf "%.0f", $1 * factor }')
	free=$(df -B1 --output=avail . | tail -n 1 | tr -d ' ')
	[ "$need" -le "$free" ] || say \
		"磁盘空间不足：今晚约需 $((need >> 20)) MB，只有 $((free >> 20)) MB，没有开始处理" \
		"not enough room on the disk: the night needs about $((need >> 20)) MB, $((free >> 20)) MB are free; nothing was begun"
}

worst_of() {
	worst=0
	for code; do
		one=$(result "$code" status)
		[ "${one:-2}" -le "$worst" ] || worst=${one:-2}
	done
	echo "$worst"
}

rotate_logs() {
	find log -mindepth 1 -maxdepth 1 -type d -name '????-??-??' |
		sort -r | tail -n "+$((keep_logs + 1))" | while IFS= read -r old; do rm -r "$old"; done
}

# post TEXT: to the command that sends mail, if there is one.
post() {
	sender=$([ ! -f season.conf ] || setting mail_command '')
	[ -z "$sender" ] || printf '%s\n' "$1" | sh -c "$sender" ||
		warn 邮件没有发出 'the mail could not be sent'
}

# send STATUS TEXT: the page on standard output, to the command that sends it, in the log,
# and the status.  A disk that is full keeps no page from being sent.
send() {
	printf '%s\n' "$2"
	printf '%s\n' "$2" >"log/$date/mail.txt"
	post "$2"
	rotate_logs
	printf '%s\n' "$1" >"log/$date/status"
	return "$1"
}

# finish PLAN: when the schools of a night are done.
finish() {
	# Codes hold no blanks: see check_code.
	# shellcheck disable=SC2046
	set -- $(cat "$1")
	trouble=$(merge 2>&1)
	merged=$?
	[ "$merged" -ne 0 ] || trouble=
	trouble=$(printf '%s\n' "$trouble" | messages | head -n 20
		[ -f "$schools" ] || say "没有学校信息表 $schools：各校没有名称、地址和期限" \
			"there is no table of schools, $schools: schools have no names, addresses and days"
		for code; do new_lines said; done 2>/dev/null | grep -a "$ours" | sort -u)
	night_status=$(worst_of "$@")
	[ "$night_status" -ge "$merged" ] || night_status=$merged
	send "$night_status" "$(mail_text "$trouble" "$@")"
}

by_slurm() {
	rm -f "log/$date/status"
	export TC_PLAN="$1" TC_PROVINCE="$program" TC_SEASON="$PWD" TC_DATE="$date" \
		TC_LANGUAGE="$language"
	if [ -s "$1" ]; then
		array=$(sbatch --parsable --array="1-$(wc -l <"$1")${jobs:+%$jobs}" \
			--output="$PWD/log/$date/slurm-%a.log" "$share/slurm/school.sbatch") ||
			fail "sbatch 没有接受任务" "sbatch did not take the jobs"
	fi
	sbatch --parsable --wait ${array:+--dependency="afterany:$array"} \
		--output="$PWD/log/$date/slurm-finish.log" "$share/slurm/finish.sbatch" >/dev/null
	[ -f "log/$date/status" ] || fail "夜间处理没有做完，见 log/$date" \
		"the night was not finished, see log/$date"
	cat "log/$date/mail.txt"
	return "$(cat "log/$date/status")"
}

# xargs ends when what it runs is killed: a shell stands between.
by_xargs() {
	xargs -a "$1" -r -P "${jobs:-$(nproc)}" -I '{}' sh -c '"$@" || :' school \
		"$program" -C . -q --date "$date" --lang "$language" school '{}' 9>&-
	finish "$1"
}

# Locks of some file systems hold on one machine only: several would work on one school
# at a time and not know it.
locks_hold() {
	mounted=$(findmnt -n -o FSTYPE,OPTIONS -T . 2>/dev/null)
	case $mounted in
	nfs*nolock* | nfs*local_lock=all* | nfs*local_lock=flock* | *sshfs* | cifs*nobrl* | \
		lustre*localflock* | 9p* | vboxsf*)
		fail "此文件系统的锁只在本机有效（$mounted）：多台机器不能共用，见 tc-province(1)" \
			"locks of this file system hold on one machine only ($mounted): several cannot share it, see tc-province(1)"
		;;
	esac
}

# write_plan FILE: who is to be done.
write_plan() {
	planned=$(plan)
	mkdir -p "${1%/*}" && printf '%s' "${planned:+$planned
}" >"$1"
}

# Each of the plan is unfinished until its run has ended: one that could not even begin is
# told, not what the run before left.
mark_unfinished() {
	while IFS= read -r code; do
		mkdir -p "batches/$code" && touch "batches/$code/unfinished" || return 1
	done <"$1"
}

cannot_write() {
	fail "磁盘写不进去，没有开始处理" "the disk cannot be written to: nothing was begun"
}

night() {
	jobs=$(setting jobs '')
	run=by_xargs
	while [ $# -gt 0 ]; do
		case $1 in
		-j)
			[ $# -ge 2 ] || usage "选项“-j”缺少参数" "option '-j' needs an argument"
			jobs=$2
			shift
			;;
		--slurm) run=by_slurm; locks_hold ;;
		*) usage_after night "$1" ;;
		esac
		shift
	done
	case $jobs in *[!0-9]* | 0) fail "jobs 应为正整数，不是“$jobs”" "jobs is a whole number above 0, not '$jobs'" ;; esac
	take_lock 9 lock "另一次夜间处理还没有结束" "another night is still running"
	write_plan "log/$date/plan" || cannot_write
	lacking=$(lacks_space "log/$date/plan")
	if [ -n "$lacking" ]; then
		send 2 "$lacking"
	else
		mark_unfinished "log/$date/plan" || cannot_write
		$run "$PWD/log/$date/plan"
	fi
}
