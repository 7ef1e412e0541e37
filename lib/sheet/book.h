#ifndef TC_BOOK_H
#define TC_BOOK_H
/*
 * book: one batch's students on consecutive sheets.
 *
 * Students come in the order of printing.  Each sheet says how many sheets there are, so
 * the book is planned before it is drawn; headings are drawn when a sheet is full, because
 * they name the classes on it.
 */
#include "lib/base/buf.h"
#include "lib/base/mask.h"
#include "lib/sheet/draw.h"
#include "lib/sheet/page.h"

struct node;
struct order;
struct press;
struct template;

/* What is the same for all students; borrowed. */
struct book_setup {
	const struct template *template;
	const struct page *page;
	const char *pattern;		/* of the strip */
	enum mask_rule rule;
	const char *school;		/* "": each student's own */
	const char *batch, *date;
	int chinese;			/* language of the headings */
	int subset;			/* say that these are not all students */
	int proof;			/* say that this is for proofing only */
};

struct book {
	struct book_setup setup;
	struct press *press;
	struct draw *draw;	/* the sheet in work, or NULL */
	const struct order *order;
	long first, end;	/* its sheets, counted from 0 through the file */
	long sheet;		/* the one in work; first - 1 before there is one */
	struct page_flow flow;	/* of the next print */
	struct buf school, first_class, last_class;	/* on the sheet in work */
};

/* What is in a student's cells: a picture, or a word. */
struct book_content {
	const struct picture *picture;	/* or NULL */
	const char *word;
};

/* Where a student was printed. */
struct book_place {
	long sheet;		/* of the first print, from 1 */
	int row;		/* from 1 */
	struct draw_fit fit;	/* of the strip's text */
};

/* Begin a book whose first sheet is number first of press, for the students in
 * order, which is sorted and says how many copies each has. */
void book_begin(struct book *book, const struct book_setup *setup,
    struct press *press, long first, const struct order *order);
/* Draw the prints of the i-th student in the order.  0, or -1 with the reason. */
int book_add(struct book *book, size_t i, const struct node *student,
    const struct book_content *content, struct book_place *place,
    struct buf *err);
/* Complete the last sheet.  0, or -1 with the reason. */
int book_end(struct book *book, struct buf *err);
void book_release(struct book *book);

#endif
