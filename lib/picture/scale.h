#ifndef TC_SCALE_H
#define TC_SCALE_H
/*
 * scale: resample a part of a picture, exactly.
 *
 * Pixels are RGB of 8 bits, rows without padding.  The part may begin and end
 * between pixels and may reach outside the picture, where the nearest pixel is
 * repeated.  The kernel is a cubic (a = -0.5: sharp, hardly any ringing), made
 * wider when reducing, so that nothing aliases; arithmetic is in integers, so
 * that the result is the same on every machine, which no library's vector code is.
 */
#include <stddef.h>	/* size_t */

struct box;

struct scale_picture {
	const unsigned char *pixels;	/* width * height * 3 */
	int width, height;
};

/* Bring part (pixels of from, not empty) to width x height and write it to
 * out, which has width * height * 3 bytes. */
void scale_part(const struct scale_picture *from, const struct box *part,
    int width, int height, unsigned char *out);

#endif
