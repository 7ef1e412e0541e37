#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "lib/base/box.h"
#include "lib/check/detail.h"
#include "lib/check/screen.h"

enum { SIDE = 240 };

static unsigned
next(unsigned *state)
{
	*state = *state * 1664525u + 1013904223u;
	return *state >> 16;
}

/* A slope with noise of the given deviation: a sum of twelve even ones. */
static void
fill(float *luma, double sigma)
{
	unsigned state = 7;
	double sum;
	int i, k;

	for (i = 0; i < SIDE * SIDE; i++) {
		for (sum = -6, k = 0; k < 12; k++)
			sum += next(&state) / 65536.0;
		luma[i] = (float)(120 + i % SIDE / 10.0 + sigma * sum);
	}
}

static void
test_noise_is_its_deviation(void **state)
{
	static float luma[SIDE * SIDE];
	struct detail detail;
	double sigma;

	(void)state;
	for (sigma = 2; sigma < 20; sigma *= 2) {
		fill(luma, sigma);
		detail_measure(luma, SIDE, SIDE, &detail);
		assert_true(detail.noise > 0.9 * sigma && detail.noise < 1.1 * sigma);
		assert_true(detail.blocks < 0.2 * sigma);
	}
}

static void
test_squares_are_found_wherever_they_begin(void **state)
{
	static float luma[SIDE * SIDE];
	struct detail detail;
	int begin, x, y;

	(void)state;
	for (begin = 0; begin < 8; begin++) {
		fill(luma, 1);
		for (y = 0; y < SIDE; y++)
			for (x = 0; x < SIDE; x++)
				luma[y * SIDE + x] += (float)(8 * (((x + begin) / 8 +
				    (y + begin) / 8) % 2));
		detail_measure(luma, SIDE, SIDE, &detail);
		assert_true(detail.blocks > 5 && detail.blocks < 9);
	}
}

static void
test_blur_takes_sharpness(void **state)
{
	static float sharp[SIDE * SIDE], soft[SIDE * SIDE], scratch[SIDE * SIDE];
	struct detail before, after;
	int x, y;

	(void)state;
	for (y = 0; y < SIDE; y++)
		for (x = 0; x < SIDE; x++)
			sharp[y * SIDE + x] = x / 30 % 2 ? 60 : 180;
	detail_blur(sharp, soft, scratch, SIDE, SIDE, 4);
	detail_measure(sharp, SIDE, SIDE, &before);
	detail_measure(soft, SIDE, SIDE, &after);
	assert_true(after.sharpness < before.sharpness / 3);
}

/* ---- straight edges ---- */

static const struct box face = { 90, 90, 60, 60 };

/* Dark outside of a square that leans: rise pixels over the whole side. */
static double
edges_of_frame(int edge, int rise, int only_top)
{
	static unsigned char grey[SIDE * SIDE];
	int x, y, u, v, out;

	for (y = 0; y < SIDE; y++)
		for (x = 0; x < SIDE; x++) {
			u = x + rise * (y - SIDE / 2) / SIDE;
			v = y - rise * (x - SIDE / 2) / SIDE;
			out = v < edge || (!only_top && (v >= SIDE - edge ||
			    u < edge || u >= SIDE - edge));
			grey[y * SIDE + x] = out ? 30 : 200;
		}
	return screen_edges(grey, SIDE, SIDE, &face);
}

static void
test_a_frame_is_seen_and_one_edge_is_none(void **state)
{
	(void)state;
	assert_true(edges_of_frame(20, 0, 0) > 0.75);
	assert_true(edges_of_frame(30, 25, 0) > 0.6);
	assert_true(edges_of_frame(20, 0, 1) < 0.1);
	assert_true(edges_of_frame(0, 0, 0) < 0.01);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_noise_is_its_deviation),
		cmocka_unit_test(test_squares_are_found_wherever_they_begin),
		cmocka_unit_test(test_blur_takes_sharpness),
		cmocka_unit_test(test_a_frame_is_seen_and_one_edge_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
