#ifndef TC_DETAIL_H
#define TC_DETAIL_H
/*
 * detail: how fine a part of a picture is: sharp, noisy, torn into blocks.
 *
 * Pure arithmetic on luma, 0..255, width * height values, rows without padding.
 * The formulas are in tc-check(1).
 */

struct detail {
	double sharpness;	/* fine over coarse detail without noise, percent */
	double motion;		/* sharpness in the weakest of four directions over that
				 * in the strongest, percent; NaN where it is weak
				 * in all */
	double noise;		/* standard deviation, levels */
	double blocks;		/* step at the edges of squares of 8 pixels beyond
				 * that between other neighbours, levels */
};

enum { DETAIL_LEAST = 16 };	/* pixels of a side; a smaller part says nothing */

void detail_measure(const float *luma, int width, int height, struct detail *detail);

/* Means over squares of 2 * reach + 1 pixels, edges repeated; scratch is as large
 * as in and out. */
void detail_blur(const float *in, float *out, float *scratch, int width, int height,
    int reach);

#endif
