#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <math.h>

#include <cmocka.h>

#include "lib/check/measure.h"
#include "lib/check/patches.h"

enum { SIDE = 400, PATCH = 5 };

static const struct measure_face head = {
	.left_eye = { 152, 160 }, .right_eye = { 248, 160 }, .chin = { 200, 280 },
	.left = 110, .right = 290,
};

/* Noise of levels; with side above 1 the same in squares of side pixels. */
static double
steps_of(int levels, int side, double factor)
{
	unsigned char *pixels = malloc(SIDE * SIDE * 3);
	struct measure_face face = head;
	unsigned state;
	double value;
	int i, at;

	for (i = 0; i < SIDE * SIDE; i++) {
		at = i / SIDE / side * SIDE + i % SIDE / side;
		state = (unsigned)at * 2654435761u;
		state ^= state >> 15;
		state *= 2246822519u;
		state ^= state >> 13;
		pixels[3 * i] = pixels[3 * i + 1] = pixels[3 * i + 2] =
		    (unsigned char)(150 + state % (unsigned)levels);
	}
	measure_scale(&face, factor);
	value = patches_steps(pixels, SIDE, SIDE, &face);
	free(pixels);
	return value;
}

static void
skin_has_steps_of_all_sizes(void **state)
{
	double value = steps_of(12, 1, 1);

	(void)state;
	assert_true(value > 1.5 && value < 2.5);
}

static void
patches_have_small_ones_and_large_ones(void **state)
{
	(void)state;
	assert_true(steps_of(30, PATCH, 1) > 4);
}

static void
a_plane_has_none(void **state)
{
	(void)state;
	assert_true(steps_of(1, 1, 1) < 1);
}

static void
a_small_face_is_not_assessed(void **state)
{
	(void)state;
	assert_true(isnan(steps_of(12, 1, 0.5)));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(skin_has_steps_of_all_sizes),
		cmocka_unit_test(patches_have_small_ones_and_large_ones),
		cmocka_unit_test(a_plane_has_none),
		cmocka_unit_test(a_small_face_is_not_assessed),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
