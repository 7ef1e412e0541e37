#ifndef TC_TIF_H
#define TC_TIF_H
/*
 * tif: pixels to a TIFF, through libtiff.
 *
 * Baseline RGB of 8 bits, LZW with horizontal differencing (which every lab's
 * software reads), resolution in dots per inch, and the colour profile.  No date
 * and no name.  The same pixels give the same bytes.
 */
#include <stddef.h>	/* size_t */

struct buf;

struct tif_sheet {
	const unsigned char *bytes;	/* blue, green, red and none a pixel */
	int width, height;
	size_t stride;			/* bytes from row to row */
	int dpi;
	const unsigned char *profile;	/* ICC */
	size_t profile_len;
};

/* Append the file.  0, or -1 with the reason. */
int tif_code(const struct tif_sheet *sheet, struct buf *out, struct buf *err);

#endif
