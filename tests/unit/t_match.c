#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>
#include "lib/intake/match.h"

static const struct match_keys school[] = {
	/* 0 */ { "329901200209020200", "22329901150001", "202201010101", "甲", NULL },
	/* 1 */ { "32990120040401021X", "22329901150002", "202201010102", "乙", NULL },
	/* 2, 3: one person, two student numbers */
	{ "329901200310300207", NULL, "202201010103", "丙", NULL },
	{ "329901200310300207", NULL, "202301010103", "丙", NULL },
	/* 4 */ { "H123456(7)", "", "20210615", "丁", NULL },
	/* 5, 6: one ID number by mistake */
	{ "329901200305290219", NULL, "202201010105", "戊", NULL },
	{ "329901200305290219", NULL, "202201010106", "己", NULL },
	/* 7 */ { NULL, NULL, "21B0123", "庚", NULL },
	/* 8 */ { "1234567(8)", NULL, "2022-0108", "辛", NULL },
	/* 9 */ { NULL, NULL, "0109", "壬", NULL }
};

static int
setup(void **state)
{
	struct match_index *index = match_index_new();

	for (size_t i = 0; i < sizeof school / sizeof *school; i++)
		match_index_add(index, &school[i]);
	*state = index;
	return 0;
}

static int
teardown(void **state)
{
	match_index_free(*state);
	return 0;
}

static struct match
judge(void **state, const char *name)
{
	struct match match;

	match_name(*state, name, &match);
	return match;
}

static void
is_row(void **state, const char *name, size_t row, enum match_field by)
{
	struct match match = judge(state, name);

	if (match.count != 1 || match.rows[0].row != row ||
	    match.rows[0].by != by)
		fail_msg("'%s': %zu rows, first %zu by %d", name, match.count,
		    match.rows[0].row, (int)match.rows[0].by);
}

static void
is_nobody(void **state, const char *name, int has_reason)
{
	struct match match = judge(state, name);

	if (match.count != 0 || (match.reason != NULL) != has_reason)
		fail_msg("'%s': %zu rows, reason '%s'", name, match.count,
		    match.reason != NULL ? match.reason : "none");
}

static void
numbers_of_all_kinds_are_found(void **state)
{
	is_row(state, "202201010101.jpg", 0, MATCH_STUDENT_NO);
	is_row(state, "22329901150001.jpg", 0, MATCH_EXAM_NO);
	is_row(state, "329901200209020200.JPG", 0, MATCH_ID_NUMBER);
	is_row(state, "32990120040401021x.jpeg", 1, MATCH_ID_NUMBER);
	is_row(state, "21b0123.png", 7, MATCH_STUDENT_NO);
	is_row(state, "2022-0108.png", 8, MATCH_STUDENT_NO);
	is_row(state, "202201010101", 0, MATCH_STUDENT_NO);
}

static void
numbers_stand_among_other_text(void **state)
{
	is_row(state, "张三202201010101.jpg", 0, MATCH_STUDENT_NO);
	is_row(state, "张三_202201010101_计科 (1).jpg", 0, MATCH_STUDENT_NO);
	is_row(state, "zhangsan202201010101.jpg", 0, MATCH_STUDENT_NO);
	is_row(state, "202201010101(2).jpg", 0, MATCH_STUDENT_NO);
	is_row(state, "32990120040401021X张三.jpg", 1, MATCH_ID_NUMBER);
	is_row(state, "２０２２０１０１０１０１.jpg", 0, MATCH_STUDENT_NO);
	is_row(state, "329901200209020200_202201010101.jpg", 0,
	    MATCH_ID_NUMBER);
}

static void
a_part_of_a_longer_number_is_nobodys(void **state)
{
	is_nobody(state, "1202201010101.jpg", 0);
	is_nobody(state, "2022010101011.jpg", 0);
	is_nobody(state, "20220101010.jpg", 0);
	is_nobody(state, "202201010109.jpg", 0);
	is_nobody(state, "无名氏.jpg", 0);
	is_nobody(state, ".jpg", 0);
	is_nobody(state, "", 0);
}

static void
short_numbers_do_not_count(void **state)
{
	is_nobody(state, "0109.jpg", 0);
}

static void
brackets_belong_to_some_numbers(void **state)
{
	is_row(state, "H123456(7).jpg", 4, MATCH_ID_NUMBER);
	is_row(state, "h1234567.jpg", 4, MATCH_ID_NUMBER);
	is_row(state, "1234567(8).jpg", 8, MATCH_ID_NUMBER);
	is_nobody(state, "1234567(1).jpg", 0);
}

static void
the_clock_is_nobodys_number(void **state)
{
	is_row(state, "20210615.jpg", 4, MATCH_STUDENT_NO);
	assert_int_equal(judge(state, "20210615.jpg").doubt, MATCH_DOUBT_DATE);
	is_nobody(state, "IMG_20210615_083012.jpg", 0);
	is_nobody(state, "IMG20210615-083012.jpg", 0);
	is_nobody(state, "20210615_990000.jpg", 0);
	is_nobody(state, "20210615-1.jpg", 0);
	is_nobody(state, "scan 20210615.jpg", 0);
}

static void
two_persons_are_nobody(void **state)
{
	is_nobody(state, "202201010101_202201010102.jpg", 1);
	is_nobody(state, "329901200209020200-202201010102.jpg", 1);
	is_nobody(state, "329901200305290219.jpg", 1);
	is_row(state, "329901200305290219_202201010106.jpg", 6,
	    MATCH_ID_NUMBER);
}

static void
one_person_may_have_two_rows(void **state)
{
	struct match match = judge(state, "329901200310300207.jpg");

	assert_int_equal(match.count, 2);
	assert_int_equal(match.rows[0].row, 2);
	assert_int_equal(match.rows[1].row, 3);
	assert_false(match.rows[0].weak || match.rows[1].weak);

	match = judge(state, "329901200310300207_202301010103.jpg");
	assert_int_equal(match.count, 2);
	assert_true(match.rows[0].weak);
	assert_false(match.rows[1].weak);
	is_row(state, "202301010103.jpg", 3, MATCH_STUDENT_NO);
}

static void
rows_are_found_by_value(void **state)
{
	unsigned char taken[sizeof school / sizeof *school] = { 0 };

	assert_int_equal(match_row_of(*state, MATCH_ID_NUMBER,
	    "329901200310300207", NULL), 2);
	taken[2] = 1;
	assert_int_equal(match_row_of(*state, MATCH_ID_NUMBER,
	    "329901200310300207", taken), 3);
	assert_int_equal(match_row_of(*state, MATCH_STUDENT_NO, "0109", NULL),
	    9);
	assert_int_equal(match_row_of(*state, MATCH_EXAM_NO, "202201010101",
	    NULL), -1);
}

static void
many_students_are_no_trouble(void **state)
{
	struct match_index *index = match_index_new();
	struct match match;
	char number[16];

	(void)state;
	for (int i = 0; i < 5000; i++) {
		struct match_keys keys = { .student_no = number };

		snprintf(number, sizeof number, "2022%06d", i);
		match_index_add(index, &keys);
	}
	for (int i = 0; i < 5000; i += 7) {
		snprintf(number, sizeof number, "2022%06d.jpg", i);
		match_name(index, number, &match);
		assert_int_equal(match.count, 1);
		assert_int_equal(match.rows[0].row, i);
	}
	match_index_free(index);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(numbers_of_all_kinds_are_found),
		cmocka_unit_test(numbers_stand_among_other_text),
		cmocka_unit_test(a_part_of_a_longer_number_is_nobodys),
		cmocka_unit_test(short_numbers_do_not_count),
		cmocka_unit_test(brackets_belong_to_some_numbers),
		cmocka_unit_test(the_clock_is_nobodys_number),
		cmocka_unit_test(two_persons_are_nobody),
		cmocka_unit_test(one_person_may_have_two_rows),
		cmocka_unit_test(rows_are_found_by_value),
		cmocka_unit_test(many_students_are_no_trouble)
	};

	return cmocka_run_group_tests(tests, setup, teardown);
}
