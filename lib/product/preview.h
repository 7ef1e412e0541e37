#ifndef TC_PREVIEW_H
#define TC_PREVIEW_H
/*
 * preview: an upload as JPEGs for pages.
 *
 * The whole picture at a height that a screen shows, and the head as it is, pixel for
 * pixel, where the whole had to be made smaller.  Made in a worker process, because
 * uploads are hostile, and kept in the batch by the picture's SHA-256 and the part, so
 * that each is made once.
 */
#include "lib/base/box.h"

struct batch;
struct buf;
struct node;

enum preview_part { PREVIEW_WHOLE, PREVIEW_HEAD, PREVIEW_PARTS };

/* The head of a photo record in whole pixels of the upright original, with room
 * around it and inside the picture.  0 when no face is known or the whole picture
 * is shown as it is anyway. */
int preview_head(const struct node *photo, struct box *head);

/* The pixels that its preview has for each of the head's: 1 unless it is very large. */
double preview_head_scale(const struct box *head);

/* Make the missing previews of a photo record, whose file must have its SHA-256 and at most
 * pixels_max pixels.  Call img_start once before.  0; 1 with the reason when the picture
 * cannot be shown; -1 with the reason when disk or memory failed, and then the tool has to
 * end. */
int preview_make(const struct batch *batch, const struct node *photo,
    long pixels_max, struct buf *err);

/* Append a preview's bytes; -1 when there is none. */
int preview_read(const struct batch *batch, const struct node *photo,
    enum preview_part part, struct buf *out);

#endif
