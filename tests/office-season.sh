# office-season.sh: two schools' batches and manifests, made by hand, for the tests of
# what speaks of a province.  make_season writes school.ndjson (99999 示例大学, 徐州, with
# a row in the table of schools, one image delivered on 2025-04-02) and other.ndjson
# (88888 第二大学, 南通), and both behind one another as all.ndjson.

# header FILE JSON: members put into the batch record.
header() {
	jq -c "if .type == \"batch\" then . * $2 else . end" "$1" >"$1.new" && mv "$1.new" "$1"
}

# said DIRECTORY KIND RECORD PICTURE WHEN [MORE]: an answer in the journal.
said() {
	printf '{"kind":"%s",%s"role":"tool","who":"tc-export","when":"%s"%s}\n' "$2" \
		"${3:+\"record\":\"$3\",\"picture\":\"$(printf '%064d' "$4")\",}" "$5" "${6:-}" \
		>>"$1/decisions.ndjson"
}

make_season() {
	make_batch school
	cp -r school other
	sed -i 's/testtest/otherone/; s/99999/88888/; s/示例大学/第二大学/' other/id
	sealed other/id
	sed "s/testtest/otherone/g; s|$PWD/school|$PWD/other|" school.ndjson >other.ndjson
	header school.ndjson '{received: "2025-04-01", class: "2025",
		profile: {set: {"provenance.taken_days": "2025-03-15..2025-03-20, 2025-04-01..2025-04-03"}},
		school: {code: "99999", name: "示例大学", city: "徐州", contact: "张老师",
		phone: "0516-65880000", address: "徐州市某路1号", postcode: "221000", paid: "45.00",
		paid_date: "2025-04-10"}}'
	header other.ndjson '{received: "2025-04-02", class: "2025", school: {code: "88888",
		name: "第二大学", city: "南通"}}'
	jq -c 'if .source then .source.received = "2025-03-16T08:00:00Z" else . end' school.ndjson >x
	mv x school.ndjson
	said school delivery testtest-1 1 2025-04-02T10:00:00Z \
		",\"file\":\"$(printf '%064d' 1)\",\"file_name\":\"a.zip\""
	cat school.ndjson other.ndjson >all.ndjson
}

