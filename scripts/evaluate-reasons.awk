# Of bad portraits: how many are told the reason that their names say.
# Input: defects (fault, checks), then photos (file, status, "id=value ...").
NR == FNR { says[$1] = $2; next }
{
	kind = $1
	sub(/[_.].*/, "", kind)
	seen[kind]++
	if (kind in says && $3 ~ ("(^| )(" says[kind] ")=")) {
		right++
		told[kind]++
	} else
		wrong = wrong "  " $1 ": " $2 ": " $3 "\n"
	if ($2 == "pass")
		passed = passed "  " $1 "\n"
}
END {
	printf "with the reason that the name says  %.1f %%\n", 100 * right / FNR
	for (kind in seen)
		printf "  %-12s %d of %d\n", kind, told[kind], seen[kind] | "sort"
	close("sort")
	printf "without it:\n%saccepted:\n%s", wrong, passed
}
