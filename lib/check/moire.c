#include "lib/check/moire.h"

#include <math.h>
#include <stdlib.h>

#include "lib/base/mem.h"

enum {
	SIDE = 256,
	LOG_SIDE = 8,
	LINES = SIDE / 2,	/* two real ones make a complex one */
	FINE_LEAST = 24,	/* waves across SIDE; coarser ones are the face's own */
	FINE_MOST = SIDE / 2 - 4,
	RING = 10,
	RINGS = (FINE_MOST - FINE_LEAST) / RING,
	AXIS = 3		/* edges of JPEG's blocks and of frames lie on the axes */
};

/* What is transformed at once: element i of every line is contiguous, real and
 * imaginary parts apart, so that the compiler vectorizes. */
struct lines {
	float re[SIDE][LINES], im[SIDE][LINES];
};

/* The cosines and sines of the turns -2 pi i / SIDE. */
struct turns {
	float re[SIDE / 2], im[SIDE / 2];
};

static int
reversed(int i)
{
	int j = 0, bit;

	for (bit = 0; bit < LOG_SIDE; bit++)
		j |= (i >> bit & 1) << (LOG_SIDE - 1 - bit);
	return j;
}

static void
butterfly(float *restrict re, float *restrict im, float *restrict re_far,
    float *restrict im_far, float turn_re, float turn_im)
{
	float r, m;
	int i;

	for (i = 0; i < LINES; i++) {
		r = re_far[i] * turn_re - im_far[i] * turn_im;
		m = re_far[i] * turn_im + im_far[i] * turn_re;
		re_far[i] = re[i] - r;
		im_far[i] = im[i] - m;
		re[i] += r;
		im[i] += m;
	}
}

/* In place; elements come in reversed order and leave in their own. */
static void
transform(struct lines *lines, const struct turns *turns)
{
	int half, i, k, turn;

	for (half = 1; half < SIDE; half *= 2)
		for (k = 0; k < half; k++) {
			turn = k * (SIDE / 2) / half;
			for (i = k; i < SIDE; i += 2 * half)
				butterfly(lines->re[i], lines->im[i],
				    lines->re[i + half], lines->im[i + half],
				    turns->re[turn], turns->im[turn]);
		}
}

/* The square's luma less its mean, faded out to the edges.  Two columns make one
 * line, as its real and its imaginary part. */
static void
load(const unsigned char *pixels, int width, int left, int top, struct lines *lines)
{
	float fade[SIDE], luma[SIDE][SIDE], mean = 0, row;
	const unsigned char *p;
	int x, y, to;

	for (y = 0; y < SIDE; y++) {
		fade[y] = (float)(0.5 - 0.5 * cos(2 * M_PI * (y + 0.5) / SIDE));
		p = pixels + ((size_t)(top + y) * (size_t)width + (size_t)left) * 3;
		for (x = 0, row = 0; x < SIDE; x++, p += 3) {
			luma[y][x] = 0.299f * p[0] + 0.587f * p[1] + 0.114f * p[2];
			row += luma[y][x];
		}
		mean += row / (SIDE * SIDE);
	}
	for (y = 0; y < SIDE; y++) {
		to = reversed(y);
		for (x = 0; x < LINES; x++) {
			lines->re[to][x] = (luma[y][x] - mean) * fade[x] * fade[y];
			lines->im[to][x] = (luma[y][x + LINES] - mean) *
			    fade[x + LINES] * fade[y];
		}
	}
}

/* Waves along the columns, in pairs, become lines along the rows: line v is of v waves
 * down the square. */
static void
cross(const struct lines *down, struct lines *across)
{
	int x, v, left, right, back;

	for (x = 0; x < LINES; x++) {
		left = reversed(x);
		right = reversed(x + LINES);
		for (v = 0; v < LINES; v++) {
			back = (SIDE - v) % SIDE;
			across->re[left][v] = (down->re[v][x] + down->re[back][x]) / 2;
			across->im[left][v] = (down->im[v][x] - down->im[back][x]) / 2;
			across->re[right][v] = (down->im[v][x] + down->im[back][x]) / 2;
			across->im[right][v] = (down->re[back][x] - down->re[v][x]) / 2;
		}
	}
}

/* The strongest wave of each ring over the ring's mean. */
static double
peak_of(const struct lines *lines)
{
	double sum[RINGS] = { 0 }, most[RINGS] = { 0 }, power, peak = 1;
	int count[RINGS] = { 0 }, u, v, ring;
	float re, im;

	for (u = -FINE_MOST; u < FINE_MOST; u++)
		for (v = AXIS; v < FINE_MOST; v++) {
			ring = ((int)sqrt(u * u + v * v) - FINE_LEAST) / RING;
			if (u * u + v * v < FINE_LEAST * FINE_LEAST || ring >= RINGS ||
			    abs(u) < AXIS)
				continue;
			re = lines->re[u & (SIDE - 1)][v];
			im = lines->im[u & (SIDE - 1)][v];
			power = (double)(re * re + im * im);
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
	int left = (int)centre.x - SIDE / 2, top = (int)centre.y - SIDE / 2, i;
	struct lines *down, *across;
	struct turns turns;
	double peak;

	if (width < SIDE || height < SIDE || !isfinite(centre.x + centre.y))
		return NAN;
	left = left < 0 ? 0 : left > width - SIDE ? width - SIDE : left;
	top = top < 0 ? 0 : top > height - SIDE ? height - SIDE : top;
	for (i = 0; i < SIDE / 2; i++) {
		turns.re[i] = (float)cos(2 * M_PI * i / SIDE);
		turns.im[i] = (float)-sin(2 * M_PI * i / SIDE);
	}
	down = xmalloc(sizeof *down);
	across = xmalloc(sizeof *across);
	load(pixels, width, left, top, down);
	transform(down, &turns);
	cross(down, across);
	transform(across, &turns);
	peak = peak_of(across);
	free(across);
	free(down);
	return peak;
}
