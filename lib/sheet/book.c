#include "lib/sheet/book.h"

#include <string.h>

#include "lib/sheet/area.h"
#include "lib/sheet/order.h"
#include "lib/sheet/press.h"
#include "lib/sheet/sheet.h"
#include "lib/sheet/strip.h"
#include "lib/sheet/template.h"

static void
plan(struct book *book)
{
	const struct book_setup *setup = &book->setup;
	const struct order *order = book->order;
	struct page_flow flow = { book->first, 0 };
	size_t i;
	int left;

	for (i = 0; i < order->count; i++) {
		left = order->entries[i].copies;
		page_flow_begin(&flow, setup->page, setup->template, left,
		    order_new_class(order, i));
		for (; left > 0; left--)
			page_flow_next(&flow, setup->page, left > 1);
	}
	book->end = order->count > 0 ? flow.sheet + 1 : book->first;
}

void
book_begin(struct book *book, const struct book_setup *setup,
    struct press *press, long first, const struct order *order)
{
	memset(book, 0, sizeof *book);
	book->setup = *setup;
	book->press = press;
	book->order = order;
	book->first = first;
	book->sheet = first - 1;
	book->flow.sheet = first;
	buf_init(&book->school);
	buf_init(&book->first_class);
	buf_init(&book->last_class);
	plan(book);
}

/* ---- sheets ---- */

static struct sheet
sheet_of(const struct book *book)
{
	struct sheet sheet = { book->draw, book->setup.page,
	    book->setup.template };

	return sheet;
}

static int
close_sheet(struct book *book, struct buf *err)
{
	const struct book_setup *setup = &book->setup;
	struct buf left = BUF_INIT, middle = BUF_INIT;
	struct buf number = BUF_INIT, foot = BUF_INIT;
	struct sheet sheet = sheet_of(book);
	struct sheet_heading heading;

	if (setup->proof)
		buf_adds(&left, setup->chinese ? "【校对样张】" :
		    "PROOF, NOT FOR ISSUE  ");
	buf_adds(&left, *setup->school != '\0' ? setup->school :
	    book->school.data);
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
	if (setup->proof)
		buf_adds(&foot, setup->chinese ? "  校对样张，不得发放" :
		    "  proof, not for issue");
	heading = (struct sheet_heading){ left.data, middle.data, number.data,
	    foot.data };
	sheet_frame(&sheet, &heading);
	book->draw = NULL;
	buf_release(&left);
	buf_release(&middle);
	buf_release(&number);
	buf_release(&foot);
	return press_sheet_end(book->press, err);
}

/* Begin the sheet of the next print, if it is not the one in work. */
static int
turn_to_sheet(struct book *book, const struct node *student, struct buf *err)
{
	struct buf class = BUF_INIT;
	int result = 0;

	order_title(book->order, student, &class);
	if (book->sheet != book->flow.sheet) {
		if (book->draw != NULL)
			result = close_sheet(book, err);
		book->sheet = book->flow.sheet;
		buf_clear(&book->school);
		strip_text("{school}", student, "", MASK_FIRST, &book->school);
		buf_clear(&book->first_class);
		buf_adds(&book->first_class, class.data);
		if (result == 0)
			book->draw = press_sheet(book->press, book->sheet + 1,
			    class.data, err);
	}
	buf_clear(&book->last_class);
	buf_adds(&book->last_class, class.data);
	buf_release(&class);
	return book->draw != NULL ? 0 : -1;
}

static void
draw_cell(const struct book *book, const struct book_content *content,
    const char *strip, struct draw_fit *fit)
{
	struct sheet sheet = sheet_of(book);

	if (content->picture != NULL)
		sheet_print(&sheet, book->flow.cell, content->picture, strip,
		    fit);
	else
		sheet_blank(&sheet, book->flow.cell, content->word, strip, fit);
}

int
book_add(struct book *book, size_t i, const struct node *student,
    const struct book_content *content, struct book_place *place,
    struct buf *err)
{
	const struct book_setup *setup = &book->setup;
	struct buf strip = BUF_INIT, label = BUF_INIT;
	int copies = book->order->entries[i].copies, left, row;
	struct sheet sheet;

	strip_text(setup->pattern, student, setup->school, setup->rule, &strip);
	strip_text("{name_masked}|{student_no}", student, setup->school,
	    setup->rule, &label);
	page_flow_begin(&book->flow, setup->page, setup->template, copies,
	    order_new_class(book->order, i));
	row = book->flow.cell / setup->page->columns;
	memset(place, 0, sizeof *place);
	place->sheet = book->flow.sheet + 1;
	place->row = row + 1;
	for (left = copies; left > 0; left--) {
		if (turn_to_sheet(book, student, err) != 0)
			break;
		sheet = sheet_of(book);
		if (left == copies)
			sheet_label(&sheet, row, label.data);
		draw_cell(book, content, strip.data, &place->fit);
		page_flow_next(&book->flow, setup->page, left > 1);
	}
	buf_release(&strip);
	buf_release(&label);
	return left > 0 ? -1 : 0;
}

int
book_end(struct book *book, struct buf *err)
{
	return book->draw != NULL ? close_sheet(book, err) : 0;
}

void
book_release(struct book *book)
{
	buf_release(&book->school);
	buf_release(&book->first_class);
	buf_release(&book->last_class);
}
