#include "lib/check/shoulders.h"

#include <math.h>

#include "lib/check/measure.h"
#include "lib/matte/matte.h"

/* Where the shoulders are looked at: between these distances from the chin to each
 * side, and no farther below it, in widths of the face. */
#define NEAR 0.72
#define FAR 1.0
#define BELOW 1.3
/* Columns on each side, of which most must show a shoulder. */
enum { COLUMNS = 12, ENOUGH = 8 };

/* Where the person begins, going down from the chin's height; NaN when that is higher
 * (hair, a hand) or does not come. */
static double
top_at(const struct matte *matte, double x, double from, double to)
{
	int column = (int)(x / matte->step), row = (int)(from / matte->step);
	float above, here;

	if (column < 0 || column >= matte->cols || row < 0)
		return NAN;
	for (; row < matte->rows && row * matte->step < to; row++) {
		here = matte->side[row * matte->cols + column].inside;
		if (here <= 0)
			continue;
		if (row * matte->step <= from)
			return NAN;
		above = matte->side[(row - 1) * matte->cols + column].inside;
		return (row + 0.5 - (double)(here / (here - above))) * matte->step;
	}
	return NAN;
}

double
shoulders_slope(const struct matte *matte, const struct measure_face *face)
{
	double width = face->right - face->left, middle = (face->left + face->right) / 2;
	double from = face->chin.y, to = from + BELOW * width;
	double fall = 0, apart = 0, far, left, right;
	int i, seen = 0;

	for (i = 0; i < COLUMNS; i++) {
		far = width * (NEAR + (FAR - NEAR) * (i + 0.5) / COLUMNS);
		left = top_at(matte, middle - far, from, to);
		right = top_at(matte, middle + far, from, to);
		if (!isfinite(left + right))
			continue;
		fall += right - left;
		apart += 2 * far;
		seen++;
	}
	return seen >= ENOUGH ? atan2(fall, apart) * 180 / M_PI : NAN;
}
