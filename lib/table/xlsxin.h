#ifndef TC_XLSXIN_H
#define TC_XLSXIN_H
/*
 * xlsxin: the visible sheets of an XLSX workbook as a table.
 *
 * Transitional and strict OOXML.  Shared and inline strings (rich text without its
 * phonetic runs), cached values of formulas, dates by number format in both
 * date systems, leading zeros that a format of zeros shows, merged ranges,
 * cells that do not say where they are.
 *
 * libxlsxwriter only writes, and no library in Debian reads cells with their number
 * formats, which hold the leading zeros of numbers.
 */
struct buf;
struct table;

/* Add the workbook's sheets to table. */
int xlsxin_read(const char *path, struct table *table, struct buf *err);

#endif
