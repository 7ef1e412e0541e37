#ifndef TC_CANDIDATES_H
#define TC_CANDIDATES_H
/*
 * candidates: which students a path in an upload may refer to, all keys together.
 *
 * Numbers first (match.h).  A name beside a number must not be another student's.  A name
 * that no student has leaves a doubt where it shares a character with the student's name,
 * and prevents the match where it shares none; a further number of the same form that no
 * student has prevents it too.  Without a number a name alone matches, when only one
 * person in the whole roster has it, no folder or word names another class or college, and
 * the path holds no unknown number; a person has to confirm such a match.  Pure.
 */
#include <stddef.h>	/* size_t */

#include "lib/intake/match.h"

struct candidates;

struct candidates *candidates_new(void);
void candidates_free(struct candidates *candidates);	/* NULL is fine */
/* Add the next row, counted from 0. */
void candidates_add(struct candidates *candidates, const struct match_keys *keys,
    const char *college, const char *class);
/* After the last row, before the first search. */
void candidates_ready(struct candidates *candidates);

void candidates_path(const struct candidates *candidates, const char *path,
    struct match *match);
/* Whether the last component of a path has a person's name that is not the row's. */
int candidates_another(const struct candidates *candidates, const char *path, size_t row);

/* Whether two rows are of one person. */
int candidates_same_person(const struct candidates *candidates, size_t row, size_t other);

#endif
