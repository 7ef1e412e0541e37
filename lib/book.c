#include "lib/book.h"

#include <string.h>

#include "lib/area.h"
#include "lib/order.h"
#include "lib/sheet.h"
#include "lib/strip.h"
#include "lib/template.h"

static void
plan(struct book *book, const struct order *order)
{
	const struct book_setup *setup = &book->setup;
	struct page_flow flow = { book->first, 0 };
	size_t i;
	int left;

	for (i = 0; i < order->count; i++) {
		page_flow_begin(&flow, setup->page, setup->template, setup->copies,
		    order_new_class(order, i));
		for (left = setup->copies; left > 0; left--)
			page_flow_next(&flow, setup->page, left > 1);
	}
	book->end = order->count > 0 ? flow.sheet + 1 : book->first;
}

void
book_begin(struct book *book, const struct book_setup *setup,
    struct draw *draw, long first, const struct order *order)
{
	memset(book, 0, sizeof *book);
	book->setup = *setup;
	book->draw = draw;
	book->first = first;
	book->sheet = first - 1;
	book->flow.sheet = first;
	buf_init(&book->school);
	buf_init(&book->first_class);
	buf_init(&book->last_class);
	plan(book, order);
}

/* ---- sheets ---- */

static struct sheet
sheet_of(const struct book *book)
{
	struct sheet sheet = { book->draw, book->setup.page,
	    book->setup.template };

	return sheet;
}

static void
close_sheet(const struct book *book)
{
	const struct book_setup *setup = &book->setup;
	struct buf middle = BUF_INIT, number = BUF_INIT, foot = BUF_INIT;
	struct sheet sheet = sheet_of(book);
	struct sheet_heading heading;

	buf_adds(&middle, book->first_class.data);
	if (strcmp(book->first_class.data, book->last_class.data) != 0)
		buf_addf(&middle, " – %s", book->last_class.data);
	buf_addf(&number, setup->chinese ? "第 %ld 页 共 %ld 页" :
	    "page %ld of %ld", book->sheet - book->first + 1,
	    book->end - book->first);
	buf_addf(&foot, setup->chinese ? "批次 %s  %s" : "batch %s  %s",
	    setup->batch, setup->date);
	if (setup->subset)
		buf_adds(&foot, setup->chinese ? "  部分学生" :
		    "  not all students");
	heading = (struct sheet_heading){ *setup->school != '\0' ?
	    setup->school : book->school.data, middle.data, number.data,
	    foot.data };
	sheet_frame(&sheet, &heading);
	draw_page_end(book->draw);
	buf_release(&middle);
	buf_release(&number);
	buf_release(&foot);
}

static void
set_text(struct buf *out, const char *pattern, const struct node *student)
{
	buf_clear(out);
	strip_text(pattern, student, "", MASK_FIRST, out);
}

/* Begin the sheet of the next print, if it is not the one in work. */
static void
turn_to_sheet(struct book *book, const struct node *student)
{
	if (book->sheet != book->flow.sheet) {
		if (book->sheet >= book->first)
			close_sheet(book);
		book->sheet = book->flow.sheet;
		set_text(&book->school, "{school}", student);
		set_text(&book->first_class, "{college} {class}", student);
	}
	set_text(&book->last_class, "{college} {class}", student);
}

void
book_add(struct book *book, const struct node *student,
    const struct picture *picture, int new_class, struct book_place *place)
{
	const struct book_setup *setup = &book->setup;
	struct buf strip = BUF_INIT, label = BUF_INIT;
	struct sheet sheet = sheet_of(book);
	int left, row;

	strip_text(setup->pattern, student, setup->school, setup->rule, &strip);
	strip_text("{name_masked}|{student_no}", student, setup->school,
	    setup->rule, &label);
	page_flow_begin(&book->flow, setup->page, setup->template,
	    setup->copies, new_class);
	row = book->flow.cell / setup->page->columns;
	memset(place, 0, sizeof *place);
	place->sheet = book->flow.sheet + 1;
	place->row = row + 1;
	for (left = setup->copies; left > 0; left--) {
		turn_to_sheet(book, student);
		if (left == setup->copies)
			sheet_label(&sheet, row, label.data);
		sheet_print(&sheet, book->flow.cell, picture, strip.data,
		    &place->fit);
		page_flow_next(&book->flow, setup->page, left > 1);
	}
	buf_release(&strip);
	buf_release(&label);
}

void
book_end(struct book *book)
{
	if (book->sheet >= book->first)
		close_sheet(book);
	buf_release(&book->school);
	buf_release(&book->first_class);
	buf_release(&book->last_class);
}
