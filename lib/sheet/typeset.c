#include "lib/sheet/typeset.h"

#include <math.h>
#include <pango/pangocairo.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/mem.h"
#include "lib/sheet/draw.h"

/* What has none of a character in the first is looked for in the next. */
#define FAMILIES "Noto Sans CJK SC, HanaMinA, HanaMinB"
#define LEADING 1.14		/* from row to row, to the size of type; */
#define LEADING_MIN 1.0		/* less where rows are many */
#define ASCENT 0.86		/* of an ideograph's box above its baseline */
#define NARROWEST 0.8
#define SIZE_STEP 0.1

struct typeset {
	cairo_t *cairo;
	PangoLayout *layout;
	PangoFontDescription *font;
};

/* One layout for all texts, whose metrics know no pixels. */
struct typeset *
typeset_new(void *cairo)
{
	cairo_font_options_t *options = cairo_font_options_create();
	struct typeset *set = xcalloc(1, sizeof *set);
	PangoContext *context;

	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	/* paper has no sub-pixels, whatever the desktop's settings say */
	cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	set->cairo = cairo;
	set->layout = pango_cairo_create_layout(set->cairo);
	context = pango_layout_get_context(set->layout);
	pango_cairo_context_set_font_options(context, options);
	pango_cairo_context_set_resolution(context, 72);
	pango_context_set_round_glyph_positions(context, FALSE);
	/* unified ideographs in their Chinese shapes, wherever this runs */
	pango_context_set_language(context, pango_language_from_string("zh-cn"));
	pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
	pango_layout_set_auto_dir(set->layout, FALSE);
	pango_layout_set_wrap(set->layout, PANGO_WRAP_WORD_CHAR);
	set->font = pango_font_description_from_string(FAMILIES);
	cairo_font_options_destroy(options);
	return set;
}

void
typeset_free(struct typeset *set)
{
	if (set == NULL)
		return;
	g_object_unref(set->layout);
	pango_font_description_free(set->font);
	free(set);
}

/* ---- fitting ---- */

enum { LINES_MAX = 16 };

/* A line of the text and how it is made to fit. */
struct line {
	const char *text;
	int len;
	double natural;		/* width at size 1 */
	int rows;
	double narrow;
	int shortened;
};

struct setting {
	struct line lines[LINES_MAX];
	int count;
	double width, height;	/* of the area, points */
	double size;
	double lead;		/* from row to row */
};

static void
set_size(struct typeset *set, double size)
{
	pango_font_description_set_absolute_size(set->font, size * PANGO_SCALE);
	pango_layout_set_font_description(set->layout, set->font);
}

/* Give the layout a line in its rows; returns how many rows it takes. */
static int
lay_line(struct typeset *set, const struct setting *setting,
    const struct line *line)
{
	PangoLayout *layout = set->layout;
	/* rounding up must not break a line that is exactly as wide */
	double width = ceil(setting->width / line->narrow * PANGO_SCALE) + 1;

	set_size(set, setting->size);
	pango_layout_set_text(layout, line->text, line->len);
	pango_layout_set_width(layout, (int)width);
	pango_layout_set_height(layout, line->shortened ? -line->rows : -1);
	pango_layout_set_ellipsize(layout, line->shortened ?
	    PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
	return pango_layout_get_line_count(layout);
}

/* Try to set one line; spare is how many rows may be added to one.  Where that
 * fails the line is left shortened. */
static int
fit_line(struct typeset *set, const struct setting *setting, struct line *line,
    int spare)
{
	double room = setting->width / (line->natural * setting->size);

	line->shortened = 0;
	line->rows = 1;
	line->narrow = 1;
	if (room >= 1)
		return 0;
	line->rows = 2;
	if (spare > 0 && lay_line(set, setting, line) <= 2)
		return 0;
	line->rows = 1;
	line->narrow = room;
	if (room >= NARROWEST)
		return 0;
	line->rows = 2;
	line->narrow = NARROWEST;
	if (spare > 0 && lay_line(set, setting, line) <= 2)
		return 0;
	line->rows = spare > 0 ? 2 : 1;
	line->shortened = 1;
	return -1;
}

/* Try to set all lines at setting->size.  0 when all fit. */
static int
fit_lines(struct typeset *set, struct setting *setting)
{
	int rows = (int)(setting->height / (setting->size * LEADING_MIN) + 1e-6);
	int spare = rows - setting->count, result = spare < 0 ? -1 : 0;
	int i;

	for (i = 0; i < setting->count; i++) {
		if (fit_line(set, setting, &setting->lines[i], spare) != 0)
			result = -1;
		spare -= setting->lines[i].rows - 1;
	}
	return result;
}

static void
split_lines(struct typeset *set, struct setting *setting, const char *text)
{
	PangoRectangle extents;
	struct line *line;

	set_size(set, 100);
	pango_layout_set_width(set->layout, -1);
	pango_layout_set_ellipsize(set->layout, PANGO_ELLIPSIZE_NONE);
	setting->count = 0;
	while (*text != '\0' && setting->count < LINES_MAX) {
		line = &setting->lines[setting->count++];
		line->text = text;
		line->len = (int)strcspn(text, "\n");
		text += line->len + (text[line->len] == '\n');
		pango_layout_set_text(set->layout, line->text, line->len);
		pango_layout_get_extents(set->layout, NULL, &extents);
		line->natural = (double)extents.width / PANGO_SCALE / 100;
		if (line->natural <= 0)
			line->natural = 1e-3;
	}
}

/* Show the rows of the line that the layout holds; y is the first one's top. */
static void
show_line(struct typeset *set, const struct setting *setting,
    const struct line *line, enum draw_align align, double y)
{
	double share = align == ALIGN_LEFT ? 0 : align == ALIGN_RIGHT ? 1 : 0.5;
	double lead = setting->lead, baseline, rest;
	PangoLayoutLine *row;
	PangoRectangle extents;
	int i;

	for (i = 0; i < line->rows; i++) {
		row = pango_layout_get_line_readonly(set->layout, i);
		if (row == NULL)
			return;
		pango_layout_line_get_extents(row, NULL, &extents);
		rest = setting->width -
		    (double)extents.width / PANGO_SCALE * line->narrow;
		baseline = y + i * lead + (lead - setting->size) / 2 +
		    ASCENT * setting->size;
		cairo_save(set->cairo);
		cairo_translate(set->cairo, rest * share, baseline);
		cairo_scale(set->cairo, line->narrow, 1);
		cairo_move_to(set->cairo, 0, 0);
		pango_cairo_show_layout_line(set->cairo, row);
		cairo_restore(set->cairo);
	}
}

static void
show_setting(struct typeset *set, struct setting *setting,
    enum draw_align align, struct draw_fit *fit)
{
	double y;
	int i, rows = 0;

	for (i = 0; i < setting->count; i++)
		rows += setting->lines[i].rows;
	setting->lead = fmin(setting->size * LEADING, setting->height / fmax(rows, 1));
	y = (setting->height - rows * setting->lead) / 2;
	fit->size = setting->size;
	fit->narrowest = 1;
	fit->shortened = fit->unknown = 0;
	for (i = 0; i < setting->count; i++) {
		const struct line *line = &setting->lines[i];

		lay_line(set, setting, line);
		show_line(set, setting, line, align, y);
		y += line->rows * setting->lead;
		if (line->narrow < fit->narrowest)
			fit->narrowest = line->narrow;
		fit->shortened |= line->shortened;
		fit->unknown += pango_layout_get_unknown_glyphs_count(set->layout);
	}
}

void
typeset_show(struct typeset *set, double width, double height,
    const char *text, const struct draw_style *style, struct draw_fit *fit)
{
	struct setting setting = { .width = width, .height = height };
	int step = 0;

	split_lines(set, &setting, text);
	do {
		setting.size = fmax(style->size - SIZE_STEP * step++, DRAW_SIZE_MIN);
	} while (fit_lines(set, &setting) != 0 && setting.size > DRAW_SIZE_MIN);
	show_setting(set, &setting, style->align, fit);
}

int
typeset_rows_max(double height)
{
	return (int)(height / (DRAW_SIZE_MIN * LEADING_MIN) + 1e-6);
}
