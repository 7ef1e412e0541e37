#ifndef TC_ADVICE_H
#define TC_ADVICE_H
/*
 * advice: what a student who has to be photographed again is told.
 *
 * Plain words: what to do, without pixels of a crop that the student never sees, and
 * nothing that only an office can do.  Where advice has no words of its own for a
 * check, those of reasons.h are plain already.
 */
#include "lib/decision/reasons.h"

struct buf;
struct node;

/* Append what to do about each failed check of the photo, those that reject it
 * first, joined by separator; level info left out.  Returns how many there are: 0
 * when no check says anything that the student can change. */
int advice_all(const struct node *photo, enum language language,
    const char *separator, struct buf *out);

#endif
