#include "lib/check/moire.h"

#include <math.h>
#include <stdlib.h>

#include "lib/base/mem.h"

enum {
	SIDE = 256,
	LOG_SIDE = 8,
	FINE_LEAST = 24,	/* waves across SIDE; coarser ones are the face's own */
	FINE_MOST = SIDE / 2 - 4,
	RING = 10,
	RINGS = (FINE_MOST - FINE_LEAST) / RING,
	AXIS = 3		/* edges of JPEG's blocks and of frames lie on the axes */
};

struct complex {
	float re, im;
};

/* In place, SIDE values step apart; turns holds exp(-i pi k / (SIDE / 2)). */
static void
transform(struct complex *values, int step, const struct complex *turns)
{
	struct complex line[SIDE], a, b, turn;
	int i, j, k, bit, half;

	for (i = 0; i < SIDE; i++) {
		for (j = 0, bit = 0; bit < LOG_SIDE; bit++)
			j |= (i >> bit & 1) << (LOG_SIDE - 1 - bit);
		line[j] = values[i * step];
	}
	for (half = 1; half < SIDE; half *= 2)
		for (k = 0; k < half; k++) {
			turn = turns[k * (SIDE / 2) / half];
			for (i = k; i < SIDE; i += 2 * half) {
				a = line[i];
				b.re = line[i + half].re * turn.re -
				    line[i + half].im * turn.im;
				b.im = line[i + half].re * turn.im +
				    line[i + half].im * turn.re;
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

/* The strongest wave of each ring over the ring's mean. */
static double
peak_of(const struct complex *values)
{
	double sum[RINGS] = { 0 }, most[RINGS] = { 0 }, power, peak = 1;
	int count[RINGS] = { 0 }, u, v, ring;
	const struct complex *value;

	for (v = AXIS; v < FINE_MOST; v++)
		for (u = -FINE_MOST; u < FINE_MOST; u++) {
			ring = ((int)sqrt(u * u + v * v) - FINE_LEAST) / RING;
			if (u * u + v * v < FINE_LEAST * FINE_LEAST || ring >= RINGS ||
			    abs(u) < AXIS)
				continue;
			value = &values[v * SIDE + (u & (SIDE - 1))];
			power = (double)(value->re * value->re + value->im * value->im);
			sum[ring] += power;
			count[ring]++;
			most[ring] = fmax(most[ring], power);
		}
	for (ring = 0; ring < RINGS; ring++)
		if (count[ring] > 0)
			peak = fmax(peak, (most[ring] + 1) /
			    (sum[ring] / count[ring] + 1));
	return 10 * log10(peak);
}

double
moire_peak(const unsigned char *pixels, int width, int height, struct point centre)
{
	struct complex *values, turns[SIDE / 2];
	int left = (int)centre.x - SIDE / 2, top = (int)centre.y - SIDE / 2, i;
	double peak;

	if (width < SIDE || height < SIDE || !isfinite(centre.x + centre.y))
		return NAN;
	left = left < 0 ? 0 : left > width - SIDE ? width - SIDE : left;
	top = top < 0 ? 0 : top > height - SIDE ? height - SIDE : top;
	values = xcalloc(SIDE * SIDE, sizeof *values);
	for (i = 0; i < SIDE / 2; i++)
		turns[i] = (struct complex){ (float)cos(2 * M_PI * i / SIDE),
		    (float)-sin(2 * M_PI * i / SIDE) };
	load(pixels, width, left, top, values);
	for (i = 0; i < SIDE; i++)
		transform(values + i * SIDE, 1, turns);
	for (i = 0; i < SIDE; i++)
		transform(values + i, SIDE, turns);
	peak = peak_of(values);
	free(values);
	return peak;
}
