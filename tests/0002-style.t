#!/bin/sh
# The rules of house style that a program can check.
. "$(dirname "$0")/lib.sh"

check "scripts/lint finds nothing" "$TC_TOP/scripts/lint"
# A checkout of another account's, which git does not list, or none at all.
mkdir -p other/scripts other/cmd other/lib other/tests
cp "$TC_TOP/scripts/lint" other/scripts/
echo 'void f(void) { strcpy(a, b); }' >other/cmd/tc-bad.c
other/scripts/lint >said 2>&1
check "... and finds what is there without git" grep -q '^cmd/tc-bad.c:1:.*banned\|^1:.*banned' said
finish
