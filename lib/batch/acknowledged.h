#ifndef TC_ACKNOWLEDGED_H
#define TC_ACKNOWLEDGED_H
/*
 * acknowledged: errors that stay, and that a person has seen, tc-journal(5).
 *
 * A text among a school's photos is an error in every later run, and would hide what
 * is new.  Once acknowledged it is counted apart and does not set the exit status.  An
 * error is known by its mark, a hash of what it is about and of the reason: the same
 * trouble in another file has another, as has another trouble in the same one.  The
 * last word about a mark counts.
 */
#include "lib/base/hash.h"	/* HASH_TEXT */

struct acknowledged;
struct journal;

struct acknowledged *acknowledged_new(const struct journal *journal);
void acknowledged_free(struct acknowledged *acknowledged);	/* NULL is fine */

int acknowledged_mark(const struct acknowledged *acknowledged,
    const char *mark);
/* The mark of a picture that a tool behind tc-ingest could not process, and why. */
void acknowledged_mark_failure(const char *sha256, const char *reason,
    char mark[static HASH_TEXT]);
/* Whether that failure is acknowledged; sha256 may be NULL. */
int acknowledged_failure(const struct acknowledged *acknowledged, const char *sha256,
    const char *reason);

#endif
