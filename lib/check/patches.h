#ifndef TC_PATCHES_H
#define TC_PATCHES_H
/*
 * patches: whether a face is made of patches of one colour, as painting filters make it.
 *
 * On skin the steps from pixel to pixel are of all sizes; a filter leaves small ones
 * inside of its patches and large ones where these meet, everywhere in the face.  A
 * drawing's outlines are in a few places only.
 *
 * Pure arithmetic on an 8-bit sRGB picture, three channels, rows without padding.  The
 * formula is in tc-check(1).
 */
struct measure_face;

/* Ratio of large steps to median ones, the median over the face's squares; NaN when the eyes
 * are less than 60 pixels apart, or too little of the face is in the picture. */
double patches_steps(const unsigned char *pixels, int width, int height,
    const struct measure_face *face);

#endif
