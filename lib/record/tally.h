#ifndef TC_TALLY_H
#define TC_TALLY_H
/*
 * tally: how many photos failed which check, for the end of a run.
 */
#include "lib/record/reasons.h"

struct node;
struct tally;

struct tally *tally_new(void);
void tally_free(struct tally *tally);

/* Count a photo that has a picture and a student. */
void tally_add(struct tally *tally, const struct node *photo);

/* Print on standard error, unless -q: what share passed, how many of 10,000 a person
 * has to look at, and the reasons by how often they decided, in that language. */
void tally_report(const struct tally *tally, enum language language);

#endif
