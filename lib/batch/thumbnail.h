#ifndef TC_THUMBNAIL_H
#define TC_THUMBNAIL_H
/*
 * thumbnail: the small picture of a registration image (thumb.h), made once.
 *
 * It is kept in the batch by the image's SHA-256: it is made when the image is, and a
 * workbook of thousands only reads it.
 */
#include <stddef.h>	/* size_t */

struct batch;
struct buf;
struct node;

/* Make and keep the thumbnail of an image of that SHA-256.  A failure is not reported
 * here: thumbnail_get will report it. */
void thumbnail_keep(const struct batch *batch, const void *image, size_t len,
    const char *sha256);

/* Append the thumbnail of the image that a record's member "normalized" names, kept or
 * made now.  0, or -1 with the reason: the image is not the one that was made, or disk
 * or memory failed; both are noted, fault.h. */
int thumbnail_get(const struct batch *batch, const struct node *normalized,
    struct buf *out, struct buf *err);

/* Append the name, relative to the batch, under which it is kept. */
void thumbnail_name(const char *sha256, struct buf *name);

#endif
