#include "lib/sheet/sheet.h"

#include <stdio.h>

#include "lib/sheet/area.h"
#include "lib/sheet/draw.h"
#include "lib/sheet/page.h"
#include "lib/sheet/template.h"

#define RULER_WIDTH 0.2		/* mm, of its line */
#define RULER_STEP 10.0		/* mm between its marks */
#define BLANK_SIZE 14.0		/* points, of the word in a blank cell */
#define GAP 2.0			/* mm between things that stand side by side */

/* ---- the frame ---- */

static struct area
shrink(struct area area, double padding)
{
	area.x += padding;
	area.y += padding;
	area.w -= 2 * padding;
	area.h -= 2 * padding;
	return area;
}

/* The part of a band from start to end of its length, 0 to 1: to the right, or
 * upwards where the band is read so. */
static struct area
part_of(const struct area *band, int turned, double start, double end)
{
	struct area part = *band;

	if (turned) {
		part.y += band->h * (1 - end);
		part.h *= end - start;
	} else {
		part.x += band->w * start;
		part.w *= end - start;
	}
	return part;
}

static void
draw_ruler(const struct sheet *sheet)
{
	const struct page_line *line = &sheet->page->ruler;
	double dx = line->x1 - line->x0, dy = line->y1 - line->y0;
	double length = dx + dy, half = 0.7, at, share;

	if (length <= 0)
		return;
	draw_line(sheet->draw, line->x0, line->y0, line->x1, line->y1,
	    RULER_WIDTH);
	for (at = 0; at <= length + 1e-6; at += RULER_STEP) {
		share = at / length;
		draw_line(sheet->draw,
		    line->x0 + dx * share - (dy > 0 ? half : 0),
		    line->y0 + dy * share - (dx > 0 ? half : 0),
		    line->x0 + dx * share + (dy > 0 ? half : 0),
		    line->y0 + dy * share + (dx > 0 ? half : 0), RULER_WIDTH);
	}
}

/* The ruler's length in words, then the foot, in what the ruler leaves. */
static void
draw_foot(const struct sheet *sheet, const char *foot)
{
	const struct area *band = &sheet->page->heading[1];
	struct draw_style style = { sheet->template->heading_size, ALIGN_LEFT,
	    sheet->template->heading == HEADING_SIDES };
	double ruler = sheet->template->ruler;
	double whole = style.turned ? band->h : band->w;
	double start = ruler > 0 ? (ruler + GAP) / whole : 0;
	char words[32];
	struct area area;

	if (ruler > 0 && start < 1) {
		snprintf(words, sizeof words, "%g mm", ruler);
		area = part_of(band, style.turned, start, 1);
		draw_text(sheet->draw, &area, words, &style, NULL);
		start += (1 - start) * 0.25;
	}
	if (start < 1) {
		style.align = ALIGN_RIGHT;
		area = part_of(band, style.turned, start, 1);
		draw_text(sheet->draw, &area, foot, &style, NULL);
	}
}

void
sheet_frame(const struct sheet *sheet, const struct sheet_heading *heading)
{
	const struct page *page = sheet->page;
	const struct area *band = &page->heading[0];
	struct draw_style style = { sheet->template->heading_size, ALIGN_LEFT,
	    sheet->template->heading == HEADING_SIDES };
	const struct page_line *tick;
	struct area area;
	size_t i;

	for (i = 0; i < page->tick_count; i++) {
		tick = &page->ticks[i];
		draw_line(sheet->draw, tick->x0, tick->y0, tick->x1, tick->y1,
		    sheet->template->tick_width);
	}
	for (i = 0; i < PAGE_MARKS; i++)
		if (page->marks[i].w > 0)
			draw_fill(sheet->draw, &page->marks[i]);
	area = part_of(band, style.turned, 0, 0.33);
	draw_text(sheet->draw, &area, heading->left, &style, NULL);
	style.align = ALIGN_CENTRE;
	area = part_of(band, style.turned, 0.34, 0.80);
	draw_text(sheet->draw, &area, heading->middle, &style, NULL);
	style.align = ALIGN_RIGHT;
	area = part_of(band, style.turned, 0.81, 1);
	draw_text(sheet->draw, &area, heading->right, &style, NULL);
	draw_ruler(sheet);
	draw_foot(sheet, heading->foot);
}

/* ---- prints ---- */

static void
add_strip(const struct sheet *sheet, int cell, const char *text,
    struct draw_fit *fit)
{
	struct area area = page_strip(sheet->page, cell);
	struct draw_style style = { sheet->template->strip_size, ALIGN_CENTRE, 0 };

	if (area.h <= 0)
		return;
	area = shrink(area, sheet->template->strip_padding);
	draw_text(sheet->draw, &area, text, &style, fit);
}

void
sheet_print(const struct sheet *sheet, int cell, const struct picture *picture,
    const char *strip, struct draw_fit *fit)
{
	struct area image = page_image(sheet->page, cell);
	struct area place = page_cover(&image, picture_width(picture),
	    picture_height(picture));

	draw_picture(sheet->draw, picture, &place, &image);
	add_strip(sheet, cell, strip, fit);
}

void
sheet_blank(const struct sheet *sheet, int cell, const char *word,
    const char *strip, struct draw_fit *fit)
{
	struct area image = page_image(sheet->page, cell);
	struct draw_style style = { BLANK_SIZE, ALIGN_CENTRE, 0 };

	draw_frame(sheet->draw, &image, sheet->template->tick_width);
	image = shrink(image, GAP);
	draw_text(sheet->draw, &image, word, &style, NULL);
	add_strip(sheet, cell, strip, fit);
}

void
sheet_label(const struct sheet *sheet, int row, const char *text)
{
	struct area area = page_label(sheet->page, row);
	struct draw_style style = { sheet->template->label_size, ALIGN_LEFT, 0 };

	if (area.w <= 0)
		return;
	area = shrink(area, GAP / 2);
	draw_text(sheet->draw, &area, text, &style, NULL);
}
