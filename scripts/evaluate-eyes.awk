# Of portraits: faces found, and eyes where a person saw them.
# Input: labels (file, "x,y x,y", faults), then finds (file, faces, x, y, x, y).
function off(x, y, at,   part) {
	split(at, part, ",")
	return sqrt((x - part[1]) ^ 2 + (y - part[2]) ^ 2) / apart
}
NR == FNR { eyes[$1] = $2; faults[$1] = $3; next }
$1 in eyes {
	split(eyes[$1], at, " ")
	split(at[1], left, ",")
	split(at[2], right, ",")
	apart = sqrt((left[1] - right[1]) ^ 2 + (left[2] - right[2]) ^ 2)
	frontal = faults[$1] !~ /turned/
	all += frontal
	one += $2 == 1
	many += $2 > 1
	if ($6 == "")
		miss = miss "  " $1 ": no face\n"
	else if (off($3, $4, at[1]) <= 0.1 && off($5, $6, at[2]) <= 0.1)
		good += frontal
	else
		miss = miss sprintf("  %s: off by %.0f %% and %.0f %%%s\n", $1,
		    100 * off($3, $4, at[1]), 100 * off($5, $6, at[2]),
		    frontal ? "" : ", turned")
}
END {
	printf "portraits with one face %d of %d, with more %d\n", one, FNR, many
	printf "eyes within 10 %% of their distance, frontal or nearly: %.1f %% of %d\n",
	    100 * good / all, all
	printf "%s", miss
}
