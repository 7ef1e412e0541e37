#ifndef TC_DRAW_H
#define TC_DRAW_H
/*
 * draw: ink on sheets of paper, through cairo and pango.
 *
 * A surface is a sequence of sheets of one size.  Every position and length is
 * in millimetres from the sheet's top left corner, sizes of type are in points.
 * The same calls give the same bytes: nothing here reads the clock, and glyphs
 * are placed without regard to any device.  Errors are kept by the surface and
 * reported once, by draw_end.
 *
 * PDF: a picture's JPEG bytes are embedded as they are, once in a document
 * however often it is drawn; text is text, with the glyphs in use embedded.
 * Memory does not grow with sheets but for some 100 bytes a picture.
 *
 * Raster: one sheet of pixels at a time, which the caller takes with draw_pixels
 * before draw_page_end makes it white again.  A picture needs its pixels
 * (picture_set_pixels), and its edges are rounded to whole ones.
 */
#include <stddef.h>	/* size_t */

struct area;
struct buf;
struct draw;
struct picture;

struct draw_document {
	double width, height;	/* of each sheet */
	const char *title;	/* metadata: no personal data */
	long long time;		/* seconds since 1970, metadata */
};

/* Begin a PDF that is written to fd.  Never NULL. */
struct draw *draw_pdf_new(int fd, const struct draw_document *document);
/* Begin a raster of sheets of width x height millimetres. */
struct draw *draw_raster_new(double width, double height, int dpi);

/* The sheet in work: four bytes a pixel, blue, green, red and none.  Borrowed
 * until the next call. */
struct draw_pixels {
	const unsigned char *bytes;
	int width, height;
	size_t stride;		/* bytes from row to row */
};
void draw_pixels(struct draw *draw, struct draw_pixels *pixels);

/* The sheet is complete; the next call draws on a new one. */
void draw_page_end(struct draw *draw);
/* Complete the document.  0, or -1 with the reason. */
int draw_end(struct draw *draw, struct buf *err);
/* Free; NULL and a surface without draw_end are fine. */
void draw_free(struct draw *draw);

void draw_line(struct draw *draw, double x0, double y0, double x1, double y1,
    double width);
/* An outline; the line lies inside the area. */
void draw_frame(struct draw *draw, const struct area *area, double width);
void draw_fill(struct draw *draw, const struct area *area);

/* ---- pictures ---- */

/* Make a picture of a JPEG, whose bytes are taken over; id is unique in the document.
 * NULL with the reason when it is no baseline or progressive JPEG of three channels. */
struct picture *picture_new(struct buf *jpeg, const char *id, struct buf *err);
void picture_free(struct picture *picture);	/* NULL is fine */
/* The decoded JPEG, for rasters: RGB, picture_width * picture_height * 3. */
void picture_set_pixels(struct picture *picture, const unsigned char *rgb);
int picture_width(const struct picture *picture);
int picture_height(const struct picture *picture);

/* Draw picture so that it covers place, and only what lies in clip.  On a raster a
 * picture is resampled once, so all of one picture's clips are of one size there. */
void draw_picture(struct draw *draw, const struct picture *picture,
    const struct area *place, const struct area *clip);

/* ---- text ---- */

enum draw_align { ALIGN_LEFT, ALIGN_CENTRE, ALIGN_RIGHT };

#define DRAW_SIZE_MIN 4.5	/* points; smaller type is not legible in print */

struct draw_style {
	double size;		/* of the type, if it fits */
	enum draw_align align;
	int turned;		/* reads upwards */
};

/* What it took to make a text fit. */
struct draw_fit {
	double size;		/* of the type */
	double narrowest;	/* width of a glyph to its natural one */
	int shortened;		/* some was left out, "..." put in its place */
	int unknown;		/* characters that no font has */
};

/* Write text, lines separated by LF, in the middle of area's height.  What is too
 * wide at style->size is, in this order, broken into two rows where the height
 * allows, narrowed to no less than 80 %, written smaller (all lines of the area
 * alike) to no less than DRAW_SIZE_MIN, and finally shortened.  fit may be NULL. */
void draw_text(struct draw *draw, const struct area *area, const char *text,
    const struct draw_style *style, struct draw_fit *fit);

/* How many rows of type of DRAW_SIZE_MIN fit into a height. */
int draw_rows_max(double height);

#endif
