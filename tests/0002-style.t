#!/bin/sh
# The rules of house style that a program can check.
. "$(dirname "$0")/lib.sh"

check "scripts/lint finds nothing" "$TC_TOP/scripts/lint"
finish
