#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/base/node.h"
#include "lib/base/share.h"
#include "lib/check/provenance.h"
#include "lib/profile/profile.h"

static const struct {
	const char *set;	/* over the profile */
	const char *taken, *zone;
	const char *outside;	/* the time as it is said, NULL: no fault */
} cases[] = {
	{ "{}", "1999-01-01 00:00:00", NULL, NULL },
	{ "{\"provenance.taken_not_before\": \"2026-01-01\"}",
	  "2025-12-31 23:59:59", NULL, "2025-12-31 23:59:59" },
	{ "{\"provenance.taken_not_before\": \"2026-01-01\"}",
	  "2026-01-01 00:00:00", NULL, NULL },
	{ "{\"provenance.taken_not_before\": \"2026-01-01\"}", NULL, NULL, NULL },
	{ "{\"provenance.taken_days\": \"2026-03-02..2026-03-04\"}",
	  "2026-03-04 23:00:00", NULL, NULL },
	{ "{\"provenance.taken_days\": \"2026-03-02..2026-03-04\"}",
	  "2026-03-05 00:30:00", NULL, "2026-03-05 00:30:00" },
	/* A camera on London's time: it was the next morning in China. */
	{ "{\"provenance.taken_days\": \"2026-03-02..2026-03-04\"}",
	  "2026-03-04 23:00:00", "+00:00", "2026-03-05 07:00:00" },
	{ "{\"provenance.taken_days\": \"2026-03-02..2026-03-04\"}",
	  "2026-03-05 00:30:00", "+09:00", NULL },
	{ "{\"provenance.taken_days\": \"2026-03-02..2026-03-04\"}",
	  "2026-03-05 00:30:00", "+08:00", "2026-03-05 00:30:00" },
	{ "{\"provenance.taken_days\": \"2026-03-02..2026-03-04\"}",
	  "2026-03-04 23:00:00", "nonsense", NULL },
	{ "{\"provenance.taken_hours\": \"08:30..17:00\"}",
	  "2026-03-04 08:30:00", NULL, NULL },
	{ "{\"provenance.taken_hours\": \"08:30..17:00\"}",
	  "2026-03-04 17:01:00", NULL, "2026-03-04 17:01:00" },
};

static const struct node *
check_of(const struct node *photo, const char *id)
{
	const struct node *checks = node_get(photo, "checks");
	size_t i = 0;

	while (strcmp(node_text(node_at(checks, i), "id"), id) != 0)
		i++;
	return node_at(checks, i);
}

static void
test_a_time_outside_of_days_and_hours_is_said(void **state)
{
	struct buf err = BUF_INIT, path = BUF_INIT;
	struct provenance *provenance;
	size_t i;

	(void)state;
	share_path("edited.conf", &path);
	provenance = provenance_load(path.data, &err);
	assert_non_null(provenance);
	for (i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct profile *profile = profile_load("chsi-2017", &err);
		struct node *photo = node_object(), *image, *set;
		const char *detail;

		set = node_parse(cases[i].set, strlen(cases[i].set), &err);
		assert_int_equal(profile_overlay(profile, set, &err), 0);
		image = node_set(photo, "image", node_object());
		node_set_text(image, "taken", cases[i].taken);
		node_set_text(image, "zone", cases[i].zone);
		provenance_judge(provenance, photo, "tc-check", profile);
		detail = node_text(check_of(photo, "provenance.taken"), "detail");
		if (detail == NULL ? cases[i].outside != NULL :
		    cases[i].outside == NULL ||
		    strcmp(detail, cases[i].outside) != 0)
			fail_msg("case %zu: '%s'", i, detail != NULL ? detail : "");
		node_free(set);
		node_free(photo);
		profile_free(profile);
	}
	provenance_free(provenance);
	buf_release(&path);
}

/* What the table of schools says is never a check's limit, nor nonsense. */
static void
test_only_values_of_the_profile_can_be_set(void **state)
{
	static const char *const wrong[] = {
		"{\"print.copies\": \"five\"}", "{\"print.copies\": 5}",
		"{\"print\": \"5\"}", "{\"nothing.here\": \"5\"}",
		"{\"provenance.taken_days\": \"2026-02-30\"}",
		"{\"check.pose.roll.max\": \"90\"}",
	};
	struct profile *profile;
	struct buf err = BUF_INIT;
	struct node *set;
	size_t i;

	(void)state;
	profile = profile_load("jiangsu", &err);
	for (i = 0; i < sizeof wrong / sizeof *wrong; i++) {
		set = node_parse(wrong[i], strlen(wrong[i]), &err);
		assert_int_equal(profile_overlay(profile, set, &err), -1);
		assert_true(err.len > 0);
		buf_clear(&err);
		node_free(set);
	}
	profile_free(profile);
	buf_release(&err);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_time_outside_of_days_and_hours_is_said),
		cmocka_unit_test(test_only_values_of_the_profile_can_be_set),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
