#ifndef DRAW_CAMERA_H
#define DRAW_CAMERA_H
/*
 * camera: from a portrait's parameters to the bytes of a photo.
 *
 * The person is rendered once from SVG; the photo is that over the wall, then
 * light, blur and noise, turned for its EXIF orientation and coded.  The alpha
 * mask is the coverage of that same rendering after the same blur, upright.
 * The work is integer or plain float arithmetic in a fixed order: equal
 * parameters give equal bytes with the same libvips.
 */
struct buf;
struct portrait;

/* Call once, first; one thread. */
void camera_start(const char *program);
void camera_stop(void);

/* Append the photo to photo and, where alpha is not NULL, the mask as 8-bit
 * grey PNG to alpha.  Returns 0, or -1 with the reason appended to err. */
int camera_take(const struct portrait *p, struct buf *photo, struct buf *alpha,
	struct buf *err);

#endif
