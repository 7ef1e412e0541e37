# shellcheck shell=sh
# school.sh: everything for one school, from what it sent to what the office needs.

# show COMMAND...: in the log, as a person would type it.
show() {
	printf '$' >&2
	for word; do
		case $word in
		*[!A-Za-z0-9_./:=,+-]* | '') printf " '%s'" "$(printf %s "$word" | sed "s/'/'\\\\''/g")" >&2 ;;
		*) printf ' %s' "$word" >&2 ;;
		esac
	done
	printf '\n' >&2
}

worse() {
	[ "$1" -le "$status" ] || status=$1
}

# make FILE COMMAND...: its output in FILE when it did its work; its status counts.
make() {
	file=$1
	shift
	show "$@"
	"$@" >"$file.part"
	made=$?
	worse $made
	if [ $made -le 1 ]; then mv "$file.part" "$file"; else
		rm -f "$file.part"
		return 1
	fi
}

# ---- what came in ----

taken() {
	[ -f "$here/taken" ] && grep -qx "$(sha256sum <"$1" | cut -c 1-64)" "$here/taken"
}

# Stamped forms are named by the day on which they came.
received_on() {
	date -r "$1" +%F
}

recognize_all() {
	odd=$(find "incoming/$code" -mindepth 1 -maxdepth 1 -name '*
*' -printf . | wc -c)
	if [ "$odd" -gt 0 ]; then
		worse 1
		warn "$odd 个文件的名称里有换行，已跳过" \
			"the names of $odd files have line feeds in them: passed over"
	fi
	arrived "$code" | while IFS= read -r path; do
		tc-ingest -p "$profile" --recognize "$path"
	done >"$here/arrived"
}

# One tc-ingest with all that is there.  Answers that a run has taken are not given
# again; rosters and uploads always are.  IFS is a line feed: no path holds one.
ingest() {
	set -- -q -d "$here/batch" -s "$code" -y "$class" -p "$profile" \
		-j "$workers" --unmatched "$out/待关联名单.xlsx" --force "$@"
	[ ! -f "$schools" ] || set -- "$@" --schools "$schools"
	: >"$here/taking"
	uploads=
	while IFS='	' read -r kind path; do
		case $kind in
		upload) uploads="$uploads$path
" ;;
		roster) set -- "$@" -r "$path" ;;
		*)
			[ -f "$path" ] && taken "$path" && continue
			case $kind in
			corrections) set -- "$@" --corrections "$path" ;;
			exemptions) set -- "$@" --exemptions "$path" ;;
			links) set -- "$@" --link "$path" ;;
			unlocks) set -- "$@" --unlock "$path" ;;
			register-result) set -- "$@" --register-result "$path" ;;
			tracking) set -- "$@" --tracking "$path" ;;
			form) set -- "$@" --feedback-received "$code:$(received_on "$path"):$path" ;;
			layout-table) continue ;;
			*)
				worse 1	# recognize_all told it
				continue
				;;
			esac
			sha256sum <"$path" | cut -c 1-64 >>"$here/taking"
			;;
		esac
	done <"$here/arrived"
	old_ifs=$IFS
	IFS='
'
	set -f
	# shellcheck disable=SC2086
	set -- "$@" $uploads
	set +f
	IFS=$old_ifs
	make "$here/ingested" tc-ingest "$@"
}

# ---- measured ----

# tc-check as often as it takes: first by itself, then against the other schools.  Each
# lays down its own index before it reads the others', so that of two which run at one
# time at least one sees the other's photos.
check() {
	make "$here/checked" tc-check -q -p "$profile" -j "$workers" "$here/ingested" || return 1
	make "$here/ignored" tc-export index -q -p "$profile" --force \
		-o "$here/$code.index" "$here/checked" || return 1
	set -- -q -p "$profile" -j "$workers"
	for index in likeness/*.index batches/*/*.index; do
		case $index in
		"likeness/$class.index" | "$here/$code.index") continue ;;
		esac
		[ ! -f "$index" ] || set -- "$@" --earlier "$index"
	done
	case $* in
	*--earlier*) make "$here/checked" tc-check "$@" "$here/checked" ;;
	esac
}

# What keeps a manifest whose run failed from taking the place of a good one.
measure() {
	ingest "$@" && check &&
		make "$here/normalized" tc-normalize -q -p "$profile" -j "$workers" "$here/checked" ||
		return 1
	mv "$here/normalized" "$here/manifest.ndjson"
	cat "$here/taking" >>"$here/taken"
	rm -f "$here/ingested" "$here/checked" "$here/ignored" "$here/taking"
}

# ---- made of it ----

# product COMMAND...: from the school's manifest, which becomes what the product's
# tool passed on.
product() {
	make "$here/manifest.ndjson" "$@" -p "$profile" "$here/manifest.ndjson"
}

count_of() {
	tail -n 1 "$here/manifest.ndjson" | jq -r "$1 // 0"
}

said() {
	grep -q "\"kind\":\"$1\"" "$here/batch/decisions.ndjson" 2>/dev/null
}

# Prints wait until the school's stamped form is there.  What another day's sheets have
# is not printed again.
print_sheets() {
	table=$(sed -n 's/^layout-table\t//p' "$here/arrived" | tail -n 1)
	set -- tc-layout -q -o "$out/sheets-$date.pdf" --new --index "$out/冲印索引.xlsx" --force
	[ -z "$table" ] || set -- "$@" --table "$table"
	product "$@"
}

# export_kind KIND OPTION...: one of tc-export's lists, of this day.
export_kind() {
	kind=$1
	shift
	product tc-export "$kind" -q --date "$date" -o "$out/" "$@"
}

make_products() {
	export_kind chsi --new
	export_kind feedback --force
	export_kind layout-table --force
	export_kind retake --force
	export_kind notify --new --force
	[ "$(count_of .status.review)" = 0 ] || export_kind review --force
	if said feedback-received; then print_sheets; fi
	if said delivery || said print; then export_kind recall --force; fi
	if said register-result; then export_kind identity-review --force; fi
	[ "$(count_of .status.unmatched)" != 0 ] || rm -f "$out/待关联名单.xlsx"
	export_kind todo --force
	product tc-export due-table -q --date "$date" -o "$here/due.csv" --force
}

# ---- what is told of it ----

# What a person of the office has to look at, one a line: a record by its id, never by
# whose it is.
needs() {
	jq -r '
		if .type == "refused" then
			"refused \(.upload // .roster // .line) \(.number // .row)"
		elif .type == "photo" then
			(.source.sha256 as $picture | select(.status == "pass" and
				all(.delivered[]?; .picture != $picture)) |
				"undelivered \(.id) \($picture)"),
			(select(.status | . == "review" or . == "unmatched" or . == "unreadable") |
				"\(.status) \(.id) \(.source.sha256)"),
			(.held[]? | "held \(.field) \(.state)") + " \(.id)"
		else empty end' "$here/manifest.ndjson" | sort -u
}

# new_lines NAME: those of batches/CODE/NAME that the day before did not have.
new_lines() {
	old=/dev/null
	[ ! -f "batches/$code/before/$1" ] || old=batches/$code/before/$1
	awk 'FILENAME != ARGV[2] { old[$0]; next } !($0 in old)' "$old" "batches/$code/$1"
}

write_result() {
	if [ "$status" = 1 ] && [ -z "$(new_lines said | messages)$(new_lines needs)" ]; then
		status=0
	elif [ "$status" = 0 ] && [ -n "$(new_lines needs)" ]; then
		status=1
	fi
	{
		printf 'date=%s\nstatus=%s\nsignature=%s\n' "$date" "$status" "$came"
		if [ -f "$here/manifest.ndjson" ]; then
			head -n 1 "$here/manifest.ndjson" | jq -r '"school=\(.school.name // "")"'
			tail -n 1 "$here/manifest.ndjson" | jq -r '
				(.status | to_entries[] | "\(.key)=\(.value)"),
				(.waiting // {} | to_entries[] | "waits_\(.key)=\(.value.count)",
					"since_\(.key)=\(.value.since // "-")"),
				"students=\(.rows.total - .rows.repeated)", "errors=\(.errors)"'
		fi
	} >"$here/result.part" && mv "$here/result.part" "$here/result"
}

# What the last run of an earlier day left, to tell what is new.
keep_before() {
	[ -f "$here/result" ] && [ "$(result "$code" date)" != "$date" ] || return 0
	mkdir -p "$here/before"
	for name in result said needs; do
		[ ! -f "$here/$name" ] || cp "$here/$name" "$here/before/"
	done
}

school() {
	code=$1
	shift
	check_code "$code"
	! is_closed "$code" || fail "$code 的照片保存期限届满，已销毁" \
		"the photos of $code were deleted when their time was over"
	here=batches/$code
	out=out/$date/$code
	mkdir -p "$here" "log/$date" "$out" || exit 2
	take_lock 8 "$here/lock" "$code 正在处理" "$code is being worked on"
	keep_before
	touch "$here/unfinished" || exit 2
	status=0
	came=$(signature "$code")
	{
		printf '# %s %s\n' "$code" "$(date '+%F %T')" >&2
		recognize_all
		if measure "$@"; then make_products; fi
		rmdir "$out" 2>/dev/null
	} 2>"$here/said"
	cat "$here/said" >>"log/$date/$code.log"
	[ -n "$quiet" ] || plain <"$here/said" >&2
	[ ! -f "$here/manifest.ndjson" ] || needs >"$here/needs"
	write_result && rm "$here/unfinished" || worse 2
	return "$status"
}
