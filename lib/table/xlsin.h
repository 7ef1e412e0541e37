#ifndef TC_XLSIN_H
#define TC_XLSIN_H
/*
 * xlsin: the sheets of an XLS workbook (Excel 5.0 to 2003) as a table.
 *
 * Also of a bare stream of records, as some web systems write it.  Debian's libfreexl
 * cannot read workbooks below 4,096 bytes, such as those of a single class, and reads
 * outside of its memory on hostile ones.
 */
#include <stddef.h>	/* size_t */

struct buf;
struct table;

/* Whether a file that begins so is a workbook. */
int xlsin_is_xls(const char *head, size_t len);

/* Add the workbook's sheets to table. */
int xlsin_read(const char *path, struct table *table, struct buf *err);

#endif
