#include "lib/moire.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lib/mem.h"

enum {
	SIDE = 256,
	LOG_SIDE = 8,
	FINE_LEAST = 24,	/* waves across SIDE; coarser ones are the face's own */
	FINE_MOST = SIDE / 2 - 4,
	AXIS = 3		/* edges of JPEG's blocks and of frames lie on the axes */
};

struct complex {
	float re, im;
};

/* In place, SIDE values step apart. */
static void
transform(struct complex *values, int step)
{
	struct complex line[SIDE], a, b;
	double turn;
	float c, s;
	int i, j, k, bit, half;

	for (i = 0; i < SIDE; i++) {
		for (j = 0, bit = 0; bit < LOG_SIDE; bit++)
			j |= (i >> bit & 1) << (LOG_SIDE - 1 - bit);
		line[j] = values[i * step];
	}
	for (half = 1; half < SIDE; half *= 2)
		for (k = 0; k < half; k++) {
			turn = -M_PI * k / half;
			c = (float)cos(turn);
			s = (float)sin(turn);
			for (i = k; i < SIDE; i += 2 * half) {
				a = line[i];
				b.re = line[i + half].re * c - line[i + half].im * s;
				b.im = line[i + half].re * s + line[i + half].im * c;
				line[i] = (struct complex){ a.re + b.re, a.im + b.im };
				line[i + half] = (struct complex){ a.re - b.re,
				    a.im - b.im };
			}
		}
	for (i = 0; i < SIDE; i++)
		values[i * step] = line[i];
}

static double
window(int i)
{
	return 0.5 - 0.5 * cos(2 * M_PI * (i + 0.5) / SIDE);
}

static void
load(const unsigned char *pixels, int width, int left, int top,
    struct complex *values)
{
	double fade[SIDE], mean = 0;
	const unsigned char *p;
	int x, y;

	for (x = 0; x < SIDE; x++)
		fade[x] = window(x);
	for (y = 0; y < SIDE; y++)
		for (x = 0; x < SIDE; x++) {
			p = pixels + ((size_t)(top + y) * (size_t)width +
			    (size_t)(left + x)) * 3;
			values[y * SIDE + x].re = (float)(0.299 * p[0] +
			    0.587 * p[1] + 0.114 * p[2]);
			values[y * SIDE + x].im = 0;
			mean += (double)values[y * SIDE + x].re / (SIDE * SIDE);
		}
	for (y = 0; y < SIDE; y++)
		for (x = 0; x < SIDE; x++)
			values[y * SIDE + x].re = (float)(((double)values[y * SIDE +
			    x].re - mean) * fade[x] * fade[y]);
}

static int
by_size(const void *left, const void *right)
{
	float a = *(const float *)left, b = *(const float *)right;

	return (a > b) - (a < b);
}

/* The strongest of the waves with radius (in waves) from low to high, over their
 * median. */
static double
peak_of_ring(const struct complex *values, int low, int high, float *powers)
{
	int u, v, count = 0;
	const struct complex *value;
	double radius;

	for (v = 0; v < SIDE / 2; v++)
		for (u = -SIDE / 2; u < SIDE / 2; u++) {
			radius = hypot(u, v);
			if (radius < low || radius >= high || abs(u) < AXIS ||
			    v < AXIS)
				continue;
			value = &values[v * SIDE + (u & (SIDE - 1))];
			powers[count++] = value->re * value->re +
			    value->im * value->im;
		}
	qsort(powers, (size_t)count, sizeof *powers, by_size);
	return 10 * log10(((double)powers[count - 1] + 1) /
	    ((double)powers[count / 2] + 1));
}

double
moire_peak(const unsigned char *pixels, int width, int height, struct point centre)
{
	struct complex *values;
	float *powers;
	int left = (int)centre.x - SIDE / 2, top = (int)centre.y - SIDE / 2, ring, i;
	double peak = 0;

	if (width < SIDE || height < SIDE || !isfinite(centre.x + centre.y))
		return NAN;
	left = left < 0 ? 0 : left > width - SIDE ? width - SIDE : left;
	top = top < 0 ? 0 : top > height - SIDE ? height - SIDE : top;
	values = xcalloc(SIDE * SIDE, sizeof *values);
	powers = xcalloc(SIDE * SIDE, sizeof *powers);
	load(pixels, width, left, top, values);
	for (i = 0; i < SIDE; i++)
		transform(values + i * SIDE, 1);
	for (i = 0; i < SIDE; i++)
		transform(values + i, SIDE);
	for (ring = FINE_LEAST; ring < FINE_MOST; ring += 16)
		peak = fmax(peak, peak_of_ring(values, ring, ring + 16, powers));
	free(values);
	free(powers);
	return peak;
}
