#ifndef TC_REGISTERIN_H
#define TC_REGISTERIN_H
/*
 * registerin: the register's list of results for a bundle, into the journal.
 *
 * Any table that can be read as a roster (roster.h), with the answer in BZ (备注).  The
 * profile's [register] lists the words of each answer.  An answer is about the
 * picture that was delivered last, or else the present one.
 */
#include <stddef.h>	/* size_t */

struct buf;
struct replies;

/* Read the list at path and append its answers to the journal.  *refused grows by the rows
 * that were refused.  0, or -1 with the reason. */
int registerin_take(const struct replies *replies, const char *path, size_t *refused,
    struct buf *err);

#endif
