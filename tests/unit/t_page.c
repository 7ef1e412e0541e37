#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <math.h>

#include <cmocka.h>

#include "lib/base/buf.h"
#include "lib/sheet/page.h"
#include "lib/sheet/template.h"

static const struct template paper_7inch = {
	.paper_width = 178, .paper_height = 127, .safe = 2.5, .rows = 2,
	.columns = 5, .gutter_x = 1, .gutter_y = 2, .strip = 1,
	.tick_length = 1.4, .tick_width = 0.1, .tick_gap = 0.25, .ruler = 50,
	.heading_height = 3
};
static const struct page_print print_33x48 = { 33, 48, 7 };

static void
near(double got, double wanted)
{
	if (fabs(got - wanted) > 1e-6)
		fail_msg("%g, wanted %g", got, wanted);
}

static struct page
planned(const struct template *template)
{
	struct buf err = BUF_INIT;
	struct page page;

	if (page_plan(&page, template, &print_33x48, &err) != 0)
		fail_msg("%s", err.data);
	return page;
}

static void
test_the_block_is_centred(void **state)
{
	struct page page = planned(&paper_7inch);
	struct area first = page_image(&page, 0);
	struct area last = page_strip(&page, 9);

	(void)state;
	near(first.x, 178 - (last.x + last.w));
	near(first.y, 127 - (last.y + last.h));
	near(first.w, 33);
	near(first.h, 48);
	page_release(&page);
}

static void
test_a_strip_lies_below_its_own_image(void **state)
{
	struct page page = planned(&paper_7inch);
	int cell;

	(void)state;
	for (cell = 0; cell < 10; cell++) {
		struct area image = page_image(&page, cell);
		struct area strip = page_strip(&page, cell);

		near(strip.x, image.x);
		near(strip.w, image.w);
		near(strip.y, image.y + 48);
		near(strip.h, 7);
	}
	page_release(&page);
}

static int
touches(const struct page_line *line, const struct area *area)
{
	return fmin(line->x0, line->x1) < area->x + area->w + 0.05 &&
	    fmax(line->x0, line->x1) > area->x - 0.05 &&
	    fmin(line->y0, line->y1) < area->y + area->h + 0.05 &&
	    fmax(line->y0, line->y1) > area->y - 0.05;
}

static void
check_ticks(const struct template *template)
{
	struct page page = planned(template);
	size_t i;
	int cell;

	assert_true(page.tick_count > 0);
	for (i = 0; i < page.tick_count; i++) {
		const struct page_line *tick = &page.ticks[i];

		assert_true(fmin(tick->x0, tick->y0) >= template->safe - 1e-9);
		assert_true(tick->x1 <= page.width - template->safe + 1e-9);
		assert_true(tick->y1 <= page.height - template->safe + 1e-9);
		for (cell = 0; cell < page.rows * page.columns; cell++) {
			struct area whole = page_image(&page, cell);

			whole.h = page.cell_height;
			assert_false(touches(tick, &whole));
		}
	}
	page_release(&page);
}

static void
test_ticks_keep_off_prints_and_off_the_edge(void **state)
{
	struct template close = paper_7inch;

	(void)state;
	check_ticks(&paper_7inch);
	close.gutter_x = close.gutter_y = 0;
	check_ticks(&close);
	close.strip = 0;
	check_ticks(&close);
}

/* Whether some tick marks the vertical line x = at. */
static int
marked(const struct page *page, double at)
{
	size_t i;

	for (i = 0; i < page->tick_count; i++)
		if (fabs(page->ticks[i].x0 - at) < 1e-6 &&
		    fabs(page->ticks[i].x1 - at) < 1e-6)
			return 1;
	return 0;
}

static void
test_every_cut_has_ticks(void **state)
{
	struct page page = planned(&paper_7inch);
	int cell;

	(void)state;
	for (cell = 0; cell < 5; cell++) {
		struct area image = page_image(&page, cell);

		assert_true(marked(&page, image.x));
		assert_true(marked(&page, image.x + image.w));
	}
	page_release(&page);
}

static void
test_paper_too_small_is_refused(void **state)
{
	struct template small = paper_7inch;
	struct buf err = BUF_INIT;
	struct page page;

	(void)state;
	small.paper_width = 170;
	assert_int_equal(page_plan(&page, &small, &print_33x48, &err), -1);
	assert_string_equal(err.data, "paper too small: the sheet needs 177.3 mm "
	    "of width and has 170 mm");
	buf_clear(&err);
	small = paper_7inch;
	small.rows = 3;
	assert_int_equal(page_plan(&page, &small, &print_33x48, &err), -1);
	buf_clear(&err);
	small = paper_7inch;
	small.ruler = 170;
	assert_int_equal(page_plan(&page, &small, &print_33x48, &err), -1);
	buf_release(&err);
}

static void
test_headings_may_stand_at_the_sides(void **state)
{
	struct template sides = paper_7inch;
	struct page page;

	(void)state;
	sides.columns = 4;
	sides.heading = HEADING_SIDES;
	page = planned(&sides);
	assert_true(page.heading[0].x + page.heading[0].w < page.block.x);
	assert_true(page.heading[1].x > page.block.x + page.block.w);
	near(page.ruler.y1 - page.ruler.y0, 50);
	near(page.ruler.x1, page.ruler.x0);
	page_release(&page);
}

static void
test_3_4_becomes_33_48_by_cropping_20_pixels(void **state)
{
	struct area target = { 100, 10, 33, 48 };
	struct area place = page_cover(&target, 480, 640);
	double pixel = place.w / 480;

	(void)state;
	near(place.h / 640, pixel);
	near((target.x - place.x) / pixel, 20);
	near((place.x + place.w - target.x - target.w) / pixel, 20);
	near(place.y, target.y);
	near(place.h, target.h);
}

static void
test_students_fill_rows_and_classes_begin_sheets(void **state)
{
	struct page page = planned(&paper_7inch);
	struct page_flow flow = { 0, 0 };
	int i;

	(void)state;
	for (i = 0; i < 3; i++)		/* not all of a row */
		page_flow_next(&flow, &page, i < 2);
	page_flow_begin(&flow, &page, &paper_7inch, 3, 0);
	assert_int_equal(flow.cell, 5);
	for (i = 0; i < 5; i++)
		page_flow_next(&flow, &page, i < 4);
	page_flow_begin(&flow, &page, &paper_7inch, 5, 0);
	assert_int_equal(flow.sheet, 1);
	assert_int_equal(flow.cell, 0);
	page_flow_next(&flow, &page, 0);
	page_flow_begin(&flow, &page, &paper_7inch, 5, 1);
	assert_int_equal(flow.sheet, 2);
	assert_int_equal(flow.cell, 0);
	page_release(&page);
}

static void
test_prints_of_one_student_stay_on_one_sheet(void **state)
{
	struct template cells = paper_7inch;
	struct page page = planned(&cells);
	struct page_flow flow = { 0, 8 };
	int i;

	(void)state;
	cells.fill = FILL_CELLS;
	cells.new_class = CLASS_NONE;
	page_flow_begin(&flow, &page, &cells, 2, 1);
	assert_int_equal(flow.cell, 8);
	page_flow_begin(&flow, &page, &cells, 3, 0);
	assert_int_equal(flow.sheet, 1);
	assert_int_equal(flow.cell, 0);
	/* more than a sheet holds */
	for (i = 0; i < 12; i++)
		page_flow_next(&flow, &page, i < 11);
	assert_int_equal(flow.sheet, 2);
	assert_int_equal(flow.cell, 2);
	page_release(&page);
}

static void
test_cells_that_stay_empty(void **state)
{
	struct template rows = paper_7inch, cells = paper_7inch;
	struct page page = planned(&rows);	/* two rows of five */

	(void)state;
	rows.fill = FILL_ROW;
	cells.fill = FILL_CELLS;
	assert_int_equal(page_idle(&page, &rows, 5), 0);
	assert_int_equal(page_idle(&page, &rows, 3), 4);
	assert_int_equal(page_idle(&page, &rows, 7), 3);
	assert_int_equal(page_idle(&page, &rows, 12), 8);
	assert_int_equal(page_idle(&page, &rows, 20), 0);
	assert_int_equal(page_idle(&page, &cells, 3), 1);
	assert_int_equal(page_idle(&page, &cells, 2), 0);
	page_release(&page);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_the_block_is_centred),
		cmocka_unit_test(test_a_strip_lies_below_its_own_image),
		cmocka_unit_test(test_ticks_keep_off_prints_and_off_the_edge),
		cmocka_unit_test(test_every_cut_has_ticks),
		cmocka_unit_test(test_paper_too_small_is_refused),
		cmocka_unit_test(test_headings_may_stand_at_the_sides),
		cmocka_unit_test(test_3_4_becomes_33_48_by_cropping_20_pixels),
		cmocka_unit_test(test_students_fill_rows_and_classes_begin_sheets),
		cmocka_unit_test(test_prints_of_one_student_stay_on_one_sheet),
		cmocka_unit_test(test_cells_that_stay_empty),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
