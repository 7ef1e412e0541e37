#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include "lib/base/buf.h"
#include "lib/base/mask.h"

static void
shows_name(const char *name, enum mask_rule rule, const char *expected)
{
	struct buf out = BUF_INIT;

	mask_name(name, rule, &out);
	assert_string_equal(out.data, expected);
	buf_release(&out);
}

static void
names_are_masked_by_characters(void **state)
{
	(void)state;
	shows_name("张三", MASK_FIRST_LAST, "张*");
	shows_name("张晓三", MASK_FIRST_LAST, "张*三");
	shows_name("张晓晓三", MASK_FIRST_LAST, "张**三");
	shows_name("张晓三", MASK_FIRST, "张**");
	shows_name("张", MASK_FIRST_LAST, "*");
	shows_name("张\xE3\x80\x80三", MASK_FIRST_LAST, "张*");
	shows_name("\xF0\xA0\xAE\xB7三丰", MASK_FIRST_LAST,
	    "\xF0\xA0\xAE\xB7*丰");
	shows_name("买买提·阿", MASK_FIRST_LAST, "买***阿");
	shows_name("John Smith", MASK_FIRST_LAST, "J*** S****");
	shows_name("", MASK_FIRST_LAST, "");
}

static void
only_the_end_of_a_number_shows(void **state)
{
	static const char *const cases[][2] = {
		{ "L123456(7)", "4567" }, { "L123456（7）", "4567" },
		{ "11010519491231002x", "002X" },
		{ "1101 0519 4912 3100 2X", "002X" }, { "123", "123" },
		{ "", "" }
	};
	struct buf out = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		buf_clear(&out);
		mask_id_last_four(cases[i][0], &out);
		assert_string_equal(out.data, cases[i][1]);
	}
	buf_release(&out);
}

static void
entry_names_tell_no_person(void **state)
{
	static const char *const names[] = { "张晓三", "", NULL };
	static const struct {
		const char *entry;
		const char *expected;
	} cases[] = {
		{ "软件1班/11010519491231002X.jpg", "软件1班/*002X.jpg" },
		{ "2021001234-张晓三.JPG", "*1234-张*三.JPG" },
		{ "IMG_1234.jpg", "IMG_1234.jpg" },
		{ "１２３４５６.png", "*3456.png" },
		{ "a\xFF.jpg", "a\xFF.jpg" },
	};
	struct buf out = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		buf_clear(&out);
		mask_entry_name(cases[i].entry, names, &out);
		assert_string_equal(out.data, cases[i].expected);
	}
	buf_clear(&out);
	mask_entry_name("12345张晓三", NULL, &out);
	assert_string_equal(out.data, "*2345张晓三");
	buf_release(&out);
}

static void
rules_have_words(void **state)
{
	(void)state;
	assert_int_equal(mask_rule_parse("first_last"), MASK_FIRST_LAST);
	assert_int_equal(mask_rule_parse("first"), MASK_FIRST);
	assert_int_equal(mask_rule_parse("none"), -1);
}

/* Of two values a person sees what differs, and no more than masks show anyway. */
static void
test_difference(void **state)
{
	static const struct {
		const char *value, *other;
		int first, last;
		const char *shown;
	} cases[] = {
		{ "张三丰", "张三峰", 1, 1, "张*丰" },
		{ "张三丰", "李三丰", 1, 1, "张*丰" },
		{ "欧阳小明", "欧阳晓明", 1, 1, "欧*小明" },
		{ "110101200001010018", "110101200001060018", 0, 4,
		  "*************10018" },
		{ "110101200001010018", "110101200001010018", 0, 4,
		  "**************0018" },
		{ "aaa", "aa", 0, 0, "**a" }, { "aa", "aaa", 0, 0, "**" },
		{ "", "x", 1, 4, "" }, { "x", "", 0, 0, "x" }
	};
	struct buf out = BUF_INIT;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		buf_clear(&out);
		mask_difference(cases[i].value, cases[i].other, cases[i].first,
		    cases[i].last, &out);
		assert_string_equal(out.data, cases[i].shown);
	}
	buf_release(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_difference),
		cmocka_unit_test(names_are_masked_by_characters),
		cmocka_unit_test(only_the_end_of_a_number_shows),
		cmocka_unit_test(entry_names_tell_no_person),
		cmocka_unit_test(rules_have_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
