#include "lib/table/xlsxsheet.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/mem.h"
#include "lib/base/text.h"
#include "lib/table/ooxml.h"
#include "lib/table/table.h"

enum { RANGES_MAX = TABLE_ROWS_MAX };

enum cell_type {
	CELL_NUMBER, CELL_SHARED, CELL_TEXT, CELL_INLINE, CELL_BOOLEAN,
	CELL_DATE
};

struct sheet {
	const struct xlsx_book *book;
	long row;			/* from 1 */
	size_t column;			/* of the cell that is read */
	size_t next_column;		/* where a cell without place goes */
	enum cell_type type;
	long style;
	int in_value;			/* inside <v> */
	int formula;			/* it has an <f> */
	struct buf value;
	struct xlsx_string string;	/* of <is> */
	struct table_range *ranges;
	size_t range_count, range_room;
};

/* ---- strings ---- */

void
xlsx_string_clear(struct xlsx_string *string)
{
	buf_clear(&string->text);
	string->in_text = string->phonetic = 0;
}

void
xlsx_string_start(struct xlsx_string *string, const char *element)
{
	if (strcmp(element, "t") == 0)
		string->in_text = 1;
	else if (strcmp(element, "rPh") == 0)
		string->phonetic = 1;
}

static int
hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c |= 0x20;
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

/* "_x000D_" is how a character that XML cannot hold is written (ECMA-376 part 1,
 * 22.4.2.4); returns its code, or -1. */
static long
escaped_char(const char *text)
{
	long code = 0;

	if (text[0] != '_' || text[1] != 'x')
		return -1;
	for (int i = 2; i < 6; i++) {
		if (hex_digit(text[i]) < 0)
			return -1;
		code = code << 4 | hex_digit(text[i]);
	}
	if (text[6] != '_' || code == 0 || (code >= 0xD800 && code < 0xE000))
		return -1;
	return code;
}

static void
decode_escapes(struct buf *text, size_t from)
{
	struct buf tail = BUF_INIT;
	const char *at;
	long code;

	if (strstr(text->data + from, "_x") == NULL)
		return;
	for (at = text->data + from; *at != '\0'; ) {
		code = escaped_char(at);
		if (code >= 0)
			text_add_char(&tail, (uint32_t)code);
		else
			buf_addc(&tail, *at);
		at += code >= 0 ? 7 : 1;
	}
	text->len = from;
	buf_add(text, tail.data, tail.len);
	buf_release(&tail);
}

void
xlsx_string_end(struct xlsx_string *string, const char *element)
{
	if (strcmp(element, "rPh") == 0) {
		string->phonetic = 0;
	} else if (strcmp(element, "t") == 0) {
		string->in_text = 0;
	} else if (strcmp(element, "si") == 0 || strcmp(element, "is") == 0) {
		decode_escapes(&string->text, 0);
	}
}

/* Add to a cell's text, within its limit. */
static int
add_text(struct buf *to, const char *text, size_t len, struct buf *err)
{
	if (to->len + len > TABLE_CELL_BYTES_MAX) {
		buf_addf(err, "a cell with more than %d bytes of text",
		    TABLE_CELL_BYTES_MAX);
		return -1;
	}
	buf_add(to, text, len);
	return 0;
}

int
xlsx_string_text(struct xlsx_string *string, const char *text, size_t len,
    struct buf *err)
{
	if (!string->in_text || string->phonetic)
		return 0;
	return add_text(&string->text, text, len, err);
}

/* ---- places ---- */

/* "AB12" as column 27 and row 12; either may be missing (0 is no row).  Returns
 * what follows. */
static const char *
parse_place(const char *text, size_t *column, long *row)
{
	size_t letters = 0;
	long digits = 0;

	for (; *text == '$' || (*text >= 'A' && *text <= 'Z'); text++)
		if (*text != '$' && letters <= TABLE_COLUMNS_MAX)
			letters = letters * 26 + (size_t)(*text - 'A') + 1;
	for (; *text == '$' || (*text >= '0' && *text <= '9'); text++)
		if (*text != '$' && digits <= TABLE_ROWS_MAX)
			digits = digits * 10 + (*text - '0');
	if (letters > 0)
		*column = letters - 1;
	*row = digits;
	return text;
}

static int
add_range(struct sheet *sheet, const char *text, struct buf *err)
{
	struct table_range range = { 0, 0, 0, 0 };

	text = parse_place(text, &range.first_column, &range.first_row);
	if (*text != ':')
		return 0;
	parse_place(text + 1, &range.last_column, &range.last_row);
	if (sheet->range_count == RANGES_MAX) {
		buf_addf(err, "more than %d merged ranges", RANGES_MAX);
		return -1;
	}
	if (sheet->range_count == sheet->range_room) {
		sheet->range_room = sheet->range_room > 0 ?
		    2 * sheet->range_room : 64;
		sheet->ranges = xrealloc_array(sheet->ranges,
		    sheet->range_room, sizeof *sheet->ranges);
	}
	sheet->ranges[sheet->range_count++] = range;
	return 0;
}

/* ---- cells ---- */

static enum cell_type
cell_type(const char *name)
{
	static const struct {
		const char *name;
		enum cell_type type;
	} types[] = {
		{ "s", CELL_SHARED }, { "str", CELL_TEXT }, { "e", CELL_TEXT },
		{ "inlineStr", CELL_INLINE }, { "b", CELL_BOOLEAN },
		{ "d", CELL_DATE }, { "n", CELL_NUMBER }
	};

	for (size_t i = 0; name != NULL && i < sizeof types / sizeof *types; i++)
		if (strcmp(types[i].name, name) == 0)
			return types[i].type;
	return CELL_NUMBER;
}

static int
start_row(struct sheet *sheet, const char **attributes, struct buf *err)
{
	const char *place = ooxml_attribute(attributes, "r");
	const char *hidden = ooxml_attribute(attributes, "hidden");
	size_t unused;

	if (hidden != NULL && (*hidden == '1' || *hidden == 't'))
		table_hide_row(sheet->book->table);
	sheet->row++;
	if (place != NULL)
		parse_place(place, &unused, &sheet->row);
	sheet->next_column = 0;
	return table_add_row(sheet->book->table, sheet->row, err);
}

static int
start_cell(struct sheet *sheet, const char **attributes, struct buf *err)
{
	const char *place = ooxml_attribute(attributes, "r");
	const char *style = ooxml_attribute(attributes, "s");
	long row = sheet->row;

	if (sheet->row == 0) {
		buf_adds(err, "a cell outside a row");
		return -1;
	}
	sheet->column = sheet->next_column;
	if (place != NULL)
		parse_place(place, &sheet->column, &row);
	sheet->next_column = sheet->column + 1;
	sheet->type = cell_type(ooxml_attribute(attributes, "t"));
	sheet->style = style != NULL ? strtol(style, NULL, 10) : 0;
	sheet->formula = 0;
	buf_clear(&sheet->value);
	xlsx_string_clear(&sheet->string);
	return 0;
}

static int
add_number(struct sheet *sheet, struct buf *err)
{
	const struct xlsx_book *book = sheet->book;
	struct numfmt format = numfmt_builtin(0);
	struct buf text = BUF_INIT;
	char *end;
	double value = strtod(sheet->value.data, &end);
	int found, flags, result;

	end += strspn(end, " \t\r\n");
	if (end == sheet->value.data || *end != '\0')
		/* not a number after all: as it stands */
		return table_add_cell(book->table, sheet->column,
		    sheet->value.data, sheet->value.len, 0, err);
	if (sheet->style >= 0 && (size_t)sheet->style < book->style_count)
		format = book->styles[sheet->style];
	found = numfmt_text(value, format, book->date_1904, &text);
	flags = (found & NUMFMT_DAMAGED ? TABLE_DAMAGED : 0) |
	    (found & NUMFMT_OTHER ? TABLE_OTHER : 0);
	result = table_add_cell(book->table, sheet->column, text.data,
	    text.len, flags, err);
	buf_release(&text);
	return result;
}

static int
add_shared(struct sheet *sheet, struct buf *err)
{
	const struct xlsx_book *book = sheet->book;
	char *end;
	unsigned long index = strtoul(sheet->value.data, &end, 10);

	if (end == sheet->value.data || index >= book->string_count) {
		buf_addf(err, "row %ld names a shared text that is not there",
		    sheet->row);
		return -1;
	}
	return table_add_kept(book->table, sheet->column,
	    book->strings[index], err);
}

/* "2024-03-01T00:00:00" as a number's date is written. */
static void
tidy_date(struct buf *value)
{
	char *time = strchr(value->data, 'T');

	if (time == NULL)
		return;
	*time = ' ';
	if (strncmp(time, " 00:00:00", 9) == 0) {
		*time = '\0';
		value->len = (size_t)(time - value->data);
	}
}

static int
end_cell(struct sheet *sheet, struct buf *err)
{
	struct table *table = sheet->book->table;
	struct buf *value = &sheet->value;

	if (sheet->string.text.len > 0)
		value = &sheet->string.text;
	/* a program that computes no formulas wrote it; a text may be empty */
	if (value->len == 0 && sheet->formula && sheet->type != CELL_TEXT)
		return table_add_cell(table, sheet->column, "=", 1,
		    TABLE_DAMAGED | TABLE_FORMULA, err);
	if (value->len == 0)
		return 0;
	switch (sheet->type) {
	case CELL_NUMBER:
		return add_number(sheet, err);
	case CELL_SHARED:
		return add_shared(sheet, err);
	case CELL_BOOLEAN:
		return *value->data == '1' ?
		    table_add_cell(table, sheet->column, "TRUE", 4, 0, err) :
		    table_add_cell(table, sheet->column, "FALSE", 5, 0, err);
	case CELL_TEXT:
		decode_escapes(value, 0);
		break;
	case CELL_DATE:
		tidy_date(value);
		break;
	case CELL_INLINE:
		break;
	}
	return table_add_cell(table, sheet->column, value->data, value->len, 0,
	    err);
}

static int
sheet_start(void *state, const char *name, const char **attributes,
    struct buf *err)
{
	struct sheet *sheet = state;
	const char *range;

	if (strcmp(name, "c") == 0)
		return start_cell(sheet, attributes, err);
	if (strcmp(name, "row") == 0)
		return start_row(sheet, attributes, err);
	if (strcmp(name, "v") == 0)
		sheet->in_value = 1;
	if (strcmp(name, "f") == 0)
		sheet->formula = 1;
	xlsx_string_start(&sheet->string, name);
	if (strcmp(name, "mergeCell") != 0)
		return 0;
	range = ooxml_attribute(attributes, "ref");
	return range != NULL ? add_range(sheet, range, err) : 0;
}

static int
sheet_end(void *state, const char *name, struct buf *err)
{
	struct sheet *sheet = state;

	if (strcmp(name, "c") == 0)
		return end_cell(sheet, err);
	if (strcmp(name, "v") == 0)
		sheet->in_value = 0;
	xlsx_string_end(&sheet->string, name);
	return 0;
}

static int
sheet_text(void *state, const char *text, size_t len, struct buf *err)
{
	struct sheet *sheet = state;

	if (sheet->in_value)
		return add_text(&sheet->value, text, len, err);
	return xlsx_string_text(&sheet->string, text, len, err);
}

int
xlsx_sheet_read(struct ooxml *package, const char *part,
    const struct xlsx_book *book, struct buf *err)
{
	static const struct ooxml_handler handler = {
		.start = sheet_start, .end = sheet_end, .text = sheet_text
	};
	struct sheet sheet = {
		.book = book, .value = BUF_INIT, .string.text = BUF_INIT
	};
	int result;

	result = ooxml_parse(package, part, &handler, &sheet, err);
	if (result == 0)
		result = table_merge(book->table, sheet.ranges,
		    sheet.range_count, err);
	free(sheet.ranges);
	buf_release(&sheet.value);
	buf_release(&sheet.string.text);
	return result;
}
