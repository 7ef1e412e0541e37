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

/* A verdict's and a status's word for people, "-" for NULL. */
const char *explain_verdict(const char *verdict, enum language language);
const char *explain_status(const char *status, enum language language);

/* Append what became of one photo: its status, and of each check the number, the limits
 * and the verdict, those that decide first; with the sentence for what was not passed.
 * Names and numbers of people are masked. */
void explain_photo(const struct node *photo, enum language language, struct buf *out);

/* Print that on standard output of each record of a manifest (NULL: standard input) that
 * is meant: by its id, or the student's number.  How many, or -1 with the reason. */
int explain_manifest(const char *path, const char *meant, enum language language,
    struct buf *err);

#endif
