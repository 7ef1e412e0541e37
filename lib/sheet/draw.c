#include "lib/sheet/draw.h"

#include <cairo-pdf.h>
#include <errno.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/sheet/area.h"
#include "lib/sheet/typeset.h"

/* User space is in points, so that sizes of type need no conversion. */
#define POINTS(mm) ((mm) * 72.0 / 25.4)

enum { WRITE_BYTES = 1 << 18 };

struct draw {
	int fd;			/* of a PDF; -1 of a raster */
	int write_error;	/* errno of the first failure, or 0 */
	struct buf pending;	/* not yet written */
	int raster;
	cairo_surface_t *surface;
	cairo_t *cairo;
	struct typeset *typeset;
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
	draw->typeset = typeset_new(draw->cairo);
	return draw;
}

/* ---- rasters ---- */

static void
make_white(struct draw *draw)
{
	cairo_set_source_rgb(draw->cairo, 1, 1, 1);
	cairo_paint(draw->cairo);
	cairo_set_source_rgb(draw->cairo, 0, 0, 0);
}

struct draw *
draw_raster_new(double width, double height, int dpi)
{
	struct draw *draw = xcalloc(1, sizeof *draw);

	draw->fd = -1;
	draw->raster = 1;
	buf_init(&draw->pending);
	draw->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24,
	    (int)lround(width / 25.4 * dpi), (int)lround(height / 25.4 * dpi));
	draw->cairo = cairo_create(draw->surface);
	cairo_scale(draw->cairo, dpi / 72.0, dpi / 72.0);
	draw->typeset = typeset_new(draw->cairo);
	make_white(draw);
	return draw;
}

void
draw_pixels(struct draw *draw, struct draw_pixels *pixels)
{
	cairo_surface_flush(draw->surface);
	pixels->bytes = cairo_image_surface_get_data(draw->surface);
	pixels->width = cairo_image_surface_get_width(draw->surface);
	pixels->height = cairo_image_surface_get_height(draw->surface);
	pixels->stride = (size_t)cairo_image_surface_get_stride(draw->surface);
}

/* ---- both ---- */

void
draw_page_end(struct draw *draw)
{
	if (draw->raster)
		make_white(draw);
	else
		cairo_show_page(draw->cairo);
}

int
draw_end(struct draw *draw, struct buf *err)
{
	cairo_status_t status = cairo_status(draw->cairo);

	if (!draw->raster)
		cairo_surface_finish(draw->surface);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_status(draw->surface);
	if (!draw->raster)
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
	typeset_free(draw->typeset);
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

void
draw_fill(struct draw *draw, const struct area *area)
{
	cairo_rectangle(draw->cairo, POINTS(area->x), POINTS(area->y),
	    POINTS(area->w), POINTS(area->h));
	cairo_fill(draw->cairo);
}

/* ---- pictures ---- */

struct picture {
	cairo_surface_t *surface;	/* carries the JPEG's bytes */
	struct pixels *pixels;		/* for rasters, or NULL */
	int width, height;
};

struct pixels {
	cairo_surface_t *whole;
	cairo_surface_t *scaled;	/* to the size of a print, once for all of
					 * them, or NULL */
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
	if (picture->pixels != NULL) {
		cairo_surface_destroy(picture->pixels->whole);
		cairo_surface_destroy(picture->pixels->scaled);
		free(picture->pixels);
	}
	free(picture);
}

void
picture_set_pixels(struct picture *picture, const unsigned char *rgb)
{
	cairo_surface_t *surface = cairo_image_surface_create(
	    CAIRO_FORMAT_RGB24, picture->width, picture->height);
	unsigned char *data = cairo_image_surface_get_data(surface), *row;
	int stride = cairo_image_surface_get_stride(surface), x, y;
	uint32_t pixel;

	for (y = 0; data != NULL && y < picture->height; y++) {
		row = data + (size_t)y * (size_t)stride;
		for (x = 0; x < picture->width; x++, rgb += 3) {
			pixel = (uint32_t)rgb[0] << 16 | (uint32_t)rgb[1] << 8 |
			    rgb[2];
			memcpy(row + 4 * x, &pixel, sizeof pixel);
		}
	}
	cairo_surface_mark_dirty(surface);
	picture->pixels = xcalloc(1, sizeof *picture->pixels);
	picture->pixels->whole = surface;
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

/* What a raster shows of a picture in clip: its size is all that matters, since
 * prints begin at whole pixels. */
static cairo_surface_t *
scale_picture(const struct draw *draw, const struct picture *picture,
    const struct area *place, const struct area *clip)
{
	double width = POINTS(clip->w), height = POINTS(clip->h);
	double scale = 1, unused = 0;
	cairo_surface_t *surface;
	cairo_t *cairo;

	cairo_user_to_device_distance(draw->cairo, &width, &height);
	cairo_user_to_device_distance(draw->cairo, &scale, &unused);
	/* rounding its two edges may make a print wider by one */
	surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24,
	    (int)ceil(width) + 1, (int)ceil(height) + 1);
	cairo = cairo_create(surface);
	cairo_scale(cairo, scale, scale);
	cairo_translate(cairo, POINTS(place->x - clip->x),
	    POINTS(place->y - clip->y));
	cairo_scale(cairo, POINTS(place->w) / picture->width,
	    POINTS(place->h) / picture->height);
	cairo_set_source_surface(cairo, picture->pixels->whole, 0, 0);
	cairo_pattern_set_filter(cairo_get_source(cairo), CAIRO_FILTER_BEST);
	/* nothing of what lies outside shines in at the edges */
	cairo_pattern_set_extend(cairo_get_source(cairo), CAIRO_EXTEND_PAD);
	cairo_paint(cairo);
	cairo_destroy(cairo);
	return surface;
}

static void
draw_pixels_of(struct draw *draw, const struct picture *picture,
    const struct area *place, const struct area *clip)
{
	double x0 = POINTS(clip->x), y0 = POINTS(clip->y);
	double x1 = POINTS(clip->x + clip->w), y1 = POINTS(clip->y + clip->h);
	struct pixels *pixels = picture->pixels;
	cairo_t *cairo = draw->cairo;

	if (pixels->scaled == NULL)
		pixels->scaled = scale_picture(draw, picture, place, clip);
	cairo_user_to_device(cairo, &x0, &y0);
	cairo_user_to_device(cairo, &x1, &y1);
	cairo_save(cairo);
	cairo_identity_matrix(cairo);
	cairo_set_source_surface(cairo, pixels->scaled, round(x0), round(y0));
	cairo_rectangle(cairo, round(x0), round(y0), round(x1) - round(x0),
	    round(y1) - round(y0));
	cairo_fill(cairo);
	cairo_restore(cairo);
}

void
draw_picture(struct draw *draw, const struct picture *picture,
    const struct area *place, const struct area *clip)
{
	cairo_t *cairo = draw->cairo;

	if (draw->raster) {
		draw_pixels_of(draw, picture, place, clip);
		return;
	}
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

void
draw_text(struct draw *draw, const struct area *area, const char *text,
    const struct draw_style *style, struct draw_fit *fit)
{
	double width = POINTS(area->w), height = POINTS(area->h);
	struct draw_fit unused;

	cairo_save(draw->cairo);
	cairo_translate(draw->cairo, POINTS(area->x), POINTS(area->y));
	if (style->turned) {
		cairo_translate(draw->cairo, 0, height);
		cairo_rotate(draw->cairo, -asin(1));
		width = height;
		height = POINTS(area->w);
	}
	typeset_show(draw->typeset, width, height, text, style,
	    fit != NULL ? fit : &unused);
	cairo_restore(draw->cairo);
}

int
draw_rows_max(double height)
{
	return typeset_rows_max(POINTS(height));
}
