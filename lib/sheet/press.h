#ifndef TC_PRESS_H
#define TC_PRESS_H
/*
 * press: the files that sheets are printed into.
 *
 * One PDF; or a directory of PDFs, one for each class or for a number of sheets;
 * or a directory of pictures, one a sheet.  Sheets are numbered from 1 through all
 * files, and names begin with those numbers, so that names in their order are the
 * order of printing.  Nothing is published before press_publish.
 */
#include "lib/archive/folder.h"
#include "lib/base/io.h"
#include "lib/sheet/raster.h"

struct batch;
struct buf;
struct draw;

enum press_kind { PRESS_PDF, PRESS_SPLIT, PRESS_RASTER };

struct press_setup {
	enum press_kind kind;
	const char *path;	/* the file or the directory; "-" for a PDF: the
				 * descriptor output, when it is published */
	int output;
	long sheets;		/* of a split PDF's file; 0: one class each */
	int dpi;		/* of a raster */
	enum raster_format format;
};

struct press {
	struct press_setup setup;
	double width, height;	/* of the paper */
	char *title;
	long long time;
	int open;		/* between press_open and press_publish */
	struct io_product product;
	struct folder folder;
	int fd;			/* of the PDF in work, or -1 */
	struct draw *draw;
	long sheet;		/* in work */
	struct press_file {
		long first, last;	/* its sheets */
		char *name;
	} *files;		/* of a split PDF */
	size_t count;
	char *class;		/* of the file in work */
};

#define PRESS_INIT { .product = { .fd = -1 }, .folder = { .fd = -1 }, .fd = -1 }

/* Begin, for sheets of that size; metadata are the batch's.  0, or -1 with the
 * reason. */
int press_open(struct press *press, const struct press_setup *setup,
    double width, double height, const struct batch *batch, struct buf *err);

/* Begin a sheet, on which the first student's class is class: what to draw on,
 * borrowed until the next sheet, or NULL with the reason. */
struct draw *press_sheet(struct press *press, long number, const char *class,
    struct buf *err);
int press_sheet_end(struct press *press, struct buf *err);

/* No more sheets of this batch: the next begins another file, where there are
 * several. */
int press_break(struct press *press, struct buf *err);

/* Append the path of the file in which a sheet is, after press_break. */
void press_file(const struct press *press, long sheet, struct buf *out);

/* Complete the files and put them in their place.  0, or -1 with the reason. */
int press_publish(struct press *press, int replace, struct buf *err);
void press_release(struct press *press);

#endif
