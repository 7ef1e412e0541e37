#ifndef TC_BMP_H
#define TC_BMP_H
/*
 * bmp: Windows bitmaps, which libvips reads only through ImageMagick (which is
 * not let near uploads).
 *
 * What cameras' and scanners' software writes: 24 and 32 bits, palettes of 1, 4
 * and 8 bits, rows upwards or downwards.  Compressed ones are refused by name.
 */
#include <stddef.h>	/* size_t */

struct buf;

/* Size of the picture in a whole file, or in its first BMP_HEAD bytes.  0, or -1
 * with the reason. */
enum { BMP_HEAD = 54, BMP_SIDE_MAX = 65535 };
int bmp_size(const void *bytes, size_t len, int *width, int *height,
    struct buf *err);

/* RGB pixels of the picture, width * height * 3, which the caller frees; NULL
 * with the reason. */
unsigned char *bmp_decode(const void *bytes, size_t len, int *width,
    int *height, struct buf *err);

#endif
