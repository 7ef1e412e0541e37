/* workdays: holidays, the weekend days worked instead, years that are not there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/profile/workdays.h"

static void
holidays_are_no_working_days(void **state)
{
	struct buf err = BUF_INIT;
	struct workdays *workdays = workdays_load("share/holidays.conf", &err);
	char date[WORKDAYS_DATE];

	(void)state;
	assert_non_null(workdays);
	assert_false(workdays_is(workdays, "2026-10-01"));
	assert_true(workdays_is(workdays, "2026-10-10"));	/* a Saturday */
	assert_false(workdays_is(workdays, "2026-10-11"));
	assert_true(workdays_is(workdays, "2026-10-12"));
	assert_int_equal(workdays_between(workdays, "2026-09-30", "2026-10-10"), 3);
	assert_int_equal(workdays_between(workdays, "2026-10-10", "2026-09-30"), 0);
	assert_int_equal(workdays_between(workdays, "2025-01-24", "2025-02-08"), 6);
	assert_int_equal(workdays_after(workdays, "2026-09-30", 20, date), 0);
	assert_string_equal(date, "2026-11-03");
	/* The middle of a year that nobody knows yet: five-day weeks. */
	assert_false(workdays_knows(workdays, "2031-05-01"));
	assert_int_equal(workdays_between(workdays, "2031-04-28", "2031-05-05"), 5);
	assert_int_equal(workdays_between(workdays, "nonsense", "2031-05-05"), 0);
	workdays_free(workdays);
	buf_release(&err);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(holidays_are_no_working_days),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
