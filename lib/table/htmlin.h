#ifndef TC_HTMLIN_H
#define TC_HTMLIN_H
/*
 * htmlin: the tables of a web page, for tablein.
 *
 * School systems write their lists as web pages and call the file .xls.  All tables of
 * a page are one sheet, row below row: a page may have its headings in one and its
 * rows in another.
 */
struct buf;
struct table;

/* Read the page at path into the table.  0, or -1 with the reason. */
int htmlin_read(const char *path, struct table *table, struct buf *err);

#endif
