#ifndef TC_THUMB_H
#define TC_THUMB_H
/*
 * thumb: a small JPEG of a registration image, for workbooks and pages.
 *
 * Decodes in this process: only for images that tc-normalize made, which is
 * proven by their SHA-256.  Call img_start once before.
 */
struct buf;
struct jpg_coded;

/* THUMB_BYTES_MAX is the largest that is made; what an image cannot be coded into
 * is an error. */
enum { THUMB_HEIGHT = 80, THUMB_BYTES_MAX = 4096 };

/* Make a thumbnail of the file at path, which must have the given SHA-256.  0, or
 * -1 with the reason.  Release with jpg_release. */
int thumb_make(const char *path, const char *sha256, struct jpg_coded *thumb,
    struct buf *err);

#endif
