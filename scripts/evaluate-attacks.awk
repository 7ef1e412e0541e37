# What became of faults made on good portraits.
# Input: tests/attacks.tsv (fault, keys, most passing, least refused, checks), groups (name, words), and
# for each fault FAULT.tsv (name, status, "id=value ...").
function share(count, all) { return all ? 100 * count / all : 0 }
function line(title, key,   out) {
	out = sprintf("%-22s %4d  pass %5.1f %%  review %5.1f %%  refused %5.1f %%", title,
	    all[key], share(passed[key], all[key]), share(reviewed[key], all[key]),
	    share(refused[key], all[key]))
	return out
}
function count(key, status) {
	all[key]++
	passed[key] += status == "pass"
	reviewed[key] += status == "review"
	refused[key] += status == "reject" || status == "unreadable"
}
/^#/ { next }
FILENAME ~ /attacks.tsv$/ {
	order[++faults] = $1
	most[$1] = $3
	least[$1] = $4
	says[$1] = $5
	next
}
FILENAME == "groups" { group[$1] = $2; next }
{
	fault = FILENAME
	sub(/\.tsv$/, "", fault)
	count(fault, $2)
	named[fault] += $3 ~ ("(^| )(" says[fault] ")=")
	set = $1 ~ /^drawn/ ? "drawn" : "photo"
	count(fault " " set, $2)
	if (fault == "good") {
		n = split(group[$1], word, " ")
		for (i = 1; i <= n; i++) {
			count("of " word[i], $2)
			words[word[i]] = 1
		}
		m = split($3, reason, " ")
		for (i = 1; i <= m; i++) {
			sub(/=.*/, "", reason[i])
			why[reason[i] (set == "drawn" ? " (drawn)" : "")]++
		}
	}
}
END {
	for (i = 1; i <= faults; i++) {
		fault = order[i]
		if (!all[fault] || says[fault] == "-")
			continue
		missed = share(passed[fault], all[fault]) > most[fault] || share(refused[fault], all[fault]) < least[fault]
		status = status || missed
		printf "%s  named %5.1f %%%s%s\n", line(fault, fault), share(named[fault], all[fault]), missed ? "  MISSED" : "",
		    passed[fault] ? sprintf("  (drawn %d, photos %d)", passed[fault " drawn"], passed[fault " photo"]) : ""
	}
	print ""
	for (i = 1; i <= faults; i++)
		if (all[order[i]] && says[order[i]] == "-")
			print line(order[i], order[i]) sprintf("  photos: pass %.1f %% of %d", share(passed[order[i] " photo"], all[order[i] " photo"]), all[order[i] " photo"])
	print "\ngood ones by group"
	for (w in words)
		print "  " line(w, "of " w) | "sort"
	close("sort")
	print "reasons of good ones that did not pass"
	for (w in why)
		printf "  %-28s %d\n", w, why[w] | "sort"
	close("sort")
	exit status
}
