#ifndef TC_XMLIN_H
#define TC_XMLIN_H
/*
 * xmlin: a workbook in one XML file (SpreadsheetML 2003), for tablein.
 *
 * School systems write it and call it .xls.  Numbers are text there and are taken as they
 * were written, with all digits, although a spreadsheet program would lose some.
 */
struct buf;
struct table;

/* Read the file at path into the table.  0, or -1 with the reason. */
int xmlin_read(const char *path, struct table *table, struct buf *err);

#endif
