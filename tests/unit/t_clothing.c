#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <math.h>
#include <string.h>

#include <cmocka.h>

#include "lib/check/clothing.h"
#include "lib/check/measure.h"
#include "lib/matte/matte.h"

enum { WIDTH = 200, HEIGHT = 240, STEP = 4, COLS = WIDTH / STEP, ROWS = HEIGHT / STEP };

static unsigned char pixels[3 * WIDTH * HEIGHT];
static struct matte_side sides[COLS * ROWS];
static struct matte matte = { .width = WIDTH, .height = HEIGHT, .side = sides,
	.cols = COLS, .rows = ROWS, .step = STEP };
/* From eyes to chin 50: clothes are looked at from 145 to 210. */
static const struct measure_face face = { .left_eye = { 80, 50 }, .right_eye = { 120, 50 },
	.chin = { 100, 100 }, .left = 60, .right = 140 };
static const unsigned char skin[3] = { 214, 170, 146 };

static void
fill(int top, int bottom, const unsigned char colour[static 3])
{
	for (int i = top * WIDTH; i < bottom * WIDTH; i++)
		memcpy(pixels + 3 * i, colour, 3);
}

/* A face of skin above clothes of one colour, which fill the picture. */
static void
draw(const unsigned char colour[static 3])
{
	fill(0, 110, skin);
	fill(110, HEIGHT, colour);
	for (int i = 0; i < COLS * ROWS; i++)
		sides[i].inside = 3;
}

static struct clothing
measure(void)
{
	struct clothing_range ranges[CLOTHING_RANGES_MAX];
	struct clothing clothing;
	int count = clothing_ranges("215-300 28-100, 130-215 60-100", ranges);

	assert_int_equal(count, 2);
	clothing_measure(pixels, &matte, &face, ranges, count, &clothing);
	assert_true(clothing.seen);
	return clothing;
}

static void
blue_and_light_green_are_unwanted_and_navy_is_not(void **state)
{
	static const unsigned char unwanted[][3] = { { 60, 100, 190 }, { 150, 200, 240 },
		{ 160, 225, 170 } };
	static const unsigned char fine[][3] = { { 28, 34, 60 }, { 250, 250, 252 }, { 40, 40, 42 },
		{ 120, 30, 40 }, { 40, 80, 50 }, { 200, 170, 120 } };
	size_t i;

	(void)state;
	for (i = 0; i < sizeof unwanted / sizeof *unwanted; i++) {
		draw(unwanted[i]);
		assert_true(measure().unwanted > 99);
		assert_memory_equal(measure().median, unwanted[i], 3);
	}
	for (i = 0; i < sizeof fine / sizeof *fine; i++) {
		draw(fine[i]);
		assert_true(measure().unwanted < 1 && measure().pattern < 1);
	}
}

static void
stripes_are_a_pattern(void **state)
{
	static const unsigned char white[3] = { 240, 240, 240 }, red[3] = { 150, 30, 30 };

	(void)state;
	draw(white);
	for (int y = 112; y < HEIGHT; y += 16)
		fill(y, y + 8, red);
	assert_true(measure().pattern > 40);
}

static void
skin_is_bare_and_a_grey_face_says_nothing_of_it(void **state)
{
	static const unsigned char grey[3] = { 170, 170, 170 };

	(void)state;
	draw(skin);
	assert_true(measure().bare > 99);
	draw(grey);
	assert_true(measure().bare < 1);
	fill(0, 110, grey);
	assert_true(measure().bare < 1);
}

static void
ranges_are_refused_that_are_none(void **state)
{
	struct clothing_range ranges[CLOTHING_RANGES_MAX];

	(void)state;
	assert_int_equal(clothing_ranges("none", ranges), 0);
	assert_int_equal(clothing_ranges("350-20 0-100", ranges), 1);
	assert_true(ranges[0].hue[0] == 350 && ranges[0].hue[1] == 20);
	assert_int_equal(clothing_ranges("blue", ranges), -1);
	assert_int_equal(clothing_ranges("215-300 28-100;", ranges), -1);
	assert_int_equal(clothing_ranges("1-2 3-4,1-2 3-4,1-2 3-4,1-2 3-4,1-2 3-4,1-2 3-4,"
	    "1-2 3-4,1-2 3-4,1-2 3-4", ranges), -1);
}

static void
ranges_that_no_colour_is_in_are_refused(void **state)
{
	static const char *const wrong[] = { "", " ", "215-300", "215-300 28-100,",
		"215-300 28-100 130-215 60-100", "380-400 10-20", "-20-40 10-20",
		"nan-nan 0-100", "215-300 60-20", "215-300 28-101" };
	struct clothing_range ranges[CLOTHING_RANGES_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
		assert_int_equal(clothing_ranges(wrong[i], ranges), -1);
	assert_int_equal(clothing_ranges("340-20 0-100 ,215-300 28-100", ranges), 2);
	assert_true(ranges[0].hue[0] == 340 && ranges[1].light[1] == 100);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(ranges_that_no_colour_is_in_are_refused),
		cmocka_unit_test(blue_and_light_green_are_unwanted_and_navy_is_not),
		cmocka_unit_test(stripes_are_a_pattern),
		cmocka_unit_test(skin_is_bare_and_a_grey_face_says_nothing_of_it),
		cmocka_unit_test(ranges_are_refused_that_are_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
