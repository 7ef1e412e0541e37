#include "lib/table/tablewire.h"

#include <stdint.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/table/table.h"

/*
 * Each part is its kind and what belongs to it; texts are their length and their bytes.
 *	sheet	hidden, hidden rows, name
 *	row	number
 *	cell	column, flags, text
 */
enum part { PART_SHEET, PART_ROW, PART_CELL };

/* ---- writing ---- */

static void
put_number(size_t number, struct buf *out)
{
	uint64_t value = number;

	buf_add(out, &value, sizeof value);
}

static void
put_text(const char *text, struct buf *out)
{
	size_t len = strlen(text);

	put_number(len, out);
	buf_add(out, text, len);
}

static void
put_row(const struct table *table, size_t sheet, size_t row, struct buf *out)
{
	size_t width = table_width(table, sheet, row);
	const char *text;
	int flags;

	put_number(PART_ROW, out);
	put_number((size_t)table_row_number(table, sheet, row), out);
	for (size_t i = 0; i < width; i++) {
		text = table_text(table, sheet, row, i, &flags);
		if (*text == '\0')
			continue;
		put_number(PART_CELL, out);
		put_number(i, out);
		put_number((size_t)flags, out);
		put_text(text, out);
	}
}

void
tablewire_put(const struct table *table, struct buf *out)
{
	put_text(table_kind(table), out);
	put_number(table_damaged_bytes(table), out);
	for (size_t sheet = 0; sheet < table_all_sheets(table); sheet++) {
		put_number(PART_SHEET, out);
		put_number(sheet >= table_sheets(table), out);
		put_number(table_hidden_rows(table, sheet), out);
		put_text(table_sheet_name(table, sheet), out);
		for (size_t row = 0; row < table_rows(table, sheet); row++)
			put_row(table, sheet, row, out);
	}
}

/* ---- reading ---- */

struct reader {
	const char *next, *end;
	int broken;		/* something was not there */
	struct buf text;
};

static size_t
get_number(struct reader *reader)
{
	uint64_t value = 0;

	if ((size_t)(reader->end - reader->next) < sizeof value) {
		reader->broken = 1;
		return 0;
	}
	memcpy(&value, reader->next, sizeof value);
	reader->next += sizeof value;
	return value;
}

/* Where a NUL stands the text ends for everybody. */
static const char *
get_text(struct reader *reader)
{
	size_t len = get_number(reader);

	buf_clear(&reader->text);
	if (len > (size_t)(reader->end - reader->next)) {
		reader->broken = 1;
		return "";
	}
	buf_add(&reader->text, reader->next, len);
	reader->next += len;
	return reader->text.data;
}

static int
get_sheet(struct reader *reader, struct table *table, struct buf *err)
{
	size_t hidden = get_number(reader), rows = get_number(reader);

	if (hidden > 1 || rows > TABLE_ROWS_MAX ||
	    (hidden == 0 && table_sheets(table) < table_all_sheets(table))) {
		reader->broken = 1;
		return -1;
	}
	if (table_add_sheet(table, get_text(reader), err) != 0)
		return -1;
	if (hidden)
		table_hide_sheet(table);
	for (; rows > 0; rows--)
		table_hide_row(table);
	return 0;
}

static int
get_cell(struct reader *reader, struct table *table, struct buf *err)
{
	size_t column = get_number(reader), flags = get_number(reader);
	const char *text = get_text(reader);

	return table_add_cell(table, column, text, strlen(text), (int)(flags & UINT16_MAX), err);
}

/* A row must lie in a sheet, and a cell in a row. */
static int
get_part(struct reader *reader, struct table *table, int *in_row, struct buf *err)
{
	size_t part = get_number(reader);

	if (reader->broken || part > PART_CELL || (part == PART_CELL && !*in_row) ||
	    (part == PART_ROW && table_all_sheets(table) == 0)) {
		reader->broken = 1;
		return -1;
	}
	*in_row = part != PART_SHEET;
	if (part == PART_SHEET)
		return get_sheet(reader, table, err);
	if (part == PART_CELL)
		return get_cell(reader, table, err);
	return table_add_row(table, (long)(get_number(reader) & INT32_MAX), err);
}

struct table *
tablewire_get(const char *bytes, size_t len, struct buf *err)
{
	struct reader reader = { bytes, bytes + len, 0, BUF_INIT };
	struct table *table = table_new();
	int in_row = 0, result = 0;

	table_set_kind(table, get_text(&reader));
	table_set_damaged_bytes(table, get_number(&reader));
	while (result == 0 && !reader.broken && reader.next < reader.end)
		result = get_part(&reader, table, &in_row, err);
	buf_release(&reader.text);
	if (result == 0 && !reader.broken)
		return table;
	if (reader.broken)
		buf_adds(err, "what was read is no table");
	table_free(table);
	return NULL;
}
