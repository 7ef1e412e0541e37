#ifndef TC_XLSXSHEET_H
#define TC_XLSXSHEET_H
/*
 * xlsxsheet: one worksheet part's cells, for xlsxin.
 */
#include <stddef.h>	/* size_t */

#include "lib/base/buf.h"
#include "lib/table/numfmt.h"

struct ooxml;
struct table;

/* What a workbook's sheets share. */
struct xlsx_book {
	struct table *table;
	int date_1904;
	struct numfmt *styles;		/* by the cell's style number */
	size_t style_count;
	unsigned *strings;		/* kept texts, by their index */
	size_t string_count, string_room;
};

/* A text that may be in runs; phonetic runs do not belong to it. */
struct xlsx_string {
	struct buf text;
	int in_text, phonetic;		/* inside <t>, inside <rPh> */
};

void xlsx_string_clear(struct xlsx_string *string);
void xlsx_string_start(struct xlsx_string *string, const char *element);
void xlsx_string_end(struct xlsx_string *string, const char *element);
/* -1 with the reason when the text is longer than a cell may be. */
int xlsx_string_text(struct xlsx_string *string, const char *text, size_t len,
    struct buf *err);

/* Add the rows of a worksheet part to the table's last sheet. */
int xlsx_sheet_read(struct ooxml *package, const char *part,
    const struct xlsx_book *book, struct buf *err);

#endif
