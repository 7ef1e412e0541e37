#ifndef TC_IMG_PARTS_H
#define TC_IMG_PARTS_H
/*
 * img_parts: what img.c and img_source.c use and need no picture library for.
 */
#include <stddef.h>	/* size_t */

#include "lib/picture/bmp.h"

struct buf;

/* The format of the file at path by its first bytes, which are left in head
 * (zeros behind the end).  NULL with the reason. */
const char *img_sniff_file(const char *path, char head[static BMP_HEAD],
    struct buf *err);

/* As io_read_file into an empty buffer, with a reason that does not name the file. */
int img_read_file(const char *path, size_t limit, struct buf *out, struct buf *err);

/* RGB pixels of the BMP file at path, which the caller frees; NULL with the
 * reason. */
unsigned char *img_read_bmp(const char *path, int *width, int *height,
    struct buf *err);

/* Append to err what could not be done and why, by what libvips said: its first
 * line, or for JPEG the last, because those before are warnings. */
void img_explain(const char *what, const char *said, struct buf *err);

#endif
