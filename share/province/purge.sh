# shellcheck shell=sh
# purge.sh: what was handed over and is past its date, by school; see tc-ingest --purge.

is_closed() {
	[ -f "batches/$1/batch/destroyed.csv" ]
}

# What of the season's own files a kind stands for, one path a line.
season_files() {
	case $1 in
	originals) sed -n 's/^upload\t//p' "$here/arrived" ;;
	images) find out -mindepth 2 -maxdepth 2 -type d -name "$code" ;;
	measurements) printf '%s\n' "$here/$code.index" ;;
	journals)
		each_arrival "$code"
		find "$here" -mindepth 1 -maxdepth 1 ! -name batch ! -name lock ! -name "$code.index"
		;;
	esac
}

# destroy KIND: list each file with its hash, then remove it; $destroyed is the list.
destroy() {
	season_files "$1" | while IFS= read -r path; do
		[ -e "$path" ] || continue
		find "$path" -type f -printf '%s\t%p\n' | while IFS='	' read -r bytes file; do
			line=$1,$(sha256sum <"$file" | cut -c 1-64),$bytes
			grep -q "^$line," "$destroyed" || printf '%s,%s,"%s",保存期限届满\n' "$line" \
				"$date" "$(id -un)" >>"$destroyed" || exit 2
		done || exit 2
		sync "$destroyed" && rm -r -- "$path" || exit 2
	done
}

files_of() {
	season_files "$1" | while IFS= read -r path; do
		[ ! -e "$path" ] || find "$path" -type f -printf '%s\n'
	done | awk '{ sum += $1 } END { printf "%d\t%.0f\n", NR, sum }'
}

heading='类别,SHA-256,字节数,日期,经办人,事由'

# purge_school [--force]: a line a kind: what the tool says of the batch, and the season's
# own files of that kind.
purge_school() {
	here=batches/$code
	destroyed=destroyed/$code.csv
	take_lock 8 "$here/lock" "$code 正在处理" "$code is being worked on"
	tc-ingest -q -d "$here/batch" -p "$profile" --purge "$here/manifest.ndjson" "$@" \
		>"$here/purge.part" || return 2
	if [ -f "$here/batch/destroyed.csv" ]; then
		mkdir -p destroyed
		[ -f "$destroyed" ] || printf '\357\273\277%s\n' "$heading" >"$destroyed"
		tail -n +2 "$here/batch/destroyed.csv" | while IFS= read -r line; do
			grep -qxF -- "$line" "$destroyed" || printf '%s\n' "$line" >>"$destroyed"
		done
	fi
	while IFS='	' read -r kind day state files bytes; do
		printf '%s\t%s\t%s\t%s\t%s\t%s\t%s\n' "$code" "$kind" "$day" "$state" \
			"$files" "$bytes" "$(files_of "$kind")"
		[ "$state" != deleted ] || destroy "$kind" || return 2
	done <"$here/purge.part"
	rm -f "$here/purge.part"
}

# The index is the whole province's: it goes when its day has come for every school.
purge_likeness() {
	index=likeness/$class.index
	[ -f "$index" ] || return 0
	if awk -F'\t' '$2 == "likeness" { n++; if ($4 != "due" && $4 != "deleted") later = 1 }
			END { exit n == 0 || later }' "$1"; then
		if [ -n "$2" ]; then
			printf '\357\273\277%s\nlikeness,%s,%s,%s,"%s",保存期限届满\n' "$heading" \
				"$(sha256sum <"$index" | cut -c 1-64)" "$(wc -c <"$index")" "$date" \
				"$(id -un)" >destroyed/index.csv
			sync destroyed/index.csv && rm "$index" || return 2
			say "$index 已删除" "$index deleted"
		else
			say "$index 到期" "$index is due"
		fi
	fi
}

purge() {
	force=
	case ${1:-} in
	'') ;;
	--yes) force=--force ;;
	*) usage_after purge "$1" ;;
	esac
	take_lock 9 lock "夜间处理正在进行" "a night is running"
	mkdir -p destroyed
	purged=0
	: >destroyed/table.part
	for code in $(codes); do
		[ -f "batches/$code/manifest.ndjson" ] || continue
		purge_school $force >>destroyed/table.part || purged=2
	done
	{
		say '代码	种类	到期日	状态	文件	字节	季内文件	季内字节' \
			'code	kind	due	state	files	bytes	of season	bytes'
		grep -v "$(printf '\t0\t0\t0\t0$')" destroyed/table.part
	} | column -t -s "$(printf '\t')"
	if grep -q "$(printf '\twaits\t')" destroyed/table.part; then
		say "状态为 waits 的学校还有照片待审核或未进入报送包，办结之前不到期（tc-province status 代码）" \
			"where it waits, photos of the school are under review or in no bundle yet: nothing is due before (tc-province status CODE)"
	fi
	purge_likeness destroyed/table.part "$force" || purged=2
	if [ -z "$force" ] && grep -q "$(printf '\tdue\t')" destroyed/table.part; then
		say "以上状态为 due 的：tc-province purge --yes 才会删除" \
			"what is due is deleted by: tc-province purge --yes"
	fi
	rm -f destroyed/table.part
	return $purged
}
