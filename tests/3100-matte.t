#!/bin/sh
# The person mask on drawn portraits, whose alpha is known: scripts/measure-matte.
. "$(dirname "$0")/lib.sh"

BUILD=$TC_TOP/build
export BUILD
check_status "alpha within 0.6 %, 5 % in the band, Delta E 4, before every wall" 0 \
	"$TC_TOP/scripts/measure-matte" 2
sed "s,^,# ," out
check_status "no body in clothing like the wall lacks 100 pixels and is sure, 0.1 of them 40" 0 \
	"$TC_TOP/scripts/measure-matte" -c 2
sed "s,^,# ," out
check_status "white collars before a nearly white wall lose 30 pixels at most" 0 \
	"$TC_TOP/scripts/measure-matte" -w 4
sed "s,^,# ," out

# What scripts/measure-composites puts before walls.
draw-school -q -s 3 -W 480 --alpha drawn/alpha --one \
	"width=480,height=640,orientation=0,exif=0,wall=#64c5ff,wall_gradient=0,noise=0,quality=0" -o drawn
convert drawn/portrait.png person.ppm
convert drawn/alpha/portrait.png alpha.pgm
for seed in 1 1 2; do
	"$BUILD/composite" person.ppm alpha.pgm 190 192 195 0.1 0.2 2 "$seed" >"seed-$seed.ppm.new"
	[ ! -f "seed-$seed.ppm" ] || check "a composite is the same for the same seed" \
		cmp -s "seed-$seed.ppm" "seed-$seed.ppm.new"
	mv "seed-$seed.ppm.new" "seed-$seed.ppm"
done
check "and another for another seed" sh -c '! cmp -s seed-1.ppm seed-2.ppm'
"$BUILD/composite" person.ppm alpha.pgm 190 192 195 0 0 0 1 >before.ppm
pixel() {
	convert "$1" -format "%[pixel:p{$2}]" info:
}
check "wall is of the wall's colour" test "$(pixel before.ppm 2,2)" = 'srgb(190,192,195)'
check "what is opaque is the person's" test "$(pixel before.ppm 240,300)" = \
	"$(pixel person.ppm 240,300)"

picture=$TC_DATA/studio/neutral/113_03.jpg
if [ -f "$picture" ]; then
	"$TC_TOP/scripts/measure-composites" "$picture" >measured 2>&1
	check "a white shirt before white that the colours lose is doubted" \
		sh -c 'grep -q "^white  *1" measured && ! grep -q "before white" measured'
else
	skip "a white shirt before white that the colours lose is doubted" "no ../shared/data"
fi
finish
