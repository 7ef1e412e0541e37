#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/base/node.h"
#include "lib/profile/profile.h"
#include "lib/roster/scope.h"

/* Who is in the collection of the class of 2026, and why not; NULL is in. */
static const struct {
	const char *status, *date, *reason;
} cases[] = {
	{ "注册学籍", "20260630", NULL },
	{ NULL, NULL, NULL },
	{ "退学", "20260630", "the register status is '退学'" },
	{ "死亡", NULL, "the register status is '死亡'" },	/* the last of the list */
	{ "学", NULL, NULL },				/* a part of a word */
	{ "", "", NULL },
	{ "注册学籍", "20270101", "graduation is expected in 2027" },
	{ "注册学籍", "20250630", NULL },			/* held back */
	{ "注册学籍", "2026-06", NULL },
	{ "注册学籍", "27年", NULL },			/* no year */
};

static void
students_are_in_or_out(void **state)
{
	struct buf err = BUF_INIT;
	struct profile *profile = profile_load("chsi-2017", &err);

	(void)state;
	assert_non_null(profile);
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct node *student = node_object();
		struct buf reason = BUF_INIT;

		if (cases[i].status != NULL)
			node_set_text(student, "register_status",
			    cases[i].status);
		if (cases[i].date != NULL)
			node_set_text(student, "graduation_date",
			    cases[i].date);
		assert_int_equal(scope_excludes(profile, "2026", student,
		    &reason), cases[i].reason != NULL);
		if (cases[i].reason != NULL)
			assert_non_null(strstr(reason.data, cases[i].reason));
		buf_release(&reason);
		node_free(student);
	}
	profile_free(profile);
	buf_release(&err);
}

/* The province's notices: only who is registered and graduates in the class's year. */
static void
a_province_takes_the_registered_of_the_year(void **state)
{
	static const struct {
		const char *status, *date;
		int out;
	} rows[] = {
		{ "注册学籍", "20260630", 0 }, { "在籍", "20260110", 0 }, { "", "", 0 },
		{ "休学", "20260630", 1 }, { "延长学制", "20260630", 1 },
		{ "注册学籍", "20250630", 1 }, { "注册学籍", "20270630", 1 }
	};
	struct buf err = BUF_INIT;
	struct profile *profile = profile_load("jiangsu", &err);

	(void)state;
	assert_non_null(profile);
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct node *student = node_object();
		struct buf reason = BUF_INIT;

		node_set_text(student, "register_status", rows[i].status);
		node_set_text(student, "graduation_date", rows[i].date);
		assert_int_equal(scope_excludes(profile, "2026", student, &reason),
		    rows[i].out);
		assert_int_equal(reason.len > 0, rows[i].out);
		buf_release(&reason);
		node_free(student);
	}
	profile_free(profile);
	buf_release(&err);
}

static void
without_a_class_no_year_is_later(void **state)
{
	struct buf err = BUF_INIT;
	struct profile *profile = profile_load("chsi-2017", &err);
	struct node *student = node_object();

	(void)state;
	node_set_text(student, "graduation_date", "20300630");
	assert_false(scope_excludes(profile, "", student, &err));
	assert_true(scope_excludes(profile, "2026春", student, &err));
	node_free(student);
	profile_free(profile);
	buf_release(&err);
}

static void
who_has_not_paid_is_out_where_the_profile_says_so(void **state)
{
	struct buf err = BUF_INIT;
	struct profile *profile = profile_load("chsi-2017", &err);
	struct node *student = node_object(), *set = node_object();

	(void)state;
	node_set_text(student, "fee_paid", "未缴");
	assert_false(scope_excludes(profile, "2026", student, &err));
	node_set_text(set, "scope.unpaid", "否, 未缴, 欠费");
	assert_int_equal(profile_overlay(profile, set, &err), 0);
	assert_true(scope_excludes(profile, "2026", student, &err));
	node_set_text(student, "fee_paid", "已缴");
	assert_false(scope_excludes(profile, "2026", student, &err));
	node_free(set);
	node_free(student);
	profile_free(profile);
	buf_release(&err);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(students_are_in_or_out),
		cmocka_unit_test(a_province_takes_the_registered_of_the_year),
		cmocka_unit_test(without_a_class_no_year_is_later),
		cmocka_unit_test(who_has_not_paid_is_out_where_the_profile_says_so),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
