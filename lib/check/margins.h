#ifndef TC_MARGINS_H
#define TC_MARGINS_H
/*
 * margins: what is around a picture and no part of it: a scanner's or a screenshot's
 * margin, a frame, of any colour.
 *
 * An edge that runs across the full width or height, near a side, is no part of a person
 * before a wall.
 */

/* How far the innermost such edge lies from its side, in percent of the picture's shorter
 * side; 0 when there is none.  Pixels are 8-bit sRGB, three channels, no padding. */
double margins_widest(const unsigned char *pixels, int width, int height);

#endif
