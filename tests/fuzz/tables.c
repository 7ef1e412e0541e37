/*
 * tables: targets of tables, and of what is made of their rows.
 */
#include <stdlib.h>
#include <string.h>
#include <zlib.h>

#include "lib/base/node.h"
#include "lib/profile/profile.h"
#include "lib/roster/answertable.h"
#include "lib/roster/roster.h"
#include "lib/roster/rosterfile.h"
#include "lib/roster/schools.h"
#include "lib/sheet/printin.h"
#include "lib/table/mhtml.h"
#include "lib/table/table.h"
#include "lib/table/tablein.h"
#include "lib/table/tablewire.h"
#include "tests/fuzz/fuzz.h"

static void
read_table(const uint8_t *bytes, size_t len)
{
	table_free(tablein_read(fuzz_file(bytes, len), &fuzz_err));
}

/* They are told by their content: one parser, many corpora. */
#define TABLE(name) \
void \
fuzz_##name(const uint8_t *bytes, size_t len) \
{ \
	read_table(bytes, len); \
}
TABLE(csv)
TABLE(dbf)
TABLE(html)
TABLE(xls)
TABLE(xlsx)

/* ---- the parts of a workbook, in a zip that is sound ---- */

struct part {
	const char *name;
	const uint8_t *bytes;
	size_t len, at;
};

static void
add_number(unsigned long number, int bytes, struct buf *out)
{
	for (; bytes > 0; bytes--, number >>= 8)
		buf_addc(out, (int)(number & 0xff));
}

/* What a local header and the directory's have in common; stored. */
static void
add_header(const struct part *part, struct buf *out)
{
	add_number(20, 2, out);
	add_number(0, 8, out);
	add_number(crc32(0, part->bytes, (uInt)part->len), 4, out);
	add_number(part->len, 4, out);
	add_number(part->len, 4, out);
	add_number(strlen(part->name), 2, out);
	add_number(0, 2, out);
}

static void
add_zip(struct part *parts, size_t count, struct buf *out)
{
	size_t directory, end;

	for (size_t i = 0; i < count; i++) {
		parts[i].at = out->len;
		buf_add(out, "PK\3\4", 4);
		add_header(&parts[i], out);
		buf_adds(out, parts[i].name);
		buf_add(out, parts[i].bytes, parts[i].len);
	}
	directory = out->len;
	for (size_t i = 0; i < count; i++) {
		buf_add(out, "PK\1\2\24\0", 6);
		add_header(&parts[i], out);
		add_number(0, 10, out);
		add_number(parts[i].at, 4, out);
		buf_adds(out, parts[i].name);
	}
	end = out->len;
	buf_add(out, "PK\5\6\0\0\0\0", 8);
	add_number(count, 2, out);
	add_number(count, 2, out);
	add_number(end - directory, 4, out);
	add_number(directory, 4, out);
	add_number(0, 2, out);
}

/* The input, parted by NULs: a sheet, shared strings, styles, the workbook. */
void
fuzz_workbook(const uint8_t *bytes, size_t len)
{
	static const char relations[] = "<Relationships><Relationship Id='a' Type='/worksheet'"
	    " Target='s.xml'/><Relationship Id='b' Type='/sharedStrings' Target='t.xml'/>"
	    "<Relationship Id='c' Type='/styles' Target='y.xml'/></Relationships>";
	static const char workbook[] = "<workbook><sheets><sheet name='s' id='a'/></sheets>"
	    "</workbook>";
	struct part parts[] = {
		{ "xl/s.xml", NULL, 0, 0 }, { "xl/t.xml", NULL, 0, 0 },
		{ "xl/y.xml", NULL, 0, 0 },
		{ "xl/workbook.xml", (const uint8_t *)workbook, sizeof workbook - 1, 0 },
		{ "xl/_rels/workbook.xml.rels", (const uint8_t *)relations,
		    sizeof relations - 1, 0 }
	};
	struct buf file = BUF_INIT;
	const uint8_t *end;

	for (size_t i = 0; i < 4 && len > 0; i++) {
		end = memchr(bytes, '\0', len);
		parts[i].bytes = bytes;
		parts[i].len = end == NULL ? len : (size_t)(end - bytes);
		len -= end == NULL ? len : parts[i].len + 1;
		bytes += parts[i].len + 1;
	}
	add_zip(parts, sizeof parts / sizeof *parts, &file);
	read_table((const uint8_t *)file.data, file.len);
	buf_release(&file);
}

/* What a process sends that was overcome by the table it read. */
void
fuzz_wire(const uint8_t *bytes, size_t len)
{
	table_free(tablewire_get((const char *)bytes, len, &fuzz_err));
}

void
fuzz_mhtml(const uint8_t *bytes, size_t len)
{
	struct buf page = BUF_INIT;

	buf_add(&page, bytes, len);
	mhtml_unpack(&page);
	buf_release(&page);
}

/* ---- what is made of them ---- */

void
fuzz_roster(const uint8_t *bytes, size_t len)
{
	static const struct roster_options options;
	static const struct roster_batch batch = { "", "" };
	struct roster read;

	roster_init(&read);
	roster_add_file(&read, "roster", "", 0, 0);
	rosterfile_read(fuzz_file(bytes, len), &options, &read, &fuzz_err);
	roster_settle(&read, &batch);
	roster_release(&read);
}

void
fuzz_schools(const uint8_t *bytes, size_t len)
{
	static struct profile *profile;

	if (profile == NULL)
		profile = profile_load("jiangsu", &fuzz_err);
	if (profile == NULL)
		abort();
	node_free(schools_find(fuzz_file(bytes, len), "10285", 2026, profile, &fuzz_err));
}

void
fuzz_answers(const uint8_t *bytes, size_t len)
{
	static const unsigned int needed[] = { ANSWERTABLE_BIT(ANSWERTABLE_STUDENT), 0 };
	struct answertable *answers = answertable_read(fuzz_file(bytes, len), needed, NULL,
	    &fuzz_err);
	int damaged;

	while (answers != NULL && answertable_next(answers)) {
		answertable_place(answers);
		answertable_fault(answers);
		for (int i = 0; i < ANSWERTABLE_COLUMNS; i++)
			answertable_text(answers, (enum answertable_column)i, &damaged);
	}
	answertable_free(answers);
}

void
fuzz_printin(const uint8_t *bytes, size_t len)
{
	static const char record[] = "{\"id\":\"fuzzfuzz-1\",\"student\":{\"name\":\"张三\","
	    "\"student_no\":\"20220101\",\"id_number\":\"329901200209020200\"}}";
	struct node *photo = node_parse(record, sizeof record - 1, &fuzz_err);
	const struct printin_row *row;
	struct printin in;

	if (printin_read(fuzz_file(bytes, len), 10, NULL, &in, &fuzz_err) == 0) {
		row = printin_take(&in, photo);
		if (row != NULL)
			printin_override(row, node_get(photo, "student"));
		printin_refuse_rest(&in);
	}
	printin_release(&in);
	node_free(photo);
}
