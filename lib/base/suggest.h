#ifndef TC_SUGGEST_H
#define TC_SUGGEST_H
/*
 * suggest: the known word that is nearest to a word that is not known.
 *
 * Words are compared without regard to case.  Two are near when few letters were left
 * out, added, changed or swapped with their neighbour (Damerau-Levenshtein distance), or
 * when one begins with the other.
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
/* Consider each of several words, separated by blanks, commas or line feeds. */
void suggest_consider_all(struct suggest *suggest, const char *known);
/* Append ": did you mean '...'?" when there is one. */
void suggest_say(const struct suggest *suggest, struct buf *out);

#endif
