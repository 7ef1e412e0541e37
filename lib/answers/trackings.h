#ifndef TC_TRACKINGS_H
#define TC_TRACKINGS_H
/*
 * trackings: the list of parcels (tc-export parcels) with the carriers' numbers, into the
 * journal.
 *
 * A list may hold parcels of many schools: those of others are skipped and reported,
 * rows without a number are skipped.
 */
#include <stddef.h>	/* size_t */

struct buf;
struct replies;

/* Read the list at path and append its numbers to the journal.  *refused grows by the rows
 * that were refused.  0, or -1 with the reason. */
int trackings_take(const struct replies *replies, const char *path, size_t *refused,
    struct buf *err);

#endif
