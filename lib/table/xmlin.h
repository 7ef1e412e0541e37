#ifndef TC_XMLIN_H
#define TC_XMLIN_H
/*
 * xmlin: a workbook in one XML file (SpreadsheetML 2003), for tablein.
 *
 * School systems write it and call it .xls.  A number stands there as it was written:
 * where that is all its digits, none is lost, though a spreadsheet program would.
 */
struct buf;
struct table;

/* Read the file at path into the table.  0, or -1 with the reason. */
int xmlin_read(const char *path, struct table *table, struct buf *err);

#endif
