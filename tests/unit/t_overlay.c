#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lib/check/measure.h"
#include "lib/check/overlay.h"

enum { WIDTH = 480, HEIGHT = 640 };

static unsigned char pixels[3 * WIDTH * HEIGHT];
static const struct measure_face face = { .left_eye = { 200, 200 }, .right_eye = { 280, 200 },
	.chin = { 240, 310 }, .left = 150, .right = 330 };
static const unsigned char white[3] = { 240, 240, 240 }, black[3] = { 30, 30, 30 },
	orange[3] = { 255, 138, 32 };

static void
fill(int left, int top, int right, int bottom, const unsigned char colour[static 3])
{
	for (int y = top; y < bottom; y++)
		for (int x = left; x < right; x++)
			memcpy(pixels + 3 * (y * WIDTH + x), colour, 3);
}

/* Letters E, 12 wide and 18 high, each 20 further and `fall` lower. */
static void
write_letters(int x, int y, int fall, int count, const unsigned char colour[static 3])
{
	for (int i = 0; i < count; i++, x += 20, y += fall) {
		fill(x, y, x + 3, y + 18, colour);
		for (int bar = 0; bar < 18; bar += 7)
			fill(x, y + bar, x + 12, y + bar + 3, colour);
	}
}

static double
letters(void)
{
	return overlay_letters(pixels, WIDTH, HEIGHT, &face);
}

static void
an_empty_picture_has_none(void **state)
{
	(void)state;
	fill(0, 0, WIDTH, HEIGHT, white);
	assert_true(letters() == 0);
	fill(100, 320, 380, HEIGHT, black);
	assert_true(letters() < 3);
}

static void
letters_in_a_line_are_counted(void **state)
{
	(void)state;
	fill(0, 0, WIDTH, HEIGHT, white);
	write_letters(40, 560, 0, 7, orange);
	assert_true(letters() == 7);
	fill(0, 0, WIDTH, HEIGHT, white);
	write_letters(40, 400, 8, 7, black);
	assert_true(letters() == 7);
}

static void
steep_lines_and_letters_at_the_edges_are_counted(void **state)
{
	(void)state;
	fill(0, 0, WIDTH, HEIGHT, white);
	write_letters(20, 400, 23, 8, black);
	assert_true(letters() == 8);
	fill(0, 0, WIDTH, HEIGHT, white);
	write_letters(0, HEIGHT - 18, 0, 24, black);
	assert_true(letters() == 24);
	fill(0, 0, WIDTH, HEIGHT, white);
	for (int y = 340; y + 18 < HEIGHT; y += 27)
		write_letters(3, y, 0, 23, black);
	assert_true(letters() == 23);
}

/* Letters E of 28 by 28, each 36 below the one before. */
static void
letters_below_each_other_are_counted(void **state)
{
	(void)state;
	fill(0, 0, WIDTH, HEIGHT, white);
	for (int y = 60; y < 60 + 6 * 36; y += 36) {
		fill(30, y, 34, y + 28, black);
		for (int bar = 0; bar < 28; bar += 12)
			fill(30, y + bar, 58, y + bar + 4, black);
	}
	assert_true(letters() == 6);
}

/* Dark behind the one half, light behind the other. */
static void
what_is_behind_may_change(void **state)
{
	(void)state;
	fill(0, 0, WIDTH, HEIGHT, white);
	fill(0, 400, 118, HEIGHT, black);
	write_letters(40, 560, 0, 8, orange);
	assert_true(letters() >= 7);
}

static void
shapes_of_many_sizes_are_no_line(void **state)
{
	(void)state;
	fill(0, 0, WIDTH, HEIGHT, white);
	for (int i = 0; i < 8; i++)
		fill(40 + 24 * i, 560, 43 + 24 * i, 568 + 10 * (i % 3) * (i % 3), black);
	assert_true(letters() < 5);
}

static void
a_face_has_no_letters(void **state)
{
	(void)state;
	fill(0, 0, WIDTH, HEIGHT, white);
	write_letters(170, 220, 0, 6, black);
	assert_true(letters() == 0);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_empty_picture_has_none),
		cmocka_unit_test(letters_in_a_line_are_counted),
		cmocka_unit_test(steep_lines_and_letters_at_the_edges_are_counted),
		cmocka_unit_test(letters_below_each_other_are_counted),
		cmocka_unit_test(what_is_behind_may_change),
		cmocka_unit_test(shapes_of_many_sizes_are_no_line),
		cmocka_unit_test(a_face_has_no_letters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
