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
};

struct detail_grain {
	double noise;		/* standard deviation, levels */
	double blocks;		/* step at the edges of squares of 8 pixels beyond
				 * that between other neighbours, levels */
};

enum { DETAIL_LEAST = 16 };	/* pixels of a side; a smaller part says nothing */

/* How sharp it is, at the size that will be seen: see detail_reduce. */
void detail_measure(const float *luma, int width, int height, struct detail *detail);

/* What disturbs it, at the size in which it was coded. */
void detail_grain(const float *luma, int width, int height,
    struct detail_grain *grain);

/* The same part with sides of factor, below 1, of these: means over areas.  Sizes go to
 * *across and *down; the caller frees the result. */
float *detail_reduce(const float *luma, int width, int height, double factor,
    int *across, int *down);

/* Means over squares of 2 * reach + 1 pixels, edges repeated; scratch is as large
 * as in and out. */
void detail_blur(const float *in, float *out, float *scratch, int width, int height,
    int reach);

#endif
