#ifndef TC_REPLIES_H
#define TC_REPLIES_H
/*
 * replies: one file that came back from schools, reviewers, the register or the
 * operator, into the journal: corrections, the stamped form, the register's list.
 */
#include <stddef.h>	/* size_t */

#include "lib/answers/inbox.h"

struct batch;
struct buf;
struct join_photo;
struct journal;
struct ledger;
struct profile;

/* The batch that they are about; the caller reads the journal again afterwards. */
struct replies {
	const struct batch *batch;
	const struct ledger *ledger;
	const struct profile *profile;
	const struct journal *journal;
	const struct join_photo *photos;
	const char *who;
	int accept_identity;		/* --accept-identity */
};

/* Read one file of any kind and append its answers to the journal.  *refused grows by the
 * rows that were refused.  0, or -1 with the reason. */
int replies_take(const struct replies *replies, const struct inbox_file *file,
    size_t *refused, struct buf *err);

#endif
