#ifndef TC_ANSWERS_H
#define TC_ANSWERS_H
/*
 * answers: tables that people filled in, into the journal.
 *
 *	ANSWERS_LINK		the list of unmatched photos (matchlist.h) with
 *				关联学号 filled in
 *	ANSWERS_EXEMPTIONS	特殊情况备案表: 学号, 检查项, 类别代码, 批准人
 *	ANSWERS_UNLOCK		学号 of students whose photo may be replaced
 *
 * A row names its record by the token (token.h), or a student by a number; where
 * both are given and disagree the row is refused.  Refused rows are reported on
 * standard error by their numbers; the others are taken.
 */
#include <stddef.h>	/* size_t */

struct batch;
struct buf;
struct join_photo;
struct ledger;
struct profile;

enum answers_kind { ANSWERS_LINK, ANSWERS_EXEMPTIONS, ANSWERS_UNLOCK };

struct answers {
	const struct batch *batch;
	const struct ledger *ledger;	/* students have their numbers */
	const struct profile *profile;
	const struct join_photo *photos;	/* as they are now */
	const char *who;		/* where the table does not say */
};

/* Read the table at path and append its answers to the journal.  *refused grows by the
 * rows that were refused.  0, or -1 with the reason. */
int answers_take(const struct answers *answers, enum answers_kind kind,
    const char *path, size_t *refused, struct buf *err);

#endif
