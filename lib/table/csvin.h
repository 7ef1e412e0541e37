#ifndef TC_CSVIN_H
#define TC_CSVIN_H
/*
 * csvin: text with separators as a table of one sheet.
 *
 * Any encoding that text_decode knows; separated by ',' ';' or tab, whichever
 * occurs most outside quotation marks, or as a first line "sep=;" says.  Lines may
 * end in LF, CR LF or CR.  A quotation mark that is never closed, so that rows behind it
 * would be lost, is an error.
 */
struct buf;
struct table;

/* Add the file's cells to table. */
int csvin_read(const char *path, struct table *table, struct buf *err);

#endif
