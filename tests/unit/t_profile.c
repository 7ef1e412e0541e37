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
#include "lib/base/hash.h"
#include "lib/profile/profile.h"

static char directory[] = "/tmp/t_profile.XXXXXX";

static const char *
path_of(const char *name)
{
	static char path[200];

	snprintf(path, sizeof path, "%s/%s.conf", directory, name);
	return path;
}

static void
put(const char *name, const char *text)
{
	FILE *file = fopen(path_of(name), "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void
refused_with(const char *text, const char *reason)
{
	struct buf err = BUF_INIT;

	put("bad", text);
	assert_null(profile_load(path_of("bad"), &err));
	if (strstr(err.data, reason) == NULL)
		fail_msg("'%s' does not say '%s'", err.data, reason);
	buf_release(&err);
}

static void
test_the_national_standard_holds(void **state)
{
	struct buf err = BUF_INIT;
	struct profile *profile = profile_load("jiangsu", &err);
	unsigned char rgb[3];

	(void)state;
	assert_non_null(profile);
	assert_int_equal(profile_integer(profile, "image", "width"), 480);
	assert_int_equal(profile_integer(profile, "image", "height"), 640);
	assert_int_equal(profile_integer(profile, "image", "quality_min"), 60);
	assert_int_equal(profile_integer(profile, "image", "bytes_max"), 40960);
	assert_true(profile_number(profile, "geometry", "crown_min") == 50);
	assert_true(profile_number(profile, "geometry", "eye_line_max") == 300);
	assert_true(profile_number(profile, "geometry", "face_width_min") == 180);
	profile_colour(profile, "background", "target", rgb);
	assert_int_equal(rgb[0], 100);
	assert_int_equal(rgb[1], 197);
	assert_int_equal(rgb[2], 255);
	profile_free(profile);
}

static void
test_what_includes_wins(void **state)
{
	struct buf err = BUF_INIT;
	struct profile *profile, *base;

	(void)state;
	put("own", "include = jiangsu\n[image]\nbytes_max = 61440\n"
	    "[check.pose.roll]\nmax = 2\n");
	profile = profile_load(path_of("own"), &err);
	assert_non_null(profile);
	base = profile_load("jiangsu", &err);
	assert_int_equal(profile_integer(profile, "image", "bytes_max"), 61440);
	assert_int_equal(profile_integer(profile, "image", "dpi"), 300);
	assert_true(profile_limit(profile, "pose.roll").max == 2);
	assert_true(profile_limit(profile, "pose.roll").has_min);
	assert_string_not_equal(profile_hash(profile), profile_hash(base));
	profile_free(profile);
	profile_free(base);
}

static void
test_a_section_hash_sees_its_sections_only(void **state)
{
	static const char *const face[] = { "face", NULL };
	struct buf err = BUF_INIT;
	struct profile *profile, *base = profile_load("jiangsu", &err);
	char one[HASH_TEXT], two[HASH_TEXT];

	(void)state;
	put("own", "include = jiangsu\n[image]\nbytes_max = 61440\n");
	profile = profile_load(path_of("own"), &err);
	profile_hash_sections(profile, face, one);
	profile_hash_sections(base, face, two);
	assert_string_equal(one, two);
	profile_free(profile);
	put("own", "include = jiangsu\n[face]\nsearch_height = 400\n");
	profile = profile_load(path_of("own"), &err);
	profile_hash_sections(profile, face, one);
	assert_string_not_equal(one, two);
	profile_free(profile);
	profile_free(base);
}

static void
test_mistakes_are_named_with_their_line(void **state)
{
	static char longer[400];

	(void)state;
	refused_with("include = jiangsu\n[image]\nwidht = 480\n", "bad.conf:3: unknown key");
	refused_with("include = jiangsu\n[image]\nwidth = wide\n", "bad.conf:3: 'wide'");
	refused_with("include = jiangsu\n[image]\nwidth = 480\nwidth = 480\n",
	    "bad.conf:4: key 'width' given twice");
	refused_with("include = jiangsu\n[background]\ntarget = 1 2 256\n", "1 2 256");
	refused_with("include = jiangsu\n[check.pose.roll]\nlevel = bad\n", "'bad'");
	refused_with("include = jiangsu\nnonsense\n", "bad.conf:2: ");
	refused_with("[image]\nwidth = 480\n", "has no key");
	refused_with("include = nowhere\n", "nowhere");
	memset(longer, 'x', sizeof longer - 1);
	memcpy(longer, "include = ", 10);
	refused_with(longer, "bad.conf:1: a line of more than 199 bytes");
}

static void
test_values_are_taken_whole(void **state)
{
	struct buf err = BUF_INIT, item = BUF_INIT;
	struct profile *profile;

	(void)state;
	put("own", "include = jiangsu\n[profile]\n   title = a ; b = c   \n"
	    "[bundle]\ntable_columns = XH,  XM ,SFZH\n");
	profile = profile_load(path_of("own"), &err);
	assert_non_null(profile);
	assert_string_equal(profile_text(profile, "profile", "title"), "a ; b = c");
	assert_int_equal(profile_item(profile, "bundle", "table_columns", 1, &item), 1);
	assert_string_equal(item.data, "XM");
	assert_int_equal(profile_item(profile, "bundle", "table_columns", 3, &item), 0);
	profile_free(profile);
	buf_release(&item);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_national_standard_holds),
		cmocka_unit_test(test_what_includes_wins),
		cmocka_unit_test(test_a_section_hash_sees_its_sections_only),
		cmocka_unit_test(test_mistakes_are_named_with_their_line),
		cmocka_unit_test(test_values_are_taken_whole),
	};
	int failed;

	if (mkdtemp(directory) == NULL)
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	unlink(path_of("own"));
	unlink(path_of("bad"));
	rmdir(directory);
	return failed;
}
