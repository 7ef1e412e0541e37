#ifndef TC_COLOUR_H
#define TC_COLOUR_H
/*
 * colour: the mean colour of a part of a picture, 8-bit sRGB, three channels, rows
 * without padding.
 */

/* Left and top inclusive, right and bottom exclusive, pixels. */
struct colour_part {
	int left, top, right, bottom;
};

/* The mean of what of the part lies in the picture, coded values; 0 when there is none,
 * and the mean is 0. */
int colour_mean(const unsigned char *pixels, int width, int height,
    const struct colour_part *part, double rgb[static 3]);
/* The same in CIE Lab. */
int colour_mean_lab(const unsigned char *pixels, int width, int height,
    const struct colour_part *part, double lab[static 3]);

#endif
