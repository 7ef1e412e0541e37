/* The review page: when a further file begins. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "lib/review/reviewpage.h"

static void
test_a_file_has_a_limit_of_bytes_and_of_records(void **state)
{
	struct reviewpage page;

	(void)state;
	reviewpage_init(&page, REVIEWPAGE_REVIEW);
	assert_false(reviewpage_is_full(&page));
	page.count = REVIEWPAGE_RECORDS_MAX;
	assert_true(reviewpage_is_full(&page));
	page.count = 1;
	page.pictures.len = REVIEWPAGE_BYTES_MAX / 2;
	assert_false(reviewpage_is_full(&page));
	page.records.len = REVIEWPAGE_BYTES_MAX / 2;
	assert_true(reviewpage_is_full(&page));
	page.pictures.len = page.records.len = 0;
	reviewpage_release(&page);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_file_has_a_limit_of_bytes_and_of_records),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
