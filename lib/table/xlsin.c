#include "lib/table/xlsin.h"

#include <freexl.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/table/numfmt.h"
#include "lib/table/table.h"

static const char locked[] = "it is protected by a password: open it, remove "
    "the password and save it";

static int
add_double(struct table *table, unsigned short column, double value,
    struct buf *err)
{
	struct buf text = BUF_INIT;
	struct numfmt plain = numfmt_builtin(0);
	int flags, result;

	flags = numfmt_text(value, plain, 0, &text) ? TABLE_DAMAGED : 0;
	result = table_add_cell(table, column, text.data, text.len, flags, err);
	buf_release(&text);
	return result;
}

/* Dates come as "2024-03-01", with a time as "2024-03-01 08:30:00". */
static int
add_cell(struct table *table, unsigned short column,
    const FreeXL_CellValue *cell, struct buf *err)
{
	const char *text;

	switch (cell->type) {
	case FREEXL_CELL_INT:
		return add_double(table, column, cell->value.int_value, err);
	case FREEXL_CELL_DOUBLE:
		return add_double(table, column, cell->value.double_value, err);
	case FREEXL_CELL_TEXT:
	case FREEXL_CELL_SST_TEXT:
	case FREEXL_CELL_DATE:
	case FREEXL_CELL_DATETIME:
	case FREEXL_CELL_TIME:
		text = cell->value.text_value;
		if (text == NULL)
			return 0;
		return table_add_cell(table, column, text, strlen(text), 0,
		    err);
	default:
		return 0;
	}
}

static int
read_sheet(const void *book, struct table *table, struct buf *err)
{
	unsigned rows = 0, row;
	unsigned short columns = 0, column;
	FreeXL_CellValue cell;

	if (freexl_worksheet_dimensions(book, &rows, &columns) != FREEXL_OK)
		return 0;
	for (row = 0; row < rows; row++) {
		if (table_add_row(table, (long)row + 1, err) == -1)
			return -1;
		for (column = 0; column < columns; column++)
			if (freexl_get_cell_value(book, row, column, &cell) ==
			    FREEXL_OK && add_cell(table, column, &cell,
			    err) == -1)
				return -1;
	}
	return 0;
}

static int
read_book(const void *book, struct table *table, struct buf *err)
{
	unsigned count = 0;
	const char *name;

	if (freexl_get_info(book, FREEXL_BIFF_SHEET_COUNT, &count) !=
	    FREEXL_OK || count == 0) {
		buf_adds(err, "no sheet was found in it: open it in a "
		    "spreadsheet program and save it as XLSX");
		return -1;
	}
	for (unsigned i = 0; i < count && i < TABLE_SHEETS_MAX; i++) {
		if (freexl_get_worksheet_name(book, (unsigned short)i,
		    &name) != FREEXL_OK || name == NULL)
			name = "";
		if (freexl_select_active_worksheet(book, (unsigned short)i) !=
		    FREEXL_OK)
			continue;
		if (table_add_sheet(table, name, err) == -1 ||
		    read_sheet(book, table, err) == -1)
			return -1;
	}
	return 0;
}

/* Whether the file has a storage of that name (MS-CFB: UTF-16). */
static int
has_storage(const struct buf *bytes, const char *name)
{
	size_t len = strlen(name);
	struct buf wide = BUF_INIT;
	int found;

	for (size_t i = 0; i < len; i++) {
		buf_addc(&wide, name[i]);
		buf_addc(&wide, '\0');
	}
	found = memmem(bytes->data, bytes->len, wide.data, wide.len) != NULL;
	buf_release(&wide);
	return found;
}

/* Why the library could not open it, as far as the operator can do something. */
static void
explain(const char *path, int status, struct buf *err)
{
	struct buf bytes = BUF_INIT;

	if (io_read_file(path, TABLE_FILE_MAX, &bytes, err) == -1)
		;
	else if (has_storage(&bytes, "EncryptedPackage"))
		buf_adds(err, locked);
	else if (has_storage(&bytes, "WordDocument"))
		buf_adds(err, "it is a text document: put its table in a "
		    "spreadsheet program and save it as XLSX");
	else if (status == FREEXL_BIFF_WORKBOOK_NOT_FOUND)
		buf_adds(err, "it holds no workbook: open it in a spreadsheet "
		    "program and save it as XLSX");
	else
		buf_addf(err, "it is damaged or of an unknown version "
		    "(error %d): open it in a spreadsheet program and save it "
		    "as XLSX", status);
	buf_release(&bytes);
}

int
xlsin_read(const char *path, struct table *table, struct buf *err)
{
	const void *book = NULL;
	struct buf reason = BUF_INIT;
	unsigned obfuscated = FREEXL_BIFF_PLAIN;
	int status, result = -1;

	table_set_kind(table, "XLS");
	status = freexl_open(path, &book);
	if (status == FREEXL_OK)
		freexl_get_info(book, FREEXL_BIFF_PASSWORD, &obfuscated);
	if (status != FREEXL_OK)
		explain(path, status, &reason);
	else if (obfuscated == FREEXL_BIFF_OBFUSCATED)
		buf_adds(&reason, locked);
	else
		result = read_book(book, table, &reason);
	if (result == -1)
		buf_addf(err, "cannot read the workbook '%s': %s", path,
		    reason.data);
	if (book != NULL)
		freexl_close(book);
	buf_release(&reason);
	return result;
}
