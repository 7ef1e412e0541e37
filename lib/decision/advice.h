#ifndef TC_ADVICE_H
#define TC_ADVICE_H
/*
 * advice: what to tell a student who has to be photographed again.
 *
 * Plain words: what to do, without pixels of a crop that the student never sees, and
 * nothing that only an office can do.  Checks that have no sentence of their own here
 * have a plain one in reasons.h.
 */
#include "lib/decision/reasons.h"

struct buf;
struct node;

/* Append what to do about each failed check of the photo, those that reject it first,
 * joined by separator; checks of level info are left out.  Returns how many there are: 0
 * when there is nothing that the student can change. */
int advice_all(const struct node *photo, enum language language,
    const char *separator, struct buf *out);

#endif
