#ifndef TC_DBFIN_H
#define TC_DBFIN_H
/*
 * dbfin: a dBASE or FoxPro table as a table of one sheet.
 *
 * Row 1 holds the fields' names, record n is row n + 1.  Text is GB18030 (of
 * which GBK is a part) or UTF-8, decided once for the whole file.  Deleted records
 * and memo fields are left out.
 */
#include <stddef.h>	/* size_t */

struct buf;
struct table;

/* Whether a file that begins with these bytes is a DBF. */
int dbfin_is_dbf(const char *bytes, size_t len);
/* Add the table's cells. */
int dbfin_read(const char *path, struct table *table, struct buf *err);

#endif
