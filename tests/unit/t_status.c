#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/base/node.h"
#include "lib/profile/profile.h"
#include "lib/decision/status.h"

static struct profile *profile;

static struct node *
photo_with(const char *state)
{
	struct node *photo = node_object();

	node_set_text(node_set(photo, "match", node_object()), "state", state);
	return photo;
}

/* All that the profile requires, passed. */
static void
pass_required(struct node *photo)
{
	struct limit limit = { .level = LEVEL_REJECT };
	const char *id;
	size_t i;

	for (i = 0; (id = profile_required_check(profile, i)) != NULL; i++)
		status_add_verdict(photo, "tc-check", id, &limit, VERDICT_PASS, NULL);
}

static enum status
after(const char *match, enum limit_level level, enum verdict verdict)
{
	struct limit limit = { .level = level };
	struct node *photo = photo_with(match);
	enum status status;

	pass_required(photo);
	status_add_verdict(photo, "third-party", "similarity", &limit, verdict, NULL);
	status = status_derive(photo, profile);
	assert_int_equal(status_of(photo), status);
	node_free(photo);
	return status;
}

static void
test_order_of_precedence(void **state)
{
	(void)state;
	assert_int_equal(after("matched", LEVEL_REJECT, VERDICT_PASS), STATUS_PASS);
	assert_int_equal(after("matched", LEVEL_INFO, VERDICT_FAIL), STATUS_PASS);
	assert_int_equal(after("matched", LEVEL_REVIEW, VERDICT_FAIL), STATUS_REVIEW);
	assert_int_equal(after("matched", LEVEL_REJECT, VERDICT_WARN), STATUS_REVIEW);
	assert_int_equal(after("matched", LEVEL_REJECT, VERDICT_FAIL), STATUS_REJECT);
	assert_int_equal(after("unmatched", LEVEL_REJECT, VERDICT_FAIL), STATUS_UNMATCHED);
	assert_int_equal(after("superseded", LEVEL_REJECT, VERDICT_PASS),
	    STATUS_SUPERSEDED);
	assert_int_equal(after("missing", LEVEL_REJECT, VERDICT_PASS), STATUS_MISSING);
	assert_int_equal(after("excluded", LEVEL_REJECT, VERDICT_PASS), STATUS_EXCLUDED);
}

static void
test_nothing_passes_unchecked(void **state)
{
	struct node *photo = photo_with("matched");

	(void)state;
	assert_int_equal(status_derive(photo, profile), STATUS_REVIEW);
	pass_required(photo);
	assert_int_equal(status_derive(photo, profile), STATUS_PASS);
	node_free(photo);
}

static void
test_unreadable_outranks_reject(void **state)
{
	struct limit limit = { .level = LEVEL_REJECT };
	struct node *photo = photo_with("matched");

	(void)state;
	status_add_verdict(photo, "a", "face.count", &limit, VERDICT_FAIL, NULL);
	status_add_verdict(photo, "a", "file.readable", &limit, VERDICT_FAIL, "cut");
	assert_int_equal(status_derive(photo, profile), STATUS_UNREADABLE);
	node_free(photo);
}

static const char *
verdict_of(double value, const struct limit *limit, const char **level)
{
	struct node *photo = photo_with("matched"), *check;
	static char copy[20], level_copy[20];

	check = status_add_check(photo, "tc-check", "pose.roll", limit, value, "deg", 1);
	strncpy(copy, node_text(check, "verdict"), sizeof copy - 1);
	strncpy(level_copy, node_text(check, "level"), sizeof level_copy - 1);
	*level = level_copy;
	node_free(photo);
	return copy;
}

static void
test_limits_are_inclusive_and_judged_as_printed(void **state)
{
	struct limit hard = { .level = LEVEL_REJECT, .has_min = 1, .has_max = 1,
	    .min = -3, .max = 3 };
	struct limit soft = hard;
	const char *level;

	(void)state;
	soft.soft = 1;
	assert_string_equal(verdict_of(3, &hard, &level), "pass");
	assert_string_equal(verdict_of(3.04, &hard, &level), "pass");
	assert_string_equal(verdict_of(3.06, &hard, &level), "fail");
	assert_string_equal(verdict_of(-3.1, &hard, &level), "fail");
	assert_string_equal(level, "reject");
	assert_string_equal(verdict_of(NAN, &hard, &level), "not_assessed");
	assert_string_equal(verdict_of(9, &soft, &level), "warn");
	assert_string_equal(level, "info");
}

static void
test_a_tool_replaces_exactly_its_own(void **state)
{
	struct limit limit = { .level = LEVEL_REVIEW };
	struct node *photo = photo_with("matched");

	(void)state;
	status_add_verdict(photo, "one", "a", &limit, VERDICT_FAIL, NULL);
	status_add_verdict(photo, "two", "b", &limit, VERDICT_FAIL, NULL);
	status_add_verdict(photo, "one", "c", &limit, VERDICT_FAIL, NULL);
	status_clear_checks(photo, "one");
	assert_int_equal(node_count(node_get(photo, "checks")), 1);
	assert_string_equal(node_text(node_at(node_get(photo, "checks"), 0), "id"), "b");
	node_free(photo);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order_of_precedence),
		cmocka_unit_test(test_nothing_passes_unchecked),
		cmocka_unit_test(test_unreadable_outranks_reject),
		cmocka_unit_test(test_limits_are_inclusive_and_judged_as_printed),
		cmocka_unit_test(test_a_tool_replaces_exactly_its_own),
	};
	struct buf err = BUF_INIT;
	int failed;

	profile = profile_load("jiangsu", &err);
	if (profile == NULL)
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	profile_free(profile);
	return failed;
}
