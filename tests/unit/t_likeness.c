#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "lib/check/likeness.h"

enum { COUNT = 3000, DISTANCE = 6 };

static uint64_t
next(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

static void
count_pair(void *state, size_t one, size_t other)
{
	long *found = state;

	assert_true(one < other);
	++*found;
}

/* As many as comparing each with each; no pair twice. */
static void
finds_every_pair(void **state)
{
	uint64_t hashes[COUNT], seed = 88172645463325252u;
	long found = 0, wanted = 0;
	size_t i, j;

	(void)state;
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
	for (i = 0; i < COUNT; i++)
		for (j = i + 1; j < COUNT; j++)
			wanted += hashes[i] != 0 && hashes[j] != 0 &&
			    __builtin_popcountll(hashes[i] ^ hashes[j]) <= DISTANCE;
	likeness_pairs(hashes, COUNT, DISTANCE, count_pair, &found);
	assert_true(wanted > 100);
	assert_int_equal(found, wanted);
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
	    LIKENESS_DISTANCE_MAX);
	for (i = 0; i < sizeof one; i++)
		other[i] = (unsigned char)(255 - one[i]);
	assert_true(likeness_correlation(one, other) < -0.99);
}

int
main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(finds_every_pair),
		cmocka_unit_test(same_picture_is_alike),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
