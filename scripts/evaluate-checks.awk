# Of portraits: by check, who was refused rightly and wrongly, and by fault, who was
# not told, and accepted.  Checks that tell no fault of the list, or one that a number
# decides, are not judged.
# Input: defects (fault, checks, "measured"), labels (file, eyes, faults), photos (file,
# status), and failures (file, check, level); groups: patterns of names.
FILENAME == ARGV[1] {
	if ($3 != "measured")
		says[$1] = $2
	next
}
FILENAME == ARGV[2] {
	file[++files] = $1
	n = split($3, word, " ")
	for (i = 1; i <= n && $3 != "-"; i++)
		has[$1, word[i]] = 1
	next
}
FILENAME == ARGV[3] { status[$1] = $2; next }
{
	level[$2] = $3
	fails[$1, $2] = 1
}
function tells(fault, check) { return check ~ ("^(" says[fault] ")$") }
# Whether check is one that is judged; and rightly refused this file.
function judged(check,   fault) {
	for (fault in says)
		if (tells(fault, check))
			return 1
	return 0
}
function rightly(name, check,   fault) {
	for (fault in says)
		if ((name, fault) in has && tells(fault, check))
			return 1
	return 0
}
function told(name, fault,   check) {
	for (check in level)
		if ((name, check) in fails && tells(fault, check))
			return 1
	return 0
}
function refused_wrongly(check, pattern,   i, wrong, all) {
	all = wrong = 0
	for (i = 1; i <= files; i++)
		if (file[i] ~ pattern) {
			all++
			wrong += (file[i], check) in fails && !rightly(file[i], check)
		}
	return all ? 100 * wrong / all : 0
}
function print_check(check,   i, right, names, wrong, rate, more, group) {
	right = wrong = 0
	names = ""
	for (i = 1; i <= files; i++) {
		if (!((file[i], check) in fails))
			continue
		if (rightly(file[i], check))
			right++
		else {
			wrong++
			names = names " " file[i]
		}
	}
	printf "  %-20s %-7s %4d %4d%s\n", check, level[check], right, wrong, names | "sort"
}
function print_groups(check,   g, i, n, whole, rate) {
	whole = refused_wrongly(check, "")
	n = split(groups, g, " ")
	for (i = 1; i <= n; i++) {
		rate = refused_wrongly(check, g[i])
		if (rate > whole + 2)
			printf "  %-20s %-7s %-8s %5.1f %% of all %4.1f %%%s\n", check,
			    level[check], g[i], rate, whole,
			    level[check] == "reject" ? "  MORE THAN A REVIEW" : "" | "sort"
	}
}
END {
	print "portraits by check: level, refused rightly, wrongly, and whom"
	for (check in level)
		if (judged(check))
			print_check(check)
	close("sort")
	print "by fault: told, not told, and whom; * was accepted"
	for (fault in says) {
		right = wrong = 0
		names = ""
		for (i = 1; i <= files; i++) {
			if (!((file[i], fault) in has) || says[fault] == "none")
				continue
			if (told(file[i], fault))
				right++
			else {
				wrong++
				names = names " " file[i] (status[file[i]] == "pass" ? "*" : "")
			}
		}
		if (right + wrong > 0)
			printf "  %-20s %4d %4d%s\n", fault, right, wrong, names | "sort"
	}
	close("sort")
	print "refused wrongly more than 2 points oftener than all"
	for (check in level)
		if (judged(check))
			print_groups(check)
	close("sort")
}
