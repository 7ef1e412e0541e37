#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lib/check/margins.h"

enum { WIDTH = 120, HEIGHT = 160 };

static unsigned char pixels[3 * WIDTH * HEIGHT];

static void
fill(int left, int top, int right, int bottom, int level)
{
	for (int y = top; y < bottom; y++)
		memset(pixels + 3 * (y * WIDTH + left), level, (size_t)(3 * (right - left)));
}

/* A wall that darkens downwards, with a person up to both sides below. */
static void
draw(void)
{
	for (int y = 0; y < HEIGHT; y++)
		fill(0, y, WIDTH, y + 1, 240 - y / 4);
	fill(40, 30, 80, 100, 60);
	fill(10, 100, 110, HEIGHT, 40);
}

static void
a_portrait_has_none(void **state)
{
	(void)state;
	draw();
	assert_true(margins_widest(pixels, WIDTH, HEIGHT) == 0);
}

static void
margins_of_any_colour_are_found(void **state)
{
	static const int levels[] = { 255, 0, 128, 215 };

	(void)state;
	for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
		draw();
		fill(0, 0, WIDTH, 6, levels[i]);
		fill(0, HEIGHT - 6, WIDTH, HEIGHT, levels[i]);
		fill(0, 0, 9, HEIGHT, levels[i]);
		fill(WIDTH - 9, 0, WIDTH, HEIGHT, levels[i]);
		assert_true(margins_widest(pixels, WIDTH, HEIGHT) > 4);
		draw();
		fill(0, 0, WIDTH, 12, levels[i]);
		assert_true(margins_widest(pixels, WIDTH, HEIGHT) > 8);
	}
}

static void
a_frame_inside_is_found(void **state)
{
	(void)state;
	draw();
	fill(0, 8, WIDTH, 10, 20);
	assert_true(margins_widest(pixels, WIDTH, HEIGHT) > 5);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_portrait_has_none),
		cmocka_unit_test(margins_of_any_colour_are_found),
		cmocka_unit_test(a_frame_inside_is_found),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
