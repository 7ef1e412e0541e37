#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/profile/window.h"
#include "lib/roster/calendar.h"

static void
test_only_days_that_exist_are_days(void **state)
{
	(void)state;
	assert_true(window_is(WINDOW_DAYS, "none"));
	assert_true(window_is(WINDOW_DAYS, "2028-02-29"));
	assert_true(window_is(WINDOW_DAYS, "2026-10-12..2026-10-14, 2026-10-20"));
	assert_false(window_is(WINDOW_DAYS, "2026-02-29"));
	assert_false(window_is(WINDOW_DAYS, "2026-10-14..2026-10-12"));
	assert_false(window_is(WINDOW_DAYS, "2026-10-12,"));
	assert_false(window_is(WINDOW_DAYS, "2026-10-12 2026-10-13"));
	assert_false(window_is(WINDOW_DAYS, ""));
	assert_true(window_is(WINDOW_HOURS, "08:30..12:00, 13:30..24:00"));
	assert_false(window_is(WINDOW_HOURS, "24:01..24:02"));
	assert_false(window_is(WINDOW_HOURS, "8:30..9:30"));
}

static void
test_both_ends_are_included(void **state)
{
	static const char days[] = "2026-10-12..2026-10-14, 2026-10-20";
	static const char hours[] = "08:30..12:00, 13:30..17:00";

	(void)state;
	assert_true(window_holds(WINDOW_DAYS, days, "2026-10-12 00:00:00"));
	assert_true(window_holds(WINDOW_DAYS, days, "2026-10-14 23:59:59"));
	assert_true(window_holds(WINDOW_DAYS, days, "2026-10-20 12:00:00"));
	assert_false(window_holds(WINDOW_DAYS, days, "2026-10-11 12:00:00"));
	assert_false(window_holds(WINDOW_DAYS, days, "2026-10-15 12:00:00"));
	assert_true(window_holds(WINDOW_HOURS, hours, "08:30:00"));
	assert_true(window_holds(WINDOW_HOURS, hours, "17:00:59"));
	assert_false(window_holds(WINDOW_HOURS, hours, "12:01:00"));
	assert_true(window_holds(WINDOW_DAYS, "none", "1999-01-01"));
}

static const struct {
	const char *written, *read;	/* NULL: refused */
} days[] = {
	{ "2026-10-12", "2026-10-12" },
	{ "20261012", "2026-10-12" },
	{ "2026年10月12日", "2026-10-12" },
	{ "2026年10月12日至14日、10月20日",
	  "2026-10-12..2026-10-14, 2026-10-20" },
	{ "2026年10月12日—11月2日", "2026-10-12..2026-11-02" },
	{ "2026.10.12-10.14", "2026-10-12..2026-10-14" },
	{ "2026/10/12-2026/10/14", "2026-10-12..2026-10-14" },
	{ "2026-10-12～2026-10-14；2026-10-20", "2026-10-12..2026-10-14, 2026-10-20" },
	{ "2026-10-12-2026-10-14", "2026-10-12..2026-10-14" },
	{ "2026-10-12至10-14", "2026-10-12..2026-10-14" },
	{ "2026-10-12..2026-10-14, 2026-10-20", "2026-10-12..2026-10-14, 2026-10-20" },
	{ "2026-10-12 ~ 2026-10-14", "2026-10-12..2026-10-14" },
	{ "2026年12月30日至2027年1月2日", "2026-12-30..2027-01-02" },
	{ "10月12日", NULL },			/* of which year */
	{ "2026年10月", NULL },
	{ "2026-10-14至2026-10-12", NULL },
	{ "2026-02-30", NULL },
	{ "春天", NULL },
	{ "2026-10-12至", NULL },
}, hours[] = {
	{ "8:30-17:00", "08:30..17:00" },
	{ "08:30..12:00, 13:30..17:00", "08:30..12:00, 13:30..17:00" },
	{ "8：30—11：30", "08:30..11:30" },
	{ "上午8:30-11:30，下午1:30-5:00", "08:30..11:30, 13:30..17:00" },
	{ "8时至17时", "08:00..17:00" },
	{ "上午9点到下午5点", "09:00..17:00" },
	{ "8:30", NULL },
	{ "全天", NULL },
	{ "17:00-8:30", NULL },
};

static void
test_days_without_a_year_are_of_the_year_that_is_given(void **state)
{
	struct buf out = BUF_INIT, reason = BUF_INIT;

	(void)state;
	assert_int_equal(calendar_days("3 月 15 日—4 月 3 日", 2026, &out, &reason), 0);
	assert_string_equal(out.data, "2026-03-15..2026-04-03");
	buf_clear(&out);
	assert_int_equal(calendar_days("03-15 至 04-03", 2024, &out, &reason), 0);
	assert_string_equal(out.data, "2024-03-15..2024-04-03");
	buf_clear(&out);
	assert_int_equal(calendar_days("2025年3月1日", 2026, &out, &reason), 0);
	assert_string_equal(out.data, "2025-03-01");
	assert_int_not_equal(calendar_days("2月30日", 2026, &out, &reason), 0);
	buf_release(&out);
	buf_release(&reason);
}

static void
test_one_window_within_another(void **state)
{
	static const char city[] = "2026-03-15..2026-04-03, 2026-05-06";

	(void)state;
	assert_true(window_within(WINDOW_DAYS, "2026-03-15..2026-03-20, 2026-05-06",
	    city));
	assert_true(window_within(WINDOW_DAYS, "none", city));
	assert_true(window_within(WINDOW_DAYS, "2026-01-01", "none"));
	assert_false(window_within(WINDOW_DAYS, "2026-03-14..2026-03-20", city));
	assert_false(window_within(WINDOW_DAYS, "2026-03-20, 2026-05-07", city));
	assert_false(window_within(WINDOW_HOURS, "07:30..12:00", "08:00..18:00"));
}

static void
test_days_and_hours_as_people_write_them(void **state)
{
	struct buf out = BUF_INIT, reason = BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof days / sizeof *days; i++) {
		buf_clear(&out);
		if (calendar_days(days[i].written, 0, &out, &reason) != 0 ?
		    days[i].read != NULL : days[i].read == NULL ||
		    strcmp(out.data, days[i].read) != 0)
			fail_msg("'%s' became '%s'", days[i].written, out.data);
	}
	for (i = 0; i < sizeof hours / sizeof *hours; i++) {
		buf_clear(&out);
		if (calendar_hours(hours[i].written, &out, &reason) != 0 ?
		    hours[i].read != NULL : hours[i].read == NULL ||
		    strcmp(out.data, hours[i].read) != 0)
			fail_msg("'%s' became '%s'", hours[i].written, out.data);
	}
	buf_release(&out);
	buf_release(&reason);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_only_days_that_exist_are_days),
		cmocka_unit_test(test_both_ends_are_included),
		cmocka_unit_test(test_days_without_a_year_are_of_the_year_that_is_given),
		cmocka_unit_test(test_one_window_within_another),
		cmocka_unit_test(test_days_and_hours_as_people_write_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
