#!/bin/sh
# One failed call, one kill, one turned bit at a time, in every tool: the right product or a
# reason and none; `make faults` runs longer.
. "$(dirname "$0")/lib.sh"

check "disturbed runs end right or with 2" python3 "$TC_TOP/tests/faults/sweep.py" \
	"$TC_TOP/build/tests/faults.so" "${TC_FAULT_SECONDS:-30}" --known
sed 's/^/# /' check.out
finish
