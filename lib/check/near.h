#ifndef TC_NEAR_H
#define TC_NEAR_H
/*
 * near: which hashes of 64 bits differ in few of them.
 *
 * Hashes that differ in d bits agree in at least NEAR_EXACT of d + NEAR_EXACT blocks
 * of their bits.  So for each choice of that many blocks the hashes are put into
 * places by their bits there, and only what meets in a place is compared: of 600,000
 * hashes of faces five with each, and no pair is missed.
 */
#include <stddef.h>	/* size_t */
#include <stdint.h>	/* uint64_t */

enum { NEAR_DISTANCE_MAX = 7, NEAR_EXACT = 3 };

struct near_set {
	const uint64_t *hashes;	/* a hash of 0 is none */
	size_t count;		/* below 2^32 */
};

struct near_search {
	struct near_set ones;
	const struct near_set *others;
	size_t other_count;
	int distance;		/* at most NEAR_DISTANCE_MAX */
	/* Called for each of ones and each of a set of others that differ in at most
	 * distance bits, once, in an order that depends on the hashes only. */
	void (*found)(void *state, size_t one, size_t set, size_t other);
	void *state;
};

/* 20 bytes for each hash of ones and of the largest of the others. */
void near_find(const struct near_search *search);

#endif
