#ifndef TC_XLSX_H
#define TC_XLSX_H
/*
 * xlsx: workbooks out, through libxlsxwriter.
 *
 * Text is always stored as text, with the text number format, so that nothing a
 * student or a school wrote becomes a formula and no number loses digits, also
 * when the cell is edited later.  The same calls give the same bytes.
 *
 * Rows and columns count from 0; a cell is written once.  Calls are about the
 * current sheet, and on each sheet rows are written from the top down (a row's
 * height before its cells), because rows go to a temporary file when the next
 * begins: memory grows with images only.  Temporary files have no name, mode 0600, and
 * are in the given directory.
 *
 * Calls that add something do not fail: the first thing that went wrong is kept
 * and reported by xlsx_close.
 */
#include <stddef.h>	/* size_t */

struct buf;
struct xlsx;

/* What a cell looks like: any of these together.  Without: 11 point, left,
 * vertically centred, locked. */
enum xlsx_style {
	XLSX_BOLD = 1 << 0,
	XLSX_CENTRE = 1 << 1,
	XLSX_RIGHT = 1 << 2,
	XLSX_TOP = 1 << 3,
	XLSX_WRAP = 1 << 4,
	XLSX_BOX = 1 << 5,	/* thin lines on all sides */
	XLSX_LINE = 1 << 6,	/* thin line below */
	XLSX_HEAD = 1 << 7,	/* the shade of a heading */
	XLSX_ANSWER = 1 << 8,	/* the shade of cells to fill in, unlocked */
	XLSX_QUIET = 1 << 9,	/* grey letters */
	XLSX_ALERT = 1 << 10,	/* red letters */
	XLSX_CAUTION = 1 << 11,	/* amber letters */
	XLSX_SMALL = 1 << 12,	/* 9 point */
	XLSX_LARGE = 1 << 13,	/* 14 point */
	XLSX_TITLE = 1 << 14,	/* 22 point, bold */
	XLSX_PERCENT = 1 << 15,	/* numbers as 12.3% */
	XLSX_MONEY = 1 << 16,	/* numbers as 1,234.00 */
	XLSX_STYLES = 1 << 17
};

enum xlsx_page {
	XLSX_PORTRAIT = 0,
	XLSX_LANDSCAPE = 1 << 0,
	XLSX_ONE_PAGE = 1 << 1	/* all on one page; else one page wide */
};

/* Begin a workbook that becomes the file at path (see io_product_open's part);
 * created is what batch_time says.  NULL with the reason.  End with xlsx_close. */
struct xlsx *xlsx_new(const char *path, const char *temporary_directory,
    long long created, const char *title, struct buf *err);

/* Add a sheet and make it the current one; returns its number from 0.  Sheets of
 * which a row was written may be returned to with xlsx_sheet_select. */
int xlsx_sheet(struct xlsx *xlsx, const char *name);
void xlsx_sheet_select(struct xlsx *xlsx, int sheet);

/* Width of a column in characters, 0 to hide it; height of one row in points; height of
 * all rows that have no height of their own, in which images must fit. */
void xlsx_width(struct xlsx *xlsx, int column, double width);
void xlsx_height(struct xlsx *xlsx, int row, double height);
void xlsx_heights(struct xlsx *xlsx, double height);

/* Cells.  A NULL text is an empty cell; of a text 32,000 bytes are kept. */
void xlsx_text(struct xlsx *xlsx, int row, int column, const char *text,
    unsigned int style);
void xlsx_number(struct xlsx *xlsx, int row, int column, double value,
    unsigned int style);
/* A text across columns first to last of one row. */
void xlsx_span(struct xlsx *xlsx, int row, int first, int last,
    const char *text, unsigned int style);
/* A JPEG from memory (copied), at 96 dpi, offset pixels into the cell; it
 * moves and hides with its row. */
void xlsx_image(struct xlsx *xlsx, int row, int column, const void *bytes,
    size_t len, int offset_x, int offset_y);

/* A drop-down list on the rows first to last of a column; choices end with NULL
 * and are at most 255 characters together.  Other texts are refused with
 * message. */
void xlsx_choices(struct xlsx *xlsx, int column, int first, int last,
    const char *const *choices, const char *message);
/* A filter on the headings in row 0 of columns 0 to last_column, over the rows to
 * last_row; the heading stays in sight and is printed on each page. */
void xlsx_heading(struct xlsx *xlsx, int last_row, int last_column,
    int frozen_columns);
/* A chart of the current sheet's columns first to last, one series each, named by
 * row 0; column names, which may be hidden, holds what the points in rows 1 to last_row
 * are called.  Its upper left corner is in a cell. */
enum xlsx_chart_kind {
	XLSX_LINES,
	XLSX_BARS,		/* horizontal, side by side, the first on top */
	XLSX_STACK		/* the same stacked in one bar */
};
struct xlsx_chart {
	enum xlsx_chart_kind kind;
	const char *title;
	int first, last, names;		/* columns */
	int last_row;
	const unsigned int *colours;	/* of the series, 0xrrggbb; NULL: as it comes */
	int row, column;		/* the cell */
	int beside;			/* last row of the table at its left, or 0 */
};
void xlsx_chart(struct xlsx *xlsx, const struct xlsx_chart *chart);
/* Lock what is not XLSX_ANSWER, without a password; selecting, filtering, column
 * widths and row heights stay allowed. */
void xlsx_protect(struct xlsx *xlsx);
/* What stands at the head of each printed page, left and right of the workbook's
 * title: for the sheets of which xlsx_page is called after this. */
void xlsx_running(struct xlsx *xlsx, const char *left, const char *right);
/* A4 with the running head, the sheet's name and page numbers; XLSX_ONE_PAGE has
 * none of them. */
void xlsx_page(struct xlsx *xlsx, unsigned int page);

/* Write the file, read it back (xlsxcheck.h) and free xlsx, which may be NULL.  0,
 * or -1 with the reason.  To give a workbook up, close it and remove the file. */
int xlsx_close(struct xlsx *xlsx, struct buf *err);

#endif
