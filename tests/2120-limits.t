#!/bin/sh
# tc-check on drawn portraits: who keeps every rule passes, whoever it is and before
# whatever wall; one parameter moved across a limit changes the verdict of the check that
# it belongs to, and of no other.
. "$(dirname "$0")/lib.sh"

# faults_of CHECKED: of each photo the student number and the checks that fail, without
# those across the batch, without file.quality, face.smooth and face.painted, which strong compression
# fails with what it does to the face, and without clothing.colour, as all blues fail it.
faults_of() {
	jq -r 'select(.type == "photo") | [.student.student_no, ([.checks[] |
		select(.verdict == "fail" and (.id | startswith("duplicate") | not) and
		(.id | IN("file.quality", "face.smooth", "face.painted", "clothing.colour") | not)).id] |
		unique | join(" "))] | @tsv' "$1"
}

# ---- people who keep every rule ----
mkdir crowd
echo '学号,姓名,身份证号' >crowd.csv
seed=70
for wall in '#ffffff' '#e9e7e2' '#d8d4cc' '#c4d4e0' '#64c5ff'; do
	seed=$((seed + 1))
	draw-school -q -n 41 -s $seed -W 540 --plain --no-zip --set "wall=$wall" \
		-o school >/dev/null || exit 2
	for photo in school/photos/*; do
		count=$((${count:-0} + 1))
		mv "$photo" "crowd/$((20269000 + count)).${photo##*.}"
		echo "$((20269000 + count)),王甲," >>crowd.csv
	done
	rm -r school
done
tc-ingest -q -d crowd.batch -r crowd.csv crowd >crowd.in 2>crowd.err
tc-check -q crowd.in >crowd.out 2>crowd.err
check "at least 200 people are checked" test \
	"$(jq -r 'select(.type == "photo" and .face != null).id' crowd.out | wc -l)" -ge 200
# Drawn faces are few-featured: two of them can look alike, which is not a rule's matter.
check "none who keeps every rule is rejected or sent to review" test -z \
	"$(jq -r 'select(.type == "photo") |
	[.checks[] | select(.verdict == "fail" and .level != "info")] as $failed |
	select($failed != [] or .status != "pass") |
	select([$failed[].id] != ["duplicate.near"]) | [.source.entry, .status,
	($failed[] | "\(.id)=\(.value)")] | join(" ")' crowd.out | tee crowd.bad)"
shown crowd.bad

# ---- one parameter across a limit ----
# check (checks, where a frame cannot but be told by several), seed, size, the parameters common to both portraits, inside the limit, outside.
# Size 480 is judged as it is.
native=width=480,height=640,quality=95,crown=0.125,eye_line=0.39,chin=0.585,face_width=0.46
cat >limits <<END
pose.level		5 900 yaw=0		tilt=3.3	tilt=5
pose.level		5 900 yaw=0		tilt=-3.3	tilt=-5.2
light.dark		5 900 noise=3		light=0.36	light=0.31
light.bright		14 900 noise=3		light=1.48	light=1.57
light.sides		9 900 light=0.8		side_light=0.7	side_light=0.82
light.sides		9 900 light=0.8		side_light=-0.7	side_light=-0.85
light.spots		5 900 tilt=0		shine=0.06	shine=0.07
light.whites		9 900 tilt=0		cast=0.2	cast=0.3
sharpness		5 900 tilt=0		blur=1.2	blur=2.5
sharpness.motion	5 900 tilt=0		motion=3	motion=8
noise			5 900 tilt=0		noise=6		noise=7.4
file.artefacts		5 900 tilt=0		quality=19	quality=12
file.resolution		5 900 tilt=0		width=560,height=747	width=410,height=547
background.margins+background.objects+recapture.edges	5 900 tilt=0	screen=0	screen=0.06
recapture.glare		5 900 tilt=0		glare=0.14	glare=0.16
background.gradient	5 900 tilt=0		wall_gradient=0.16 wall_gradient=0.21
background.shadow	5 900 wall_shadow_aside=0.12	wall_shadow=0.29 wall_shadow=0.33
background.objects	5 900 tilt=0		wall_clutter=0.15	wall_clutter=0.2
clothing.similar	5 900 dress=sweater	clothing=#4a86b8,collar=#4a86b8 clothing=#58a0d0,collar=#58a0d0
framing.crown		5 480 $native		crown=0.086	crown=0.07
framing.crown		5 480 $native		crown=0.165	crown=0.18
framing.eye_line	5 480 $native		eye_line=0.322,crown=0.09,chin=0.51 eye_line=0.303,crown=0.09,chin=0.49
framing.eye_line	5 480 $native		eye_line=0.455,crown=0.16,chin=0.65 eye_line=0.48,crown=0.16,chin=0.675
framing.face_width	5 480 $native		face_width=0.41 face_width=0.34
framing.centre		5 480 $native		centre=0.487	centre=0.467
framing.centre		5 480 $native		centre=0.513	centre=0.533
END
mkdir limit
echo '学号,姓名,身份证号' >limit.csv
n=20269000
while read -r id seed size common inside outside; do
	for own in "$inside" "$outside"; do
		n=$((n + 1))
		draw-school -s "$seed" -W "$size" --one "$common,$own" -o one >/dev/null ||
			exit 2
		mv one/portrait.jpg "limit/$n.jpg"
		echo "$n,王甲," >>limit.csv
		echo "$n $id $own" >>drawn
	done
done <limits
tc-ingest -q -d limit.batch -r limit.csv limit >limit.in 2>limit.err
tc-check -q limit.in >limit.out 2>limit.err
faults_of limit.out | sort >faults

# Each line of drawn is inside and outside in turn.
sort -n drawn | while read -r n id own; do
	faults=$(awk -F '\t' -v n="$n" '$1 == n { print $2 }' faults)
	if [ $((n % 2)) -eq 1 ]; then
		before=$own
		[ -z "$faults" ] || echo "$id inside ($own): $faults"
		inside_faults=$faults
	elif [ "$faults" = "$(echo "$id" | tr + " ")" ] && [ -z "$inside_faults" ]; then
		echo "$id: $before, $own" >>crossed
	else
		echo "$id outside ($own): $faults"
	fi
done >wrong
touch crossed
for id in $(awk '{ print $1 }' limits | uniq); do
	wanted=$(grep -c "^${id}[[:space:]]" limits)
	check "across the limit of $id no other verdict changes" test \
		"$(grep -c "^$id:" crossed)" = "$wanted"
done
shown wrong
finish
