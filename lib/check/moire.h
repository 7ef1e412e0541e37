#ifndef TC_MOIRE_H
#define TC_MOIRE_H
/*
 * moire: whether a picture has a regular pattern, like a photo of a screen or print.
 *
 * Pure arithmetic on 8-bit sRGB, three channels, rows without padding.
 */
#include "lib/base/box.h"

/* By how many decibels the strongest fine wave in the square part around centre stands
 * above the mean of waves as fine; NaN when the picture is too small. */
double moire_peak(const unsigned char *pixels, int width, int height,
    struct point centre);

#endif
