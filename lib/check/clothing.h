#ifndef TC_CLOTHING_H
#define TC_CLOTHING_H
/*
 * clothing: what a person wears below the neck, by its colours.
 *
 * Pure arithmetic on an 8-bit sRGB picture, three channels, rows without padding.  What
 * cannot be measured is NaN.  The formulas are in tc-check(1).
 */
struct matte;
struct measure_face;

enum { CLOTHING_RANGES_MAX = 8 };

/* Colours that an authority does not want: hue of CIE Lab in degrees, across 360 when it
 * begins above its end, and L. */
struct clothing_range {
	double hue[2], light[2];
};

struct clothing {
	int seen;			/* there is enough of it: the rest is set */
	unsigned char median[3];	/* of its colours */
	double unwanted;		/* percent of it in one of the ranges */
	double pattern;			/* percent of it with edges */
	double bare;			/* percent that has the colour of the cheeks */
};

/* From "hue-hue light-light", hues of 0 to 360 and lights of 0 to 100, separated by commas,
 * or "none".  The number of ranges, or -1 where it is none of these. */
int clothing_ranges(const char *text, struct clothing_range ranges[CLOTHING_RANGES_MAX]);

void clothing_measure(const unsigned char *pixels, const struct matte *matte,
    const struct measure_face *face, const struct clothing_range *ranges, int count,
    struct clothing *clothing);

#endif
