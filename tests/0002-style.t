#!/bin/sh
# The rules of house style that a program can check, and the catalogue of messages.
. "$(dirname "$0")/lib.sh"

check "scripts/lint finds nothing" "$TC_TOP/scripts/lint"
check "every sentence for operators is in the catalogue" "$TC_TOP/scripts/messages"
finish
