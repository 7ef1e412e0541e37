#ifndef TC_COMPARE_H
#define TC_COMPARE_H
/*
 * compare: what changed between two manifests, student by student.
 *
 * Students that are new or missing; changes of photo, roster fields, status, verdicts,
 * numbers of checks and registration image.  Names and numbers of people are masked; of
 * roster fields only the fields' names are printed.  No batch directory is needed.
 */
#include "lib/decision/reasons.h"

struct buf;
struct node;


/* Print on standard output, for a person, or with json as records, what changed between
 * two manifests, now NULL for standard input, and the sums.  0, or -1 with the reason. */
int compare_manifests(const char *earlier, const char *now, int json,
    enum language language, struct buf *err);

#endif
