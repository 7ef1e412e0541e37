#ifndef TC_RESENT_H
#define TC_RESENT_H
/*
 * resent: the same bytes for the same student once more.
 *
 * Schools send a growing folder whole each time: a picture that the student had already is
 * no new arrival, and no retake.  It is one when the student has had another picture since
 * and the upload holds no other one for the student: then it was sent on purpose.  Under a
 * file name that matches more certainly it replaces the earlier entry.  Entries are taken
 * in the order of their arrival.
 */
#include <stddef.h>	/* size_t */

struct resent;
struct join_photo;

struct resent *resent_new(size_t students);
void resent_free(struct resent *resent);

/* Whether the student's candidate is no arrival, or none before the upload's end is
 * seen. */
int resent_is(struct resent *resent, const struct join_photo *candidate,
    size_t student);

/* After an upload's last entry: offer what was sent on purpose, whose entry of before
 * becomes LEDGER_AGAIN. */
void resent_end(struct resent *resent, void (*offer)(void *state,
    const struct join_photo *candidate, size_t student), void *state);

#endif
