#ifndef TC_TALLY_H
#define TC_TALLY_H
/*
 * tally: what became of students' photos and why, for the end of a run.
 */
#include "lib/record/reasons.h"

struct node;
struct tally;

struct tally *tally_new(void);
void tally_free(struct tally *tally);

/* Count a photo that has a picture and a student. */
void tally_add(struct tally *tally, const struct node *photo);

/* Print on standard error, unless -q, of all segments together: how many photos have
 * which status, how many of 10,000 a person has to look at, for how many students a
 * later photo does not count, and each reason with how often it decided. */
void tally_report(const struct tally *tally, enum language language);

#endif
