#ifndef TC_HASHPAIRS_H
#define TC_HASHPAIRS_H
/*
 * hashpairs: pairs of hashes of 64 bits that differ in few bits.
 *
 * Hashes that differ in d bits agree in at least HASHPAIRS_EXACT of d + HASHPAIRS_EXACT blocks
 * of their bits.  So for each choice of that many blocks the hashes are put into buckets by
 * their bits in these blocks, and only hashes of one bucket are compared: with 600,000
 * hashes of faces about five comparisons for each, and no pair is missed.
 */
#include <stddef.h>	/* size_t */
#include <stdint.h>	/* uint64_t */

enum { HASHPAIRS_DISTANCE_MAX = 7, HASHPAIRS_EXACT = 3 };

struct hashpairs_set {
	const uint64_t *hashes;	/* a hash of 0 is none */
	size_t count;		/* below 2^32 */
};

struct hashpairs_search {
	struct hashpairs_set ones;
	const struct hashpairs_set *others;
	size_t other_count;
	int distance;		/* at most HASHPAIRS_DISTANCE_MAX */
	/* Called for each of ones and each of a set of others that differ in at most
	 * distance bits, once, in an order that depends on the hashes only. */
	void (*found)(void *state, size_t one, size_t set, size_t other);
	void *state;
};

/* 20 bytes for each hash of ones and of the largest of the others. */
void hashpairs_find(const struct hashpairs_search *search);

#endif
