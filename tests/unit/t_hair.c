#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <math.h>
#include <string.h>

#include <cmocka.h>

#include "lib/check/hair.h"
#include "lib/check/measure.h"
#include "lib/matte/matte.h"

enum { WIDTH = 400, HEIGHT = 400, STEP = 4, COLS = WIDTH / STEP, ROWS = HEIGHT / STEP };

/* The distance of the eyes is 80; the crown is at 50, the hairline at 110. */
static const struct measure_face head = {
	.left_eye = { 160, 200 }, .right_eye = { 240, 200 }, .chin = { 200, 310 },
	.left = 110, .right = 290,
};
static const unsigned char skin[3] = { 214, 170, 146 }, wall[3] = { 235, 235, 235 };
static const unsigned char black[3] = { 30, 26, 25 };

struct picture {
	unsigned char pixels[WIDTH * HEIGHT * 3];
	struct matte_side side[COLS * ROWS];
	struct matte matte;
};

static void
fill(struct picture *picture, int x0, int y0, int x1, int y1,
    const unsigned char colour[static 3])
{
	int x, y;

	for (y = y0; y < y1; y++)
		for (x = x0; x < x1; x++)
			memcpy(picture->pixels + 3 * (y * WIDTH + x), colour, 3);
}

/* Strands: columns a little lighter and darker by turns. */
static void
fill_hair(struct picture *picture, int down, const unsigned char colour[static 3])
{
	unsigned char strand[3];
	int x, i, dark;

	for (x = 90; x < 310; x += 4) {
		dark = x / 4 % 2;
		for (i = 0; i < 3; i++)
			strand[i] = (unsigned char)(colour[i] * (dark ? 8 : 10) / 10);
		fill(picture, x, 50, x + 4 < 310 ? x + 4 : 310, down, strand);
	}
}

/* A head before a wall: cloth on it comes down to row `down`; ears when not 0. */
static void
draw(struct picture *picture, const unsigned char top[static 3], int down, int ears)
{
	int i, x, y;

	memset(picture, 0, sizeof *picture);
	picture->matte = (struct matte){ .width = WIDTH, .height = HEIGHT,
		.side = picture->side, .cols = COLS, .rows = ROWS, .step = STEP };
	fill(picture, 0, 0, WIDTH, HEIGHT, wall);
	fill(picture, 90, 50, 310, 310, black);
	fill(picture, 110, 50, 290, 310, skin);
	fill(picture, 90, 50, 310, down, top);
	if (ears)
		fill(picture, 290, 200, 310, 240, skin);
	for (i = 0; i < COLS * ROWS; i++) {
		x = i % COLS * STEP;
		y = i / COLS * STEP;
		picture->side[i].inside = x >= 90 && x < 310 && y >= 50 ? 2 : -1;
	}
}

static struct hair
measure(const struct picture *picture, int with_matte)
{
	struct hair hair;

	hair_measure(picture->pixels, WIDTH, HEIGHT, &head, 20,
	    with_matte ? &picture->matte : NULL, &hair);
	return hair;
}

static void
test_hair_of_every_colour_is_no_hat(void **state)
{
	static const unsigned char colours[][3] = { { 30, 26, 25 }, { 20, 22, 34 },
		{ 90, 60, 40 }, { 200, 168, 120 }, { 170, 95, 60 }, { 150, 150, 150 } };
	static struct picture picture;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof colours / sizeof *colours; i++) {
		draw(&picture, colours[i], 110, 1);
		fill_hair(&picture, 110, colours[i]);
		assert_true(measure(&picture, 1).hat < 1);
	}
}

static void
test_cloth_in_colours_of_hair_is_a_hat(void **state)
{
	static const unsigned char colours[][3] = { { 30, 26, 25 }, { 90, 60, 40 },
		{ 120, 70, 40 }, { 150, 150, 150 } };
	static struct picture picture;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof colours / sizeof *colours; i++) {
		draw(&picture, colours[i], 130, 1);
		assert_true(measure(&picture, 1).hat > 60);
	}
}

static void
test_coloured_strands_are_no_hair(void **state)
{
	static const unsigned char blue[3] = { 40, 72, 184 };
	static struct picture picture;

	(void)state;
	draw(&picture, blue, 130, 1);
	fill_hair(&picture, 130, blue);
	assert_true(measure(&picture, 1).hat > 60);
}

static void
test_a_bald_head_is_no_hat(void **state)
{
	static struct picture picture;

	(void)state;
	draw(&picture, skin, 110, 1);
	assert_true(measure(&picture, 1).hat < 1);
}

static void
test_hats_are_far_from_hair(void **state)
{
	static const unsigned char colours[][3] = { { 240, 240, 240 }, { 40, 72, 184 },
		{ 200, 30, 40 }, { 30, 120, 60 }, { 240, 220, 40 }, { 230, 120, 190 } };
	static struct picture picture;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof colours / sizeof *colours; i++) {
		draw(&picture, colours[i], 110, 1);
		assert_true(measure(&picture, 1).hat > 45);
	}
}

/* A wall above a low crown is not on the head. */
static void
test_the_wall_is_no_hat(void **state)
{
	static struct picture picture;
	int i;

	(void)state;
	draw(&picture, wall, 110, 1);
	for (i = 0; i < 36 * COLS; i++)
		picture.side[i].inside = -1;
	assert_true(isnan(measure(&picture, 1).hat));
	assert_true(isnan(measure(&picture, 0).hat));
}

static void
test_a_fringe_hides_the_skin_over_the_brows(void **state)
{
	static struct picture picture;

	(void)state;
	draw(&picture, black, 130, 1);
	assert_true(measure(&picture, 0).brows > 99);
	draw(&picture, black, 165, 1);
	assert_true(measure(&picture, 0).brows < 1);
}

static void
test_one_ear_is_enough(void **state)
{
	static struct picture picture;

	(void)state;
	draw(&picture, black, 110, 1);
	assert_true(measure(&picture, 1).ears > 50);
	draw(&picture, black, 110, 0);
	assert_true(measure(&picture, 1).ears < 1);
}

/* On a grey picture, or behind a mask, no skin is known. */
static void
test_without_skin_nothing_is_told(void **state)
{
	static const unsigned char grey[3] = { 160, 160, 160 };
	static struct picture picture;
	struct hair hair;

	(void)state;
	draw(&picture, black, 110, 1);
	fill(&picture, 110, 110, 290, 310, grey);
	hair = measure(&picture, 1);
	assert_true(isnan(hair.hat) && isnan(hair.brows) && isnan(hair.ears));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_hair_of_every_colour_is_no_hat),
		cmocka_unit_test(test_a_bald_head_is_no_hat),
		cmocka_unit_test(test_hats_are_far_from_hair),
		cmocka_unit_test(test_cloth_in_colours_of_hair_is_a_hat),
		cmocka_unit_test(test_coloured_strands_are_no_hair),
		cmocka_unit_test(test_the_wall_is_no_hat),
		cmocka_unit_test(test_a_fringe_hides_the_skin_over_the_brows),
		cmocka_unit_test(test_one_ear_is_enough),
		cmocka_unit_test(test_without_skin_nothing_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
