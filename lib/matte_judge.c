#include "lib/matte_parts.h"

#include <math.h>
#include <stdlib.h>

#include "lib/mem.h"

#define CROWN_WIDE 0.16		/* least width of hair at the crown, units */
#define CROWN_HIGH (-2.1)	/* where a crown can be, units from the eyes */
#define CROWN_LOW (-0.7)
#define STEP_LEAST 9.0		/* of an outline over two cells, Lab */
#define STEP_GRAIN 3.0
#define SIDE_LEAST 20.0		/* of the colours beside it, levels of sRGB */
#define SIDE_GRAIN 8.0
#define HEAD_HALF 1.3		/* a head may be cut off by the upper border */
#define ASIDE 1.75		/* no hair is further from the middle, units */

enum { KINDS = 6 };

/* What speaks against a cut, each as a share. */
struct doubt {
	double border;	/* of the border above the chin: not wall */
	double soiled;	/* of the wall: not of its colour */
	double weak;	/* of the outline: hardly another colour than the wall */
	double scalped;	/* of the skull as expected: taken for wall */
	double bitten;	/* of the chest as expected: taken for wall */
	double aside;	/* of the wall far beside the head: taken for person */
	double apart;	/* person beside the head, wall between; square units */
};

/* The top row in which a stretch of person is as wide as hair must be, between
 * the pixels' rows. */
double
judge_crown(const struct scene *scene, const struct matte *matte)
{
	double unit = scene->shape.unit * scene->step;
	int middle = (int)(scene->shape.x * scene->step);
	int left = middle - (int)unit, right = middle + (int)unit;
	double wide = unit * CROWN_WIDE, last = 0;

	left = left < 0 ? 0 : left;
	right = right > matte->width ? matte->width : right;
	for (int y = 0; y < matte->height; y++) {
		const unsigned char *row = matte->alpha +
		    (size_t)y * (size_t)matte->width;
		double sum = 0;

		for (int x = left; x < right; x++)
			sum += row[x];
		sum /= 255;
		if (sum >= wide)
			return y == 0 ? 0 : y + 1 - (sum - wide) /
			    fmax(sum - last, 1) * 1.0 - 0.5;
		last = sum;
	}
	return -1;
}

static int
compare(const void *one, const void *other)
{
	float a = *(const float *)one, b = *(const float *)other;

	return (a > b) - (a < b);
}

void
judge_wall(const struct scene *scene, struct matte *matte)
{
	float *far = xmalloc(scene->cells * sizeof(*far));
	double sum[3] = { 0 };
	size_t n = 0;

	for (size_t i = 0; i < scene->cells; i++) {
		float lab[3], d = 0;

		if (scene->inside[i] > -1)
			continue;
		wall_at(&scene->wall, (double)(i % (size_t)scene->cols),
		    (double)(i / (size_t)scene->cols), lab);
		for (size_t c = 0; c < 3; c++) {
			d += (lab[c] - scene->lab[3 * i + c]) *
			    (lab[c] - scene->lab[3 * i + c]);
			sum[c] += scene->rgb[3 * i + c];
		}
		far[n++] = sqrtf(d);
	}
	qsort(far, n, sizeof(*far), compare);
	matte->plainness = n > 0 ? far[n * 95 / 100] : 100;
	for (int c = 0; c < 3 && n > 0; c++)
		matte->wall[c] = (unsigned char)(sum[c] / (double)n + 0.5);
	free(far);
}

/* 1 below low, 0 above high, a straight line between. */
static double
falling(double low, double high, double value)
{
	return fmin(fmax((high - value) / (high - low), 0), 1);
}

static double
apart(const float *one, const float *other)
{
	double sum = 0;

	for (int c = 0; c < 3; c++)
		sum += (one[c] - other[c]) * (one[c] - other[c]);
	return sqrt(sum);
}

/* The step of colour across a cell, straight or down. */
static double
step_at(const struct scene *scene, int x, int y)
{
	const float *lab = scene->lab + 3 * (y * scene->cols + x);
	double step = 0;

	if (x > 0 && x + 1 < scene->cols)
		step = apart(lab - 3, lab + 3);
	if (y > 0 && y + 1 < scene->rows)
		step = fmax(step, apart(lab - 3 * scene->cols,
		    lab + 3 * scene->cols));
	return step;
}

/* Whether the outline is hardly to be seen where it passes a cell, as at
 * clothing of the wall's colour or a shadow's soft end: no step near it, or much
 * the same colour on both sides. */
static int
is_weak(const struct scene *scene, const struct matte *matte, int x, int y)
{
	const struct matte_side *side = &matte->side[y * scene->cols + x];
	double step = step_at(scene, x, y);

	if (x > 0)
		step = fmax(step, step_at(scene, x - 1, y));
	if (x + 1 < scene->cols)
		step = fmax(step, step_at(scene, x + 1, y));
	if (y > 0)
		step = fmax(step, step_at(scene, x, y - 1));
	if (y + 1 < scene->rows)
		step = fmax(step, step_at(scene, x, y + 1));
	return step < STEP_LEAST + STEP_GRAIN * scene->grain ||
	    apart(side->person, side->wall) <
	    SIDE_LEAST + SIDE_GRAIN * scene->grain;
}

static double
share(double part, double whole)
{
	return whole > 0 ? part / whole : 0;
}

static void
doubt_at(const struct scene *scene, const struct matte *matte, int x, int y,
    double part[KINDS], double whole[KINDS])
{
	size_t at = (size_t)(y * scene->cols + x);
	double down = shape_down(&scene->shape, y);
	double odds = shape_odds(&scene->shape, x, y);
	double aside = fabs(x + 0.5 - scene->shape.x) / scene->shape.unit;
	int person = scene->inside[at] > 0;

	if (down < 0.9 && (x < 2 || x >= scene->cols - 2 ||
	    (y < 2 && aside > HEAD_HALF))) {
		whole[0]++;
		part[0] += person;
	}
	if (scene->inside[at] < -2.5) {
		whole[1]++;
		part[1] += scene->distance[at] > 12;
	}
	if (person && scene->inside[at] < 1 && x > 1 && x < scene->cols - 2) {
		whole[2]++;
		part[2] += is_weak(scene, matte, x, y);
	}
	if (odds > (down < 1 ? 1 : 2)) {
		whole[down < 1 ? 5 : 3]++;
		part[down < 1 ? 5 : 3] += !person;
	}
	if (down < 0.9 && aside > ASIDE) {
		whole[4]++;
		part[4] += person;
	}
}

/* Person cells of a row through the face that do not hang together with it. */
static int
apart_in_row(const struct scene *scene, int y)
{
	const float *row = scene->inside + y * scene->cols;
	int middle = (int)scene->shape.x, count = 0, left, right;

	if (middle < 0 || middle >= scene->cols ||
	    !shape_core(&scene->shape, middle, y))
		return 0;
	for (left = middle; left > 0 && row[left - 1] > 0; left--)
		;
	for (right = middle; right + 1 < scene->cols && row[right + 1] > 0;
	    right++)
		;
	for (int x = 0; x < scene->cols; x++)
		count += row[x] > 0 && (x < left || x > right);
	return count;
}

static void
find_doubt(const struct scene *scene, const struct matte *matte,
    struct doubt *doubt)
{
	double part[KINDS] = { 0 }, whole[KINDS] = { 0 };

	for (int y = 0; y < scene->rows; y++)
		for (int x = 0; x < scene->cols; x++)
			doubt_at(scene, matte, x, y, part, whole);
	doubt->apart = 0;
	for (int y = 0; y < scene->rows; y++)
		if (shape_down(&scene->shape, y) < 0.7)
			doubt->apart += apart_in_row(scene, y) /
			    (scene->shape.unit * scene->shape.unit);
	doubt->border = share(part[0], whole[0]);
	doubt->soiled = share(part[1], whole[1]);
	doubt->weak = share(part[2], whole[2]);
	doubt->bitten = share(part[3], whole[3]);
	doubt->aside = share(part[4], whole[4]);
	doubt->scalped = share(part[5], whole[5]);
}

double
judge_sure(const struct scene *scene, const struct matte *matte)
{
	double unit = scene->shape.unit * scene->step;
	double crown = (matte->crown - scene->shape.y * scene->step) / unit;
	struct doubt doubt;
	double sure;

	find_doubt(scene, matte, &doubt);
	sure = falling(14, 34, matte->plainness);
	sure *= falling(0.02, 0.12, doubt.border);
	sure *= falling(0.01, 0.06, doubt.soiled);
	sure *= falling(0.06, 0.25, doubt.weak);
	sure *= falling(0.02, 0.08, doubt.bitten);
	sure *= falling(0.02, 0.10, doubt.aside);
	sure *= falling(0.03, 0.11, doubt.scalped);
	sure *= falling(0.04, 0.20, doubt.apart);
	if (matte->crown < 0 || crown < CROWN_HIGH ||
	    (crown > CROWN_LOW && matte->crown > 0))
		sure *= 0.3;
#ifdef TRACE
	printf("   border %.3f soiled %.3f weak %.3f bitten %.3f aside %.3f scalped %.3f apart %.3f crown %.2f\n", doubt.border, doubt.soiled, doubt.weak, doubt.bitten, doubt.aside, doubt.scalped, doubt.apart, crown);
#endif
	return sure;
}
