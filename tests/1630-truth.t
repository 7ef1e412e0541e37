#!/bin/sh
# tc-ingest: schools with known truth, every kind of file naming, three days; more of
# them by hand with tests/truth.py.
. "$(dirname "$0")/lib.sh"

check "3 schools: no photo comes under a wrong name, no record changes its id" \
	sh -c '"$TC_TOP/tests/truth.py" 3 1 >sums'
sed 's/^/# /' sums
check "most of what has a good name is joined" sh -c '
	test "$(sed -n "s/ joined//p" sums)" -gt 1200'
check "and names that lie were among them" grep -q "file name lied" sums
finish
