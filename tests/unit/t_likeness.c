#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/check/likeness.h"
#include "lib/check/hashpairs.h"

enum { COUNT = 1000 };

static uint64_t
next(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

/* Of which set and how often each pair was found. */
static unsigned char shown[2][COUNT][COUNT];

static void
note_pair(void *state, size_t one, size_t set, size_t other)
{
	(void)state;
	shown[set][one][other]++;
}

static void
fill(uint64_t *hashes, uint64_t seed)
{
	size_t i, j;

	for (i = 0; i < COUNT; i++) {
		hashes[i] = next(&seed);
		if (i > 0 && i % 3 == 0) {
			hashes[i] = hashes[i - 1];
			for (j = 0; j < i % 10; j++)
				hashes[i] ^= (uint64_t)1 << next(&seed) % 64;
		}
		if (i % 97 == 0)
			hashes[i] = 0;
	}
}

/* What comparing each with each shows, and once; within a set, and with another whose
 * hashes are those of the first in another order, or not quite. */
static void
finds_every_pair(void **state)
{
	static uint64_t hashes[COUNT], others[COUNT];
	const struct hashpairs_set sets[] = { { hashes, COUNT }, { others, COUNT - 5 } };
	struct hashpairs_search search = { sets[0], sets, 2, 0, note_pair, NULL };
	size_t i, j, set;
	long wanted;
	int near;

	(void)state;
	fill(hashes, 88172645463325252u);
	for (i = 0; i < COUNT; i++)
		others[i] = hashes[COUNT - 1 - i] ^ (i % 4 == 0 ? 0x8421 : 0);
	for (; search.distance <= HASHPAIRS_DISTANCE_MAX; search.distance++) {
		memset(shown, 0, sizeof shown);
		hashpairs_find(&search);
		for (set = 0, wanted = 0; set < 2; set++)
			for (i = 0; i < COUNT; i++)
				for (j = 0; j < sets[set].count; j++) {
					near = hashes[i] != 0 &&
					    sets[set].hashes[j] != 0 &&
					    __builtin_popcountll(hashes[i] ^
					    sets[set].hashes[j]) <= search.distance;
					wanted += near;
					if (shown[set][i][j] != near)
						fail();
				}
		assert_true(wanted > COUNT);
	}
}

static void
mirrors(void **state)
{
	static unsigned char pixels[LIKENESS_SIDE * LIKENESS_SIDE], turned[sizeof pixels];
	unsigned char small[LIKENESS_SMALL_BYTES], small_turned[sizeof small];
	uint64_t seed = 7, hash;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof pixels; i++)
		turned[i] = pixels[i] = (unsigned char)(next(&seed) % 256);
	likeness_mirror(turned);
	assert_int_equal(turned[0], pixels[LIKENESS_SIDE - 1]);
	hash = likeness_hash(pixels);
	assert_true(likeness_hash(turned) == likeness_hash_mirrored(hash));
	assert_true(likeness_hash_mirrored(likeness_hash_mirrored(hash)) == hash);
	assert_true(likeness_hash_mirrored(0) == 0);
	likeness_small(pixels, small);
	likeness_small(turned, small_turned);
	assert_true(likeness_small_correlation(small, small_turned) < 0.9);
	likeness_small_mirror(small_turned);
	assert_memory_equal(small, small_turned, sizeof small);
}

static void
same_picture_is_alike(void **state)
{
	static unsigned char one[LIKENESS_SIDE * LIKENESS_SIDE], other[sizeof one];
	uint64_t seed = 1;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof one; i++) {
		one[i] = (unsigned char)(60 + (i * i / 700 + i % 64 * 3) % 120);
		other[i] = (unsigned char)(one[i] + next(&seed) % 5);
	}
	assert_true(likeness_correlation(one, other) > 0.99);
	assert_true(__builtin_popcountll(likeness_hash(one) ^ likeness_hash(other)) <=
	    HASHPAIRS_DISTANCE_MAX);
	for (i = 0; i < sizeof one; i++)
		other[i] = (unsigned char)(255 - one[i]);
	assert_true(likeness_correlation(one, other) < -0.99);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_every_pair),
		cmocka_unit_test(mirrors),
		cmocka_unit_test(same_picture_is_alike),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
