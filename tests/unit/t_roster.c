#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/base/pool.h"
#include "lib/roster/roster.h"
#include "lib/roster/rosterfile.h"

/* Made-up numbers; 002X, 0012 and 0039 hold together. */
#define HEADINGS "学号,姓名,身份证号,性别,出生日期,学院,班级\n"
#define ID_A "11010519491231002X"
#define ID_B "320106200202020012"
#define ID_C "320106200303030039"

static const char *
scratch(const char *end)
{
	static char path[64];

	snprintf(path, sizeof path, "/tmp/t_roster.%ld%s", (long)getpid(), end);
	return path;
}

static void
write_text(const char *path, const char *text)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(text, 1, strlen(text), file), strlen(text));
	assert_int_equal(fclose(file), 0);
}

static int
remove_scratch(void **state)
{
	(void)state;
	unlink(scratch(""));
	unlink(scratch(".conf"));
	return 0;
}

static int
roster_read(const char *path, const struct roster_options *options,
    struct roster *roster, struct buf *err)
{
	static const struct roster_batch batch = { "", "" };

	roster_init(roster);
	roster_add_file(roster, "it", "", 0, 0);
	if (rosterfile_read(path, options, roster, err) == -1)
		return -1;
	roster_settle(roster, &batch);
	return 0;
}

static void
read_with(const struct roster_options *options, const char *text,
    struct roster *roster)
{
	struct buf err = BUF_INIT;
	int result;

	write_text(scratch(""), text);
	result = roster_read(scratch(""), options, roster, &err);
	if (result == -1)
		print_error("%s\n", err.data);
	assert_int_equal(result, 0);
	buf_release(&err);
}

static void
read_text(const char *text, struct roster *roster)
{
	const struct roster_options options = { NULL, 0, NULL, 0 };

	read_with(&options, text, roster);
}

static void
is_refused(const char *text, const char *reason)
{
	const struct roster_options options = { NULL, 0, NULL, 0 };
	struct buf err = BUF_INIT;
	struct roster roster;

	write_text(scratch(""), text);
	assert_int_equal(roster_read(scratch(""), &options, &roster, &err), -1);
	if (strstr(err.data, reason) == NULL)
		print_error("%s\n", err.data);
	assert_non_null(strstr(err.data, reason));
	roster_release(&roster);
	buf_release(&err);
}

static void
has_field(const struct roster *roster, size_t index, enum student_field field,
    const char *expected)
{
	const char *value;

	assert_true(index < roster->count);
	value = roster_field(roster, index, field);
	if (expected == NULL) {
		assert_null(value);
		return;
	}
	assert_non_null(value);
	assert_string_equal(value, expected);
}

static void
has_note(const struct roster *roster, size_t index, const char *words)
{
	assert_true(index < roster->count);
	assert_non_null(strstr(pool_text(roster->pool,
	    roster->students[index].notes), words));
}

static void
has_no_note(const struct roster *roster, size_t index)
{
	assert_true(index < roster->count);
	assert_string_equal(pool_text(roster->pool,
	    roster->students[index].notes), "");
}

static const struct roster_gap *
gap(const struct roster *roster, enum roster_gap_kind kind, size_t index)
{
	for (size_t i = 0; i < roster->gap_count; i++)
		if (roster->gaps[i].kind == kind && index-- == 0)
			return &roster->gaps[i];
	fail_msg("there is no such gap");
	return NULL;
}

static void
counts(const struct roster *roster, size_t students, size_t refused,
    size_t repeated)
{
	assert_int_equal(roster->count, students);
	assert_int_equal(roster_gaps(roster, ROSTER_REFUSED), refused);
	assert_int_equal(roster_gaps(roster, ROSTER_REPEATED), repeated);
	assert_int_equal(roster_lines(roster), students + refused + repeated +
	    roster_gaps(roster, ROSTER_SKIPPED));
}

static void
register_codes_are_known(void **state)
{
	struct roster roster;

	(void)state;
	read_text("KSH,XH,XM,XB,CSRQ,SFZH,ZZMM,MZ,YXDM,YXMC,ZYDM,ZYMC,FY,XSH,BH,"
	    "CC,XZ,XXXS,RXRQ,YJBYRQ,ZCZT\n"
	    "21320106150001,0021,张三,女,19491231," ID_A ",群众,汉族,10284,"
	    "某大学,080901,计算机,信息学院,站点一,软件1班,本科,4,全日制,"
	    "20210901,20250630,注册学籍\n", &roster);
	counts(&roster, 1, 0, 0);
	has_field(&roster, 0, STUDENT_EXAM_NO, "21320106150001");
	has_field(&roster, 0, STUDENT_STUDENT_NO, "0021");
	has_field(&roster, 0, STUDENT_NAME, "张三");
	has_field(&roster, 0, STUDENT_ID_NUMBER, ID_A);
	has_field(&roster, 0, STUDENT_SCHOOL_CODE, "10284");
	has_field(&roster, 0, STUDENT_SCHOOL, "某大学");
	has_field(&roster, 0, STUDENT_COLLEGE, "信息学院");
	has_field(&roster, 0, STUDENT_TEACHING_POINT, "站点一");
	has_field(&roster, 0, STUDENT_CLASS, "软件1班");
	has_field(&roster, 0, STUDENT_MAJOR, "计算机");
	has_field(&roster, 0, STUDENT_LEVEL, "本科");
	has_field(&roster, 0, STUDENT_GRADUATION_DATE, "20250630");
	has_field(&roster, 0, STUDENT_STATUS, "注册学籍");
	has_no_note(&roster, 0);
	roster_release(&roster);
}

static void
headings_are_found_below_titles(void **state)
{
	struct roster roster;

	(void)state;
	read_text("某大学2025届毕业生名单\n\n序号,学 号*,姓名（必填）,"
	    "身份证号码(18位),性 别,XM姓名,院系/学院\n"
	    "SYSSDM,XH,XM,SFZH,XB,XM,FY\n"
	    "1,001,张三," ID_A ",2,张三,数学系\n\n"
	    "序号,学号,姓名,身份证号码,性别,姓名,学院\n"
	    "2,002,李四,,男,李四,数学系\n合计,2,人\n", &roster);
	counts(&roster, 2, 0, 0);
	assert_int_equal(roster.lists[0].header_row, 3);
	assert_int_equal(roster.students[0].row, 5);
	has_field(&roster, 0, STUDENT_SEX, "女");
	has_field(&roster, 0, STUDENT_COLLEGE, "数学系");
	has_field(&roster, 1, STUDENT_STUDENT_NO, "002");
	roster_release(&roster);
}

/* Half the students would be lost, or a photo get the name of another column. */
static void
doubtful_headings_are_refused(void **state)
{
	struct roster roster;

	(void)state;
	is_refused("学号,姓名,学号,姓名\n1,张三,2,李四\n", "below each other");
	is_refused("a,b\n1,2\n", "学号");
	read_text("学号,姓名(曾用名),姓名\n1,张山,张三\n", &roster);
	has_field(&roster, 0, STUDENT_NAME, "张三");
	roster_release(&roster);
}

static void
values_are_tidied(void **state)
{
	struct roster roster;

	(void)state;
	read_text(HEADINGS
	    "００１,张　三,１１０１０５　19491231 002x,F,1949年12月31日,"
	    "理 学院, 1班 \n"
	    "'0002,买买提·阿,无,1,2002-2-3,,\n"
	    "0003,李??,A123456(3),男性,37622,,\n", &roster);
	counts(&roster, 3, 0, 0);
	has_field(&roster, 0, STUDENT_STUDENT_NO, "001");
	has_field(&roster, 0, STUDENT_NAME, "张三");
	has_field(&roster, 0, STUDENT_ID_NUMBER, ID_A);
	has_field(&roster, 0, STUDENT_SEX, "女");
	has_field(&roster, 0, STUDENT_BIRTH_DATE, "19491231");
	has_field(&roster, 0, STUDENT_CLASS, "1班");
	has_no_note(&roster, 0);
	has_field(&roster, 1, STUDENT_STUDENT_NO, "0002");
	has_field(&roster, 1, STUDENT_NAME, "买买提·阿");
	has_field(&roster, 1, STUDENT_ID_NUMBER, NULL);
	has_field(&roster, 1, STUDENT_BIRTH_DATE, "20020203");
	has_field(&roster, 2, STUDENT_NAME, "李??");
	has_field(&roster, 2, STUDENT_ID_NUMBER, "A123456(3)");
	has_field(&roster, 2, STUDENT_BIRTH_DATE, "20030101");
	roster_release(&roster);
}

static void
doubtful_numbers_are_noted(void **state)
{
	struct roster roster;

	(void)state;
	read_text(HEADINGS
	    "1,王甲,110105194912310021,,,,\n"
	    "2,王乙,3.20106E+17,,,,\n"
	    "3,王丙," ID_A ",男,19491230,,\n"
	    "4,王丁,#N/A,,,,\n"
	    "5,,,,,,\n", &roster);
	counts(&roster, 5, 0, 0);
	has_note(&roster, 0, "check digit");
	has_field(&roster, 0, STUDENT_ID_NUMBER, "110105194912310021");
	has_note(&roster, 1, "shortened");
	has_field(&roster, 1, STUDENT_ID_NUMBER, NULL);
	has_note(&roster, 2, "another sex");
	has_note(&roster, 2, "another birth date");
	has_note(&roster, 3, "#N/A");
	has_note(&roster, 4, "no name");
	assert_int_equal(roster.note_count, 6);
	assert_string_equal(roster.notes[5], "row 6: it has no name");
	for (size_t i = 0; i < roster.count; i++)
		assert_null(strstr(pool_text(roster.pool,
		    roster.students[i].notes), "1949"));
	roster_release(&roster);
}

static void
the_type_may_be_a_passport(void **state)
{
	struct roster roster;

	(void)state;
	read_text("学号,姓名,身份证件号,身份证件类型\n1,王甲,123456789012,护照\n"
	    "2,王乙,223456789012,居民身份证\n3,王丙,E12345678,居民身份证\n"
	    "4,王丁," ID_A ",居民身份证\n", &roster);
	counts(&roster, 4, 0, 0);
	has_no_note(&roster, 0);
	has_note(&roster, 1, "neither 15 nor 18 digits");
	has_note(&roster, 2, "not a resident's");
	has_no_note(&roster, 3);
	roster_release(&roster);
}

static void
rows_without_a_number_are_refused(void **state)
{
	struct roster roster;

	(void)state;
	read_text(HEADINGS "1,王甲,,,,,\n,王乙,,男,,,一班\n-,王丙,无,,,,\n,,,,,,\n",
	    &roster);
	counts(&roster, 1, 2, 0);
	assert_int_equal(gap(&roster, ROSTER_REFUSED, 0)->row, 3);
	assert_int_equal(gap(&roster, ROSTER_REFUSED, 1)->row, 4);
	assert_null(strstr(gap(&roster, ROSTER_REFUSED,
	    0)->reason, "乙"));
	roster_release(&roster);
}

static void
repeated_rows_name_both(void **state)
{
	struct roster roster;

	(void)state;
	read_text(HEADINGS
	    "1,王甲," ID_A ",,,,一班\n2,王乙," ID_B ",,,,\n"
	    "1,王甲," ID_A ",,,,二班\n2,王乙,,,,,\n,王乙," ID_B ",,,,\n", &roster);
	counts(&roster, 2, 0, 3);
	assert_int_equal(gap(&roster, ROSTER_REPEATED, 0)->row, 4);
	assert_non_null(strstr(gap(&roster, ROSTER_REPEATED, 0)->reason,
	    "row 2"));
	assert_non_null(strstr(gap(&roster, ROSTER_REPEATED,
	    0)->reason, "another class"));
	assert_non_null(strstr(gap(&roster, ROSTER_REPEATED, 1)->reason,
	    "row 3"));
	assert_non_null(strstr(gap(&roster, ROSTER_REPEATED, 2)->reason,
	    "row 3"));
	roster_release(&roster);
}

static void
one_number_for_two_students_is_refused(void **state)
{
	struct roster roster;

	(void)state;
	read_text(HEADINGS
	    "1,王甲," ID_A ",,,,\n1,王乙," ID_B ",,,,\n1,王丙,,,,,\n", &roster);
	counts(&roster, 1, 2, 0);
	assert_int_equal(gap(&roster, ROSTER_REFUSED, 0)->row, 3);
	assert_non_null(strstr(gap(&roster, ROSTER_REFUSED, 0)->reason,
	    "row 2"));
	assert_non_null(strstr(gap(&roster, ROSTER_REFUSED,
	    0)->reason, "row 2"));
	assert_non_null(strstr(gap(&roster, ROSTER_REFUSED,
	    1)->reason, "another name"));
	has_note(&roster, 0, "row 3");
	roster_release(&roster);
}

static void
one_person_may_have_two_student_numbers(void **state)
{
	struct roster roster;

	(void)state;
	read_text(HEADINGS
	    "1,王甲," ID_A ",,,,\n2,王甲,110105491231002,,,,\n3,王乙," ID_A ",,,,\n"
	    "4,王丙," ID_C ",,,,\n", &roster);
	counts(&roster, 4, 0, 0);
	has_no_note(&roster, 1);
	has_note(&roster, 2, "another name");
	has_note(&roster, 2, "row 2");
	has_note(&roster, 0, "row 4");
	roster_release(&roster);
}

static void
masked_numbers_are_no_keys(void **state)
{
	struct roster roster;

	(void)state;
	read_text("学号,姓名,身份证号\n1,张*三,****1234\n2,李*,****1234\n",
	    &roster);
	counts(&roster, 2, 0, 0);
	has_field(&roster, 0, STUDENT_ID_NUMBER, NULL);
	has_field(&roster, 0, STUDENT_ID_LAST_FOUR, "1234");
	roster_release(&roster);
}

static void
several_columns_give_one_field(void **state)
{
	struct roster roster;

	(void)state;
	read_text("学号,姓名,BH,班级\n1,王甲,01,一班\n2,王乙,02,\n", &roster);
	has_field(&roster, 0, STUDENT_CLASS, "一班");
	has_field(&roster, 1, STUDENT_CLASS, "02");
	roster_release(&roster);
}

static void
operators_add_headings(void **state)
{
	struct roster_options options = { NULL, 2, NULL, 0 };
	struct roster roster;

	(void)state;
	write_text(scratch(".conf"), "# ours\nstudent_no = 工号\n"
	    "teaching_point = 学院\n");
	options.columns = scratch(".conf");
	/* scratch has one buffer: the path is needed while the roster is made */
	options.columns = strdup(options.columns);
	read_with(&options, "学号,姓名\n工号,姓名,学院\n7,王甲,站点\n", &roster);
	counts(&roster, 1, 0, 0);
	has_field(&roster, 0, STUDENT_STUDENT_NO, "7");
	has_field(&roster, 0, STUDENT_TEACHING_POINT, "站点");
	free((char *)(uintptr_t)options.columns);
	roster_release(&roster);
}

static void
fields_have_the_manifests_names(void **state)
{
	(void)state;
	assert_string_equal(student_field_name(STUDENT_ID_NUMBER), "id_number");
	assert_string_equal(student_field_name(STUDENT_CAPTURE_CODE),
	    "capture_code");
	for (int i = 0; i < STUDENT_FIELD_COUNT; i++)
		assert_int_equal(student_field_parse(student_field_name(i)), i);
	assert_int_equal(student_field_parse("shoe_size"), -1);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(register_codes_are_known),
		cmocka_unit_test(headings_are_found_below_titles),
		cmocka_unit_test(doubtful_headings_are_refused),
		cmocka_unit_test(values_are_tidied),
		cmocka_unit_test(doubtful_numbers_are_noted),
		cmocka_unit_test(the_type_may_be_a_passport),
		cmocka_unit_test(rows_without_a_number_are_refused),
		cmocka_unit_test(repeated_rows_name_both),
		cmocka_unit_test(one_number_for_two_students_is_refused),
		cmocka_unit_test(one_person_may_have_two_student_numbers),
		cmocka_unit_test(masked_numbers_are_no_keys),
		cmocka_unit_test(several_columns_give_one_field),
		cmocka_unit_test(operators_add_headings),
		cmocka_unit_test(fields_have_the_manifests_names),
	};

	return cmocka_run_group_tests(tests, NULL, remove_scratch);
}
