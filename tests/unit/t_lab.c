#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "lib/matte/lab.h"

static void
near(double value, double expected, double tolerance)
{
	if (fabs(value - expected) > tolerance)
		fail_msg("%.4f is not %.4f", value, expected);
}

static void
known_colours_have_their_values(void **state)
{
	static const double colours[][6] = {
		{ 0, 0, 0, 0, 0, 0 },
		{ 255, 255, 255, 100, 0, 0 },
		{ 255, 0, 0, 53.24, 80.09, 67.20 },
		{ 0, 0, 255, 32.30, 79.19, -107.86 },
		{ 119, 119, 119, 50.03, 0, 0 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(colours) / sizeof(*colours); i++) {
		double lab[3];

		lab_exact(colours[i], lab);
		for (int c = 0; c < 3; c++)
			near(lab[c], colours[i][3 + c], 0.02);
	}
}

static void
the_table_agrees_with_the_definition(void **state)
{
	struct lab_table *table = malloc(sizeof(*table));

	(void)state;
	assert_non_null(table);
	lab_table_init(table);
	for (int i = 0; i < 17 * 17 * 17; i++) {
		double rgb[3] = { i % 17 * 15.9375, i / 17 % 17 * 15.9375,
			i / 289 * 15.9375 }, exact[3];
		float coarse[3] = { (float)rgb[0], (float)rgb[1],
			(float)rgb[2] }, fast[3];

		lab_exact(rgb, exact);
		lab_fast(table, coarse, fast);
		for (int c = 0; c < 3; c++)
			near(fast[c], exact[c], 0.05);
	}
	free(table);
}

/* From the table of Sharma, Wu and Dalal. */
static void
differences_are_those_of_the_paper(void **state)
{
	static const double pairs[][7] = {
		{ 50, 2.6772, -79.7751, 50, 0, -82.7485, 2.0425 },
		{ 50, -1.3802, -84.2814, 50, 0, -82.7485, 1.0000 },
		{ 50, 0, 0, 50, -1, 2, 2.3669 },
		{ 50, 2.49, -0.001, 50, -2.49, 0.0009, 7.1792 },
		{ 50, 2.49, -0.001, 50, -2.49, 0.0011, 7.2195 },
		{ 50, -0.001, 2.49, 50, 0.0011, -2.49, 4.7461 },
		{ 50, 2.5, 0, 73, 25, -18, 27.1492 },
		{ 60.2574, -34.0099, 36.2677, 60.4626, -34.1751, 39.4387,
			1.2644 },
		{ 22.7233, 20.0904, -46.6940, 23.0331, 14.9730, -42.5619,
			2.0373 },
		{ 2.0776, 0.0795, -1.1350, 0.9033, -0.0636, -0.5514, 0.9082 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(pairs) / sizeof(*pairs); i++) {
		near(lab_delta(pairs[i], pairs[i] + 3), pairs[i][6], 0.0001);
		near(lab_delta(pairs[i] + 3, pairs[i]), pairs[i][6], 0.0001);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_colours_have_their_values),
		cmocka_unit_test(the_table_agrees_with_the_definition),
		cmocka_unit_test(differences_are_those_of_the_paper),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
