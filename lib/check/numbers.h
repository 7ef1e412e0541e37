#ifndef TC_NUMBERS_H
#define TC_NUMBERS_H
/*
 * numbers: the checks of one number each, in one table.
 *
 * A check is a row of it: its id, how its number is printed, and either a function that
 * measures it, or its place in struct subject where several numbers are measured
 * together.  Its limits stand in the profile ([check.ID]), its words in
 * lib/decision/reasons_table.c, its formula in tc-check(1).
 */
#include <stddef.h>	/* size_t */

struct hash;
struct matte;
struct measure_face;

enum { NUMBERS_MAX = 80 };

/* What a function can measure while the picture is in memory: 8-bit sRGB, three channels,
 * rows without padding; a face that is nearly upright in it; and the mask of the person,
 * NULL when the person could not be separated from the wall. */
struct view {
	const unsigned char *pixels;
	int width, height;
	const struct measure_face *face;
	const struct matte *matte;
};

struct number {
	const char *id, *unit;
	int decimals;
	int times;		/* of the number that is measured: 100 for a share that is
				 * printed in percent */
	int turned;		/* needs no face that is upright */
	double (*measure)(const struct view *view);	/* NaN: cannot be measured */
	size_t place;		/* without measure: offset in struct subject, or
				 * NUMBER_ELSEWHERE: another module writes "measures" */
};
#define NUMBER_ELSEWHERE ((size_t)-1)

/* Row i; NULL when there are no more. */
const struct number *numbers_at(size_t i);

/* Add the list of measured numbers to a cache key. */
void numbers_identify(struct hash *hash);

#endif
