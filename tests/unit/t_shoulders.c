#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <math.h>
#include <string.h>

#include <cmocka.h>

#include "lib/check/measure.h"
#include "lib/check/shoulders.h"
#include "lib/matte/matte.h"

enum { COLS = 100, ROWS = 120, STEP = 4 };

static const struct measure_face head = {
	.left_eye = { 170, 160 }, .right_eye = { 230, 160 }, .chin = { 200, 250 },
	.left = 140, .right = 260,
};

struct body {
	struct matte_side side[COLS * ROWS];
	struct matte matte;
};

/* A person whose shoulders lie at 300 below the chin, falling by slope degrees. */
static void
stand(struct body *body, double slope)
{
	double x, y;
	int column, row;

	memset(body, 0, sizeof *body);
	body->matte = (struct matte){ .width = COLS * STEP, .height = ROWS * STEP,
		.side = body->side, .cols = COLS, .rows = ROWS, .step = STEP };
	for (row = 0; row < ROWS; row++)
		for (column = 0; column < COLS; column++) {
			x = (column + 0.5) * STEP;
			y = 300 + (x - 200) * tan(slope * M_PI / 180);
			body->side[row * COLS + column].inside =
			    (float)((row + 0.5) - y / STEP);
		}
}

static void
test_the_slope_is_that_of_the_shoulders(void **state)
{
	static const double slopes[] = { -15, -8, 0, 3.5, 8, 12 };
	static struct body body;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof slopes / sizeof *slopes; i++) {
		stand(&body, slopes[i]);
		assert_true(fabs(shoulders_slope(&body.matte, &head) - slopes[i]) < 0.5);
	}
}

/* Long hair beside the chin would be taken for a shoulder. */
static void
test_hair_on_a_shoulder_is_not_judged(void **state)
{
	static struct body body;
	int row;

	(void)state;
	stand(&body, 0);
	for (row = 40; row < ROWS; row++)
		memset(&body.side[row * COLS], 0x3f, 30 * sizeof *body.side);
	assert_true(isnan(shoulders_slope(&body.matte, &head)));
}

static void
test_a_shoulder_beyond_the_picture_is_not_judged(void **state)
{
	static struct body body;
	struct measure_face face = head;

	(void)state;
	stand(&body, 0);
	face.left -= 130;
	face.right -= 130;
	assert_true(isnan(shoulders_slope(&body.matte, &face)));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_slope_is_that_of_the_shoulders),
		cmocka_unit_test(test_hair_on_a_shoulder_is_not_judged),
		cmocka_unit_test(test_a_shoulder_beyond_the_picture_is_not_judged),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
