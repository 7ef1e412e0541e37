# shellcheck shell=sh
# merge.sh: lists of the whole province from the schools' manifests.

# The manifests behind one another, each naming its batch where the season is now: a copy
# of a season does not write into the one that it was copied from.
joined() {
	manifests | while IFS= read -r manifest; do
		head -n 1 "$manifest" |
			jq -c --arg at "$PWD/${manifest%manifest.ndjson}batch" '.directory = $at'
		tail -n +2 "$manifest"
	done
}

# whole COMMAND...: over all manifests, behind one another.  1 speaks of what the
# schools' own lines have told.
whole() {
	joined | "$@" >/dev/null
	[ $? -le 1 ] || { merge_status=2; warn "$1 $2 没有做成" "$1 $2 could not be done"; }
}

# Photos that look like another school's student, by record.
alike() {
	{
		printf '\357\273\277院校代码,标识,疑似重复\n'
		manifests | while IFS= read -r manifest; do
			jq -r --arg code "$(basename "$(dirname "$manifest")")" '
				select(.type == "photo") | .id as $id | .checks[]? |
				select(.id == "duplicate.earlier" and .verdict == "fail") |
				[$code, $id, .detail] | @csv' "$manifest" || exit 1
		done
	} >"$1.part" && mv "$1.part" "$1"
}

merge() {
	[ -n "$(manifests)" ] || return 0
	mkdir -p "out/$date" "log/$date"
	merge_status=0
	whole tc-export stats -q -p "$profile" --date "$date" --force -o "out/$date/"
	for kind in dashboard due settlement ranking parcels labels; do
		whole tc-export $kind -q -p "$profile" --date "$date" --force -o "out/$date/"
	done
	[ -e destroyed/index.csv ] ||
		whole tc-export index -q -p "$profile" --force -o "likeness/$class.index"
	alike "out/$date/跨校疑似重复.csv" || {
		merge_status=2
		warn "跨校疑似重复.csv 没有做成" "跨校疑似重复.csv could not be done"
	}
	return $merge_status
}
