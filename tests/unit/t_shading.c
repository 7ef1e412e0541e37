#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <math.h>

#include <cmocka.h>

#include "lib/check/measure.h"
#include "lib/check/shading.h"

enum { SIDE = 400 };

static const struct measure_face head = {
	.left_eye = { 152, 160 }, .right_eye = { 248, 160 }, .chin = { 200, 280 },
	.left = 110, .right = 290,
};

/* A face whose level falls by slope a pixel to the right, in areas of side pixels. */
static unsigned char *
shaded(double slope, int side)
{
	unsigned char *pixels = malloc(SIDE * SIDE * 3);
	int i;

	for (i = 0; i < SIDE * SIDE * 3; i++)
		pixels[i] = (unsigned char)(230 - slope * (i / 3 % SIDE / side * side));
	return pixels;
}

static double
flat(double slope, int side, double factor)
{
	struct measure_face face = head;
	unsigned char *pixels = shaded(slope, side);
	double value;

	measure_scale(&face, factor);
	value = shading_flat(pixels, SIDE, SIDE, &face);
	free(pixels);
	return value;
}

static void
test_light_that_falls_off_is_shading(void **state)
{
	(void)state;
	assert_true(flat(0.5, 1, 1) < 1);
}

static void
test_areas_of_one_colour_are_none(void **state)
{
	(void)state;
	assert_true(flat(0, 1, 1) > 99);
	/* steps of 20 levels, every tenth spot */
	assert_true(flat(0.5, 40, 1) > 80);
}

static void
test_eyes_too_near_each_other_are_not_judged(void **state)
{
	(void)state;
	assert_true(isfinite(flat(0, 1, 0.26)));
	assert_true(isnan(flat(0, 1, 0.24)));
}

static void
test_a_face_beyond_the_picture_is_not_judged(void **state)
{
	struct measure_face face = head;
	unsigned char *pixels = shaded(0.5, 1);

	(void)state;
	face.left_eye.y = face.right_eye.y = SIDE + 50;
	face.chin.y = SIDE + 200;
	assert_true(isnan(shading_flat(pixels, SIDE, SIDE, &face)));
	free(pixels);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_light_that_falls_off_is_shading),
		cmocka_unit_test(test_areas_of_one_colour_are_none),
		cmocka_unit_test(test_eyes_too_near_each_other_are_not_judged),
		cmocka_unit_test(test_a_face_beyond_the_picture_is_not_judged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
