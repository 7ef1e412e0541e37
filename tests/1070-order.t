#!/bin/sh
# Products of records that were not judged, and what has to be said before work begins.
. "$(dirname "$0")/lib.sh"

draw-school -q --plain -n 3 -W 480 -o school
tc-ingest -q -d batch -s 99999:某大学 -y 2027 -r school/roster.csv school/photos >ingested
tc-check -q ingested >checked
tc-normalize -q checked >normalized

# wants STATUS MANIFEST PRODUCT OPTION...: the product is made or not of the manifest.
wants() {
	wanted=$1 from=$2
	shift 2
	rm -rf made made.d
	"$@" "$from" >out 2>err
	got=$?
	[ "$got" -eq "$wanted" ] || { echo "$* of $from: $got"; cat err; return 1; }
	[ "$wanted" -eq 0 ] || { [ ! -e made ]; }
}
for kind in chsi feedback proof layout-table stats; do
	check "$kind needs the registration images" wants 2 ingested tc-export $kind -q -o made
	check "$kind says what is missing" grep -q "not been through tc-check" err
	check "$kind: a check alone is not enough" wants 2 checked tc-export $kind -q -o made
	check "$kind says that, too" grep -q "not been through tc-normalize" err
	check "$kind of all three" wants 0 normalized tc-export $kind -q -o made
done
check "a sheet needs images" wants 2 checked tc-layout -q -o made
check "and is made of them" wants 0 normalized tc-layout -q -o made
for kind in review retake identity-review; do
	options=
	[ "$kind" != retake ] || options="--date 2027-03-01"
	# shellcheck disable=SC2086
	check "$kind needs the checks" wants 2 ingested tc-export $kind -q -o made $options
	# shellcheck disable=SC2086
	check "$kind is made of them" wants 0 checked tc-export $kind -q -o made $options
done
check "an image needs a face, and so the checks" wants 2 ingested tc-normalize -q
check "a table may be made of anything" wants 0 ingested tc-export csv -q --columns 学号 -o made
tc-normalize -q checked | tc-check -q >again
check "checks may be run again" wants 0 again tc-export chsi -q -o made
jq -c 'if .type == "batch" then .steps |= [.[0], .[2], .[1]] else . end' normalized >turned
check "images made before the checks were not" wants 2 turned tc-export chsi -q -o made
cat normalized ingested >two
check "one school of two that was not judged" wants 2 two tc-export stats -q -o made
check "is named by its line" grep -q "two:6: " err

# ---- before work begins ----

for class in 26 2027届 20277 1800 ''; do
	check_status "-y '$class'" 2 tc-ingest -d no -s 10285 -y "$class" -r school/roster.csv school/photos
	check "makes no batch" test ! -e no
done
for school in 苏州大学 '' : 10285: '10285 苏州大学' :苏州大学; do
	check_status "-s '$school'" 2 tc-ingest -d no -s "$school" -y 2027 -r school/roster.csv school/photos
	check "makes no batch" test ! -e no
done
check_status "the colon of a Chinese keyboard" 0 tc-ingest -q -d wide -s 99999：某大学 -y 2027 \
	-r school/roster.csv school/photos
check "is one" jq -es '.[0].school == {"code": "99999", "name": "某大学"}' out
cat >plain.csv <<'EOF'
学号,姓名,身份证号
202201010101,梁芳瑶,329901200209020200
EOF
check_status "a school and a year that nobody says" 0 tc-ingest -d unknown -r plain.csv school/photos/202201010101.jpg
check "are told" sh -c 'grep -q "school is not known" err && grep -q "year of graduation is not" err'
check_status "in Chinese" 0 tc-ingest --lang zh -d unknown -r plain.csv school/photos/202201010101.jpg
check "as well" sh -c 'grep -q "给出" err'

# ---- a profile by its path ----

mkdir -p conf elsewhere
printf 'include = jiangsu\n[fee]\nprice = 11\n' >conf/own.conf
check_status "a profile by a relative path" 0 tc-ingest -q -d own -p conf/own.conf -s 99999 -y 2027 \
	-r school/roster.csv school/photos
mv out elsewhere/m
check "holds from anywhere" sh -c 'cd elsewhere && tc-check -q m >c && tc-normalize -q c >n &&
	tc-export chsi -q -o bundle.zip n >/dev/null'
check "and no path goes out with a bundle" sh -c '
	[ "$(jq -r .profile elsewhere/bundle.zip.receipt.json)" = own.conf ]'
finish
