#include "lib/sheet/page.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/sheet/template.h"

/* Sums of decimal fractions miss by less than this; a hair is 0.05 mm. */
#define TOLERANCE 1e-6

/* What stays white round a registration mark, so that a reader finds it. */
#define MARK_CLEAR 1.5

/* ---- prints ---- */

static double
cell_x(const struct page *page, int column)
{
	return page->block.x + column * page->pitch_x;
}

static double
cell_y(const struct page *page, int row)
{
	return page->block.y + row * page->pitch_y;
}

struct area
page_image(const struct page *page, int cell)
{
	struct area area = { cell_x(page, cell % page->columns),
	    cell_y(page, cell / page->columns), page->cell_width,
	    page->image_height };

	return area;
}

struct area
page_strip(const struct page *page, int cell)
{
	struct area area = page_image(page, cell);

	area.y += area.h;
	area.h = page->cell_height - page->image_height;
	return area;
}

struct area
page_label(const struct page *page, int row)
{
	struct area area = { page->block.x - page->label_width,
	    cell_y(page, row), page->label_width, page->cell_height };

	return area;
}

struct area
page_cover(const struct area *target, int width, int height)
{
	double across = target->w / width, down = target->h / height;
	double scale = across > down ? across : down;
	struct area place = { 0, 0, width * scale, height * scale };

	place.x = target->x - (place.w - target->w) / 2;
	place.y = target->y - (place.h - target->h) / 2;
	return place;
}

/* ---- ticks ---- */

static void
add_tick(struct page *page, double x0, double y0, double x1, double y1)
{
	struct page_line tick = { x0, y0, x1, y1 };

	page->ticks[page->tick_count++] = tick;
}

/* Ticks on the line y = at: in both margins and in every gutter. */
static void
add_across(struct page *page, const struct template *template, double at)
{
	double gap = template->tick_gap, length = template->tick_length;
	double left = page->block.x - page->label_width;
	double right = page->block.x + page->block.w;
	double start;
	int column;

	add_tick(page, left - gap - length, at, left - gap, at);
	add_tick(page, right + gap, at, right + gap + length, at);
	if (template->gutter_x <= 2 * gap)
		return;
	for (column = 1; column < page->columns; column++) {
		start = cell_x(page, column) - template->gutter_x;
		add_tick(page, start + gap, at,
		    start + template->gutter_x - gap, at);
	}
}

/* The same on the line x = at. */
static void
add_down(struct page *page, const struct template *template, double at)
{
	double gap = template->tick_gap, length = template->tick_length;
	double top = page->block.y, bottom = top + page->block.h;
	double start;
	int row;

	add_tick(page, at, top - gap - length, at, top - gap);
	add_tick(page, at, bottom + gap, at, bottom + gap + length);
	if (template->gutter_y <= 2 * gap)
		return;
	for (row = 1; row < page->rows; row++) {
		start = cell_y(page, row) - template->gutter_y;
		add_tick(page, at, start + gap, at,
		    start + template->gutter_y - gap);
	}
}

static void
plan_ticks(struct page *page, const struct template *template)
{
	size_t rows = (size_t)page->rows, columns = (size_t)page->columns;
	double strip = page->cell_height - page->image_height;
	double edge;
	int i;

	page->ticks = xcalloc(3 * rows * (columns + 1) + 2 * columns * (rows + 1),
	    sizeof *page->ticks);
	if (template->tick_length <= 0)
		return;
	for (i = 0; i < page->rows; i++) {
		edge = cell_y(page, i);
		/* without gutter a cell begins where another ended */
		if (i == 0 || template->gutter_y > 0)
			add_across(page, template, edge);
		if (strip > 0)
			add_across(page, template, edge + page->image_height);
		add_across(page, template, edge + page->cell_height);
	}
	for (i = 0; i < page->columns; i++) {
		edge = cell_x(page, i);
		if (i == 0 || template->gutter_x > 0)
			add_down(page, template, edge);
		add_down(page, template, edge + page->cell_width);
	}
}

/* ---- what stands round the prints ---- */

/* Shorten a band's extent until it keeps clear of the marks in the corners. */
static void
keep_clear(double *start, double *extent, double whole,
    const struct template *template)
{
	double clear = template->safe + template->register_size + MARK_CLEAR;
	double end = *start + *extent;

	if (template->register_size <= 0)
		return;
	if (*start < clear)
		*start = clear;
	if (end > whole - clear)
		end = whole - clear;
	*extent = end - *start;
}

static void
plan_headings(struct page *page, const struct template *template)
{
	double safe = template->safe, band = template->heading_height;
	double left = page->block.x - page->label_width;
	double width = page->block.w + page->label_width;
	struct area first = { left, safe, width, band }, second;

	if (template->heading == HEADING_SIDES) {
		first = (struct area){ safe, page->block.y, band, page->block.h };
		keep_clear(&first.y, &first.h, page->height, template);
	} else {
		keep_clear(&first.x, &first.w, page->width, template);
	}
	second = first;
	if (template->heading == HEADING_SIDES)
		second.x = page->width - safe - band;
	else
		second.y = page->height - safe - band;
	page->heading[0] = first;
	page->heading[1] = second;
}

/* The ruler stands at the beginning of the second heading. */
static void
plan_ruler(struct page *page, const struct template *template)
{
	const struct area *band = &page->heading[1];
	double middle;

	if (template->heading == HEADING_SIDES) {
		middle = band->x + band->w / 2;
		page->ruler = (struct page_line){ middle,
		    band->y + band->h - template->ruler, middle,
		    band->y + band->h };
	} else {
		middle = band->y + band->h / 2;
		page->ruler = (struct page_line){ band->x, middle,
		    band->x + template->ruler, middle };
	}
}

/* In the corners of the safe area. */
static void
plan_marks(struct page *page, const struct template *template)
{
	double size = template->register_size, safe = template->safe;
	double right = page->width - safe - size;
	double bottom = page->height - safe - size;

	page->marks[0] = (struct area){ safe, safe, size, size };
	page->marks[1] = (struct area){ right, safe, size, size };
	page->marks[2] = (struct area){ safe, bottom, size, size };
}

static int
overlap(const struct area *a, const struct area *b)
{
	return a->x + a->w > b->x + TOLERANCE &&
	    b->x + b->w > a->x + TOLERANCE &&
	    a->y + a->h > b->y + TOLERANCE && b->y + b->h > a->y + TOLERANCE;
}

/* A reader finds a mark only where nothing stands beside it. */
static int
check_marks(const struct page *page, const struct template *template,
    struct buf *err)
{
	double tick = template->tick_length > 0 ? template->tick_gap +
	    template->tick_length : 0;
	double width = page->block.w + page->label_width;
	struct area across = { page->block.x - page->label_width - tick,
	    page->block.y, width + 2 * tick, page->block.h };
	struct area down = { page->block.x - page->label_width,
	    page->block.y - tick, width, page->block.h + 2 * tick };
	int i;

	for (i = 0; i < PAGE_MARKS && template->register_size > 0; i++)
		if (overlap(&page->marks[i], &page->heading[0]) ||
		    overlap(&page->marks[i], &page->heading[1]) ||
		    overlap(&page->marks[i], &across) ||
		    overlap(&page->marks[i], &down)) {
			buf_addf(err, "paper too small: no room in the corners "
			    "for registration marks of %g mm",
			    template->register_size);
			return -1;
		}
	return 0;
}

static int
check_room(double need, double have, const char *what, struct buf *err)
{
	if (need <= have + TOLERANCE)
		return 0;
	buf_addf(err, "paper too small: the sheet needs %g mm of %s and has %g mm",
	    need, what, have);
	return -1;
}

/* Prints, their ticks and the headings on both sides, inside the safe area. */
static int
check_paper(const struct page *page, const struct template *template,
    struct buf *err)
{
	double tick = template->tick_gap + template->tick_length;
	double across = page->block.w + page->label_width +
	    2 * (tick + template->safe);
	double down = page->block.h + 2 * (tick + template->safe);
	double along;

	if (template->tick_length <= 0) {
		across -= 2 * tick;
		down -= 2 * tick;
	}
	if (template->heading == HEADING_SIDES)
		across += 2 * template->heading_height;
	else
		down += 2 * template->heading_height;
	if (check_room(across, page->width, "width", err) != 0 ||
	    check_room(down, page->height, "height", err) != 0)
		return -1;
	along = template->heading == HEADING_SIDES ? page->heading[1].h :
	    page->heading[1].w;
	return check_room(template->ruler, along, "length for its ruler", err);
}

int
page_plan(struct page *page, const struct template *template,
    const struct page_print *print, struct buf *err)
{
	struct page plan = { .width = template->paper_width,
	    .height = template->paper_height, .rows = template->rows,
	    .columns = template->columns, .cell_width = print->image_width,
	    .cell_height = print->image_height,
	    .image_height = print->image_height,
	    .label_width = template->label_width };

	if (template->strip)
		plan.cell_height += print->strip_height;
	plan.pitch_x = plan.cell_width + template->gutter_x;
	plan.pitch_y = plan.cell_height + template->gutter_y;
	plan.block.w = plan.columns * plan.pitch_x - template->gutter_x;
	plan.block.h = plan.rows * plan.pitch_y - template->gutter_y;
	plan.block.x = (plan.width - plan.block.w - plan.label_width) / 2 +
	    plan.label_width;
	plan.block.y = (plan.height - plan.block.h) / 2;
	plan_headings(&plan, template);
	plan_ruler(&plan, template);
	plan_marks(&plan, template);
	if (check_paper(&plan, template, err) != 0 ||
	    check_marks(&plan, template, err) != 0)
		return -1;
	plan_ticks(&plan, template);
	*page = plan;
	return 0;
}

void
page_release(struct page *page)
{
	free(page->ticks);
	memset(page, 0, sizeof *page);
}

/* ---- cutting ---- */

int
page_contour(const struct page *page, const struct template *template,
    int index, struct page_contour *contour)
{
	int parts = page->cell_height > page->image_height &&
	    template->cut == CUT_IMAGE ? 2 : 1;
	int cell = index / parts;

	if (index < 0 || cell >= page->rows * page->columns)
		return 0;
	contour->area = page_image(page, cell);
	contour->sides = SIDES_ALL;
	if (index % parts == 1)
		contour->area = page_strip(page, cell);
	else if (parts == 1)
		contour->area.h = page->cell_height;
	if (index % parts == 1 ||
	    (cell >= page->columns && template->gutter_y <= 0))
		contour->sides &= ~(unsigned int)SIDE_TOP;
	if (cell % page->columns > 0 && template->gutter_x <= 0)
		contour->sides &= ~(unsigned int)SIDE_LEFT;
	return 1;
}

/* ---- flow ---- */

int
page_idle(const struct page *page, const struct template *template, int copies)
{
	int cells = page->rows * page->columns;
	int taken = template->fill == FILL_ROW ?
	    (copies + page->columns - 1) / page->columns * page->columns : copies;

	if (copies > cells)
		return (cells - copies % cells) % cells;
	return cells - cells / taken * copies;
}

static void
next_sheet(struct page_flow *flow)
{
	flow->sheet++;
	flow->cell = 0;
}

void
page_flow_begin(struct page_flow *flow, const struct page *page,
    const struct template *template, int copies, int new_class)
{
	int cells = page->rows * page->columns;
	int rest = flow->cell % page->columns;

	if (flow->cell == 0)
		return;
	if (new_class && template->new_class == CLASS_PAGE) {
		next_sheet(flow);
		return;
	}
	if (rest > 0 && (template->fill == FILL_ROW ||
	    (new_class && template->new_class == CLASS_ROW)))
		flow->cell += page->columns - rest;
	if (flow->cell >= cells ||
	    (copies <= cells && flow->cell + copies > cells))
		next_sheet(flow);
}

void
page_flow_next(struct page_flow *flow, const struct page *page, int more)
{
	flow->cell++;
	if (more && flow->cell == page->rows * page->columns)
		next_sheet(flow);
}
