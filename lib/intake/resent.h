#ifndef TC_RESENT_H
#define TC_RESENT_H
/*
 * resent: the same bytes for the same student once more.
 *
 * A folder that grows from day to day is sent whole each time: bytes that the student
 * had are no arrival, and no retake.  They are one where the student has had other
 * ones since and the upload has nothing but these for the student: then they were
 * sent on purpose.  Under a name that says more surely whose they are, they take the
 * place of those before.  Entries are looked at in the order of their arrival.
 */
#include <stddef.h>	/* size_t */

struct resent;
struct join_photo;

struct resent *resent_new(size_t students);
void resent_free(struct resent *again);

/* Whether the student's candidate is no arrival, or none before the upload's end is
 * seen. */
int resent_is(struct resent *again, const struct join_photo *candidate,
    size_t student);

/* After an upload's last entry: offer what was sent on purpose, whose entry of before
 * becomes LEDGER_AGAIN. */
void resent_end(struct resent *again, void (*offer)(void *state,
    const struct join_photo *candidate, size_t student), void *state);

#endif
