#ifndef TC_SUGGEST_H
#define TC_SUGGEST_H
/*
 * suggest: the known word that somebody may have meant who wrote another.
 *
 * Words are compared without regard to case; near is what becomes the other by few
 * letters that were left out, added, changed or swapped with their neighbour (the
 * distance of Damerau and Levenshtein), or what begins with all of what was written.
 */
#include <stddef.h>	/* size_t */

struct buf;

enum { SUGGEST_LONGEST = 64 };	/* bytes; longer words are not compared */

struct suggest {
	const char *wrote;	/* borrowed */
	char best[SUGGEST_LONGEST + 1];	/* the nearest so far, or "" */
	size_t distance;
};

void suggest_begin(struct suggest *suggest, const char *wrote);
/* Consider one known word, of so many bytes. */
void suggest_consider(struct suggest *suggest, const char *known, size_t len);
/* Consider each of several that blanks, commas or line feeds part. */
void suggest_consider_all(struct suggest *suggest, const char *known);
/* Append ": did you mean '...'?" when there is one. */
void suggest_say(const struct suggest *suggest, struct buf *out);

#endif
