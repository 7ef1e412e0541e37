#include "lib/draw.h"

#include <cairo-pdf.h>
#include <errno.h>
#include <math.h>
#include <pango/pangocairo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lib/area.h"
#include "lib/buf.h"
#include "lib/io.h"
#include "lib/mem.h"

/* User space is in points, so that sizes of type need no conversion. */
#define POINTS(mm) ((mm) * 72.0 / 25.4)

/* What has none of a character in the first is looked for in the next. */
#define FAMILIES "Noto Sans CJK SC, HanaMinA, HanaMinB"
#define LEADING 1.14		/* from row to row, to the size of type; */
#define LEADING_MIN 1.0		/* less where rows are many */
#define ASCENT 0.86		/* of an ideograph's box above its baseline */
#define NARROWEST 0.8
#define SIZE_STEP 0.1

enum { WRITE_BYTES = 1 << 18 };

struct draw {
	int fd;
	int write_error;	/* errno of the first failure, or 0 */
	struct buf pending;	/* not yet written */
	cairo_surface_t *surface;
	cairo_t *cairo;
	PangoLayout *layout;
	PangoFontDescription *font;
};

/* ---- documents ---- */

/* cairo writes in pieces of a few bytes. */
static int
flush(struct draw *draw)
{
	if (draw->write_error == 0 && io_write_all(draw->fd, draw->pending.data,
	    draw->pending.len) != 0)
		draw->write_error = errno;
	buf_clear(&draw->pending);
	return draw->write_error != 0 ? -1 : 0;
}

static cairo_status_t
take_bytes(void *state, const unsigned char *bytes, unsigned int len)
{
	struct draw *draw = state;

	buf_add(&draw->pending, bytes, len);
	if (draw->pending.len >= WRITE_BYTES && flush(draw) != 0)
		return CAIRO_STATUS_WRITE_ERROR;
	return CAIRO_STATUS_SUCCESS;
}

static void
set_metadata(struct draw *draw, const struct draw_document *document)
{
	time_t seconds = (time_t)document->time;
	char date[32] = "";
	struct tm tm;

	if (gmtime_r(&seconds, &tm) != NULL)
		strftime(date, sizeof date, "%Y-%m-%dT%H:%M:%SZ", &tm);
	cairo_pdf_surface_set_metadata(draw->surface,
	    CAIRO_PDF_METADATA_CREATE_DATE, date);
	cairo_pdf_surface_set_metadata(draw->surface, CAIRO_PDF_METADATA_TITLE,
	    document->title);
	cairo_pdf_surface_set_metadata(draw->surface,
	    CAIRO_PDF_METADATA_CREATOR, "tc-layout " TC_VERSION);
}

/* One layout for all texts, whose metrics know no pixels. */
static void
make_layout(struct draw *draw)
{
	cairo_font_options_t *options = cairo_font_options_create();
	PangoContext *context;

	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	draw->layout = pango_cairo_create_layout(draw->cairo);
	context = pango_layout_get_context(draw->layout);
	pango_cairo_context_set_font_options(context, options);
	pango_cairo_context_set_resolution(context, 72);
	pango_context_set_round_glyph_positions(context, FALSE);
	/* unified ideographs in their Chinese shapes, wherever this runs */
	pango_context_set_language(context, pango_language_from_string("zh-cn"));
	pango_context_set_base_dir(context, PANGO_DIRECTION_LTR);
	pango_layout_set_auto_dir(draw->layout, FALSE);
	pango_layout_set_wrap(draw->layout, PANGO_WRAP_WORD_CHAR);
	draw->font = pango_font_description_from_string(FAMILIES);
	cairo_font_options_destroy(options);
}

struct draw *
draw_pdf_new(int fd, const struct draw_document *document)
{
	struct draw *draw = xcalloc(1, sizeof *draw);

	draw->fd = fd;
	buf_init(&draw->pending);
	draw->surface = cairo_pdf_surface_create_for_stream(take_bytes, draw,
	    POINTS(document->width), POINTS(document->height));
	cairo_pdf_surface_restrict_to_version(draw->surface,
	    CAIRO_PDF_VERSION_1_5);
	set_metadata(draw, document);
	draw->cairo = cairo_create(draw->surface);
	make_layout(draw);
	return draw;
}

void
draw_page_end(struct draw *draw)
{
	cairo_show_page(draw->cairo);
}

int
draw_end(struct draw *draw, struct buf *err)
{
	cairo_status_t status = cairo_status(draw->cairo);

	cairo_surface_finish(draw->surface);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_status(draw->surface);
	flush(draw);
	if (draw->write_error != 0)
		buf_addf(err, "cannot write the sheets: %s",
		    strerror(draw->write_error));
	else if (status != CAIRO_STATUS_SUCCESS)
		buf_addf(err, "cannot draw the sheets: %s",
		    cairo_status_to_string(status));
	return draw->write_error != 0 || status != CAIRO_STATUS_SUCCESS ? -1 : 0;
}

void
draw_free(struct draw *draw)
{
	if (draw == NULL)
		return;
	/* what a surface writes when it goes is of no use any more */
	if (draw->write_error == 0)
		draw->write_error = ECANCELED;
	g_object_unref(draw->layout);
	pango_font_description_free(draw->font);
	cairo_destroy(draw->cairo);
	cairo_surface_destroy(draw->surface);
	buf_release(&draw->pending);
	free(draw);
}

/* ---- lines ---- */

void
draw_line(struct draw *draw, double x0, double y0, double x1, double y1,
    double width)
{
	cairo_set_line_width(draw->cairo, POINTS(width));
	cairo_move_to(draw->cairo, POINTS(x0), POINTS(y0));
	cairo_line_to(draw->cairo, POINTS(x1), POINTS(y1));
	cairo_stroke(draw->cairo);
}

void
draw_frame(struct draw *draw, const struct area *area, double width)
{
	cairo_set_line_width(draw->cairo, POINTS(width));
	cairo_rectangle(draw->cairo, POINTS(area->x + width / 2),
	    POINTS(area->y + width / 2), POINTS(area->w - width),
	    POINTS(area->h - width));
	cairo_stroke(draw->cairo);
}

/* ---- pictures ---- */

struct picture {
	cairo_surface_t *surface;
	int width, height;
};

/* Width, height and channels from the frame header (ITU T.81, B.2.2). */
static int
read_frame(const struct buf *jpeg, int *width, int *height)
{
	const unsigned char *data = (const unsigned char *)jpeg->data;
	size_t at = 2, len;
	int marker;

	if (jpeg->len < 4 || data[0] != 0xff || data[1] != 0xd8)
		return -1;
	while (at + 9 < jpeg->len && data[at] == 0xff) {
		marker = data[at + 1];
		len = (size_t)data[at + 2] << 8 | data[at + 3];
		/* SOF0, 1 and 2: baseline, extended, progressive */
		if (marker >= 0xc0 && marker <= 0xc2) {
			*height = data[at + 5] << 8 | data[at + 6];
			*width = data[at + 7] << 8 | data[at + 8];
			return *width > 0 && *height > 0 && data[at + 9] == 3 ?
			    0 : -1;
		}
		at += 2 + len;
	}
	return -1;
}

struct picture *
picture_new(struct buf *jpeg, const char *id, struct buf *err)
{
	struct picture *picture;
	cairo_rectangle_t extents = { 0, 0, 0, 0 };
	size_t len = jpeg->len;
	int width, height;
	char *bytes, *name;

	if (read_frame(jpeg, &width, &height) != 0) {
		buf_adds(err, "not a JPEG picture of three channels");
		return NULL;
	}
	picture = xcalloc(1, sizeof *picture);
	picture->width = width;
	picture->height = height;
	/* A recording without content carries the bytes and has no pixels. */
	extents.width = width;
	extents.height = height;
	picture->surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR,
	    &extents);
	bytes = buf_detach(jpeg);
	name = xstrdup(id);
	cairo_surface_set_mime_data(picture->surface, CAIRO_MIME_TYPE_JPEG,
	    (unsigned char *)bytes, len, free, bytes);
	cairo_surface_set_mime_data(picture->surface, CAIRO_MIME_TYPE_UNIQUE_ID,
	    (unsigned char *)name, strlen(name), free, name);
	return picture;
}

void
picture_free(struct picture *picture)
{
	if (picture == NULL)
		return;
	cairo_surface_destroy(picture->surface);
	free(picture);
}

int
picture_width(const struct picture *picture)
{
	return picture->width;
}

int
picture_height(const struct picture *picture)
{
	return picture->height;
}

void
draw_picture(struct draw *draw, const struct picture *picture,
    const struct area *place, const struct area *clip)
{
	cairo_t *cairo = draw->cairo;

	cairo_save(cairo);
	cairo_rectangle(cairo, POINTS(clip->x), POINTS(clip->y),
	    POINTS(clip->w), POINTS(clip->h));
	cairo_clip(cairo);
	cairo_translate(cairo, POINTS(place->x), POINTS(place->y));
	cairo_scale(cairo, POINTS(place->w) / picture->width,
	    POINTS(place->h) / picture->height);
	cairo_set_source_surface(cairo, picture->surface, 0, 0);
	cairo_paint(cairo);
	cairo_restore(cairo);
}

/* ---- text ---- */

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
set_size(struct draw *draw, double size)
{
	pango_font_description_set_absolute_size(draw->font, size * PANGO_SCALE);
	pango_layout_set_font_description(draw->layout, draw->font);
}

/* Give the layout a line in its rows; returns how many rows it takes. */
static int
lay_line(struct draw *draw, const struct setting *setting,
    const struct line *line)
{
	PangoLayout *layout = draw->layout;
	/* rounding up must not break a line that is exactly as wide */
	double width = ceil(setting->width / line->narrow * PANGO_SCALE) + 1;

	set_size(draw, setting->size);
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
fit_line(struct draw *draw, const struct setting *setting, struct line *line,
    int spare)
{
	double room = setting->width / (line->natural * setting->size);

	line->shortened = 0;
	line->rows = 1;
	line->narrow = 1;
	if (room >= 1)
		return 0;
	line->rows = 2;
	if (spare > 0 && lay_line(draw, setting, line) <= 2)
		return 0;
	line->rows = 1;
	line->narrow = room;
	if (room >= NARROWEST)
		return 0;
	line->rows = 2;
	line->narrow = NARROWEST;
	if (spare > 0 && lay_line(draw, setting, line) <= 2)
		return 0;
	line->rows = spare > 0 ? 2 : 1;
	line->shortened = 1;
	return -1;
}

/* Try to set all lines at setting->size.  0 when all fit. */
static int
fit_lines(struct draw *draw, struct setting *setting)
{
	int rows = (int)(setting->height / (setting->size * LEADING_MIN) + 1e-6);
	int spare = rows - setting->count, result = spare < 0 ? -1 : 0;
	int i;

	for (i = 0; i < setting->count; i++) {
		if (fit_line(draw, setting, &setting->lines[i], spare) != 0)
			result = -1;
		spare -= setting->lines[i].rows - 1;
	}
	return result;
}

static void
split_lines(struct draw *draw, struct setting *setting, const char *text)
{
	PangoRectangle extents;
	struct line *line;

	set_size(draw, 100);
	pango_layout_set_width(draw->layout, -1);
	pango_layout_set_ellipsize(draw->layout, PANGO_ELLIPSIZE_NONE);
	setting->count = 0;
	while (*text != '\0' && setting->count < LINES_MAX) {
		line = &setting->lines[setting->count++];
		line->text = text;
		line->len = (int)strcspn(text, "\n");
		text += line->len + (text[line->len] == '\n');
		pango_layout_set_text(draw->layout, line->text, line->len);
		pango_layout_get_extents(draw->layout, NULL, &extents);
		line->natural = (double)extents.width / PANGO_SCALE / 100;
		if (line->natural <= 0)
			line->natural = 1e-3;
	}
}

/* Show the rows of the line that the layout holds; y is the first one's top. */
static void
show_line(struct draw *draw, const struct setting *setting,
    const struct line *line, enum draw_align align, double y)
{
	double share = align == ALIGN_LEFT ? 0 : align == ALIGN_RIGHT ? 1 : 0.5;
	double lead = setting->lead, baseline, rest;
	PangoLayoutLine *row;
	PangoRectangle extents;
	int i;

	for (i = 0; i < line->rows; i++) {
		row = pango_layout_get_line_readonly(draw->layout, i);
		if (row == NULL)
			return;
		pango_layout_line_get_extents(row, NULL, &extents);
		rest = setting->width -
		    (double)extents.width / PANGO_SCALE * line->narrow;
		baseline = y + i * lead + (lead - setting->size) / 2 +
		    ASCENT * setting->size;
		cairo_save(draw->cairo);
		cairo_translate(draw->cairo, rest * share, baseline);
		cairo_scale(draw->cairo, line->narrow, 1);
		cairo_move_to(draw->cairo, 0, 0);
		pango_cairo_show_layout_line(draw->cairo, row);
		cairo_restore(draw->cairo);
	}
}

static void
show_setting(struct draw *draw, struct setting *setting,
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

		lay_line(draw, setting, line);
		show_line(draw, setting, line, align, y);
		y += line->rows * setting->lead;
		if (line->narrow < fit->narrowest)
			fit->narrowest = line->narrow;
		fit->shortened |= line->shortened;
		fit->unknown += pango_layout_get_unknown_glyphs_count(draw->layout);
	}
}

void
draw_text(struct draw *draw, const struct area *area, const char *text,
    const struct draw_style *style, struct draw_fit *fit)
{
	struct setting setting = { .width = POINTS(area->w),
	    .height = POINTS(area->h) };
	struct draw_fit unused;
	int step = 0;

	cairo_save(draw->cairo);
	cairo_translate(draw->cairo, POINTS(area->x), POINTS(area->y));
	if (style->turned) {
		setting.width = POINTS(area->h);
		setting.height = POINTS(area->w);
		cairo_translate(draw->cairo, 0, setting.width);
		cairo_rotate(draw->cairo, -asin(1));
	}
	split_lines(draw, &setting, text);
	do {
		setting.size = fmax(style->size - SIZE_STEP * step++, DRAW_SIZE_MIN);
	} while (fit_lines(draw, &setting) != 0 && setting.size > DRAW_SIZE_MIN);
	show_setting(draw, &setting, style->align, fit != NULL ? fit : &unused);
	cairo_restore(draw->cairo);
}

int
draw_rows_max(double height)
{
	return (int)(POINTS(height) / (DRAW_SIZE_MIN * LEADING_MIN) + 1e-6);
}
