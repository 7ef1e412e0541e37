#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "lib/check/shapes.h"

enum { WIDTH = 61, HEIGHT = 47, REACH = 5, CONTRAST = 20 };

static const struct shapes_wanted wanted = { REACH, CONTRAST };
static unsigned char values[HEIGHT][WIDTH];

static size_t
find(struct shape **shapes)
{
	return shapes_find(values[0], WIDTH, HEIGHT, &wanted, shapes);
}

static void
an_even_plane_has_none(void **state)
{
	struct shape *shapes;

	(void)state;
	memset(values, 77, sizeof values);
	assert_int_equal(find(&shapes), 0);
	free(shapes);
}

static void
what_touches_at_a_corner_is_one(void **state)
{
	struct shape *shapes;

	(void)state;
	memset(values, 100, sizeof values);
	values[10][20] = values[11][21] = values[12][20] = 200;
	values[30][40] = 0;
	assert_int_equal(find(&shapes), 2);
	assert_int_equal(shapes[0].area, 3);
	assert_int_equal(shapes[0].inner, 0);
	assert_int_equal(shapes[0].lighter, 1);
	assert_true(shapes[0].left == 20 && shapes[0].right == 21 && shapes[0].top == 10 &&
	    shapes[0].bottom == 12);
	assert_float_equal(shapes[0].level, 200, 1e-3);
	assert_float_equal(shapes[0].contrast, 100 - 300.0 / 121, 1e-3);
	assert_float_equal(shapes[0].deviation, 0, 1e-3);
	assert_int_equal(shapes[1].lighter, 0);
	assert_float_equal(shapes[1].contrast, 100 - 100.0 / 121, 1e-3);
	free(shapes);
}

static void
light_and_dark_side_by_side_are_two(void **state)
{
	struct shape *shapes;

	(void)state;
	memset(values, 100, sizeof values);
	values[20][20] = 255;
	values[20][21] = 0;
	values[21][20] = 0;
	values[21][21] = 255;
	assert_int_equal(find(&shapes), 2);
	assert_true(shapes[0].lighter && !shapes[1].lighter);
	assert_true(shapes[0].area == 2 && shapes[1].area == 2);
	free(shapes);
}

/* ---- the same, pixel by pixel ---- */

static int
sign_at(int x, int y)
{
	int sum = 0, u, v, off;

	if (x < 0 || y < 0 || x >= WIDTH || y >= HEIGHT)
		return 0;
	for (v = y - REACH; v <= y + REACH; v++)
		for (u = x - REACH; u <= x + REACH; u++)
			sum += values[v < 0 ? 0 : v >= HEIGHT ? HEIGHT - 1 : v]
			    [u < 0 ? 0 : u >= WIDTH ? WIDTH - 1 : u];
	off = (2 * REACH + 1) * (2 * REACH + 1) * values[y][x] - sum;
	return off > CONTRAST * 121 ? 1 : off < -CONTRAST * 121 ? -1 : 0;
}

static int signs[HEIGHT + 2][WIDTH + 2], seen[HEIGHT + 2][WIDTH + 2];

static void
follow(int x, int y, struct shape *shape)
{
	int sign = signs[y + 1][x + 1], all = 0, i;

	seen[y + 1][x + 1] = 1;
	shape->left = x < shape->left ? x : shape->left;
	shape->right = x > shape->right ? x : shape->right;
	shape->bottom = y > shape->bottom ? y : shape->bottom;
	shape->area++;
	for (i = 0; i < 9; i++) {
		int u = x + i % 3 - 1, v = y + i / 3 - 1;

		if (signs[v + 1][u + 1] != sign)
			continue;
		all++;
		if (!seen[v + 1][u + 1])
			follow(u, v, shape);
	}
	shape->inner += all == 9;
}

static void
compare_with_flood(void)
{
	struct shape *shapes;
	size_t count = find(&shapes), at = 0;
	int x, y;

	memset(seen, 0, sizeof seen);
	for (y = 0; y < HEIGHT; y++)
		for (x = 0; x < WIDTH; x++)
			signs[y + 1][x + 1] = sign_at(x, y);
	for (y = 0; y < HEIGHT; y++)
		for (x = 0; x < WIDTH; x++) {
			struct shape shape = { .left = x, .right = x, .top = y, .bottom = y };

			if (signs[y + 1][x + 1] == 0 || seen[y + 1][x + 1])
				continue;
			follow(x, y, &shape);
			assert_true(at < count);
			assert_int_equal(shapes[at].left, shape.left);
			assert_int_equal(shapes[at].right, shape.right);
			assert_int_equal(shapes[at].top, shape.top);
			assert_int_equal(shapes[at].bottom, shape.bottom);
			assert_int_equal(shapes[at].area, shape.area);
			assert_int_equal(shapes[at].inner, shape.inner);
			at++;
		}
	assert_int_equal(at, count);
	free(shapes);
}

/* From noise of single pixels to blots that enclose each other. */
static void
runs_find_what_a_flood_finds(void **state)
{
	unsigned random = 1;
	int x, y, size;

	(void)state;
	for (size = 1; size < 8; size++) {
		for (y = 0; y < HEIGHT; y++)
			for (x = 0; x < WIDTH; x++) {
				random = random * 1664525 + 1013904223;
				values[y][x] = x % size != 0 ? values[y][x - 1] :
				    y % size != 0 ? values[y - 1][x] :
				    (unsigned char)(random >> 24);
			}
		compare_with_flood();
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(an_even_plane_has_none),
		cmocka_unit_test(what_touches_at_a_corner_is_one),
		cmocka_unit_test(light_and_dark_side_by_side_are_two),
		cmocka_unit_test(runs_find_what_a_flood_finds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
