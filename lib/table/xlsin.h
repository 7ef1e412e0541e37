#ifndef TC_XLSIN_H
#define TC_XLSIN_H
/*
 * xlsin: the sheets of an XLS workbook (Excel 5.0 to 2003) as a table.
 */
struct buf;
struct table;

/* Add the workbook's sheets to table. */
int xlsin_read(const char *path, struct table *table, struct buf *err);

#endif
