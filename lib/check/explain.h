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

/* Append all checks of the profile: id, level, limits, name, the sentence for a photo that
 * does not pass, and the source of the limit. */
void explain_checks(const struct profile *profile, enum language language, struct buf *out);

/* A verdict's and a status's word for people, "-" for NULL. */
const char *explain_verdict(const char *verdict, enum language language);
const char *explain_status(const char *status, enum language language);

/* Append the result for one photo: its status, and for each check number, limits and
 * verdict, with a sentence where it was not passed; the checks that decided the status come
 * first.  Names and numbers of people are masked. */
void explain_photo(const struct node *photo, enum language language, struct buf *out);

/* Print that on standard output for each record of a manifest (NULL: standard input) that
 * has the id meant, or whose student has that number.  How many, or -1 with the reason. */
int explain_manifest(const char *path, const char *meant, enum language language,
    struct buf *err);

#endif
