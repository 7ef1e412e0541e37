#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/sheet/kisscut.h"
#include "lib/sheet/page.h"
#include "lib/sheet/template.h"

static struct template
small(double gutter, enum template_cut cut)
{
	struct template template = { .paper_width = 100, .paper_height = 130,
	    .rows = 2, .columns = 2, .gutter_x = gutter, .gutter_y = gutter,
	    .strip = 1, .tick_gap = 0.25, .cut = cut };

	return template;
}

static struct page
planned(const struct template *template)
{
	static const struct page_print print = { 33, 48, 7 };
	struct buf err = BUF_INIT;
	struct page page;

	if (page_plan(&page, template, &print, &err) != 0)
		fail_msg("%s", err.data);
	return page;
}

static int
count(const struct page *page, const struct template *template)
{
	struct page_contour contour;
	int i = 0;

	while (page_contour(page, template, i, &contour))
		i++;
	return i;
}

static void
test_image_and_strip_are_apart(void **state)
{
	struct template template = small(2, CUT_IMAGE);
	struct page page = planned(&template);
	struct page_contour image, strip;

	(void)state;
	assert_int_equal(count(&page, &template), 8);
	assert_true(page_contour(&page, &template, 2, &image));
	assert_true(page_contour(&page, &template, 3, &strip));
	assert_int_equal(image.sides, SIDES_ALL);
	assert_int_equal(strip.sides, SIDES_ALL & ~SIDE_TOP);
	assert_true(image.area.h == 48 && strip.area.h == 7);
	assert_true(strip.area.y == image.area.y + 48);
	page_release(&page);
}

static void
test_both_as_one(void **state)
{
	struct template template = small(2, CUT_PRINT);
	struct page page = planned(&template);
	struct page_contour print;

	(void)state;
	assert_int_equal(count(&page, &template), 4);
	assert_true(page_contour(&page, &template, 3, &print));
	assert_true(print.area.h == 55);
	page_release(&page);
}

static void
test_neighbours_without_gutter_share_a_side(void **state)
{
	static const unsigned int wanted[] = { SIDES_ALL, SIDES_ALL & ~SIDE_LEFT,
	    SIDES_ALL & ~SIDE_TOP, SIDE_RIGHT | SIDE_BOTTOM };
	struct template template = small(0, CUT_PRINT);
	struct page page = planned(&template);
	struct page_contour print;
	int i;

	(void)state;
	for (i = 0; i < 4; i++) {
		assert_true(page_contour(&page, &template, i, &print));
		assert_int_equal(print.sides, wanted[i]);
	}
	page_release(&page);
}

static void
test_svg(void **state)
{
	struct template template = small(0, CUT_PRINT);
	struct page page = planned(&template);
	struct buf svg = BUF_INIT;

	(void)state;
	kisscut_svg(&page, &template, &svg);
	assert_non_null(strstr(svg.data, "width=\"100mm\" height=\"130mm\""));
	assert_non_null(strstr(svg.data, "<path d=\"M17.000 10.000 L50.000 "
	    "10.000 L50.000 65.000 L17.000 65.000 Z\"/>"));
	/* the last: down its right side, back along its bottom */
	assert_non_null(strstr(svg.data, "<path d=\"M83.000 65.000 L83.000 "
	    "120.000 L50.000 120.000\"/>"));
	assert_null(strstr(svg.data, "<rect"));
	page_release(&page);
	buf_release(&svg);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_image_and_strip_are_apart),
		cmocka_unit_test(test_both_as_one),
		cmocka_unit_test(test_neighbours_without_gutter_share_a_side),
		cmocka_unit_test(test_svg),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
