# shellcheck shell=sh
# incoming.sh: what came in, and whether it is whole.

# still_arriving PATH: changed within the last settle seconds, or named as programs
# name what they have not finished.  PATH.complete says that it is whole.
still_arriving() {
	case $1 in
	*.part | *.partial | *.filepart | *.crdownload | *.download | *.tmp | *.TMP) return 0 ;;
	esac
	if [ "$settle" -eq 0 ] || [ -e "$1.complete" ]; then return 1; fi
	[ -n "$(find "$1" -newerct "@$(($(date +%s) - settle))" -print -quit 2>/dev/null)" ]
}

# each_arrival CODE: the paths, one a line; names with line feeds never are.
each_arrival() {
	for path in "incoming/$1"/*; do
		[ -e "$path" ] || continue
		case $path in
		*.complete) continue ;;
		*'
'*) continue ;;
		esac
		printf '%s\n' "$path"
	done
}

# arrived CODE: the paths that are whole.
arrived() {
	each_arrival "$1" | while IFS= read -r path; do
		still_arriving "$path" || printf '%s\n' "$path"
	done
}

waiting() {
	each_arrival "$1" | while IFS= read -r path; do
		if still_arriving "$path"; then printf '%s\n' "$path"; fi
	done
}

# signature CODE: of what is whole; equal as long as nothing changed.
signature() {
	arrived "$1" | while IFS= read -r path; do
		find "$path" -type f -printf '%p\t%s\t%T@\n' | sort
	done | sha256sum | cut -c 1-64
}

# A school whose photos were deleted by their age has no more nights.
has_news() {
	! is_closed "$1" || return 1
	[ -n "$(arrived "$1" | head -n 1)" ] || return 1
	[ "$(result "$1" status)" = 2 ] || [ "$(result "$1" signature)" != "$(signature "$1")" ]
}

plan() {
	codes | while IFS= read -r code; do
		if has_news "$code"; then printf '%s\n' "$code"; fi
	done
}

# Bytes that the schools of a plan sent since their last run.
new_bytes() {
	while IFS= read -r code; do
		since=batches/$code/result
		arrived "$code" | while IFS= read -r path; do
			if [ -f "$since" ]; then
				find "$path" -type f -cnewer "$since" -printf '%s\n'
			else
				find "$path" -type f -printf '%s\n'
			fi
		done
	done <"$1" | awk '{ sum += $1 } END { printf "%.0f\n", sum }'
}
