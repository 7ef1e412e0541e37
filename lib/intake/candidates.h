#ifndef TC_CANDIDATES_H
#define TC_CANDIDATES_H
/*
 * candidates: which students a path in an upload may refer to, all keys together.
 *
 * Numbers first (match.h).  A name that stands beside a number must not be
 * another student's; one that is nobody's leaves a doubt where it has a character
 * of the student's, and speaks against the join where it has none; so does a number
 * of the same form that nobody has.  Without a number a name alone
 * joins, when it is one person's in the whole roster, no folder or word names
 * another class or college than that person's, and no number stands there that
 * nobody has; such a join is for a person to confirm.  Pure.
 */
#include <stddef.h>	/* size_t */

#include "lib/intake/match.h"

struct candidates;

struct candidates *candidates_new(void);
void candidates_free(struct candidates *whose);	/* NULL is fine */
/* Add the next row, counted from 0. */
void candidates_add(struct candidates *whose, const struct match_keys *keys,
    const char *college, const char *class);
/* After the last row, before the first search. */
void candidates_ready(struct candidates *whose);

void candidates_path(const struct candidates *whose, const char *path,
    struct match *match);

/* The first rows of two rows' persons are the same. */
int candidates_same_person(const struct candidates *whose, size_t row, size_t other);

#endif
