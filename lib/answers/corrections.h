#ifndef TC_CORRECTIONS_H
#define TC_CORRECTIONS_H
/*
 * corrections: what schools and reviewers answered, into the journal.
 *
 * One reader for the sheet 勘误 as it came back (errata.h), what the review page
 * downloads (reviewpage.h), and a table typed by hand with 学号 and 校对结果 or
 * 审核结果.  A row without an answer is skipped.  A file of another batch, or
 * one whose column of references was changed, is refused as a whole; a row that
 * cannot be understood is reported by its number and refused alone.
 *
 *	正确			the picture is confirmed (lock)
 *	合格			a reviewer passes the picture
 *	需重拍			the picture is rejected, with the reason
 *	姓名, 证件号, 学号有误	a claim: the student is held
 *	照片不是本人		the pictures of students who name one another, by
 *				应改为, are swapped; else the picture is nobody's
 *				and the students concerned are held
 *	其他			the student is held
 */
#include <stddef.h>	/* size_t */

struct batch;
struct buf;
struct join_photo;
struct ledger;
struct profile;

struct corrections {
	const struct batch *batch;
	const struct ledger *ledger;	/* students have their numbers */
	const struct profile *profile;
	const struct join_photo *photos;	/* as they are now */
	const char *who;		/* where the file does not say */
	int accept_identity;		/* end claims with what they say */
};

/* Read the file at path and append its answers to the journal.  *refused grows by the rows
 * that were refused.  0, or -1 with the reason, and then nothing was appended. */
int corrections_take(const struct corrections *corrections, const char *path,
    size_t *refused, struct buf *err);

#endif
