#ifndef TC_MARGINS_H
#define TC_MARGINS_H
/*
 * margins: margins of a scan or screenshot and frames around a picture, of any colour.
 *
 * An edge that runs across the full width or height, near a side, does not occur in a
 * picture of a person before a wall.
 */

/* How far the innermost such edge lies from its side, in percent of the picture's shorter
 * side; 0 when there is none.  Pixels are 8-bit sRGB, three channels, no padding. */
double margins_widest(const unsigned char *pixels, int width, int height);

#endif
