#ifndef TC_TABLE_H
#define TC_TABLE_H
/*
 * table: the cells of a table file, whatever program wrote it.
 *
 * tablein reads files; each kind's reader fills a table through the functions at
 * the end.  Cells are UTF-8 text.  Numbers are their digits without ".0", dates
 * YYYY-MM-DD.
 *
 * Sheets, rows and columns are indexes from 0; rows without cells are left out,
 * so a row also knows the number that a spreadsheet program shows for it.
 * Hidden sheets come after the visible ones and are not counted among them; hidden
 * rows are rows.  Cells of a merged range all have its text.
 */
#include <stddef.h>	/* size_t */

struct buf;
struct table;

/* Limits; what is beyond is refused, never cut. */
enum {
	TABLE_FILE_MAX = 256 << 20,	/* bytes of a file */
	TABLE_PART_MAX = 1 << 30,	/* of a packed part, once unpacked */
	TABLE_SHEETS_MAX = 1024,
	TABLE_ROWS_MAX = 1 << 20,	/* number of the last row of a sheet */
	TABLE_COLUMNS_MAX = 1 << 14,
	TABLE_CELLS_MAX = 16 << 20,	/* in all sheets together */
	TABLE_CELL_BYTES_MAX = 1 << 17,
	TABLE_TEXT_MAX = 256 << 20	/* bytes of different texts */
};

enum table_flags {
	TABLE_DAMAGED = 1 << 0,	/* a number of more than 15 digits, whose last
				 * digits were lost before it was saved, or a
				 * text that is a shortened one */
	TABLE_MERGED = 1 << 1,	/* the text stands in another cell of a range */
	TABLE_FORMULA = 1 << 2,	/* a formula without a stored value; the text says
				 * nothing */
	TABLE_OTHER = 1 << 3,	/* a number whose format shows another text */
	TABLE_CUT = 1 << 4	/* a heading of the greatest length that the format
				 * allows: it may have been longer */
};

struct table *table_new(void);
void table_free(struct table *table);	/* NULL is fine */

/* What kind of file it was, "XLSX", "CSV in GB18030" ..., borrowed. */
const char *table_kind(const struct table *table);
/* Bytes of a text file that stood for no character and became U+FFFD. */
size_t table_damaged_bytes(const struct table *table);

size_t table_sheets(const struct table *table);	/* that are visible */
size_t table_all_sheets(const struct table *table);
const char *table_sheet_name(const struct table *table, size_t sheet);
size_t table_rows(const struct table *table, size_t sheet);
/* The row's number in the file, from 1. */
long table_row_number(const struct table *table, size_t sheet, size_t row);
/* Rows of a sheet that its program does not show. */
size_t table_hidden_rows(const struct table *table, size_t sheet);
/* One more than the row's last column that has text. */
size_t table_width(const struct table *table, size_t sheet, size_t row);
/* A cell's text, "" where there is none, borrowed; flags may be NULL. */
const char *table_text(const struct table *table, size_t sheet, size_t row,
    size_t column, int *flags);
/* Append a column's name as spreadsheet programs show it: A, B ... AA. */
void table_column_name(size_t column, struct buf *out);

/* ---- for the readers ---- */

void table_set_kind(struct table *table, const char *kind);
void table_set_damaged_bytes(struct table *table, size_t bytes);

/* Start a sheet; a row, whose number is above that of the row before; add a cell
 * to it (empty text is left out).  -1 with the reason beyond a limit. */
int table_add_sheet(struct table *table, const char *name, struct buf *err);
/* Mark the last sheet as hidden, and with it all that follow; mark its last row. */
void table_hide_sheet(struct table *table);
void table_hide_row(struct table *table);
int table_add_row(struct table *table, long number, struct buf *err);
int table_add_cell(struct table *table, size_t column, const char *text,
    size_t len, int flags, struct buf *err);

/* A text that many cells share: keep it, and add a cell with it. */
int table_keep_text(struct table *table, const char *text, size_t len,
    unsigned *kept, struct buf *err);
int table_add_kept(struct table *table, size_t column, unsigned kept,
    struct buf *err);

/* After a sheet's last row: give the text of a range's first cell to all its
 * cells.  Numbers of rows from 1, columns from 0, last ones included. */
struct table_range {
	long first_row, last_row;
	size_t first_column, last_column;
};
int table_merge(struct table *table, struct table_range *ranges, size_t count,
    struct buf *err);

#endif
