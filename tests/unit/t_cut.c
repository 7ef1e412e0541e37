#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/matte/cut.h"

enum { WIDTH = 4, HEIGHT = 3, CELLS = WIDTH * HEIGHT, SIDES = 4 };

struct costs {
	int cell[CELLS][2];
	int fixed[CELLS];		/* label, or -1 */
	int pair[CELLS][SIDES];		/* -1: no neighbour there */
};

static const int reach[SIDES] = { 1, WIDTH, WIDTH + 1, WIDTH - 1 };

/* The same numbers everywhere. */
static unsigned
next(unsigned *seed, unsigned limit)
{
	*seed = *seed * 1103515245u + 12345u;
	return (*seed >> 16) % limit;
}

static void
invent(struct costs *costs, unsigned *seed)
{
	static const int across[] = { 1, 0, 1, -1 }, down[] = { 0, 1, 1, 1 };

	for (int i = 0; i < CELLS; i++) {
		costs->cell[i][0] = (int)next(seed, 10);
		costs->cell[i][1] = (int)next(seed, 10);
		costs->fixed[i] = next(seed, 5) > 0 ? -1 : (int)next(seed, 2);
		for (int s = 0; s < SIDES; s++) {
			int x = i % WIDTH + across[s], y = i / WIDTH + down[s];

			costs->pair[i][s] = x < 0 || x >= WIDTH ||
			    y >= HEIGHT ? -1 : (int)next(seed, 8);
		}
	}
}

static int
cost_of(const struct costs *costs, unsigned labels)
{
	int cost = 0;

	for (int i = 0; i < CELLS; i++) {
		int label = labels >> i & 1;

		if (costs->fixed[i] >= 0 && costs->fixed[i] != label)
			return INT_MAX;
		if (costs->fixed[i] < 0)
			cost += costs->cell[i][label];
		for (int s = 0; s < SIDES; s++)
			if (costs->pair[i][s] > 0 &&
			    (int)(labels >> (i + reach[s]) & 1) != label)
				cost += costs->pair[i][s];
	}
	return cost;
}

static unsigned
cut_out(const struct costs *costs)
{
	struct cut *cut = cut_new(WIDTH, HEIGHT);
	unsigned labels = 0;

	for (int i = 0; i < CELLS; i++) {
		if (costs->fixed[i] >= 0)
			cut_fix(cut, i % WIDTH, i / WIDTH, costs->fixed[i]);
		else
			cut_cell(cut, i % WIDTH, i / WIDTH, costs->cell[i][0],
			    costs->cell[i][1]);
		for (int s = 0; s < SIDES; s++)
			if (costs->pair[i][s] >= 0)
				cut_pair(cut, i % WIDTH, i / WIDTH,
				    (enum cut_side)s, costs->pair[i][s]);
	}
	cut_solve(cut);
	for (int i = 0; i < CELLS; i++)
		labels |= (unsigned)cut_label(cut, i % WIDTH, i / WIDTH) << i;
	cut_free(cut);
	return labels;
}

static void
no_labelling_is_cheaper(void **state)
{
	unsigned seed = 1;

	(void)state;
	for (int round = 0; round < 300; round++) {
		struct costs costs;
		int least = INT_MAX, mine;

		invent(&costs, &seed);
		mine = cost_of(&costs, cut_out(&costs));
		for (unsigned labels = 0; labels < 1u << CELLS; labels++) {
			int cost = cost_of(&costs, labels);

			least = cost < least ? cost : least;
		}
		assert_int_equal(mine, least);
	}
}

static void
a_single_cell_takes_its_cheaper_label(void **state)
{
	struct cut *cut = cut_new(1, 1);

	(void)state;
	cut_cell(cut, 0, 0, 5, 3);
	cut_solve(cut);
	assert_int_equal(cut_label(cut, 0, 0), 1);
	cut_free(cut);
	cut_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_labelling_is_cheaper),
		cmocka_unit_test(a_single_cell_takes_its_cheaper_label),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
