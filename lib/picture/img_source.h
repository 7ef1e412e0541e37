#ifndef TC_IMG_SOURCE_H
#define TC_IMG_SOURCE_H
/*
 * img_source: a file that is open for decoding; only for img.c.
 *
 * Pixels come when they are asked for, and each operation of libvips makes
 * another image that takes the place of the one before.
 */
#include "lib/base/buf.h"

struct _VipsImage;		/* VipsImage */
struct img;

struct img_source {
	struct _VipsImage *image;	/* as stored, perhaps already reduced */
	struct _VipsImage *next;	/* what an operation made of it: see
					 * img_source_proceed */
	struct buf file;		/* its bytes, behind image; */
	unsigned char *memory;		/* or a BMP's pixels are */
	double reduction;		/* pixels of the file per pixel of image */
};

/* Append to err what could not be done and why libvips says so; returns -1. */
int img_fail(struct buf *err, const char *what);

/* Read the file at path, once, and open it with the loader of that format only;
 * nothing is decoded yet.  A JPEG that lacks only its end marker is given one.  0, or -1
 * with the reason and nothing to release. */
int img_source_open(struct img_source *source, const char *path,
    const char *format, struct buf *err);
/* Open the same JPEG again with shrink (2, 4 or 8) pixels as one. */
int img_source_reduce(struct img_source *source, int shrink, struct buf *err);
/* The same with the format that the first bytes show, which is left in *format. */
int img_source_sniff(struct img_source *source, const char *path,
    const char **format, struct buf *err);
void img_source_release(struct img_source *source);	/* twice is fine */

/* After an operation from image to next: go on with next, or return -1 with what
 * failed in err. */
int img_source_proceed(struct img_source *source, int failed, const char *what,
    struct buf *err);

/* ---- colours ---- */

/* Compose what has an alpha channel over white. */
int img_source_flatten(struct img_source *source, struct buf *err);
/* Three channels of 8 bits: grey, CMYK, Lab and 16 bits are converted.  A plain RGB
 * picture keeps its profile, for img_apply_profile to apply to fewer pixels. */
int img_source_plain(struct img_source *source, struct buf *err);
/* Apply a profile (empty: none) to RGB pixels; a damaged one is ignored, as viewers
 * do. */
void img_apply_profile(const struct buf *profile, struct img *img);

#endif
