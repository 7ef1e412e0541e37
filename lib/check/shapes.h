#ifndef TC_SHAPES_H
#define TC_SHAPES_H
/*
 * shapes: what stands out from what is around it, each connected piece by itself.
 *
 * A pixel stands out where its value differs enough from the mean of the square around
 * it, edges repeated.  A shape is pixels that stand out, all lighter or all darker, and
 * touch, corners too.
 *
 * Pure arithmetic in whole numbers on one 8-bit value a pixel, rows without padding:
 * what a shape adds up to does not depend on the order.
 */
#include <stddef.h>	/* size_t */

enum { SHAPES_REACH_MAX = 32 };

/* What is looked for. */
struct shapes_wanted {
	int reach;		/* pixels each way of the square around */
	int contrast;		/* levels from its mean, more than these */
};

struct shape {
	int left, right, top, bottom;	/* pixels, the last ones included */
	int area;
	int inner;		/* of the area: all eight neighbours are of the shape too */
	int lighter;		/* than what is around, else darker */
	double level;		/* mean value */
	double contrast;	/* mean from what is around, levels, above 0 */
	double deviation;	/* of that */
};

/* All shapes, in the order of their first pixels, row by row.  Returns how many; the
 * caller frees *shapes. */
size_t shapes_find(const unsigned char *values, int width, int height,
    const struct shapes_wanted *wanted, struct shape **shapes);

#endif
