#include "lib/table/xlssheet.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/table/biff.h"
#include "lib/table/table.h"

enum {
	ROWS_MAX = 1 << 16,	/* of a sheet: numbers have 16 bits */
	ROW_HIDDEN = 0x20,
	RESULT_TEXT = 0, RESULT_BOOLEAN = 1, RESULT_ERROR = 2
};

/* Where a cell is; programs may write them in any order. */
struct place {
	uint16_t row, column;
	uint32_t offset;	/* of its record */
};

struct sheet {
	const struct xls_book *book;
	struct biff *biff;
	struct place *places;
	size_t count, room;
	int disordered;
	unsigned char *hidden;	/* rows, a bit each */
	struct table_range *ranges;
	size_t range_count;
	struct buf text;
};

/* ---- finding ---- */

static void
add_place(struct sheet *sheet, unsigned int row, unsigned int column)
{
	struct place place = { (uint16_t)row, (uint16_t)column,
	    (uint32_t)sheet->biff->start };
	const struct place *last = sheet->count == 0 ? NULL :
	    &sheet->places[sheet->count - 1];

	if (last != NULL && (row < last->row || (row == last->row &&
	    column <= last->column)))
		sheet->disordered = 1;
	if (sheet->count == sheet->room) {
		sheet->room = sheet->room > 0 ? 2 * sheet->room : 256;
		sheet->places = xrealloc_array(sheet->places, sheet->room,
		    sizeof *sheet->places);
	}
	sheet->places[sheet->count++] = place;
}

/* Several numbers of a row are one record. */
static void
add_places(struct sheet *sheet, unsigned int row, unsigned int column)
{
	size_t count = biff_left(sheet->biff) / 6;

	if (count == 0)
		sheet->biff->broken = 1;
	for (size_t i = 0; i < count; i++)
		add_place(sheet, row, column + (unsigned int)i);
}

static void
take_row(struct sheet *sheet)
{
	unsigned int row = biff_number(sheet->biff, 2);

	if (biff_left(sheet->biff) < 11)
		return;
	biff_skip(sheet->biff, 10);
	if (biff_number(sheet->biff, 1) & ROW_HIDDEN)
		sheet->hidden[row / 8] |= (unsigned char)(1U << row % 8);
}

static void
take_merged(struct sheet *sheet)
{
	struct biff *biff = sheet->biff;
	size_t count = biff_number(biff, 2);

	if (count > biff_left(biff) / 8) {
		count = biff_left(biff) / 8;
		biff->broken = 1;
	}
	sheet->ranges = xrealloc_array(sheet->ranges,
	    sheet->range_count + count + 1, sizeof *sheet->ranges);
	for (size_t i = 0; i < count; i++) {
		struct table_range *range =
		    &sheet->ranges[sheet->range_count++];

		range->first_row = (long)biff_number(biff, 2) + 1;
		range->last_row = (long)biff_number(biff, 2) + 1;
		range->first_column = biff_number(biff, 2);
		range->last_column = biff_number(biff, 2);
	}
}

static void
take_record(struct sheet *sheet)
{
	struct biff *biff = sheet->biff;
	unsigned int row;

	switch (biff->kind) {
	case BIFF_FORMULA:
	case BIFF_NUMBER:
	case BIFF_RK:
	case BIFF_TEXT:
	case BIFF_RICH_TEXT:
	case BIFF_SHARED_TEXT:
	case BIFF_BOOLEAN:
		row = biff_number(biff, 2);
		add_place(sheet, row, biff_number(biff, 2));
		break;
	case BIFF_MULTIPLE_RK:
		row = biff_number(biff, 2);
		add_places(sheet, row, biff_number(biff, 2));
		break;
	case BIFF_ROW:
		take_row(sheet);
		break;
	case BIFF_MERGED:
		take_merged(sheet);
		break;
	default:
		break;
	}
}

/* A sheet may hold charts, with a beginning and an end of their own. */
static int
find_cells(struct sheet *sheet, size_t offset)
{
	struct biff *biff = sheet->biff;
	int depth = 0;

	if (!biff_seek(biff, offset) || biff->kind != BIFF_BEGIN)
		return -1;
	do {
		if (biff->kind == BIFF_BEGIN)
			depth++;
		else if (biff->kind == BIFF_EOF)
			depth--;
		else if (depth == 1)
			take_record(sheet);
	} while (depth > 0 && biff_next(biff));
	return depth == 0 && !biff->broken ? 0 : -1;
}

static int
compare(const void *a, const void *b)
{
	const struct place *left = a, *right = b;

	if (left->row != right->row)
		return left->row < right->row ? -1 : 1;
	if (left->column != right->column)
		return left->column < right->column ? -1 : 1;
	return left->offset < right->offset ? -1 : left->offset > right->offset;
}

/* A cell that is written twice is what was written last. */
static void
put_in_order(struct sheet *sheet)
{
	struct place *places = sheet->places;
	size_t kept = 0;

	mem_sort(places, sheet->count, sizeof *places, compare);
	for (size_t i = 0; i < sheet->count; i++)
		if (i + 1 == sheet->count ||
		    places[i].row != places[i + 1].row ||
		    places[i].column != places[i + 1].column)
			places[kept++] = places[i];
	sheet->count = kept;
}

/* ---- cells ---- */

static int
add_text(struct sheet *sheet, size_t column, struct buf *err)
{
	return table_add_cell(sheet->book->table, column, sheet->text.data,
	    sheet->text.len, 0, err);
}

static int
add_number(struct sheet *sheet, size_t column, double value,
    unsigned int style, struct buf *err)
{
	const struct xls_book *book = sheet->book;
	struct numfmt format = style < book->style_count ?
	    book->styles[style] : numfmt_builtin(0);
	int found = numfmt_text(value, format, book->date_1904, &sheet->text);

	return table_add_cell(book->table, column, sheet->text.data,
	    sheet->text.len, (found & NUMFMT_DAMAGED ? TABLE_DAMAGED : 0) |
	    (found & NUMFMT_OTHER ? TABLE_OTHER : 0), err);
}

static int
add_boolean(struct sheet *sheet, size_t column, int value, struct buf *err)
{
	buf_adds(&sheet->text, value ? "TRUE" : "FALSE");
	return add_text(sheet, column, err);
}

/* MS-XLS 2.5.10, as the program shows it. */
static int
add_error(struct sheet *sheet, size_t column, unsigned int code, struct buf *err)
{
	static const struct {
		unsigned int code;
		const char *text;
	} errors[] = {
		{ 0x00, "#NULL!" }, { 0x07, "#DIV/0!" }, { 0x0F, "#VALUE!" },
		{ 0x17, "#REF!" }, { 0x1D, "#NAME?" }, { 0x24, "#NUM!" }
	};
	const char *text = "#N/A";

	for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
		if (errors[i].code == code)
			text = errors[i].text;
	buf_adds(&sheet->text, text);
	return add_text(sheet, column, err);
}

static int
add_shared(struct sheet *sheet, size_t column, struct buf *err)
{
	const struct xls_book *book = sheet->book;
	size_t index = biff_number(sheet->biff, 4);

	if (index >= book->text_count) {
		buf_adds(err, "a cell names a shared text that is not there");
		return -1;
	}
	return table_add_kept(book->table, column, book->texts[index], err);
}

/* The text that a formula came to is a record behind it. */
static int
add_result_text(struct sheet *sheet, size_t column, struct buf *err)
{
	struct biff *biff = sheet->biff;

	while (biff_next(biff) && (biff->kind == BIFF_SHARED_FORMULA ||
	    biff->kind == BIFF_ARRAY || biff->kind == BIFF_TABLE ||
	    biff->kind == BIFF_CONTINUE))
		;
	if (biff->kind != BIFF_RESULT_TEXT)
		return table_add_cell(sheet->book->table, column, "=", 1,
		    TABLE_DAMAGED | TABLE_FORMULA, err);
	biff_text(biff, 2, &sheet->text);
	return add_text(sheet, column, err);
}

static int
add_formula(struct sheet *sheet, size_t column, unsigned int style,
    struct buf *err)
{
	struct biff result = *sheet->biff;
	unsigned int kind, value;

	if (biff_left(&result) < 8) {
		sheet->biff->broken = 1;
		return 0;
	}
	biff_skip(&result, 6);
	if (biff_number(&result, 2) != 0xFFFF)
		return add_number(sheet, column, biff_double(sheet->biff),
		    style, err);
	kind = biff_number(sheet->biff, 2) & 0xFF;
	value = biff_number(sheet->biff, 1);
	switch (kind) {
	case RESULT_TEXT:
		return add_result_text(sheet, column, err);
	case RESULT_BOOLEAN:
		return add_boolean(sheet, column, value != 0, err);
	case RESULT_ERROR:
		return add_error(sheet, column, value, err);
	default:
		return 0;	/* no text */
	}
}

/* One of several numbers in a record. */
static int
add_multiple(struct sheet *sheet, const struct place *place, unsigned int first,
    struct buf *err)
{
	struct biff *biff = sheet->biff;
	unsigned int style;

	biff_skip(biff, 6 * (size_t)(place->column - first));
	style = biff_number(biff, 2);
	return add_number(sheet, place->column, biff_rk(biff), style, err);
}

static int
add_cell(struct sheet *sheet, const struct place *place, struct buf *err)
{
	struct biff *biff = sheet->biff;
	unsigned int style, value;
	size_t column = place->column;

	biff_seek(biff, place->offset);
	biff_skip(biff, 2);
	value = biff_number(biff, 2);
	buf_clear(&sheet->text);
	if (biff->kind == BIFF_MULTIPLE_RK)
		return add_multiple(sheet, place, value, err);
	style = biff_number(biff, 2);
	switch (biff->kind) {
	case BIFF_NUMBER:
		return add_number(sheet, column, biff_double(biff), style, err);
	case BIFF_RK:
		return add_number(sheet, column, biff_rk(biff), style, err);
	case BIFF_SHARED_TEXT:
		return add_shared(sheet, column, err);
	case BIFF_FORMULA:
		return add_formula(sheet, column, style, err);
	case BIFF_BOOLEAN:
		value = biff_number(biff, 1);
		return biff_number(biff, 1) ? add_error(sheet, column, value,
		    err) : add_boolean(sheet, column, value != 0, err);
	default:
		biff_text(biff, 2, &sheet->text);
		return add_text(sheet, column, err);
	}
}

static int
add_cells(struct sheet *sheet, struct buf *err)
{
	struct table *table = sheet->book->table;
	long last = -1;

	for (size_t i = 0; i < sheet->count; i++) {
		const struct place *place = &sheet->places[i];

		if (place->row != last) {
			last = place->row;
			if (sheet->hidden[last / 8] >> last % 8 & 1)
				table_hide_row(table);
			if (table_add_row(table, last + 1, err) == -1)
				return -1;
		}
		if (add_cell(sheet, place, err) == -1)
			return -1;
	}
	if (sheet->biff->broken) {
		buf_adds(err, "it is damaged: have it sent again");
		return -1;
	}
	return table_merge(table, sheet->ranges, sheet->range_count, err);
}

int
xls_sheet_read(struct biff *biff, size_t offset, const struct xls_book *book,
    struct buf *err)
{
	struct sheet sheet = { .book = book, .biff = biff, .text = BUF_INIT };
	int result = -1;

	sheet.hidden = xcalloc(ROWS_MAX / 8, 1);
	if (find_cells(&sheet, offset) == -1) {
		buf_adds(err, "it broke off on its way, or is damaged: have it "
		    "sent again");
	} else {
		if (sheet.disordered)
			put_in_order(&sheet);
		result = add_cells(&sheet, err);
	}
	free(sheet.places);
	free(sheet.hidden);
	free(sheet.ranges);
	buf_release(&sheet.text);
	return result;
}
