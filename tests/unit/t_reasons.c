#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/base/node.h"
#include "lib/base/share.h"
#include "lib/decision/advice.h"
#include "lib/profile/profile.h"
#include "lib/decision/reasons.h"

/* A student is told a sentence, never the id of a check. */
static void
test_every_check_of_the_profile_has_its_words(void **state)
{
	struct buf path = BUF_INIT, words = BUF_INIT;
	struct node *check;
	char line[256], id[100];
	FILE *file;
	int language, seen = 0;

	(void)state;
	share_path("profiles/chsi-2017.conf", &path);
	file = fopen(path.data, "r");
	assert_non_null(file);
	while (fgets(line, sizeof line, file) != NULL) {
		if (sscanf(line, "[check.%99[^]]]", id) != 1)
			continue;
		check = node_object();
		node_set_text(check, "id", id);
		for (language = 0; language < 2; language++) {
			buf_clear(&words);
			reasons_sentence(check, (enum language)language, &words);
			if (strcmp(words.data, id) == 0 || words.len == 0)
				fail_msg("check '%s' has no sentence", id);
		}
		buf_clear(&words);
		reasons_name(id, LANGUAGE_CHINESE, &words);
		if (strcmp(words.data, id) == 0)
			fail_msg("check '%s' has no name", id);
		node_free(check);
		seen++;
	}
	fclose(file);
	assert_true(seen > 20);
	buf_release(&path);
	buf_release(&words);
}

static struct node *
add_check(struct node *photo, const char *id, const char *level, const char *verdict)
{
	struct node *checks = node_get(photo, "checks"), *check;

	if (checks == NULL)
		checks = node_set(photo, "checks", node_array());
	check = node_append(checks, node_object());
	node_set_text(check, "id", id);
	node_set_text(check, "level", level);
	node_set_text(check, "verdict", verdict);
	return check;
}

/* A check that was not made is no fault, and a warning is not a failure. */
static void
test_a_sentence_says_what_the_verdict_says(void **state)
{
	struct node *photo = node_object();
	struct buf words = BUF_INIT;

	(void)state;
	reasons_sentence(add_check(photo, "pose.roll", "reject", "not_assessed"),
	    LANGUAGE_CHINESE, &words);
	assert_string_equal(words.data, "未能检测：瞳孔平行角度。");
	buf_clear(&words);
	reasons_sentence(add_check(photo, "image.conforms", "reject", "warn"),
	    LANGUAGE_ENGLISH, &words);
	assert_non_null(strstr(words.data, "image was made"));
	assert_null(strstr(words.data, "No crop"));
	buf_release(&words);
	node_free(photo);
}

/* A required check that is not there is a reason; one that is not required is none. */
static void
test_what_is_required_and_was_not_made_is_said(void **state)
{
	struct buf err = BUF_INIT, words = BUF_INIT;
	struct profile *profile = profile_load("chsi-2017", &err);
	struct node *photo = node_object();
	const char *id;

	(void)state;
	assert_non_null(profile);
	for (size_t i = 0; (id = profile_required_check(profile, i)) != NULL; i++)
		add_check(photo, id, "reject", i == 0 ? "not_assessed" : "pass");
	add_check(photo, "pose.shoulders", "review", "not_assessed");
	assert_int_equal(reasons_all(photo, profile, LANGUAGE_ENGLISH, "\n", &words), 1);
	assert_non_null(strstr(words.data, "Not checked: "));
	assert_null(strstr(words.data, "houlders"));
	node_free(photo);
	profile_free(profile);
	buf_release(&words);
	buf_release(&err);
}

/* What a student is told holds no pixels of a crop and sends nobody to an office. */
static void
test_advice_is_plain(void **state)
{
	static const char *const never[] = { "像素", "人工", "裁切", "pixel", "crop",
	    "must look" };
	struct buf path = BUF_INIT, words = BUF_INIT;
	char line[256], id[100];
	FILE *file;

	(void)state;
	share_path("profiles/chsi-2017.conf", &path);
	file = fopen(path.data, "r");
	assert_non_null(file);
	while (fgets(line, sizeof line, file) != NULL) {
		struct node *photo = node_object(), *check;

		if (sscanf(line, "[check.%99[^]]]", id) != 1 ||
		    strcmp(id, "image.conforms") == 0) {
			node_free(photo);
			continue;
		}
		for (int side = 0; side < 4; side++) {
			node_remove(photo, "checks");
			check = add_check(photo, id, "reject", "fail");
			node_set_real(check, "value", side % 2 ? 30 : 10, 1);
			node_set_real(check, "max", 20, 1);
			buf_clear(&words);
			advice_all(photo, side < 2 ? LANGUAGE_ENGLISH :
			    LANGUAGE_CHINESE, "\n", &words);
			for (size_t i = 0; i < sizeof never / sizeof *never; i++)
				if (strstr(words.data, never[i]) != NULL)
					fail_msg("'%s': %s", id, words.data);
		}
		node_free(photo);
	}
	fclose(file);
	buf_release(&path);
	buf_release(&words);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_sentence_says_what_the_verdict_says),
		cmocka_unit_test(test_what_is_required_and_was_not_made_is_said),
		cmocka_unit_test(test_advice_is_plain),
		cmocka_unit_test(test_every_check_of_the_profile_has_its_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
