#include "lib/table/xlsin.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/table/biff.h"
#include "lib/table/cfb.h"
#include "lib/table/numfmt.h"
#include "lib/table/table.h"
#include "lib/table/xlssheet.h"

enum {
	VERSION_97 = 0x600,	/* of the first record */
	BODY_BOOK = 0x05,	/* what follows it: the book itself */
	SHEET_CELLS = 0,	/* kind of a sheet, others are charts and programs */
	CODE_PAGE_GBK = 936,
	NUMBERS = UINT16_MAX + 1,	/* of formats and of styles: 16 bits each */
	HEAD = 4, VERSION_BYTES = 8
};

static const char locked[] = "it is protected by a password: open it, remove "
    "the password and save it";

struct listed {
	size_t offset;
	int hidden;
	struct buf name;
};

struct format {
	int own;		/* the book says it, else it is built in */
	struct numfmt format;
};

struct reading {
	struct biff biff;
	struct xls_book book;
	struct listed *sheets;
	size_t sheet_count;
	struct format *formats;		/* by number, or NULL */
	int locked;
	struct buf text;
};

/* ---- what the book says before its sheets ---- */

static void
take_sheet(struct reading *reading)
{
	struct biff *biff = &reading->biff;
	struct listed sheet = { .name = BUF_INIT };
	unsigned int kind;

	sheet.offset = biff_number(biff, 4);
	sheet.hidden = biff_number(biff, 1) != 0;
	kind = biff_number(biff, 1);
	/* one more than a table takes: it says so */
	if (kind != SHEET_CELLS || reading->sheet_count > TABLE_SHEETS_MAX)
		return;
	biff_text(biff, 1, &sheet.name);
	reading->sheets = xrealloc_array(reading->sheets,
	    reading->sheet_count + 1, sizeof *reading->sheets);
	reading->sheets[reading->sheet_count++] = sheet;
}

static void
take_format(struct reading *reading)
{
	struct biff *biff = &reading->biff;
	struct format *format;

	if (reading->formats == NULL)
		reading->formats = xcalloc(NUMBERS, sizeof *reading->formats);
	format = &reading->formats[biff_number(biff, 2)];
	format->own = 1;
	buf_clear(&reading->text);
	biff_text(biff, biff->wide ? 2 : 1, &reading->text);
	format->format = numfmt_parse(reading->text.data);
}

static struct numfmt
find_format(const struct reading *reading, unsigned int number)
{
	return reading->formats != NULL && reading->formats[number].own ?
	    reading->formats[number].format : numfmt_builtin(number);
}

static void
take_style(struct reading *reading)
{
	struct xls_book *book = &reading->book;

	if (book->style_count == NUMBERS)
		return;
	book->styles = xrealloc_array(book->styles, book->style_count + 1,
	    sizeof *book->styles);
	biff_skip(&reading->biff, 2);
	book->styles[book->style_count++] = find_format(reading,
	    biff_number(&reading->biff, 2));
}

static int
take_texts(struct reading *reading, struct buf *err)
{
	struct biff *biff = &reading->biff;
	struct xls_book *book = &reading->book;
	size_t count;

	biff_skip(biff, 4);
	count = biff_number(biff, 4);
	for (size_t i = 0; i < count && !biff->broken; i++) {
		if ((book->text_count & (book->text_count + 1)) == 0)
			book->texts = xrealloc_array(book->texts,
			    2 * book->text_count + 2, sizeof *book->texts);
		buf_clear(&reading->text);
		biff_text(biff, 2, &reading->text);
		if (table_keep_text(book->table, reading->text.data,
		    reading->text.len, &book->texts[book->text_count++],
		    err) == -1)
			return -1;
	}
	return 0;
}

static int
take_record(struct reading *reading, struct buf *err)
{
	switch (reading->biff.kind) {
	case BIFF_PASSWORD:
		reading->locked = 1;
		break;
	case BIFF_DATE_MODE:
		reading->book.date_1904 = biff_number(&reading->biff, 2) == 1;
		break;
	case BIFF_CODE_PAGE:
		reading->biff.chinese = biff_number(&reading->biff, 2) ==
		    CODE_PAGE_GBK;
		break;
	case BIFF_SHEET:
		take_sheet(reading);
		break;
	case BIFF_FORMAT:
		take_format(reading);
		break;
	case BIFF_XF:
		take_style(reading);
		break;
	case BIFF_SHARED_TEXTS:
		return take_texts(reading, err);
	default:
		break;
	}
	return 0;
}

/* A stream that begins with a sheet has no others. */
static int
read_globals(struct reading *reading, struct buf *err)
{
	struct biff *biff = &reading->biff;
	unsigned int version, body;

	if (!biff_seek(biff, 0) || biff->kind != BIFF_BEGIN) {
		buf_adds(err, "it holds no workbook: open it in a spreadsheet "
		    "program and save it as XLSX");
		return -1;
	}
	version = biff_number(biff, 2);
	body = biff_number(biff, 2);
	biff->wide = version == VERSION_97;
	if (body != BODY_BOOK) {
		reading->sheets = xcalloc(1, sizeof *reading->sheets);
		buf_init(&reading->sheets[reading->sheet_count++].name);
		return 0;
	}
	while (!reading->locked && biff_next(biff) && biff->kind != BIFF_EOF)
		if (take_record(reading, err) == -1)
			return -1;
	if (reading->locked)
		buf_adds(err, locked);
	else if (biff->kind != BIFF_EOF || biff->broken)
		buf_adds(err, "it broke off on its way, or is damaged: have it "
		    "sent again");
	else if (reading->sheet_count == 0)
		buf_adds(err, "no sheet was found in it: open it in a "
		    "spreadsheet program and save it as XLSX");
	return err->len == 0 ? 0 : -1;
}

/* ---- the whole ---- */

/* Those that are visible, or those that are hidden. */
static int
read_sheets(struct reading *reading, int hidden, struct buf *err)
{
	struct table *table = reading->book.table;

	for (size_t i = 0; i < reading->sheet_count; i++) {
		const struct listed *sheet = &reading->sheets[i];

		if (sheet->hidden != hidden)
			continue;
		if (table_add_sheet(table, sheet->name.data, err) == -1 ||
		    xls_sheet_read(&reading->biff, sheet->offset,
		    &reading->book, err) == -1)
			return -1;
		if (hidden)
			table_hide_sheet(table);
	}
	return 0;
}

static int
read_stream(const struct buf *stream, struct table *table, struct buf *err)
{
	struct reading reading = { .book.table = table, .text = BUF_INIT,
	    .biff = { .bytes = (unsigned char *)stream->data,
	    .len = stream->len } };
	int result = read_globals(&reading, err);

	if (result == 0)
		result = read_sheets(&reading, 0, err);
	if (result == 0)
		result = read_sheets(&reading, 1, err);
	for (size_t i = 0; i < reading.sheet_count; i++)
		buf_release(&reading.sheets[i].name);
	free(reading.sheets);
	free(reading.formats);
	free(reading.book.styles);
	free(reading.book.texts);
	buf_release(&reading.text);
	return result;
}

/* The stream of Excel 97 and later, else that of Excel 5; some files hold both. */
static int
find_stream(const struct buf *file, struct buf *stream, struct buf *err)
{
	int found = cfb_read(file, "Workbook", stream, err);

	if (found == 0)
		found = cfb_read(file, "Book", stream, err);
	if (found != 0)
		return found == 1 ? 0 : -1;
	if (cfb_read(file, "EncryptedPackage", NULL, err) == 1)
		buf_adds(err, locked);
	else if (cfb_read(file, "WordDocument", NULL, err) == 1)
		buf_adds(err, "it is a text document: put its table in a "
		    "spreadsheet program and save it as XLSX");
	else
		buf_adds(err, "it holds no workbook: open it in a spreadsheet "
		    "program and save it as XLSX");
	return -1;
}

int
xlsin_is_xls(const char *head, size_t len)
{
	static const char begin[] = "\x09\x08";

	return (len >= CFB_SIGN_BYTES &&
	    memcmp(head, CFB_SIGN, CFB_SIGN_BYTES) == 0) ||
	    (len >= HEAD + VERSION_BYTES && memcmp(head, begin, 2) == 0 &&
	    head[3] == '\0' && head[2] >= VERSION_BYTES && head[2] <= 16);
}

int
xlsin_read(const char *path, struct table *table, struct buf *err)
{
	struct buf file = BUF_INIT, stream = BUF_INIT, reason = BUF_INIT;
	int result;

	table_set_kind(table, "XLS");
	if (io_read_file(path, TABLE_FILE_MAX, &file, err) == -1)
		return -1;
	if (file.len >= CFB_SIGN_BYTES &&
	    memcmp(file.data, CFB_SIGN, CFB_SIGN_BYTES) == 0) {
		result = find_stream(&file, &stream, &reason);
		buf_release(&file);
	} else {
		stream = file;
		result = 0;
	}
	if (result == 0)
		result = read_stream(&stream, table, &reason);
	if (result == -1)
		buf_addf(err, "cannot read the workbook '%s': %s", path,
		    reason.data);
	buf_release(&stream);
	buf_release(&reason);
	return result;
}
