#ifndef TC_ACCEPT_H
#define TC_ACCEPT_H
/*
 * accept: whether an answer is allowed in the record's present state (lib/decision),
 * before it is written to the journal.
 */
#include <stddef.h>	/* size_t */

struct accept;
struct batch;
struct buf;
struct join_photo;
struct journal;
struct journal_answer;
struct ledger;
struct people;
struct profile;
struct standing;

struct accept_setup {
	const struct batch *batch;
	const struct profile *profile;
	const struct ledger *ledger;
	const struct people *people;
	const struct join_photo *photos;	/* as they are now */
};

/* NULL with the reason.  The setup is borrowed. */
struct accept *accept_new(const struct accept_setup *setup, struct buf *err);
void accept_free(struct accept *accept);	/* NULL is fine */

/* The journal as it was at accept_new. */
const struct journal *accept_journal(const struct accept *accept);
/* How a student's record stands. */
void accept_standing(const struct accept *accept, long student,
    struct standing *standing);

enum accepted { ACCEPT_NEW, ACCEPT_KNOWN, ACCEPT_REFUSED };

/* Judge answers that are given together, all about one student.  Refused: *reason is a
 * clause.  Known: each was given before from the same file, or would change nothing. */
enum accepted accept_judge(const struct accept *accept, long student,
    const struct journal_answer *answers, size_t count, const char **reason);

#endif
