#include "lib/check/detail.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/mem.h"

enum {
	STEPS = 4,		/* of the histogram, a level */
	BINS = 256 * STEPS,
	BLOCK = 8		/* JPEG's */
};

/* Noise is everywhere and edges are few: the strongest fiftieth of the fine detail, less
 * a part of what noise with the same median would have. */
#define STRONGEST 0.98
/* Edges that are weaker in every direction, in levels, say nothing of motion. */
#define EDGES_LEAST 1.0
/* Of the wider shades; 95 of 100 real faces have less than 1.8 times as much of them. */
#define WIDE_SHARE 0.55
/* Half of the 98th percentile of |normal| over its median. */
#define NOISE_SHARE 1.72
/* Skin's and hair's own detail is in the upper part of the differences: noise is read
 * from the lowest quarter.  The 25th percentile of |normal|, less the part of a pixel in
 * its own mean over nine. */
#define CALMEST 0.25
#define CALM_NORMAL (0.3186 * 0.9428)

static int
clamp(int value, int low, int high)
{
	return value < low ? low : value > high ? high : value;
}

/* Along a row, edges repeated. */
static void
blur_row(const float *in, float *out, int count, int reach)
{
	float sum = 0;
	int i, before, after;

	for (i = -reach; i <= reach; i++)
		sum += in[clamp(i, 0, count - 1)];
	for (i = 0; i < count; i++) {
		out[i] = sum / (float)(2 * reach + 1);
		before = clamp(i - reach, 0, count - 1);
		after = clamp(i + reach + 1, 0, count - 1);
		sum += in[after] - in[before];
	}
}

/* Along all columns, a row at a time. */
static void
blur_columns(const float *in, float *out, int width, int height, int reach)
{
	float *sum = xcalloc((size_t)width, sizeof *sum);
	const float *before, *after;
	int x, y;

	for (y = -reach; y <= reach; y++)
		for (after = in + clamp(y, 0, height - 1) * width, x = 0; x < width; x++)
			sum[x] += after[x];
	for (y = 0; y < height; y++, out += width) {
		before = in + clamp(y - reach, 0, height - 1) * width;
		after = in + clamp(y + reach + 1, 0, height - 1) * width;
		for (x = 0; x < width; x++) {
			out[x] = sum[x] / (float)(2 * reach + 1);
			sum[x] += after[x] - before[x];
		}
	}
	free(sum);
}

void
detail_blur(const float *in, float *out, float *scratch, int width, int height,
    int reach)
{
	int y;

	for (y = 0; y < height; y++)
		blur_row(in + y * width, scratch + y * width, width, reach);
	blur_columns(scratch, out, width, height, reach);
}

struct histogram {
	size_t bins[BINS], count;
};

static void
count_differences(const float *one, const float *other, size_t count,
    struct histogram *histogram)
{
	size_t i;

	memset(histogram, 0, sizeof *histogram);
	histogram->count = count;
	for (i = 0; i < count; i++)
		histogram->bins[clamp((int)(STEPS *
		    fabsf(one[i] - other[i])), 0, BINS - 1)]++;
}

/* The value below which share of the differences lie, between the bins. */
static double
below(const struct histogram *histogram, double share)
{
	double wanted = share * (double)histogram->count, seen = 0;
	int bin;

	for (bin = 0; bin < BINS - 1; bin++) {
		if (seen + (double)histogram->bins[bin] >= wanted)
			break;
		seen += (double)histogram->bins[bin];
	}
	return histogram->bins[bin] == 0 ? (double)bin / STEPS :
	    (bin + (wanted - seen) / (double)histogram->bins[bin]) / STEPS;
}

/* The strongest fine detail, without noise. */
static double
edges_in(const struct histogram *histogram)
{
	return below(histogram, STRONGEST) - NOISE_SHARE * below(histogram, 0.5);
}

/* The same of what a line in one direction has: next is how far its next pixel is. */
static double
edges_along(const float *luma, int width, int height, int next)
{
	struct histogram histogram = { .count = 0 };
	float off;
	int x, y;

	for (y = 1; y < height - 1; y++)
		for (x = 1; x < width - 1; x++) {
			const float *p = luma + y * width + x;

			off = fabsf(p[0] - (p[-next] + p[0] + p[next]) / 3);
			histogram.bins[clamp((int)(STEPS * off), 0, BINS - 1)]++;
			histogram.count++;
		}
	return edges_in(&histogram);
}

/* A camera or a head that moves takes detail from one direction. */
static double
find_motion(const float *luma, int width, int height)
{
	int next[] = { 1, width, width + 1, width - 1 };
	double least = INFINITY, most = 0, edges;
	size_t i;

	for (i = 0; i < sizeof next / sizeof *next; i++) {
		edges = edges_along(luma, width, height, next[i]);
		least = fmin(least, edges);
		most = fmax(most, edges);
	}
	return most < EDGES_LEAST ? NAN : 100 * fmax(least, 0) / most;
}

/* How much more the pixels differ across a line than one pixel beside it. */
static double
step_over(const float *p, int stride)
{
	return (double)(fabsf(p[stride] - p[0]) - (fabsf(p[0] - p[-stride]) +
	    fabsf(p[2 * stride] - p[stride])) / 2);
}

/* Lines of a grid of squares, wherever it begins: the strongest of eight places. */
static double
find_blocks(const float *luma, int width, int height, int across)
{
	double sum[BLOCK] = { 0 }, most = 0;
	int count[BLOCK] = { 0 }, x, y, i;

	for (y = 2; y < height - 2; y++)
		for (x = 2; x < width - 2; x++) {
			i = (across ? x : y) % BLOCK;
			sum[i] += step_over(luma + y * width + x,
			    across ? 1 : width);
			count[i]++;
		}
	for (i = 0; i < BLOCK; i++)
		most = fmax(most, count[i] > 0 ? sum[i] / count[i] : 0);
	return most;
}

/* What is left of the face's shades when its edges are gone.  A strong blur takes of
 * it too, but not from the shades that are wider. */
static double
coarse_detail(const float *luma, const float *fine, float *coarse, float *scratch,
    int width, int height)
{
	size_t count = (size_t)width * (size_t)height;
	struct histogram histogram;
	double base;

	detail_blur(luma, coarse, scratch, width, height, width / 24 + 2);
	count_differences(fine, coarse, count, &histogram);
	base = below(&histogram, STRONGEST);
	detail_blur(luma, coarse, scratch, width, height, width / 8 + 2);
	count_differences(fine, coarse, count, &histogram);
	return fmax(base, WIDE_SHARE * below(&histogram, STRONGEST));
}

void
detail_measure(const float *luma, int width, int height, struct detail *detail)
{
	size_t count = (size_t)width * (size_t)height;
	float *fine = xcalloc(count, 3 * sizeof *fine);
	float *coarse = fine + count, *scratch = coarse + count;
	struct histogram histogram;
	double base;

	detail_blur(luma, fine, scratch, width, height, 1);
	count_differences(luma, fine, count, &histogram);
	base = coarse_detail(luma, fine, coarse, scratch, width, height);
	detail->sharpness = base > 0 ? 100 * edges_in(&histogram) / base : 0;
	detail->motion = find_motion(luma, width, height);
	free(fine);
}

void
detail_grain(const float *luma, int width, int height, struct detail_grain *grain)
{
	size_t count = (size_t)width * (size_t)height;
	float *fine = xcalloc(count, 2 * sizeof *fine), *scratch = fine + count;
	struct histogram histogram;

	detail_blur(luma, fine, scratch, width, height, 1);
	count_differences(luma, fine, count, &histogram);
	grain->noise = below(&histogram, CALMEST) / CALM_NORMAL;
	grain->blocks = (find_blocks(luma, width, height, 1) +
	    find_blocks(luma, width, height, 0)) / 2;
	free(fine);
}

/* ---- a smaller picture ---- */

/* count values into fewer, each the mean of what it covers. */
static void
reduce_line(const float *in, int count, int step, float *out, int fewer, int out_step)
{
	double size = (double)count / fewer, from, to, sum;
	int i, j;

	for (i = 0; i < fewer; i++) {
		from = i * size;
		to = from + size;
		sum = 0;
		for (j = (int)from; j < to && j < count; j++)
			sum += (fmin(to, j + 1) - fmax(from, j)) *
			    (double)in[(size_t)j * (size_t)step];
		out[(size_t)i * (size_t)out_step] = (float)(sum / size);
	}
}

float *
detail_reduce(const float *luma, int width, int height, double factor, int *across,
    int *down)
{
	int cols = (int)fmax(lround(width * factor), 1), x, y;
	int rows = (int)fmax(lround(height * factor), 1);
	float *rough = xcalloc((size_t)cols * (size_t)height, sizeof *rough);
	float *out = xcalloc((size_t)cols * (size_t)rows, sizeof *out);

	for (y = 0; y < height; y++)
		reduce_line(luma + (size_t)y * (size_t)width, width, 1,
		    rough + (size_t)y * (size_t)cols, cols, 1);
	for (x = 0; x < cols; x++)
		reduce_line(rough + x, height, cols, out + x, rows, cols);
	free(rough);
	*across = cols;
	*down = rows;
	return out;
}
