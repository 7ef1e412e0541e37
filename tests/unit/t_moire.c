#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "lib/check/moire.h"

enum { WIDTH = 300, HEIGHT = 280, WINDOW = 256 };

static const struct point middle = { WIDTH / 2.0, HEIGHT / 2.0 };

/* The peak of grey with noise and a wave, across and down the window. */
static double
peak_with(double across, double down, double height)
{
	static unsigned char pixels[HEIGHT * WIDTH * 3];
	unsigned noise = 1;
	double level;
	int x, y, c;

	for (y = 0; y < HEIGHT; y++)
		for (x = 0; x < WIDTH; x++) {
			noise = noise * 1664525 + 1013904223;
			level = 128 + (double)(noise >> 27) - 16 + height *
			    cos(2 * M_PI * (across * x + down * y) / WINDOW);
			for (c = 0; c < 3; c++)
				pixels[(y * WIDTH + x) * 3 + c] = (unsigned char)level;
		}
	return moire_peak(pixels, WIDTH, HEIGHT, middle);
}

static void
test_noise_has_no_peak(void **state)
{
	(void)state;
	assert_true(peak_with(0, 0, 0) < 12);
}

/* Odd or even, near the least and the most, leaning left or right. */
static void
test_a_wave_is_seen_whichever_way_it_runs(void **state)
{
	static const double waves[][2] = {
		{ 40, 30 }, { 30, 40 }, { 31, 47 }, { 5, 90 }, { 90, 5 }, { 20, 20 },
		{ 80, 81 },
	};
	double right, left;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof waves / sizeof *waves; i++) {
		right = peak_with(waves[i][0], waves[i][1], 6);
		left = peak_with(-waves[i][0], waves[i][1], 6);
		assert_true(right > 22);
		assert_true(fabs(right - left) < 0.5);
	}
}

/* Edges of frames and of blocks, and what is coarse as a face is. */
static void
test_lines_on_the_axes_and_coarse_waves_are_not_it(void **state)
{
	(void)state;
	assert_true(peak_with(64, 0, 20) < 12);
	assert_true(peak_with(0, 64, 20) < 12);
	assert_true(peak_with(10, 10, 20) < 12);
}

static void
test_a_small_picture_has_none(void **state)
{
	static const unsigned char pixels[100 * 100 * 3];

	(void)state;
	assert_true(isnan(moire_peak(pixels, 100, 100, (struct point){ 50, 50 })));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_noise_has_no_peak),
		cmocka_unit_test(test_a_wave_is_seen_whichever_way_it_runs),
		cmocka_unit_test(test_lines_on_the_axes_and_coarse_waves_are_not_it),
		cmocka_unit_test(test_a_small_picture_has_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
