#ifndef TC_XLSIN_H
#define TC_XLSIN_H
/*
 * xlsin: the sheets of an XLS workbook (Excel 5.0 to 2003) as a table.
 */
#include <stddef.h>	/* size_t */

struct buf;
struct table;

/* Add the workbook's sheets to table; bytes is the file's content, which tells
 * why a workbook cannot be read (a password). */
int xlsin_read(const char *path, const char *bytes, size_t len,
    struct table *table, struct buf *err);

#endif
