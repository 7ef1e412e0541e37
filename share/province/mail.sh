# shellcheck shell=sh
# mail.sh: the page that ends a night: what is new, by school, failures first.

# One line a school: its counts against the day before.
mail_counts() {
	before=batches/$code/before/result
	[ -f "$before" ] || before=/dev/null
	awk -F= -v zh="$zh" -v code="$code" '
	FILENAME != ARGV[2] { old[$1] = $2; next }
	{ now[$1] = $2 }
	function part(key, chinese, english,    n) {
		n = now[key] - old[key]
		if (n != 0)
			text = text (text == "" ? "" : zh ? "，" : ", ") (zh ? chinese : english) \
			    sprintf(" %+d", n)
	}
	END {
		part("students", "学生", "students"); part("pass", "合格", "pass")
		part("review", "待审", "for review"); part("reject", "需重拍", "to retake")
		part("missing", "未采集", "missing"); part("unmatched", "待关联", "unmatched")
		part("unreadable", "无法读取", "unreadable"); part("excluded", "不采集", "excluded")
		part("errors", "错误", "errors")
		if (text == "" && now["status"] == 2)
			text = zh ? "没有做完" : "not finished"
		else if (text == "")
			text = zh ? "无变化" : "no change"
		printf "  %s%s: %s\n", code, (now["school"] == "" ? "" : " ") now["school"], text
	}' "$before" "batches/$code/result"
}

mail_school() {
	if [ -e "batches/$code/unfinished" ]; then
		say "  $code：处理中断或正在处理，下次重做" \
			"  $code: broken off, or still being worked on; the next night does it again"
		return
	fi
	mail_counts
	case $1 in
	0) ;;
	1) new_lines said ;;
	2) cat "batches/$code/said" ;;	# until it is mended, however old
	esac | messages | head -n 5 | sed 's/^/      /'
}

mail_group() {
	wanted=$1 title=$2
	shift 2
	first=1
	for code; do
		[ "$(result "$code" status)" = "$wanted" ] || continue
		[ $first = 0 ] || printf '\n%s\n' "$title"
		first=0
		mail_school "$wanted"
	done
}

mail_waiting() {
	codes | while IFS= read -r code; do
		if is_closed "$code" && [ -n "$(find "incoming/$code" -type f \
			-cnewer "batches/$code/batch/destroyed.csv" -print -quit)" ]; then
			say "  $code：照片已到期销毁，又有新文件" \
				"  $code: files came after its photos were deleted"
		fi
		n=$(waiting "$code" | wc -l)
		[ "$n" -eq 0 ] || say "  $code：还在传输的文件 $n 个，下次处理" \
			"  $code: files that wait for the next night: $n"
	done
}

# A page has so many lines; the rest is in the log.
one_page() {
	awk -v zh="$zh" '
	NR <= 60 { print }
	END {
		if (NR > 60) printf zh ? "……另有 %d 行，见 %s\n" : "... %d more lines in %s\n",
		    NR - 60, ENVIRON["mail_log"]
	}'
}

# mail_text TROUBLE CODE...: what the province's own lists had to say, and the schools.
mail_text() {
	trouble=$1
	shift
	zh=$(case $language in zh*) echo 1 ;; esac)
	export mail_log="log/$date/mail-all.txt"
	page=$(
		say "图采 $date：$# 所学校有新内容，见 out/$date/" \
			"tc $date: $# schools had something new, see out/$date/"
		[ -z "$trouble" ] || printf '\n%s\n' "$trouble"
		mail_group 2 "$(say 没有完成： 'Could not be done:')" "$@"
		mail_group 1 "$(say 需要人处理： 'Something needs a person:')" "$@"
		mail_group 0 "$(say 完成： 'Done:')" "$@"
		still=$(mail_waiting)
		[ -z "$still" ] || printf '\n%s\n%s\n' "$(say 还在传输： 'Still arriving:')" "$still"
	)
	printf '%s\n' "$page" >"$mail_log"
	printf '%s\n' "$page" | one_page
}
