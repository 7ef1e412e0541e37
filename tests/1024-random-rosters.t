#!/bin/sh
# tc-ingest: random rosters, each line of which comes out as it was written.
. "$(dirname "$0")/lib.sh"

check "150 rosters: nothing unsaid" env PYTHONPATH="$TC_TOP/tests" \
	python3 "$TC_TOP/tests/rosters.py" 150
finish
