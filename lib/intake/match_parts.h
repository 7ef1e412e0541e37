#ifndef TC_MATCH_PARTS_H
#define TC_MATCH_PARTS_H
/*
 * match_parts: what match.c, the index of keys, and numbers.c, which looks for them
 * in names, share; nobody else includes this.
 */
#include <stddef.h>	/* size_t */

#include "lib/intake/match.h"

struct match_hit {
	size_t row;
	enum match_field by;
};

/* The rows of which the len bytes at key, folded, are a key, as far as there is
 * room; returns how many there are. */
size_t match_find(const struct match_index *index, const char *key, size_t len,
    struct match_hit *hits, size_t room);

#endif
