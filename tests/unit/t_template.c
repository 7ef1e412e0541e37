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
#include "lib/sheet/template.h"

static char path[] = "/tmp/t_template.XXXXXX";

static const char whole[] =
    "[paper]\nwidth = 178\nheight = 127\nsafe = 2.5\n"
    "[grid]\nrows = 2\ncolumns = 5\ngutter_x = 1\ngutter_y = 2\nfill = row\n"
    "new_class = page\nstrip = yes\nlabel_width = 0\n"
    "[marks]\ntick_length = 1.4\ntick_width = 0.1\ntick_gap = 0.25\nruler = 50\n"
    "register = 2\ncut = image\n"
    "[heading]\nplace = top\nheight = 3\nsize = 6.5\n"
    "[label]\nsize = 7\n[strip]\nsize = 5.6\npadding = 0.25\n";

static int
load(const char *text, struct template *template, struct buf *err)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	return template_load(template, path, err);
}

static void
refused(const char *more, const char *reason)
{
	struct buf text = BUF_INIT, err = BUF_INIT;
	struct template template;

	buf_addf(&text, "%s%s", whole, more);
	assert_int_equal(load(text.data, &template, &err), -1);
	if (strstr(err.data, reason) == NULL)
		fail_msg("'%s' does not say '%s'", err.data, reason);
	buf_release(&text);
	buf_release(&err);
}

static void
test_a_template_is_read(void **state)
{
	struct buf err = BUF_INIT;
	struct template template;

	(void)state;
	assert_int_equal(load(whole, &template, &err), 0);
	assert_true(template.paper_height == 127);
	assert_int_equal(template.columns, 5);
	assert_int_equal(template.strip, 1);
	assert_int_equal(template.heading, HEADING_TOP);
	buf_release(&err);
}

static void
test_mistakes_are_told_with_their_line(void **state)
{
	(void)state;
	refused("colour = red\n", ":30: unknown key 'colour' in section 'strip'");
	refused("size = 6\n", ":30: key 'size' is repeated");
	refused("[paper]\nwidth = wide\n", ":31: ");
}

static void
test_values_out_of_range_are_refused(void **state)
{
	struct buf text = BUF_INIT, err = BUF_INIT;
	struct template template;
	static const char *const bad[][2] = {
		{ "rows = 2", "rows = 0" }, { "rows = 2", "rows = 2.5" },
		{ "fill = row", "fill = both" }, { "safe = 2.5", "safe = nan" },
		{ "safe = 2.5", "safe = 2,5" }, { "size = 5.6", "size = 2" },
	};
	size_t i;
	char *at;

	(void)state;
	for (i = 0; i < sizeof bad / sizeof *bad; i++) {
		buf_clear(&text);
		at = strstr(whole, bad[i][0]);
		buf_add(&text, whole, (size_t)(at - whole));
		buf_addf(&text, "%s%s", bad[i][1], at + strlen(bad[i][0]));
		assert_int_equal(load(text.data, &template, &err), -1);
	}
	buf_release(&text);
	buf_release(&err);
}

static void
test_a_missing_key_is_named(void **state)
{
	struct buf err = BUF_INIT;
	struct template template;

	(void)state;
	assert_int_equal(load("[paper]\nwidth = 178\n", &template, &err), -1);
	assert_non_null(strstr(err.data,
	    "key 'height' of section 'paper' is missing"));
	buf_release(&err);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_template_is_read),
		cmocka_unit_test(test_mistakes_are_told_with_their_line),
		cmocka_unit_test(test_values_out_of_range_are_refused),
		cmocka_unit_test(test_a_missing_key_is_named),
	};
	int failed;

	close(mkstemp(path));
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	unlink(path);
	return failed;
}
