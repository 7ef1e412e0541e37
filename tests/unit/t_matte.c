#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/box.h"
#include "lib/base/buf.h"
#include "lib/matte/lab.h"
#include "lib/matte/matte.h"
#include "tests/unit/matte_scenery.h"

static const unsigned char blue[3] = { 100, 197, 255 };
static const struct matte_face face = {
	{ 153, 190 }, { 207, 190 }, { 180, 275 }, 125, 235
};

/* What a network would see: the person's shape, blunt and a little off, without single
 * strands. */
enum { SEEN = 64, OFF = 2 };

static struct matte_prior
see(const struct picture *picture)
{
	struct matte_prior prior = { malloc(SEEN * SEEN), SEEN, SEEN,
		{ 0, 0, WIDTH, HEIGHT } };

	assert_non_null(prior.likely);
	for (int y = 0; y < SEEN; y++) {
		for (int x = 0; x < SEEN; x++) {
			int x0 = x * WIDTH / SEEN - 4 + OFF, y0 = y * HEIGHT / SEEN - 4;
			double sum = 0, count = 0, part;

			for (int v = y0; v < y0 + 16; v++)
				for (int u = x0; u < x0 + 16; u++)
					if (u >= 0 && v >= 0 && u < WIDTH && v < HEIGHT) {
						sum += picture->alpha[v * WIDTH + u];
						count++;
					}
			part = (count > 0 ? sum / count / 255 : 0) * 3 - 1;
			prior.likely[y * SEEN + x] =
			    (unsigned char)(255 * fmin(fmax(part, 0), 1));
		}
	}
	return prior;
}

static struct matte
cut_out(const struct picture *picture)
{
	struct matte_prior prior = see(picture);
	struct buf err = BUF_INIT;
	struct matte matte;

	if (matte_cut(picture->pixels, WIDTH, HEIGHT, &face, &prior, &matte, &err) < 0)
		fail_msg("%s", err.data);
	free(prior.likely);
	buf_release(&err);
	return matte;
}

/* Mean absolute error of alpha, in per cent. */
static double
error_of(const struct picture *picture, const struct matte *matte)
{
	double sum = 0;

	for (int i = 0; i < PIXELS; i++)
		sum += abs(picture->alpha[i] - matte->alpha[i]);
	return sum / PIXELS / 255 * 100;
}

static const struct scenery walls[] = {
	{ { 250, 250, 250 }, { 60, 66, 92 }, 0, 0, 0, NOTHING },
	{ { 225, 226, 228 }, { 40, 40, 44 }, 24, 4, 0, 0 },
	{ { 205, 205, 205 }, { 96, 40, 44 }, -30, 8, 0, 0 },
	{ { 90, 150, 215 }, { 240, 240, 238 }, 20, 4, 0, 0 },
	{ { 120, 170, 130 }, { 60, 66, 92 }, 10, 6, 0, 0 },
};

static void
a_person_is_told_from_a_plain_wall(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(walls) / sizeof(*walls); i++) {
		struct picture *picture = paint(&walls[i]);
		struct matte matte = cut_out(picture);

		assert_true(error_of(picture, &matte) < 0.4);
		assert_true(fabs(matte.crown - CROWN) < 1.5);
		assert_true(matte.confidence > 0.8);
		assert_true(matte.plainness < 8);
		for (int c = 0; c < 3; c++)
			assert_true(fabs(matte.wall[c] - walls[i].wall[c]) < 8);
		matte_release(&matte);
		free(picture);
	}
}

/* What is well inside the person is kept, what is well outside is gone. */
static void
there_are_no_holes_and_no_islands(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(walls) / sizeof(*walls); i++) {
		struct picture *picture = paint(&walls[i]);
		struct matte matte = cut_out(picture);

		for (int y = 8; y < HEIGHT - 8; y++) {
			for (int x = 8; x < WIDTH - 8; x++) {
				int at = y * WIDTH + x, truth, same;

				truth = picture->alpha[at];
				same = picture->alpha[at - 8] == truth &&
				    picture->alpha[at + 8] == truth &&
				    picture->alpha[at - 8 * WIDTH] == truth &&
				    picture->alpha[at + 8 * WIDTH] == truth;
				if (same && (truth == 0 || truth == 255))
					assert_true(abs(matte.alpha[at] -
					    truth) < 64);
			}
		}
		matte_release(&matte);
		free(picture);
	}
}

static double
difference(const unsigned char *one, const unsigned char *other)
{
	double a[3], b[3], lab[3], other_lab[3];

	for (int c = 0; c < 3; c++) {
		a[c] = one[c];
		b[c] = other[c];
	}
	lab_exact(a, lab);
	lab_exact(b, other_lab);
	return lab_delta(lab, other_lab);
}

/* Before another wall the picture is as if taken there. */
static void
no_rim_of_the_old_wall_stays(void **state)
{
	struct scenery there = { { 100, 197, 255 }, { 0, 0, 0 }, 0, 0, 0, NOTHING };

	(void)state;
	for (size_t i = 0; i < sizeof(walls) / sizeof(*walls); i++) {
		struct picture *here = paint(&walls[i]), *goal;
		struct matte matte = cut_out(here);
		double sum = 0, edge = 0;

		memcpy(there.clothes, walls[i].clothes, sizeof(there.clothes));
		goal = paint(&there);
		matte_compose(here->pixels, WIDTH, HEIGHT, &matte, blue,
		    here->pixels);
		for (int k = 0; k < PIXELS; k++) {
			if (goal->alpha[k] == 0 || goal->alpha[k] == 255)
				continue;
			sum += difference(here->pixels + 3 * k,
			    goal->pixels + 3 * k);
			edge++;
		}
		assert_true(sum / edge < 6);
		matte_release(&matte);
		free(here);
		free(goal);
	}
}

static void
wall_becomes_exactly_the_colour(void **state)
{
	struct picture *picture = paint(&walls[2]);
	struct matte matte = cut_out(picture);

	(void)state;
	matte_compose(picture->pixels, WIDTH, HEIGHT, &matte, blue,
	    picture->pixels);
	assert_memory_equal(picture->pixels, blue, 3);
	assert_memory_equal(picture->pixels + 3 * (20 * WIDTH + 300), blue, 3);
	matte_release(&matte);
	free(picture);
}

static void
a_pattern_is_not_a_plain_wall(void **state)
{
	static const struct scenery striped = { { 220, 220, 220 },
		{ 60, 66, 92 }, 0, 2, 1, 0 };
	struct picture *picture = paint(&striped);
	struct matte matte = cut_out(picture);

	(void)state;
	assert_false(matte.plain);
	assert_int_equal(matte.doubt, MATTE_NOT_PLAIN);
	assert_true(error_of(picture, &matte) < 1.5);
	matte_release(&matte);
	free(picture);
}

/* Before many colours, which the person has too, the prior's outline counts. */
static void
things_behind_do_not_stick_to_the_person(void **state)
{
	static const struct scenery striped = { { 220, 220, 220 },
		{ 60, 66, 92 }, 0, 2, 1, 0 };
	struct picture *picture = paint(&striped);
	struct matte matte;

	(void)state;
	for (int y = 80; y < 260; y++)
		for (int x = 60; x < 300; x++)
			if (picture->alpha[y * WIDTH + x] == 0 && (x / 20 + y / 12) % 2 == 0)
				memcpy(picture->pixels + 3 * (y * WIDTH + x), "\x26\x1e\x1c", 3);
	matte = cut_out(picture);
	assert_false(matte.plain);
	assert_true(error_of(picture, &matte) < 1);
	matte_release(&matte);
	free(picture);
}

/* Where colours say nothing, the prior does. */
static void
clothes_of_the_walls_colour_are_kept(void **state)
{
	static const struct scenery white = { { 246, 246, 246 },
		{ 245, 245, 246 }, 0, 3, 0, 0 };
	struct picture *picture = paint(&white);
	struct matte matte = cut_out(picture);

	(void)state;
	assert_true(error_of(picture, &matte) < 0.8);
	assert_true(fabs(matte.crown - CROWN) < 1.5);
	matte_release(&matte);
	free(picture);
}

/* A prior that knows nothing of what is right of the head, before a wall as dark as
 * the hair. */
static void
a_doubt_names_its_place(void **state)
{
	static const struct scenery dark = { { 40, 34, 32 }, { 200, 66, 92 }, 0, 2, 0, 0 };
	struct picture *picture = paint(&dark);
	struct matte_prior prior = see(picture);
	struct buf words = BUF_INIT;
	struct matte matte;

	(void)state;
	for (int y = SEEN * 2 / 5; y < SEEN * 3 / 5; y++)
		memset(prior.likely + y * SEEN + SEEN * 13 / 20, 128, SEEN / 6);
	assert_int_equal(matte_cut(picture->pixels, WIDTH, HEIGHT, &face, &prior,
	    &matte, &words), 0);
	assert_true(matte.confidence < 0.5);
	matte_doubt_words(&matte, &words);
	assert_string_equal(words.data,
	    "hair or clothing can hardly be distinguished from the wall, right of the head");
	matte_release(&matte);
	free(prior.likely);
	buf_release(&words);
	free(picture);
}

static void
a_thing_at_the_head_is_doubted(void **state)
{
	static const enum thing things[] = { POST_BESIDE, POST_ABOVE, LETTERS };

	(void)state;
	for (size_t i = 0; i < sizeof(things) / sizeof(*things); i++) {
		struct scenery scenery = { { 220, 222, 220 }, { 60, 66, 92 }, 0,
			3, 0, things[i] };
		struct picture *picture = paint(&scenery);
		struct matte matte = cut_out(picture);

		assert_true(matte.confidence < 0.5);
		assert_int_equal(matte.doubt, MATTE_OBJECT);
		matte_release(&matte);
		free(picture);
	}
}

static void
a_spot_near_the_head_is_not_kept(void **state)
{
	static const struct scenery spot = { { 220, 222, 220 }, { 60, 66, 92 },
		0, 3, 0, SPOT };
	struct picture *picture = paint(&spot);
	struct matte matte = cut_out(picture);

	(void)state;
	assert_int_equal(matte.alpha[165 * WIDTH + 252], 0);
	assert_true(matte.confidence > 0.8);
	matte_release(&matte);
	free(picture);
}

static void
a_soft_shadow_is_wall(void **state)
{
	static const struct scenery shadow = { { 205, 205, 200 },
		{ 120, 40, 44 }, 0, 2, 0, SHADOW };
	struct picture *picture = paint(&shadow);
	struct matte matte = cut_out(picture);

	(void)state;
	assert_true(error_of(picture, &matte) < 0.5);
	assert_true(matte.confidence > 0.5);
	matte_release(&matte);
	free(picture);
}

/* Wall that is seen between strands becomes the new wall. */
static void
loose_hair_is_seen_through(void **state)
{
	static const struct scenery loose = { { 200, 180, 150 }, { 60, 66, 92 },
		0, 2, 0, STRANDS };
	struct picture *picture = paint(&loose);
	struct matte matte = cut_out(picture);
	double sum = 0, count = 0;

	(void)state;
	for (int y = 130; y < 163; y++) {
		for (int x = 252; x < 266; x++) {
			sum += abs(picture->alpha[y * WIDTH + x] -
			    matte.alpha[y * WIDTH + x]) / 2.55;
			count++;
		}
	}
	assert_true(sum / count < 26);
	matte_release(&matte);
	free(picture);
}

static void
clothes_nearly_of_the_walls_colour_are_kept(void **state)
{
	const struct scenery blouse = { { 216, 198, 172 }, { 200, 178, 165 }, 6,
		3, 0, BLUR };
	struct picture *picture = paint(&blouse);
	struct matte matte = cut_out(picture);

	(void)state;
	assert_true(error_of(picture, &matte) < 0.5);
	matte_release(&matte);
	free(picture);
}

static void
wall_behind_a_lock_beside_the_neck_is_wall(void **state)
{
	const struct scenery woman = { { 236, 236, 238 }, { 40, 42, 50 }, 0, 3, 0,
		TRESS };
	struct picture *picture = paint(&woman);
	struct matte matte = cut_out(picture);
	double found = 0, truth = 0;

	(void)state;
	for (int y = (int)GAP_TOP + 8; y < 290; y++) {
		for (int x = (int)GAP_LEFT; x < (int)GAP_RIGHT; x++) {
			found += matte.alpha[y * WIDTH + x];
			truth += picture->alpha[y * WIDTH + x];
		}
	}
	assert_true(found < 2 * truth);
	assert_true(found > 0.5 * truth);
	matte_release(&matte);
	free(picture);
}

/* White before white, where the network too sees nothing but neck and chest. */
static void
shoulders_that_are_lost_are_doubted(void **state)
{
	static const struct scenery white = { { 246, 246, 246 }, { 246, 246, 246 }, 0, 3, 0, 0 };
	struct picture *picture = paint(&white);
	struct matte_prior prior = see(picture);
	struct buf err = BUF_INIT;
	struct matte matte;

	(void)state;
	for (int y = HEIGHT * 5 / 8; y < HEIGHT; y++)
		for (int x = WIDTH * 7 / 20; x < WIDTH * 13 / 20; x++)
			memcpy(picture->pixels + 3 * (y * WIDTH + x), "\xe8\xbe\xa0", 3);
	for (int y = SEEN * 5 / 8; y < SEEN; y++)
		for (int x = 0; x < SEEN; x++)
			if (x < SEEN * 7 / 20 || x >= SEEN * 13 / 20)
				prior.likely[y * SEEN + x] = 0;
	assert_int_equal(matte_cut(picture->pixels, WIDTH, HEIGHT, &face, &prior,
	    &matte, &err), 0);
	assert_true(matte.confidence < 0.5);
	assert_int_equal(matte.doubt, MATTE_ALIKE);
	matte_release(&matte);
	free(prior.likely);
	buf_release(&err);
	free(picture);
}

static void
what_cannot_be_cut_is_refused_with_a_reason(void **state)
{
	static const unsigned char tiny[3 * 20 * 20];
	struct matte_face gone = face;
	struct picture *picture = paint(&walls[0]);
	struct matte_prior prior = see(picture), nobody = see(picture);
	struct buf err = BUF_INIT;
	struct matte matte;

	(void)state;
	assert_int_equal(matte_cut(tiny, 20, 20, &face, &prior, &matte, &err), -1);
	assert_true(err.len > 0 && matte.crown == -1 && matte.confidence == 0);
	matte_release(&matte);
	buf_clear(&err);
	gone.chin.y = NAN;
	assert_int_equal(matte_cut(picture->pixels, WIDTH, HEIGHT, &gone, &prior,
	    &matte, &err), -1);
	assert_string_equal(err.data, "the head is not in the picture");
	matte_release(&matte);
	for (int kind = 0; kind < 2; kind++) {
		memset(nobody.likely, kind * 255, SEEN * SEEN);
		assert_int_equal(matte_cut(picture->pixels, WIDTH, HEIGHT, &face,
		    &nobody, &matte, &err), -1);
		matte_release(&matte);
	}
	free(prior.likely);
	free(nobody.likely);
	buf_release(&err);
	free(picture);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_person_is_told_from_a_plain_wall),
		cmocka_unit_test(there_are_no_holes_and_no_islands),
		cmocka_unit_test(no_rim_of_the_old_wall_stays),
		cmocka_unit_test(wall_becomes_exactly_the_colour),
		cmocka_unit_test(a_pattern_is_not_a_plain_wall),
		cmocka_unit_test(things_behind_do_not_stick_to_the_person),
		cmocka_unit_test(clothes_of_the_walls_colour_are_kept),
		cmocka_unit_test(a_doubt_names_its_place),
		cmocka_unit_test(a_thing_at_the_head_is_doubted),
		cmocka_unit_test(a_spot_near_the_head_is_not_kept),
		cmocka_unit_test(a_soft_shadow_is_wall),
		cmocka_unit_test(loose_hair_is_seen_through),
		cmocka_unit_test(clothes_nearly_of_the_walls_colour_are_kept),
		cmocka_unit_test(wall_behind_a_lock_beside_the_neck_is_wall),
		cmocka_unit_test(shoulders_that_are_lost_are_doubted),
		cmocka_unit_test(what_cannot_be_cut_is_refused_with_a_reason),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
