#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lib/matte/spread.h"
#include "lib/matte/wall.h"

enum { WIDTH = 60, HEIGHT = 80, CELLS = WIDTH * HEIGHT };

/* A wall lit from the left, with a vignette. */
static void
paint(float *lab)
{
	for (int y = 0; y < HEIGHT; y++) {
		for (int x = 0; x < WIDTH; x++, lab += 3) {
			float u = (float)x / WIDTH - 0.5f;
			float v = (float)y / HEIGHT - 0.5f;

			lab[0] = 80 - 20 * u - 30 * (u * u + v * v);
			lab[1] = 2 + 3 * v;
			lab[2] = -4;
		}
	}
}

static double
worst(const float *one, const float *other)
{
	double most = 0;

	for (int i = 0; i < 3 * CELLS; i++)
		most = fmax(most, fabs(one[i] - other[i]));
	return most;
}

static void
light_and_vignette_are_followed(void **state)
{
	static float lab[3 * CELLS], fitted[3 * CELLS];
	static unsigned char mask[CELLS];
	struct wall wall;

	(void)state;
	paint(lab);
	memset(mask, 1, sizeof(mask));
	assert_int_equal(wall_fit(lab, mask, WIDTH, HEIGHT, &wall), 0);
	wall_render(&wall, fitted);
	assert_true(worst(lab, fitted) < 0.5);
}

/* Dark hair over a third of what is shown must not pull the surface. */
static void
what_is_not_wall_does_not_matter(void **state)
{
	static float lab[3 * CELLS], clean[3 * CELLS], fitted[3 * CELLS];
	static unsigned char mask[CELLS];
	struct wall wall;

	(void)state;
	paint(lab);
	memcpy(clean, lab, sizeof(clean));
	memset(mask, 1, sizeof(mask));
	for (int i = 0; i < CELLS; i++)
		if (((unsigned int)i * 2654435761u >> 16) % 3 == 0)
			lab[3 * i] = 15;
	assert_int_equal(wall_fit(lab, mask, WIDTH, HEIGHT, &wall), 0);
	wall_render(&wall, fitted);
	assert_true(worst(clean, fitted) < 1);
}

static void
the_mask_says_what_is_shown(void **state)
{
	static float lab[3 * CELLS], fitted[3 * CELLS], clean[3 * CELLS];
	static unsigned char mask[CELLS];
	struct wall wall;

	(void)state;
	paint(lab);
	memcpy(clean, lab, sizeof(clean));
	for (int i = 0; i < CELLS; i++) {
		int x = i % WIDTH, y = i / WIDTH;

		mask[i] = x < 6 || x >= WIDTH - 6 || y < 8;
		if (!mask[i])
			lab[3 * i] = 0;
	}
	assert_int_equal(wall_fit(lab, mask, WIDTH, HEIGHT, &wall), 0);
	wall_render(&wall, fitted);
	assert_true(worst(clean, fitted) < 4);
}

static void
a_handful_of_pixels_is_no_wall(void **state)
{
	static float lab[3 * CELLS];
	static unsigned char mask[CELLS];
	struct wall wall;

	(void)state;
	mask[7] = mask[9] = 1;
	assert_int_equal(wall_fit(lab, mask, WIDTH, HEIGHT, &wall), -1);
}

static void
unknown_cells_take_after_their_neighbours(void **state)
{
	float values[25], weight[25] = { 0 };

	(void)state;
	for (int i = 0; i < 25; i++)
		values[i] = 999;
	values[0] = 10;
	values[24] = 20;
	weight[0] = weight[24] = 1;
	spread(values, weight, 5, 5, 1);
	assert_true(values[0] == 10 && values[24] == 20);
	for (int i = 0; i < 25; i++)
		assert_true(values[i] >= 10 && values[i] <= 20);
	assert_true(values[1] < 15 && values[23] > 15);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(light_and_vignette_are_followed),
		cmocka_unit_test(what_is_not_wall_does_not_matter),
		cmocka_unit_test(the_mask_says_what_is_shown),
		cmocka_unit_test(a_handful_of_pixels_is_no_wall),
		cmocka_unit_test(unknown_cells_take_after_their_neighbours),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
