#ifndef TC_EXPLAIN_H
#define TC_EXPLAIN_H
/*
 * explain: the checks in words, for an operator at a terminal: tc-check --list and
 * --explain.
 */
#include "lib/decision/reasons.h"

struct buf;
struct node;
struct profile;

/* Append all checks of the profile: id, level, limits, name, what is said of who does
 * not pass it, and where the limit comes from. */
void explain_checks(const struct profile *profile, enum language language, struct buf *out);

/* Append what became of one photo: its status, and of each check the number, the limits
 * and the verdict, those that decide first; with the sentence for what was not passed.
 * Names and numbers of people are masked. */
void explain_photo(const struct node *photo, enum language language, struct buf *out);

/* Whether the record is the one that is meant: by its id, or the student's number. */
int explain_is_meant(const struct node *photo, const char *meant);

#endif
