#ifndef TC_OUTCOMES_H
#define TC_OUTCOMES_H
/*
 * outcomes: statuses of students' photos and the reasons, for the summary of a run.
 */
#include "lib/decision/reasons.h"

struct node;
struct outcomes;

struct outcomes *outcomes_new(void);
void outcomes_free(struct outcomes *outcomes);

/* Count a photo that has a picture and a student. */
void outcomes_add(struct outcomes *outcomes, const struct node *photo);

/* Print on standard error, unless -q, of all segments together: how many photos have
 * which status, how many of 10,000 a person has to look at, for how many students a
 * later photo does not count, and each reason with how often it decided. */
void outcomes_report(const struct outcomes *outcomes, enum language language);

#endif
