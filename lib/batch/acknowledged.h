#ifndef TC_ACKNOWLEDGED_H
#define TC_ACKNOWLEDGED_H
/*
 * acknowledged: errors that a person has acknowledged, tc-journal(5).
 *
 * A text file among a school's photos is an error again in every later run, and would
 * hide new ones.  Once acknowledged it is counted separately and does not set the exit
 * status.  An error is identified by its mark, a hash of the file and of the reason: the
 * same reason in another file has another mark, and so has another reason in the same
 * file.  The last answer about a mark counts.
 */
#include "lib/base/hash.h"	/* HASH_TEXT */

struct acknowledged;
struct journal;

struct acknowledged *acknowledged_new(const struct journal *journal);
void acknowledged_free(struct acknowledged *acknowledged);	/* NULL is fine */

/* Whether the error with this mark is acknowledged. */
int acknowledged_mark(const struct acknowledged *acknowledged,
    const char *mark);
/* The mark of a picture that a tool behind tc-ingest could not process, and why. */
void acknowledged_mark_failure(const char *sha256, const char *reason,
    char mark[static HASH_TEXT]);
/* Whether that failure is acknowledged; sha256 may be NULL. */
int acknowledged_failure(const struct acknowledged *acknowledged, const char *sha256,
    const char *reason);

#endif
