#!/bin/sh
# The person mask on drawn portraits, whose alpha is known: scripts/measure-matte.
. "$(dirname "$0")/lib.sh"

BUILD=$TC_TOP/build
export BUILD
check_status "alpha within 0.6 %, 5 % in the band, Delta E 4, before every wall" 0 \
	"$TC_TOP/scripts/measure-matte" 2
sed "s,^,# ," out
check_status "no body in clothing like the wall lacks 100 pixels and is sure, 0.3 of them 40" 0 \
	"$TC_TOP/scripts/measure-matte" -c 2
sed "s,^,# ," out
check_status "white collars before a nearly white wall lose 30 pixels at most" 0 \
	"$TC_TOP/scripts/measure-matte" -w 4
sed "s,^,# ," out
finish
