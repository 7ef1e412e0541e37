#ifndef TC_ACKNOWLEDGED_H
#define TC_ACKNOWLEDGED_H
/*
 * acknowledged: errors that stay, and that a person has seen, tc-journal(5).
 *
 * A text among a school's photos is an error in every later run, and would hide what
 * is new.  Once acknowledged it is counted apart and does not set the exit status.  An
 * error is known by its mark, a hash of what it is about: the same trouble in another
 * file has another.  The last word about a mark counts.
 */
struct acknowledged;
struct journal;

struct acknowledged *acknowledged_new(const struct journal *journal);
void acknowledged_free(struct acknowledged *acknowledged);	/* NULL is fine */

int acknowledged_mark(const struct acknowledged *acknowledged,
    const char *mark);
/* Whether an error of that picture is acknowledged: looks through the journal.
 * sha256 may be NULL. */
int acknowledged_picture(const struct journal *journal, const char *sha256);

#endif
