#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "lib/check/crop.h"

static const struct crop_limits limits = {
	.width = 480, .height = 640,
	.crown = { 50, 110, 80 },
	.eye_line = { 200, 300, 250 },
	.face_width = { 180, 300, 230 },
	.centre_max = 12, .scale_max = 1.25, .margin = 4,
};

/* A head whose proportions meet all targets at once, at the given scale. */
static struct crop_face
head(double scale, double crown, double centre)
{
	struct crop_face face = { crown, crown + 170 / scale, 230 / scale,
	    centre };

	return face;
}

static void
assert_near(double value, double wanted, double within)
{
	if (!(fabs(value - wanted) <= within))
		fail_msg("%g is not %g", value, wanted);
}

static void
assert_conforms(const struct crop *crop, double width, double height)
{
	assert_in_range((unsigned long)(crop->crown + 0.02), 50, 110);
	assert_in_range((unsigned long)(crop->eye_line + 0.02), 200, 300);
	assert_in_range((unsigned long)(crop->face_width + 0.02), 180, 300);
	assert_near(crop->centre, 240, 12.02);
	assert_near(crop->box.w / crop->box.h, 0.75, 1e-4);
	assert_true(crop->box.x >= -0.02 && crop->box.y >= -0.02);
	assert_true(crop->box.x + crop->box.w <= width + 0.02);
	assert_true(crop->box.y + crop->box.h <= height + 0.02);
}

static void
with_room_all_targets_are_met(void **state)
{
	struct crop_face face = head(0.25, 900, 1500);
	struct crop crop;

	(void)state;
	assert_int_equal(crop_fit(&limits, &face, 3024, 4032, &crop), 0);
	assert_near(crop.crown, 80, 0.05);
	assert_near(crop.eye_line, 250, 0.05);
	assert_near(crop.face_width, 230, 0.05);
	assert_near(crop.centre, 240, 0.05);
	assert_near(crop.scale, 0.25, 1e-3);
}

static void
little_room_above_moves_the_crown_not_the_edge(void **state)
{
	struct crop_face face = head(0.25, 250, 1500);
	struct crop crop;

	(void)state;
	assert_int_equal(crop_fit(&limits, &face, 3024, 4032, &crop), 0);
	assert_conforms(&crop, 3024, 4032);
	assert_near(crop.box.y, 0, 0.02);
}

static void
a_head_at_the_upper_edge_says_what_is_missing(void **state)
{
	struct crop_limits extends = limits;
	struct crop_face face = head(0.25, 10, 1500);
	struct crop crop;

	(void)state;
	extends.wall_extends = 1;
	assert_int_equal(crop_fit(&limits, &face, 3024, 4032, &crop),
	    CROP_ABOVE);
	assert_true(crop.above > 40 && crop.above < 54);
	assert_int_equal(crop_fit(&extends, &face, 3024, 4032, &crop), 0);
	assert_near(crop.crown, 80, 0.05);
}

static void
a_head_at_the_side_uses_what_centring_allows(void **state)
{
	struct crop_face face = head(0.25, 900, 1400);
	struct crop crop;

	(void)state;
	/* At the targets' scale the crop is 1920 wide: 940 to the right edge. */
	assert_int_equal(crop_fit(&limits, &face, 2340, 4032, &crop), 0);
	assert_conforms(&crop, 2340, 4032);
	face.centre = 300;
	assert_int_equal(crop_fit(&limits, &face, 2340, 4032, &crop), CROP_LEFT);
}

static void
nothing_is_enlarged_that_need_not_be(void **state)
{
	struct crop_face face = head(1.1, 200, 500);	/* 209 pixels wide */
	struct crop crop;

	(void)state;
	assert_int_equal(crop_fit(&limits, &face, 1000, 1000, &crop), 0);
	assert_conforms(&crop, 1000, 1000);
	assert_true(crop.scale <= 1.0001);
}

static void
a_small_face_is_enlarged_as_little_as_possible(void **state)
{
	struct crop_face face = head(1.5, 200, 500);	/* 153 pixels wide */
	struct crop crop;

	(void)state;
	assert_int_equal(crop_fit(&limits, &face, 1000, 1000, &crop), 0);
	assert_near(crop.face_width, 184, 0.5);
	face = head(1.8, 200, 500);			/* 128 pixels wide */
	assert_int_equal(crop_fit(&limits, &face, 1000, 1000, &crop),
	    CROP_SCALE);
	assert_near(crop.scale, 180 / face.width, 0.01);
}

static void
a_body_is_never_made_up(void **state)
{
	struct crop_limits extends = limits;
	struct crop_face face = head(0.25, 900, 1500);
	struct crop crop;

	(void)state;
	extends.wall_extends = 1;
	assert_int_equal(crop_fit(&extends, &face, 3024, 2200, &crop),
	    CROP_BELOW);
	assert_true(crop.below > 0);
}

static void
impossible_proportions_miss_the_bands_by_the_least(void **state)
{
	struct crop_face face = { 1000, 2200, 600, 1500 };
	struct crop crop;
	int failures;

	(void)state;
	failures = crop_fit(&limits, &face, 3024, 4032, &crop);
	assert_int_equal(failures, CROP_CROWN | CROP_EYE_LINE | CROP_FACE_WIDTH);
	assert_near(50 - crop.crown, crop.eye_line - 300, 0.1);
	assert_near(50 - crop.crown, 180 - crop.face_width, 0.1);
}

static void
numbers_that_are_no_face_are_refused(void **state)
{
	static const struct crop_face none[] = {
		{ 500, 400, 200, 300 }, { 100, 400, 0, 300 },
		{ NAN, 400, 200, 300 }, { 100, 400, 200, INFINITY },
	};
	struct crop crop;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof none / sizeof *none; i++)
		assert_int_equal(crop_fit(&limits, &none[i], 1000, 1000, &crop),
		    CROP_NO_FACE);
}

static double
next(uint32_t *seed, double low, double high)
{
	*seed = *seed * 1664525 + 1013904223;
	return low + (high - low) * (*seed >> 8) / (1 << 24);
}

/* Whether trying crops one by one finds any that conforms. */
static int
grid_finds_one(const struct crop_face *face, double width, double height)
{
	struct crop crop;
	struct box box;
	double scale, top, left;

	for (scale = 0.15; scale <= 1.25; scale += 0.01)
		for (top = 50; top <= 110; top += 3)
			for (left = 228; left <= 252; left += 6) {
				box = (struct box){ face->centre - left / scale,
				    face->crown - top / scale, 480 / scale,
				    640 / scale };
				if (crop_judge(&limits, face, width, height,
				    &box, &crop) == 0)
					return 1;
			}
	return 0;
}

static void
a_crop_is_found_whenever_there_is_one(void **state)
{
	uint32_t seed = 1;
	int i, found = 0, failures;

	(void)state;
	for (i = 0; i < 400; i++) {
		double width = next(&seed, 500, 1500);
		double height = next(&seed, 600, 2000);
		double crown = next(&seed, 0, 300), nose = next(&seed, 80, 400);
		struct crop_face face = { crown, crown + nose,
		    nose * next(&seed, 0.8, 2), next(&seed, 0.3, 0.7) * width };
		struct crop crop;

		failures = crop_fit(&limits, &face, width, height, &crop);
		if (failures == 0)
			assert_conforms(&crop, width, height);
		else
			assert_false(grid_finds_one(&face, width, height));
		found += failures == 0;
	}
	assert_in_range(found, 50, 350);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(with_room_all_targets_are_met),
		cmocka_unit_test(little_room_above_moves_the_crown_not_the_edge),
		cmocka_unit_test(a_head_at_the_upper_edge_says_what_is_missing),
		cmocka_unit_test(a_head_at_the_side_uses_what_centring_allows),
		cmocka_unit_test(nothing_is_enlarged_that_need_not_be),
		cmocka_unit_test(a_small_face_is_enlarged_as_little_as_possible),
		cmocka_unit_test(a_body_is_never_made_up),
		cmocka_unit_test(
		    impossible_proportions_miss_the_bands_by_the_least),
		cmocka_unit_test(numbers_that_are_no_face_are_refused),
		cmocka_unit_test(a_crop_is_found_whenever_there_is_one),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
