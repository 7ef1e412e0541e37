#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>

#include "lib/base/node.h"
#include "lib/check/crop.h"
#include "lib/normalize/proof.h"

static const struct crop_limits limits = {
	.width = 480, .height = 640,
	.crown = { 50, 110, 80 }, .eye_line = { 200, 300, 250 },
	.face_width = { 180, 300, 230 },
	.centre_max = 12, .scale_max = 1.25, .missing_max = 4, .margin = 4,
};

/* Whether an image whose crown is there holds, with or without another failure. */
static int
holds(double crown, int others, int estimated, double margin)
{
	const struct proof_doubt doubt = { estimated, margin };
	const struct crop crop = { .scale = 1, .crown = crown, .eye_line = 250,
		.face_width = 230, .centre = 240, .left = 6 };
	struct node *result = node_object();
	int good;

	proof_add_crop(result, &limits, &crop, CROP_CROWN | others, &doubt);
	good = proof_holds(result);
	assert_int_equal(node_count(node_get(result, "fails")), others != 0 ? 2 : 1);
	node_free(result);
	return good;
}

static void
a_band_missed_by_the_margin_is_doubted(void **state)
{
	(void)state;
	assert_true(holds(48, 0, 0, limits.margin));
	assert_true(holds(114, 0, 0, limits.margin));
	assert_false(holds(45, 0, 0, limits.margin));
	assert_false(holds(48, 0, 0, 0));
}

static void
an_estimated_crown_is_doubted(void **state)
{
	struct node *result = node_object();

	(void)state;
	assert_true(holds(5, 0, 1, 0));
	proof_add_estimated(result);
	assert_true(proof_holds(result));
	proof_add(result, "bytes", 50000, NAN, 40960);
	assert_false(proof_holds(result));
	node_free(result);
}

static void
what_the_picture_lacks_is_never_doubted(void **state)
{
	(void)state;
	assert_false(holds(48, CROP_LEFT, 1, limits.margin));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_band_missed_by_the_margin_is_doubted),
		cmocka_unit_test(an_estimated_crown_is_doubted),
		cmocka_unit_test(what_the_picture_lacks_is_never_doubted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
