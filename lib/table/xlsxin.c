#include "lib/table/xlsxin.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/table/numfmt.h"
#include "lib/table/ooxml.h"
#include "lib/table/table.h"
#include "lib/table/xlsxsheet.h"

enum {
	STYLES_MAX = 1 << 16,
	STRINGS_MAX = TABLE_CELLS_MAX
};

/* A sheet as the workbook lists it. */
struct listed {
	char *name;
	char *relation;
	char *part;
	int hidden;
};

struct format {
	long number;
	struct numfmt meaning;
};

struct reading {
	struct ooxml *package;
	struct xlsx_book book;		/* what cells need to be read */
	char *folder;			/* of the workbook's part, with '/' */
	char *workbook, *strings, *styles;
	struct listed *sheets;
	size_t sheet_count;
	struct format *formats;		/* those that the workbook defines */
	size_t format_count;
	int in_cell_formats;
	struct xlsx_string string;
};

/* ---- relationships ---- */

/* A target as a part's name: absolute ones begin with '/'. */
static char *
part_name(const char *folder, const char *target)
{
	struct buf name = BUF_INIT;

	if (*target == '/') {
		target++;
	} else {
		buf_adds(&name, folder);
		if (strncmp(target, "./", 2) == 0)
			target += 2;
	}
	buf_adds(&name, target);
	return buf_detach(&name);
}

static int
ends_with(const char *text, const char *end)
{
	size_t len = strlen(text), tail = strlen(end);

	return len >= tail && strcasecmp(text + len - tail, end) == 0;
}

static int
package_relation(void *state, const char *name, const char **attributes,
    struct buf *err)
{
	const char *type = ooxml_attribute(attributes, "Type");
	const char *target = ooxml_attribute(attributes, "Target");
	struct reading *reading = state;

	(void)err;
	if (strcmp(name, "Relationship") == 0 && type != NULL &&
	    target != NULL && reading->workbook == NULL &&
	    ends_with(type, "/officeDocument"))
		reading->workbook = part_name("", target);
	return 0;
}

static int
book_relation(void *state, const char *name, const char **attributes,
    struct buf *err)
{
	const char *type = ooxml_attribute(attributes, "Type");
	const char *target = ooxml_attribute(attributes, "Target");
	const char *id = ooxml_attribute(attributes, "Id");
	struct reading *reading = state;

	(void)err;
	if (strcmp(name, "Relationship") != 0 || type == NULL ||
	    target == NULL)
		return 0;
	if (ends_with(type, "/sharedStrings") && reading->strings == NULL)
		reading->strings = part_name(reading->folder, target);
	else if (ends_with(type, "/styles") && reading->styles == NULL)
		reading->styles = part_name(reading->folder, target);
	else if (ends_with(type, "/worksheet") && id != NULL)
		for (size_t i = 0; i < reading->sheet_count; i++)
			if (reading->sheets[i].part == NULL &&
			    strcmp(reading->sheets[i].relation, id) == 0)
				reading->sheets[i].part =
				    part_name(reading->folder, target);
	return 0;
}

/* ---- the workbook ---- */

static int
is_true(const char *value)
{
	return value != NULL && (strcmp(value, "1") == 0 ||
	    strcmp(value, "true") == 0 || strcmp(value, "on") == 0);
}

static int
book_start(void *state, const char *name, const char **attributes,
    struct buf *err)
{
	const char *title = ooxml_attribute(attributes, "name");
	const char *relation = ooxml_attribute(attributes, "id");
	const char *visible = ooxml_attribute(attributes, "state");
	struct reading *reading = state;
	struct listed *sheet;

	if (strcmp(name, "workbookPr") == 0)
		reading->book.date_1904 = is_true(ooxml_attribute(attributes,
		    "date1904"));
	if (strcmp(name, "sheet") != 0 || relation == NULL)
		return 0;
	if (reading->sheet_count == TABLE_SHEETS_MAX) {
		buf_addf(err, "more than %d sheets", TABLE_SHEETS_MAX);
		return -1;
	}
	reading->sheets = xrealloc_array(reading->sheets,
	    reading->sheet_count + 1, sizeof *reading->sheets);
	sheet = &reading->sheets[reading->sheet_count++];
	sheet->name = xstrdup(title != NULL ? title : "");
	sheet->relation = xstrdup(relation);
	sheet->part = NULL;
	sheet->hidden = visible != NULL && strcmp(visible, "visible") != 0;
	return 0;
}

static int
read_workbook(struct reading *reading, struct buf *err)
{
	static const struct ooxml_handler package = {
		.start = package_relation
	}, book = { .start = book_start }, relations = {
		.start = book_relation
	};
	struct buf part = BUF_INIT;
	const char *base;
	int result = -1;

	if (ooxml_has(reading->package, "_rels/.rels") &&
	    ooxml_parse(reading->package, "_rels/.rels", &package, reading,
	    err) == -1)
		goto out;
	if (reading->workbook == NULL)
		reading->workbook = xstrdup("xl/workbook.xml");
	if (ends_with(reading->workbook, ".bin")) {
		buf_adds(err, "it is a binary workbook (XLSB), which is not "
		    "read: open it in a spreadsheet program and save it as "
		    "XLSX");
		goto out;
	}
	if (!ooxml_has(reading->package, reading->workbook)) {
		buf_adds(err, ooxml_has(reading->package, "word/document.xml") ?
		    "it is a text document: put its table in a spreadsheet "
		    "program and save it as XLSX" : "it holds no workbook: "
		    "open it in a spreadsheet program and save it as XLSX");
		goto out;
	}
	base = strrchr(reading->workbook, '/');
	base = base != NULL ? base + 1 : reading->workbook;
	reading->folder = xstrndup(reading->workbook,
	    (size_t)(base - reading->workbook));
	buf_addf(&part, "%s_rels/%s.rels", reading->folder, base);
	if (ooxml_parse(reading->package, reading->workbook, &book, reading,
	    err) == -1 || ooxml_parse(reading->package, part.data, &relations,
	    reading, err) == -1)
		goto out;
	result = 0;
out:
	buf_release(&part);
	return result;
}

/* ---- styles ---- */

static struct numfmt
find_format(const struct reading *reading, long number)
{
	for (size_t i = 0; i < reading->format_count; i++)
		if (reading->formats[i].number == number)
			return reading->formats[i].meaning;
	return numfmt_builtin(number);
}

static int
style_start(void *state, const char *name, const char **attributes,
    struct buf *err)
{
	const char *number = ooxml_attribute(attributes, "numFmtId");
	const char *code = ooxml_attribute(attributes, "formatCode");
	struct reading *reading = state;
	struct xlsx_book *book = &reading->book;
	struct format *format;

	if (strcmp(name, "cellXfs") == 0)
		reading->in_cell_formats = 1;
	if (reading->format_count == STYLES_MAX ||
	    book->style_count == STYLES_MAX) {
		buf_addf(err, "more than %d styles", STYLES_MAX);
		return -1;
	}
	if (strcmp(name, "numFmt") == 0 && number != NULL && code != NULL) {
		reading->formats = xrealloc_array(reading->formats,
		    reading->format_count + 1, sizeof *reading->formats);
		format = &reading->formats[reading->format_count++];
		format->number = strtol(number, NULL, 10);
		format->meaning = numfmt_parse(code);
	} else if (strcmp(name, "xf") == 0 && reading->in_cell_formats) {
		book->styles = xrealloc_array(book->styles,
		    book->style_count + 1, sizeof *book->styles);
		book->styles[book->style_count++] = find_format(reading,
		    number != NULL ? strtol(number, NULL, 10) : 0);
	}
	return 0;
}

static int
style_end(void *state, const char *name, struct buf *err)
{
	struct reading *reading = state;

	(void)err;
	if (strcmp(name, "cellXfs") == 0)
		reading->in_cell_formats = 0;
	return 0;
}

/* ---- shared strings ---- */

static int
strings_start(void *state, const char *name, const char **attributes,
    struct buf *err)
{
	struct reading *reading = state;

	(void)attributes;
	(void)err;
	if (strcmp(name, "si") == 0)
		xlsx_string_clear(&reading->string);
	xlsx_string_start(&reading->string, name);
	return 0;
}

static int
strings_text(void *state, const char *text, size_t len, struct buf *err)
{
	struct reading *reading = state;

	return xlsx_string_text(&reading->string, text, len, err);
}

static int
strings_end(void *state, const char *name, struct buf *err)
{
	struct reading *reading = state;
	struct xlsx_book *book = &reading->book;

	xlsx_string_end(&reading->string, name);
	if (strcmp(name, "si") != 0)
		return 0;
	if (book->string_count == STRINGS_MAX) {
		buf_addf(err, "more than %d strings", STRINGS_MAX);
		return -1;
	}
	if (book->string_count == book->string_room) {
		book->string_room = book->string_room > 0 ?
		    2 * book->string_room : 256;
		book->strings = xrealloc_array(book->strings,
		    book->string_room, sizeof *book->strings);
	}
	return table_keep_text(book->table, reading->string.text.data,
	    reading->string.text.len, &book->strings[book->string_count++],
	    err);
}

/* ---- the whole ---- */

/* Those that are visible, or those that are hidden. */
static int
read_sheets(struct reading *reading, int hidden, struct buf *err)
{
	const struct listed *sheet;

	for (size_t i = 0; i < reading->sheet_count; i++) {
		sheet = &reading->sheets[i];
		if (sheet->hidden != hidden || sheet->part == NULL)
			continue;
		if (table_add_sheet(reading->book.table, sheet->name,
		    err) == -1 || xlsx_sheet_read(reading->package,
		    sheet->part, &reading->book, err) == -1)
			return -1;
		if (hidden)
			table_hide_sheet(reading->book.table);
	}
	return 0;
}

static int
read_parts(struct reading *reading, struct buf *err)
{
	static const struct ooxml_handler styles = {
		.start = style_start, .end = style_end
	}, strings = {
		.start = strings_start, .end = strings_end,
		.text = strings_text
	};

	if (ooxml_broke_off(reading->package)) {
		buf_adds(err, "it broke off on its way: have it sent again");
		return -1;
	}
	if (read_workbook(reading, err) == -1)
		return -1;
	/* Some writers announce parts that they then leave out. */
	if (reading->styles != NULL &&
	    ooxml_has(reading->package, reading->styles) &&
	    ooxml_parse(reading->package, reading->styles, &styles, reading,
	    err) == -1)
		return -1;
	if (reading->strings != NULL &&
	    ooxml_has(reading->package, reading->strings) &&
	    ooxml_parse(reading->package, reading->strings, &strings, reading,
	    err) == -1)
		return -1;
	return read_sheets(reading, 0, err) == -1 ? -1 :
	    read_sheets(reading, 1, err);
}

static void
release(struct reading *reading)
{
	for (size_t i = 0; i < reading->sheet_count; i++) {
		free(reading->sheets[i].name);
		free(reading->sheets[i].relation);
		free(reading->sheets[i].part);
	}
	free(reading->sheets);
	free(reading->formats);
	free(reading->book.styles);
	free(reading->book.strings);
	free(reading->folder);
	free(reading->workbook);
	free(reading->strings);
	free(reading->styles);
	buf_release(&reading->string.text);
	ooxml_close(reading->package);
}

int
xlsxin_read(const char *path, struct table *table, struct buf *err)
{
	struct reading reading = {
		.book.table = table, .string.text = BUF_INIT
	};
	struct buf reason = BUF_INIT;
	int result = -1;

	table_set_kind(table, "XLSX");
	reading.package = ooxml_open(path, err);
	if (reading.package == NULL)
		goto out;
	result = read_parts(&reading, &reason);
	if (result == -1)
		buf_addf(err, "cannot read the workbook '%s': %s", path,
		    reason.data);
out:
	release(&reading);
	buf_release(&reason);
	return result;
}
