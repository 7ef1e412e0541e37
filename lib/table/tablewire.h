#ifndef TC_TABLEWIRE_H
#define TC_TABLEWIRE_H
/*
 * tablewire: a table as bytes, from the process that read it.
 *
 * A hostile file may have taken that process over, so nothing in the bytes is trusted.
 */
#include <stddef.h>	/* size_t */

struct buf;
struct table;

/* Append the table. */
void tablewire_put(const struct table *table, struct buf *out);
/* The table in the bytes.  NULL where there is none; with the reason where it exceeds a
 * limit.  Free with table_free. */
struct table *tablewire_get(const char *bytes, size_t len, struct buf *err);

#endif
