#ifndef TC_XLSSHEET_H
#define TC_XLSSHEET_H
/*
 * xlssheet: the cells of one sheet of an XLS workbook, for xlsin.
 */
#include <stddef.h>	/* size_t */

#include "lib/table/numfmt.h"

struct biff;
struct buf;
struct table;

/* What cells refer to. */
struct xls_book {
	struct table *table;
	unsigned *texts;		/* kept in table */
	size_t text_count;
	struct numfmt *styles;
	size_t style_count;
	int date_1904;
};

/* Add the rows of the sheet whose first record is at offset to the table's last
 * sheet.  0, or -1 with the reason, a clause. */
int xls_sheet_read(struct biff *biff, size_t offset, const struct xls_book *book,
    struct buf *err);

#endif
