#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lib/matte/flood.h"

/* Four pools: b and d touch a at a corner only, e nothing. */
static const char ground[] =
    "aa..e"
    "aa..."
    "..bb."
    "..b.d";
enum { COLS = 5, ROWS = 4, CELLS = COLS * ROWS };

struct pools {
	int asked[CELLS];	/* how often each cell was */
};

static int
is_wet(void *state, int from, int to)
{
	struct pools *pools = state;

	(void)from;
	pools->asked[to]++;
	return ground[to] != '.';
}

/* The cells reached from the first, in ground's letters. */
static void
reach_from(int at, enum flood_reach reach, const char *letters)
{
	unsigned char mark[CELLS] = { 0 };
	int queue[CELLS], count;
	struct pools pools = { { 0 } };
	struct flood flood = { COLS, ROWS, mark, queue, is_wet, &pools };

	mark[at] = 1;
	count = flood_run(&flood, flood_begin(&flood), reach);
	assert_int_equal(count, strlen(letters));
	for (int i = 0; i < count; i++) {
		assert_int_equal(ground[queue[i]], letters[i]);
		assert_int_equal(mark[queue[i]], 1);
	}
	for (int i = 0; i < CELLS; i++)
		assert_int_equal(mark[i], memchr(letters, ground[i],
		    strlen(letters)) != NULL && ground[i] != '.');
}

static void
sides_do_not_lead_over_corners(void **state)
{
	(void)state;
	reach_from(0, FLOOD_SIDES, "aaaa");
	reach_from(4, FLOOD_SIDES, "e");
}

static void
corners_do(void **state)
{
	(void)state;
	reach_from(0, FLOOD_CORNERS, "aaaabbbd");
	reach_from(4, FLOOD_CORNERS, "e");
}

static void
rows_do_not_wrap(void **state)
{
	(void)state;
	/* d ends its row; what begins the next would be its neighbour */
	reach_from(19, FLOOD_SIDES, "d");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(sides_do_not_lead_over_corners),
		cmocka_unit_test(corners_do),
		cmocka_unit_test(rows_do_not_wrap),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
