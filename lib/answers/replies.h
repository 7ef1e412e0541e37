#ifndef TC_REPLIES_H
#define TC_REPLIES_H
/*
 * replies: what came back from schools, reviewers and the register, in the order
 * in which it is taken: corrections, the stamped form, the register's list.
 */
#include <stddef.h>	/* size_t */

struct batch;
struct buf;
struct join_photo;
struct journal;
struct ledger;
struct profile;

/* Paths and texts are NULL when not given. */
struct replies_options {
	const char *corrections;	/* --corrections FILE */
	int accept_identity;		/* --accept-identity */
	const char *feedback;		/* --feedback-received CODE:DATE[:FILE] */
	const char *result;		/* --register-result FILE */
};

/* What they speak of; journal is read anew by the caller afterwards. */
struct replies {
	const struct batch *batch;
	const struct ledger *ledger;
	const struct profile *profile;
	const struct journal *journal;
	const struct join_photo *photos;
	const char *who;
};

int replies_any(const struct replies_options *options);
/* 0, or -1 with the reason. */
int replies_take(const struct replies *replies,
    const struct replies_options *options, size_t *refused, struct buf *err);

#endif
