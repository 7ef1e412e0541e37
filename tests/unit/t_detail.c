#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/box.h"
#include "lib/check/detail.h"
#include "lib/check/measure.h"
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
	struct detail_grain grain;
	double sigma;

	(void)state;
	for (sigma = 2; sigma < 20; sigma *= 2) {
		fill(luma, sigma);
		detail_grain(luma, SIDE, SIDE, &grain);
		assert_true(grain.noise > 0.9 * sigma && grain.noise < 1.1 * sigma);
		assert_true(grain.blocks < 0.2 * sigma);
	}
}

static void
test_squares_are_found_wherever_they_begin(void **state)
{
	static float luma[SIDE * SIDE];
	struct detail_grain grain;
	int begin, x, y;

	(void)state;
	for (begin = 0; begin < 8; begin++) {
		fill(luma, 1);
		for (y = 0; y < SIDE; y++)
			for (x = 0; x < SIDE; x++)
				luma[y * SIDE + x] += (float)(8 * (((x + begin) / 8 +
				    (y + begin) / 8) % 2));
		detail_grain(luma, SIDE, SIDE, &grain);
		assert_true(grain.blocks > 5 && grain.blocks < 9);
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

static void
test_motion_takes_it_from_one_direction(void **state)
{
	static float sharp[SIDE * SIDE], moved[SIDE * SIDE];
	static float scratch[SIDE * SIDE];
	struct detail detail;
	int x, y, k;

	(void)state;
	for (y = 0; y < SIDE; y++)
		for (x = 0; x < SIDE; x++)
			sharp[y * SIDE + x] =
			    (int)(hypot(x - 120, y - 120) / 12) % 2 ? 60 : 180;
	detail_measure(sharp, SIDE, SIDE, &detail);
	assert_true(detail.motion > 70);
	/* down to the right; what has no pixels beside it is left out */
	for (y = 3; y < SIDE - 3; y++)
		for (x = 3; x < SIDE - 3; x++)
			for (k = -3; k <= 3; k++)
				moved[(y - 3) * SIDE + x - 3] +=
				    sharp[(y + k) * SIDE + x + k] / 7;
	for (y = 1; y < SIDE - 6; y++)
		memmove(moved + y * (SIDE - 6), moved + y * SIDE,
		    (SIDE - 6) * sizeof *moved);
	detail_measure(moved, SIDE - 6, SIDE - 6, &detail);
	assert_true(detail.motion < 40);
	/* blur all around is no motion */
	detail_blur(sharp, moved, scratch, SIDE, SIDE, 2);
	detail_measure(moved, SIDE, SIDE, &detail);
	assert_true(detail.motion > 50);
	for (k = 0; k < SIDE * SIDE; k++)
		moved[k] = 120;
	detail_measure(moved, SIDE, SIDE, &detail);
	assert_true(isnan(detail.motion));
}

/* ---- a lamp thrown back ---- */

/* A patch of that colour on a grey head. */
static double
glare_of(int cx, int cy, int radius, const unsigned char rgb[static 3])
{
	static unsigned char pixels[3 * SIDE * SIDE];
	struct measure_face head = { .left_eye = { 90, 100 },
	    .right_eye = { 150, 100 }, .chin = { 120, 180 }, .left = 70,
	    .right = 170 };
	int x, y, c;

	for (y = 0; y < SIDE; y++)
		for (x = 0; x < SIDE; x++)
			for (c = 0; c < 3; c++)
				pixels[3 * (y * SIDE + x) + c] =
				    hypot(x - cx, y - cy) < radius ? rgb[c] : 128;
	return screen_glare(pixels, SIDE, SIDE, &head);
}

static void
test_glare_is_the_share_of_the_head_that_it_hides(void **state)
{
	static const unsigned char white[3] = { 252, 250, 255 };
	static const unsigned char yellow[3] = { 255, 250, 200 };

	(void)state;
	assert_true(glare_of(120, 70, 25, white) > 0.10);
	assert_true(glare_of(120, 70, 25, white) < 0.17);
	assert_true(glare_of(120, 70, 3, white) == 0);
	assert_true(glare_of(120, 70, 25, yellow) == 0);
	assert_true(glare_of(30, 40, 25, white) == 0);
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
	return screen_edges(grey, SIDE, SIDE, &face, NULL);
}

/* Long straight hair beside the face: dark from 20 to 40 and the same on the other side. */
static void
test_edges_of_the_person_are_none(void **state)
{
	static unsigned char grey[SIDE * SIDE], own[SIDE * SIDE];
	int i, x;

	(void)state;
	for (i = 0; i < SIDE * SIDE; i++) {
		x = i % SIDE;
		x = x < SIDE / 2 ? x : SIDE - 1 - x;
		grey[i] = x >= 20 && x < 40 ? 30 : 200;
		own[i] = x >= 17;
	}
	assert_true(screen_edges(grey, SIDE, SIDE, &face, NULL) > 0.75);
	assert_true(screen_edges(grey, SIDE, SIDE, &face, own) < 0.05);
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
		cmocka_unit_test(test_motion_takes_it_from_one_direction),
		cmocka_unit_test(test_glare_is_the_share_of_the_head_that_it_hides),
		cmocka_unit_test(test_a_frame_is_seen_and_one_edge_is_none),
		cmocka_unit_test(test_edges_of_the_person_are_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
