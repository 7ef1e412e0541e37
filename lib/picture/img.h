#ifndef TC_IMG_H
#define TC_IMG_H
/*
 * img: pictures in, as plain pixels, through libvips.
 *
 * Only in a worker process: call img_start once after the fork.  A picture is
 * upright (EXIF orientation applied), sRGB (embedded profile, CMYK, grey and 16
 * bit converted), three channels of 8 bits, alpha composed over white; rows
 * without padding, origin top left.  A truncated file is an error.
 *
 * Sentences in err do not name the file: its name may be personal data, and the
 * caller knows what it asked for.  Before decoding, the caller compares
 * img_probe's width * height with the profile's limit of pixels.
 */
#include <stddef.h>	/* size_t */

#include "lib/base/buf.h"

struct box;

enum { IMG_SIDE_MAX = 65535 };	/* of what img_load makes with exact */

/* A picture's header, read without decoding it. */
struct img_info {
	const char *format;	/* "jpeg", "png", "heif", "webp", "tiff", "gif",
				 * "bmp"; static */
	int width, height;	/* pixels, upright */
	int orientation;	/* EXIF 1..8, 1 when absent */
	int channels;		/* as stored, alpha included */
	int bits;		/* a channel */
	int pages;		/* pictures in the file, at least 1 */
	int grey, cmyk;		/* as stored */
};

struct img {
	unsigned char *pixels;	/* width * height * 3 */
	int width, height;
	double scale;		/* pixels here per pixel of the upright original */
};

/* Start the library in this process: one thread, untrusted loaders blocked. */
int img_start(struct buf *err);

/* The format by content (first bytes), or NULL when it is no picture that can be
 * read.  Needs no img_start. */
const char *img_sniff(const void *bytes, size_t len);

int img_probe(const char *path, struct img_info *info, struct buf *err);

/* The same, and append the blocks of EXIF and of XMP that the file holds, as they are;
 * nothing where there are none. */
int img_metadata(const char *path, struct img_info *info, struct buf *exif,
    struct buf *xmp, struct buf *err);

/* Decode the whole picture at the smallest scale that leaves at least height
 * rows, or as it is when it has fewer; with exact, resize that to exactly height
 * rows, enlarging where needed.  0, or -1 with the reason.  Release with
 * img_release. */
int img_load(const char *path, int height, int exact, struct img *img,
    struct buf *err);

/* ---- a picture decoded once and used twice ---- */

/* Pixels as they are stored: not upright, and an RGB profile not yet applied. */
struct img_stored {
	struct img_info info;		/* of the file */
	unsigned char *pixels;		/* width * height * 3 */
	int width, height;
	double reduction;		/* pixels of the file per pixel here */
	struct buf profile;		/* ICC, empty when there is none */
	int warned;			/* the decoder gave a warning */
};
#define IMG_STORED_INIT { .profile = BUF_INIT }

/* Decode as img_load does without exact.  0, or -1 with the reason. */
int img_decode(const char *path, int height, struct img_stored *stored,
    struct buf *err);
void img_stored_release(struct img_stored *stored);	/* twice is fine */

/* The upright picture; img_release it. */
void img_upright(const struct img_stored *stored, struct img *img);

/* Decode and cut: crop is in pixels of the upright original and may reach outside the
 * picture, where the nearest pixel is repeated; the result is width x height, resampled
 * once.  The picture is decoded at the smallest scale that serves, and leaves at least
 * least rows of the whole. */
int img_load_crop(const char *path, const struct box *crop, int width, int height,
    int least, struct img *img, struct buf *err);
/* The same out of what img_decode made with that least: 1 and the same pixels, or 0
 * when the crop needs another scale. */
int img_crop(const struct img_stored *stored, const struct box *crop, int width,
    int height, int least, struct img *img);

/* 8-bit luma (Rec. 601 weights, as JPEG's Y) of img, width * height bytes; the
 * caller frees it. */
unsigned char *img_grey(const struct img *img);

void img_release(struct img *img);

#endif
