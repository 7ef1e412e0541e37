#ifndef TC_PAGE_H
#define TC_PAGE_H
/*
 * page: where everything stands on a sheet.
 *
 * Pure arithmetic from a template and the size of a print to rectangles in
 * millimetres.  Cells are numbered row by row from 0.  The block of cells (with
 * the column of labels, when there is one) stands in the middle of the paper,
 * because labs trim unevenly.  Ticks mark every cut and lie in gutters and
 * margins only: no tick ever touches a print.  Nothing lies outside the safe area;
 * paper that is too small for that is an error.
 */
#include <stddef.h>	/* size_t */

#include "lib/sheet/area.h"

struct buf;
struct template;

/* What the profile says of a print. */
struct page_print {
	double image_width, image_height;
	double strip_height;
};

struct page_line {
	double x0, y0, x1, y1;
};

enum { PAGE_MARKS = 3 };

struct page {
	double width, height;		/* of the paper */
	int rows, columns;
	double cell_width, cell_height;	/* image and strip */
	double image_height;
	double pitch_x, pitch_y;	/* from a cell to the next */
	double label_width;
	struct area block;		/* all cells, without labels */
	struct area heading[2];		/* above and below, or left and right */
	struct page_line ruler;		/* of no length when there is none */
	/* Registration marks, filled squares: top left, top right and bottom left, so that
	 * a sheet that lies upside down is noticed.  Their size is 0 when there are none. */
	struct area marks[PAGE_MARKS];
	struct page_line *ticks;
	size_t tick_count;
};

/* Fill *page.  0, or -1 with the reason: paper too small.  Release with
 * page_release. */
int page_plan(struct page *page, const struct template *template,
    const struct page_print *print, struct buf *err);
void page_release(struct page *page);

/* The parts of a cell; an absent strip has no height.  A row's label. */
struct area page_image(const struct page *page, int cell);
struct area page_strip(const struct page *page, int cell);
struct area page_label(const struct page *page, int row);

/* ---- cutting ---- */

enum page_sides {
	SIDE_TOP = 1 << 0, SIDE_RIGHT = 1 << 1, SIDE_BOTTOM = 1 << 2,
	SIDE_LEFT = 1 << 3,
	SIDES_ALL = SIDE_TOP | SIDE_RIGHT | SIDE_BOTTOM | SIDE_LEFT
};

/* A line that the plotter cuts along.  A side that an earlier contour has is left out, so
 * that no line is cut twice. */
struct page_contour {
	struct area area;
	unsigned int sides;
};

/* The contour at index of the whole sheet: 1, or 0 past the last. */
int page_contour(const struct page *page, const struct template *template,
    int index, struct page_contour *contour);

/* Where a picture of width x height pixels has to be put so that it fills target
 * without being stretched: centred, with equal parts cut off on two sides. */
struct area page_cover(const struct area *target, int width, int height);

/* How many cells of a sheet stay empty when it is filled with students who have that many
 * copies each; where one student needs several sheets, of all of these. */
int page_idle(const struct page *page, const struct template *template, int copies);

/* ---- the flow of students over sheets ---- */

struct page_flow {
	long sheet;	/* of the next student's first print, from 0 */
	int cell;	/* of that print; the page's number of cells when it is full */
};

/* Move to the cell where a student's prints begin: copies of them stay on one
 * sheet when one sheet can hold them.  new_class is whether the student is not of
 * the class of the one before. */
void page_flow_begin(struct page_flow *flow, const struct page *page,
    const struct template *template, int copies, int new_class);
/* Move past one print, to the next sheet when there are more to come. */
void page_flow_next(struct page_flow *flow, const struct page *page, int more);

#endif
