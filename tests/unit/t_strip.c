#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/base/node.h"
#include "lib/sheet/strip.h"

#define PATTERN "{school}|{college} {class}|{student_no} {id_last_four} {name_masked}"

static void
says(const char *pattern, const char *student, const char *wanted)
{
	struct buf err = BUF_INIT, text = BUF_INIT;
	struct node *node = node_parse(student, strlen(student), &err);

	assert_non_null(node);
	assert_int_equal(strip_check(pattern, &err), 0);
	strip_text(pattern, node, "南京大学", MASK_FIRST_LAST, &text);
	assert_string_equal(text.data, wanted);
	node_free(node);
	buf_release(&text);
	buf_release(&err);
}

static void
test_name_and_id_are_masked(void **state)
{
	(void)state;
	says(PATTERN, "{\"college\":\"文学院\",\"class\":\"1班\",\"student_no\":\"007\","
	    "\"id_number\":\"32010220000101123x\",\"name\":\"欧阳娜娜\"}",
	    "南京大学\n文学院 1班\n007 123X 欧**娜");
}

static void
test_a_student_of_another_school_keeps_it(void **state)
{
	(void)state;
	says(PATTERN, "{\"school\":\"金陵学院\",\"student_no\":\"1\"}",
	    "金陵学院\n1");
}

static void
test_what_is_absent_leaves_no_gap(void **state)
{
	(void)state;
	says(PATTERN, "{\"class\":\"1班\",\"name\":\"张三\"}",
	    "南京大学\n1班\n张*");
	says("{college}|{class}", "{}", "");
	says("学号：{student_no}", "{}", "学号：");
}

static void
test_a_line_feed_in_a_roster_begins_no_line(void **state)
{
	(void)state;
	says("{class}|{student_no}", "{\"class\":\"a\\n b\\u0007\","
	    "\"student_no\":\"\\t1\"}", "a b\n1");
}

static void
test_four_digits_alone_are_enough(void **state)
{
	(void)state;
	says("{id_last_four}", "{\"id_last_four\":\"123X\"}", "123X");
}

static void
test_bad_patterns_are_refused(void **state)
{
	struct buf err = BUF_INIT;

	(void)state;
	assert_int_equal(strip_check("{id_number}", &err), -1);
	assert_string_equal(err.data, "a strip has no field 'id_number'");
	buf_clear(&err);
	assert_int_equal(strip_check("{name", &err), -1);
	assert_int_equal(strip_check("no fields", &err), 0);
	assert_int_equal(strip_lines(PATTERN), 3);
	buf_release(&err);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_name_and_id_are_masked),
		cmocka_unit_test(test_a_student_of_another_school_keeps_it),
		cmocka_unit_test(test_what_is_absent_leaves_no_gap),
		cmocka_unit_test(test_a_line_feed_in_a_roster_begins_no_line),
		cmocka_unit_test(test_four_digits_alone_are_enough),
		cmocka_unit_test(test_bad_patterns_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
