#ifndef TC_PREVIEW_H
#define TC_PREVIEW_H
/*
 * preview: a picture of the batch as a small JPEG, for pages.
 *
 * Made in a worker process, because uploads are hostile, and kept in the batch by
 * the picture's SHA-256, so that it is made once.
 */
struct batch;
struct buf;

enum preview_kind {
	PREVIEW_ORIGINAL,	/* of an upload */
	PREVIEW_RESULT		/* of a registration image */
};

/* Make the preview of the file at path (relative to the batch) unless it is there;
 * the file must have that SHA-256, and at most pixels_max pixels.  Call img_start
 * once before.  0, or -1 with the reason. */
int preview_make(const struct batch *batch, enum preview_kind kind,
    const char *path, const char *sha256, long pixels_max, struct buf *err);

/* Append the preview's bytes; -1 when there is none. */
int preview_read(const struct batch *batch, enum preview_kind kind,
    const char *sha256, struct buf *out);

#endif
