#ifndef TC_TABLEIN_H
#define TC_TABLEIN_H
/*
 * tablein: a table file of any kind, read into a table.
 *
 * Its content, never its name, decides which reader is used: XLSX (xlsxin), XLS (xlsin),
 * DBF (dbfin), web pages (htmlin), XML of 2003 (xmlin), else text with separators
 * (csvin).
 */
struct buf;
struct table;

/* Read a whole file.  NULL with the reason.  Free with table_free. */
struct table *tablein_read(const char *path, struct buf *err);

#endif
