#include "lib/table/xmlin.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/text.h"
#include "lib/table/grid.h"
#include "lib/table/numfmt.h"
#include "lib/table/ooxml.h"
#include "lib/table/table.h"

enum { STYLES_MAX = 1 << 16, DIGITS_KEPT = 15 };

struct style {
	char *id;
	struct numfmt format;
};

struct reading {
	struct table *table;
	struct grid *grid;
	struct style *styles;
	size_t style_count;
	int workbook, in_sheet, in_data, in_comment;
	int in_cell, formula, number, date;
	long column, rows, columns;	/* of the cell */
	struct numfmt format;
	struct buf text;
};

/* ---- styles ---- */

static int
add_style(struct reading *reading, const char *id, struct buf *err)
{
	if (reading->style_count == STYLES_MAX) {
		buf_addf(err, "more than %d styles", STYLES_MAX);
		return -1;
	}
	reading->styles = xrealloc_array(reading->styles,
	    reading->style_count + 1, sizeof *reading->styles);
	reading->styles[reading->style_count++] = (struct style){
		xstrdup(id != NULL ? id : ""), numfmt_builtin(0)
	};
	return 0;
}

/* Some formats have names of their own. */
static struct numfmt
format_named(const char *code)
{
	static const char *const dates[] = {
		"General Date", "Short Date", "Medium Date", "Long Date", NULL
	};

	for (size_t i = 0; dates[i] != NULL; i++)
		if (strcmp(code, dates[i]) == 0)
			return numfmt_parse("yyyy-mm-dd");
	return numfmt_parse(code);
}

static struct numfmt
format_of(const struct reading *reading, const char *id)
{
	for (size_t i = 0; id != NULL && i < reading->style_count; i++)
		if (strcmp(reading->styles[i].id, id) == 0)
			return reading->styles[i].format;
	return numfmt_builtin(0);
}

/* ---- cells ---- */

static long
number_of(const char **attributes, const char *name, long none)
{
	const char *text = ooxml_attribute(attributes, name);
	long value = text != NULL ? strtol(text, NULL, 10) : none;

	return value < 0 || value > TABLE_ROWS_MAX ? none : value;
}

static void
start_cell(struct reading *reading, const char **attributes)
{
	reading->in_cell = 1;
	reading->column = number_of(attributes, "Index", 0) - 1;
	reading->rows = number_of(attributes, "MergeDown", 0) + 1;
	reading->columns = number_of(attributes, "MergeAcross", 0) + 1;
	reading->format = format_of(reading,
	    ooxml_attribute(attributes, "StyleID"));
	reading->formula = ooxml_attribute(attributes, "Formula") != NULL;
	reading->number = reading->date = 0;
	buf_clear(&reading->text);
}

static void
start_data(struct reading *reading, const char **attributes)
{
	const char *type = ooxml_attribute(attributes, "Type");

	reading->in_data = 1;
	reading->number = type != NULL && strcmp(type, "Number") == 0;
	reading->date = type != NULL && strcmp(type, "DateTime") == 0;
	if (type != NULL && strcmp(type, "String") == 0)
		reading->formula = 0;
}

/* "2024-03-01T00:00:00.000". */
static void
tidy_date(struct buf *text)
{
	char *time = strchr(text->data, 'T');

	if (time == NULL)
		return;
	*time = ' ';
	if (strncmp(time, " 00:00:00", 9) == 0) {
		*time = '\0';
		text->len = (size_t)(time - text->data);
	}
}

/* Digits alone are kept as they were written, if the format shows them so. */
static int
add_number(struct reading *reading, struct buf *err)
{
	const char *digits = reading->text.data;
	int plain = digits[strspn(digits, "0123456789")] == '\0', flags = 0;
	struct buf text = BUF_INIT;
	char *end;
	double value = strtod(digits, &end);
	int found, result;

	if (*end != '\0' || (plain && reading->text.len > DIGITS_KEPT)) {
		buf_add(&text, reading->text.data, reading->text.len);
	} else {
		found = numfmt_text(value, reading->format, 0, &text);
		flags = (found & NUMFMT_DAMAGED ? TABLE_DAMAGED : 0) |
		    (found & NUMFMT_OTHER ? TABLE_OTHER : 0);
	}
	result = grid_cell(reading->grid, reading->column, reading->rows,
	    reading->columns, text.data, text.len, flags, err);
	buf_release(&text);
	return result;
}

static int
end_cell(struct reading *reading, struct buf *err)
{
	reading->in_cell = 0;
	if (reading->text.len == 0 && reading->formula)
		return grid_cell(reading->grid, reading->column, reading->rows,
		    reading->columns, "=", 1, TABLE_DAMAGED | TABLE_FORMULA,
		    err);
	if (reading->number && reading->text.len > 0)
		return add_number(reading, err);
	if (reading->date)
		tidy_date(&reading->text);
	return grid_cell(reading->grid, reading->column, reading->rows,
	    reading->columns, reading->text.data, reading->text.len, 0, err);
}

static int
start_row(struct reading *reading, const char **attributes, struct buf *err)
{
	const char *hidden = ooxml_attribute(attributes, "Hidden");

	if (grid_row(reading->grid, number_of(attributes, "Index", 0),
	    err) == -1)
		return -1;
	if (hidden != NULL && strcmp(hidden, "1") == 0)
		table_hide_row(reading->table);
	return 0;
}

/* ---- elements ---- */

static int
start_sheet(struct reading *reading, const char **attributes, struct buf *err)
{
	const char *name = ooxml_attribute(attributes, "Name");

	reading->in_sheet = 1;
	return table_add_sheet(reading->table, name != NULL ? name : "", err);
}

static int
on_start(void *state, const char *name, const char **attributes,
    struct buf *err)
{
	struct reading *reading = state;
	const char *code;

	if (strcmp(name, "Workbook") == 0)
		reading->workbook = 1;
	else if (strcmp(name, "Style") == 0)
		return add_style(reading, ooxml_attribute(attributes, "ID"),
		    err);
	else if (strcmp(name, "NumberFormat") == 0 &&
	    reading->style_count > 0 &&
	    (code = ooxml_attribute(attributes, "Format")) != NULL)
		reading->styles[reading->style_count - 1].format =
		    format_named(code);
	else if (strcmp(name, "Worksheet") == 0)
		return start_sheet(reading, attributes, err);
	else if (strcmp(name, "Row") == 0 && reading->in_sheet)
		return start_row(reading, attributes, err);
	else if (strcmp(name, "Cell") == 0 && reading->in_sheet)
		start_cell(reading, attributes);
	else if (strcmp(name, "Comment") == 0)
		reading->in_comment = 1;
	else if (strcmp(name, "Data") == 0 && !reading->in_comment)
		start_data(reading, attributes);
	return 0;
}

static int
on_end(void *state, const char *name, struct buf *err)
{
	struct reading *reading = state;

	if (strcmp(name, "Cell") == 0 && reading->in_cell)
		return end_cell(reading, err);
	if (strcmp(name, "Comment") == 0)
		reading->in_comment = 0;
	if (strcmp(name, "Data") == 0 && !reading->in_comment)
		reading->in_data = 0;
	if (strcmp(name, "Worksheet") == 0 && reading->in_sheet) {
		reading->in_sheet = 0;
		return grid_end(reading->grid, err);
	}
	return 0;
}

static int
on_text(void *state, const char *text, size_t len, struct buf *err)
{
	struct reading *reading = state;

	if (!reading->in_data || reading->in_comment)
		return 0;
	if (reading->text.len + len > TABLE_CELL_BYTES_MAX) {
		buf_addf(err, "a cell with more than %d bytes of text",
		    TABLE_CELL_BYTES_MAX);
		return -1;
	}
	buf_add(&reading->text, text, len);
	return 0;
}

static int
read_text(const struct buf *text, struct table *table, struct buf *err)
{
	static const struct ooxml_handler handler = { on_start, on_end,
	    on_text };
	struct reading reading = { .table = table, .text = BUF_INIT };
	int result;

	reading.grid = grid_new(table);
	result = ooxml_parse_text(text->data, text->len, &handler, &reading,
	    err);
	if (result == 0 && (!reading.workbook || table_all_sheets(table) ==
	    0)) {
		buf_adds(err, "it is XML, but no workbook's: open it in a "
		    "spreadsheet program and save it as XLSX");
		result = -1;
	}
	for (size_t i = 0; i < reading.style_count; i++)
		free(reading.styles[i].id);
	free(reading.styles);
	grid_free(reading.grid);
	buf_release(&reading.text);
	return result;
}

int
xmlin_read(const char *path, struct table *table, struct buf *err)
{
	struct buf bytes = BUF_INIT, text = BUF_INIT, reason = BUF_INIT;
	struct text_decoded decoded;
	int result = -1;

	table_set_kind(table, "XML");
	if (io_read_file(path, TABLE_FILE_MAX, &bytes, err) == -1)
		goto out;
	if (text_decode(bytes.data, bytes.len, &text, &decoded, &reason) ==
	    -1) {
		buf_addf(err, "'%s' %s", path, reason.data);
		goto out;
	}
	buf_release(&bytes);
	table_set_damaged_bytes(table, decoded.damaged);
	result = read_text(&text, table, &reason);
	if (result == -1)
		buf_addf(err, "cannot read the workbook '%s': %s", path,
		    reason.data);
out:
	buf_release(&bytes);
	buf_release(&text);
	buf_release(&reason);
	return result;
}
