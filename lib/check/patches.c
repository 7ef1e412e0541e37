#include "lib/check/patches.h"

#include <math.h>
#include <stdlib.h>

#include "lib/check/measure.h"

enum {
	SQUARES = 6,		/* in the distance of the eyes */
	SIDE_LEAST = 10,	/* pixels of a square */
	SQUARES_MAX = 1024,
	SQUARES_LEAST = 8,	/* with fewer the middle one says nothing */
	PARTS = 4,		/* a step is counted in these of a level */
	STEPS = 512		/* counts; larger ones are counted with the largest */
};

/* Of the face, what is looked at: an ellipse within the cheeks, brow to chin. */
#define ACROSS 0.85
#define DOWN 1.3
#define MIDDLE 0.2
/* Levels: smaller steps are coding's and noise. */
#define STEP_LEAST 1.5

/* 1024 times the luma of ITU-R BT.601. */
static int
luma(const unsigned char *pixel)
{
	return 306 * pixel[0] + 601 * pixel[1] + 117 * pixel[2];
}

/* The step below which so many of 100 are. */
static double
step_at(const unsigned *counts, unsigned count, unsigned percent)
{
	unsigned below = 0;
	int i;

	for (i = 0; i < STEPS - 1; i++) {
		below += counts[i];
		if (100 * below > percent * count)
			break;
	}
	return (i + 0.5) / PARTS;
}

/* Steps to the right and down, together, of a square at x0, y0. */
static double
spread(const unsigned char *pixels, int width, int x0, int y0, int side)
{
	size_t row = 3 * (size_t)width;
	unsigned counts[STEPS] = { 0 };
	const unsigned char *p;
	int x, y, here, step;

	for (y = y0; y < y0 + side; y++) {
		p = pixels + (size_t)y * row + 3 * (size_t)x0;
		for (x = 0; x < side; x++, p += 3) {
			here = luma(p);
			step = (abs(luma(p + 3) - here) + abs(luma(p + row) - here)) *
			    PARTS / 1024;
			counts[step < STEPS ? step : STEPS - 1]++;
		}
	}
	return step_at(counts, (unsigned)(side * side), 90) /
	    fmax(step_at(counts, (unsigned)(side * side), 50), STEP_LEAST);
}

static int
by_size(const void *left, const void *right)
{
	double one = *(const double *)left, other = *(const double *)right;

	return (one > other) - (one < other);
}

double
patches_steps(const unsigned char *pixels, int width, int height,
    const struct measure_face *face)
{
	double eyes = (face->left_eye.y + face->right_eye.y) / 2;
	double tall = face->chin.y - eyes, a = ACROSS * (face->right - face->left) / 2;
	double b = DOWN * tall, middle_x = (face->left + face->right) / 2;
	double middle_y = eyes + MIDDLE * tall, values[SQUARES_MAX];
	double distance = hypot(face->right_eye.x - face->left_eye.x,
	    face->right_eye.y - face->left_eye.y);
	int side = (int)(distance / SQUARES), count = 0, x, y;

	if (!(distance >= SQUARES * SIDE_LEAST))
		return NAN;
	for (y = (int)fmax(middle_y - b, 0); y + side < fmin(middle_y + b, height - 1);
	    y += side)
		for (x = (int)fmax(middle_x - a, 0); x + side < fmin(middle_x + a, width - 1);
		    x += side)
			if (count < SQUARES_MAX && hypot((x + side / 2.0 - middle_x) / a,
			    (y + side / 2.0 - middle_y) / b) <= 1)
				values[count++] = spread(pixels, width, x, y, side);
	if (count < SQUARES_LEAST)
		return NAN;
	qsort(values, (size_t)count, sizeof *values, by_size);
	return values[count / 2];
}
