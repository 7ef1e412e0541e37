#ifndef TC_TABLEWIRE_H
#define TC_TABLEWIRE_H
/*
 * tablewire: a table as bytes, from the process that read it.
 *
 * That process may have been overcome by what it read, so nothing in the bytes is
 * trusted.
 */
#include <stddef.h>	/* size_t */

struct buf;
struct table;

/* Append the table. */
void tablewire_put(const struct table *table, struct buf *out);
/* The table that the bytes are; NULL where they are none, or with the limit that it is
 * beyond.  Free with table_free. */
struct table *tablewire_get(const char *bytes, size_t len, struct buf *err);

#endif
