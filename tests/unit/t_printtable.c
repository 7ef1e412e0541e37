#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/base/node.h"
#include "lib/sheet/printtable.h"

static void
test_headings_are_found_again(void **state)
{
	int i;

	(void)state;
	for (i = 0; i < PRINTTABLE_COLUMNS; i++)
		assert_int_equal(printtable_find(printtable_heading(
		    (enum printtable_column)i)), i);
	assert_int_equal(printtable_find("  学号\n"), PRINTTABLE_STUDENT_NO);
	assert_int_equal(printtable_find("学"), -1);
	assert_int_equal(printtable_find(""), -1);
}

static void
test_values(void **state)
{
	static const char *const wanted[PRINTTABLE_COLUMNS] = { "7", "20210001",
	    "张三", "123X", "南京大学", "", "1班", "5", "k3m9x2ab-1" };
	static const char json[] = "{\"id\":\"k3m9x2ab-1\",\"student\":{"
	    "\"student_no\":\"20210001\",\"name\":\"张三\",\"class\":\"1班\","
	    "\"id_number\":\"32010220000101123x\"}}";
	struct buf err = BUF_INIT, value = BUF_INIT;
	struct node *photo = node_parse(json, strlen(json), &err);
	int i;

	(void)state;
	for (i = 0; i < PRINTTABLE_COLUMNS; i++) {
		buf_clear(&value);
		printtable_value((enum printtable_column)i, photo, "南京大学", 7,
		    5, &value);
		assert_string_equal(value.data, wanted[i]);
	}
	node_free(photo);
	buf_release(&value);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_headings_are_found_again),
		cmocka_unit_test(test_values),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
