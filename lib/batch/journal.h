#ifndef TC_JOURNAL_H
#define TC_JOURNAL_H
/*
 * journal: what people said about a batch, tc-journal(5).
 *
 * batch/decisions.ndjson, one answer a line, only ever appended to.  This is the
 * one module that reads and writes it; what the answers do to a photo record is
 * in lib/decision.  The file has a lock of its own, so that tools that share the
 * batch may append at the same time.
 *
 * Its length and hash are remembered in the batch's identity: a journal that is
 * missing, shorter or altered is an error.  A line that a killed run left unfinished
 * was never acknowledged: it is reported, and put aside by the next append.
 */
#include <stddef.h>	/* size_t */

struct batch;
struct buf;
struct journal;
struct node;

enum journal_kind {
	JOURNAL_LINK,		/* this picture is this student's */
	JOURNAL_UNLINK,		/* this picture is not this student's */
	JOURNAL_CORRECTION,	/* a claim: field is not `before` but `after` */
	JOURNAL_REVIEW,		/* of a picture: `after` is "pass" or "reject" */
	JOURNAL_EXEMPTION,	/* field is the id of the check */
	JOURNAL_LOCK,		/* the school confirmed the picture */
	JOURNAL_UNLOCK,
	JOURNAL_DELIVERY,	/* a bundle held these pictures */
	JOURNAL_NOTICE,		/* the school was told about these records */
	JOURNAL_FEEDBACK,	/* the stamped form arrived; no record */
	JOURNAL_REGISTER,	/* the register's answer: `after` is "accepted",
				 * "rejected", "uncertain" or "abnormal" */
	JOURNAL_IDENTITY,	/* the operator ends a claim: `after` is right, or
				 * with none what the roster says is; closes a
				 * remark */
	JOURNAL_PRINT,		/* sheets of prints held these pictures */
	JOURNAL_STATISTICS,	/* figures of day `field`, as they were published,
				 * in `after`; no record */
	JOURNAL_PARCEL,		/* parcel `field` was sent, as number `after` by carrier
				 * `reason`; no record */
	JOURNAL_ACKNOWLEDGE,	/* a person has seen the error with the mark
				 * `field`: `after` is "known" or "open"; no
				 * record, acknowledged.h */
	JOURNAL_ATTEMPT,	/* a picture was rejected: `after` is "failed", "cooling"
				 * until day `field`, or "locked" (account.h) */
	JOURNAL_KINDS
};

/* One answer about one record.  Texts are NULL where there is none; whoever
 * fills it in borrows them, what journal_at gives belongs to the journal. */
struct journal_answer {
	enum journal_kind kind;
	const char *record;	/* "BATCH-N"; NULL with JOURNAL_FEEDBACK,
				 * JOURNAL_STATISTICS, JOURNAL_PARCEL and
				 * JOURNAL_ACKNOWLEDGE only */
	const char *field;
	const char *before, *after;
	const char *reason;	/* check id or words; exemption: category code */
	const char *picture;	/* SHA-256 of the upload that it is about */
	const char *image;	/* delivery: SHA-256 of the registration image */
	const char *role;	/* who answered, machine.h; NULL: by the kind */
	const char *who;	/* required */
	const char *when;	/* YYYY-MM-DDTHH:MM:SSZ; NULL: now */
	const char *file;	/* SHA-256 of the file that it came in, or that went
				 * out: bundle, list; NULL: the command line */
	const char *file_name;
};

/* "link", "unlink" ... */
const char *journal_kind_name(enum journal_kind kind);

/* Append answers, all together and durable when this returns.  Left out is what
 * is there already: the same answer from the same file, or, from the command
 * line, the last answer about this record and matter.  *added may be NULL.
 * An answer that lacks what its kind requires is an error, and nothing is written.  A
 * dry run writes only to a scratch batch (scratch.h), which is the only one that is then
 * open BATCH_EXCLUSIVE.  0, or -1 with the reason. */
int journal_append(const struct batch *batch,
    const struct journal_answer *answers, size_t count, size_t *added,
    struct buf *err);

/* Whether journal_append would leave the answer out. */
int journal_knows(const struct journal *journal,
    const struct journal_answer *answer);

/* Accept the journal as it is, although it is not what was last written: what is
 * missing stays lost.  0, or -1 with the reason. */
int journal_accept(const struct batch *batch, struct buf *err);

/* Read all answers; an empty journal when there is no file.  NULL with the
 * reason.  Free with journal_free. */
struct journal *journal_load(const struct batch *batch, struct buf *err);
void journal_free(struct journal *journal);	/* NULL is fine */

/* All answers in the order in which they were given. */
size_t journal_count(const struct journal *journal);
const struct journal_answer *journal_at(const struct journal *journal,
    size_t index);

/* Those about one record, oldest first: the answer after previous (NULL: the
 * first), or NULL. */
const struct journal_answer *journal_next(const struct journal *journal,
    const char *record, const struct journal_answer *previous);

#endif
