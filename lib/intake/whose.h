#ifndef TC_WHOSE_H
#define TC_WHOSE_H
/*
 * whose: which students a path in an upload speaks of, all keys together.
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

struct whose;

struct whose *whose_new(void);
void whose_free(struct whose *whose);	/* NULL is fine */
/* Add the next row, counted from 0. */
void whose_add(struct whose *whose, const struct match_keys *keys,
    const char *college, const char *class);
/* After the last row, before the first search. */
void whose_ready(struct whose *whose);

void whose_path(const struct whose *whose, const char *path,
    struct match *match);

/* The first rows of two rows' persons are the same. */
int whose_same_person(const struct whose *whose, size_t row, size_t other);

#endif
