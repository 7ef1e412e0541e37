#ifndef TC_THUMB_H
#define TC_THUMB_H
/*
 * thumb: a small JPEG of a picture, for workbooks and pages.
 */
#include <stddef.h>	/* size_t */

struct buf;
struct jpg_coded;

/* THUMB_BYTES_MAX is the largest that is made; what a picture cannot be coded into
 * is an error. */
enum { THUMB_HEIGHT = 80, THUMB_BYTES_MAX = 4096 };

/* Make a thumbnail of the file at path, which must have the given SHA-256; it may be an
 * upload: call img_start once before, in a worker.  0, or -1 with the reason.  Release
 * with jpg_release. */
int thumb_make(const char *path, const char *sha256, struct jpg_coded *thumb,
    struct buf *err);
/* The same of a registration image, a JPEG of len bytes that is ours: in any process. */
int thumb_of_image(const void *image, size_t len, struct jpg_coded *thumb,
    struct buf *err);

#endif
