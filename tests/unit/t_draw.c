#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/sheet/area.h"
#include "lib/sheet/draw.h"

static struct draw *
nowhere(const char *path)
{
	struct draw_document document = { 178, 127, "test", 0 };

	return draw_pdf_new(open(path, O_WRONLY), &document);
}

/* How text fits into the strip of a print, 33 x 7 mm. */
static struct draw_fit
fit(const char *text)
{
	static const struct draw_style style = { 5.6, ALIGN_CENTRE, 0 };
	struct area strip = { 10, 10, 32.5, 6.5 };
	struct draw *draw = nowhere("/dev/null");
	struct draw_fit result;
	struct buf err = BUF_INIT;

	draw_text(draw, &strip, text, &style, &result);
	assert_int_equal(draw_end(draw, &err), 0);
	draw_free(draw);
	return result;
}

#define TEN "一二三四五六七八九十"

static void
test_what_fits_is_not_touched(void **state)
{
	struct draw_fit got = fit(TEN "\n" TEN "\n" TEN);

	(void)state;
	assert_true(got.size > 5.59);
	assert_true(got.narrowest > 0.999);
	assert_false(got.shortened);
	assert_int_equal(got.unknown, 0);
}

static void
test_first_two_rows(void **state)
{
	struct draw_fit got = fit(TEN TEN "\n" TEN);

	(void)state;
	assert_true(got.size > 5.59);
	assert_true(got.narrowest > 0.999);
}

static void
test_then_narrower(void **state)
{
	struct draw_fit got = fit(TEN "一二三四五六七八\n" TEN "\n" TEN);

	(void)state;
	assert_true(got.size > 5.59);
	assert_true(got.narrowest < 0.95 && got.narrowest >= 0.8);
}

static void
test_then_smaller(void **state)
{
	struct draw_fit got = fit(TEN TEN "一二\n" TEN "\n" TEN);

	(void)state;
	assert_true(got.size < 5.5 && got.size >= 4.5);
	assert_false(got.shortened);
}

static void
test_at_last_shorter(void **state)
{
	struct draw_fit got = fit(TEN TEN TEN TEN TEN TEN "\n" TEN "\n" TEN);

	(void)state;
	assert_true(got.size > 4.49 && got.size < 4.51);
	assert_true(got.shortened);
}

static void
test_rare_characters_have_a_font(void **state)
{
	(void)state;
	/* ideographs of extensions A, B and the end of B; a minority name's dot */
	assert_int_equal(fit("㐂𠮷𪚥·阿卜杜热西提").unknown, 0);
	assert_int_equal(fit("张\xf4\x8f\xbf\xbd").unknown, 1);
}

static void
test_a_full_disk_is_told(void **state)
{
	struct draw *draw = nowhere("/dev/full");
	struct buf err = BUF_INIT;

	(void)state;
	draw_line(draw, 0, 0, 1, 1, 0.1);
	assert_int_equal(draw_end(draw, &err), -1);
	assert_string_equal(err.data,
	    "cannot write the sheets: No space left on device");
	draw_free(draw);
	buf_release(&err);
}

static void
test_what_is_no_picture_is_refused(void **state)
{
	static const char *const bad[] = {
		"", "GIF89a", "\xff\xd8", "\xff\xd8\xff\xe0\xff\xff",
		"\xff\xd8\xff\xd9\xff\xd9\xff\xd9\xff\xd9",
	};
	struct buf bytes = BUF_INIT, err = BUF_INIT;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof bad / sizeof *bad; i++) {
		buf_clear(&bytes);
		buf_adds(&bytes, bad[i]);
		assert_null(picture_new(&bytes, "a", &err));
	}
	buf_release(&bytes);
	buf_release(&err);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_what_fits_is_not_touched),
		cmocka_unit_test(test_first_two_rows),
		cmocka_unit_test(test_then_narrower),
		cmocka_unit_test(test_then_smaller),
		cmocka_unit_test(test_at_last_shorter),
		cmocka_unit_test(test_rare_characters_have_a_font),
		cmocka_unit_test(test_a_full_disk_is_told),
		cmocka_unit_test(test_what_is_no_picture_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
