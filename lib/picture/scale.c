#include "lib/picture/scale.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/box.h"
#include "lib/base/mem.h"

enum {
	WEIGHT_BITS = 14,	/* a full weight is 1 << 14 */
	ROW_BITS = 5,		/* fraction kept between the two passes */
	BLOCK = 16		/* bytes at a time, so that the compiler vectorizes */
};

/* For each output coordinate the first input coordinate and count weights. */
struct taps {
	int count;
	int *first;
	int16_t *weight;
};

static double
cubic(double x)
{
	x = fabs(x);
	if (x < 1)
		return (1.5 * x - 2.5) * x * x + 1;
	if (x < 2)
		return ((-0.5 * x + 2.5) * x - 4) * x + 2;
	return 0;
}

/* Weights of one output coordinate, rounded so that they sum to one. */
static void
weigh(double centre, double widening, int first, int count, int16_t *weight)
{
	double sum = 0;
	int i, rest = 1 << WEIGHT_BITS, best = 0;

	for (i = 0; i < count; i++)
		sum += cubic((first + i + 0.5 - centre) / widening);
	for (i = 0; i < count; i++) {
		weight[i] = (int16_t)lrint((1 << WEIGHT_BITS) / sum *
		    cubic((first + i + 0.5 - centre) / widening));
		rest -= weight[i];
		if (weight[i] > weight[best])
			best = i;
	}
	weight[best] = (int16_t)(weight[best] + rest);
}

static void
taps_init(struct taps *taps, double start, double extent, int size)
{
	double step = extent / size, widening = step > 1 ? step : 1, centre;
	int i;

	taps->count = (int)ceil(4 * widening) + 1;
	taps->first = xcalloc((size_t)size, sizeof *taps->first);
	taps->weight = xcalloc((size_t)size * (size_t)taps->count,
	    sizeof *taps->weight);
	for (i = 0; i < size; i++) {
		centre = start + (i + 0.5) * step;
		taps->first[i] = (int)floor(centre - 2 * widening);
		weigh(centre, widening, taps->first[i], taps->count,
		    taps->weight + (ptrdiff_t)i * taps->count);
	}
}

static void
taps_release(struct taps *taps)
{
	free(taps->first);
	free(taps->weight);
}

static int
clamp(int value, int low, int high)
{
	return value < low ? low : value > high ? high : value;
}

static void
add_row(int32_t *restrict sum, const unsigned char *restrict row, int weight,
    size_t blocks)
{
	size_t block;
	int i;

	for (block = 0; block < blocks; block++, sum += BLOCK, row += BLOCK)
		for (i = 0; i < BLOCK; i++)
			sum[i] += row[i] * weight;
}

/* One output row, still as wide as the picture: columns low..high of it. */
static void
reduce_rows(const struct scale_picture *from, const struct taps *taps, int y,
    int low, int high, int32_t *sum, unsigned char *padded)
{
	size_t len = (size_t)(high - low + 1) * 3;
	size_t blocks = (len + BLOCK - 1) / BLOCK;
	const unsigned char *row;
	int i, weight;

	memset(sum, 0, blocks * BLOCK * sizeof *sum);
	for (i = 0; i < taps->count; i++) {
		weight = taps->weight[y * taps->count + i];
		if (weight == 0)
			continue;
		row = from->pixels + ((size_t)clamp(taps->first[y] + i, 0,
		    from->height - 1) * (size_t)from->width + (size_t)low) * 3;
		memcpy(padded, row, len);
		add_row(sum, padded, weight, blocks);
	}
	for (i = 0; i < (int)(blocks * BLOCK); i++)
		sum[i] = (sum[i] + (1 << (WEIGHT_BITS - ROW_BITS - 1))) >>
		    (WEIGHT_BITS - ROW_BITS);
}

static unsigned char
finish(int32_t sum)
{
	return (unsigned char)clamp((sum + (1 << (WEIGHT_BITS + ROW_BITS - 1)))
	    >> (WEIGHT_BITS + ROW_BITS), 0, 255);
}

static void
reduce_columns(const int32_t *row, const struct taps *taps, int low, int high,
    int width, unsigned char *out)
{
	const int16_t *weight = taps->weight;
	const int32_t *in;
	int32_t r, g, b;
	int x, i;

	for (x = 0; x < width; x++, weight += taps->count, out += 3) {
		r = g = b = 0;
		for (i = 0; i < taps->count; i++) {
			in = row + 3 * (clamp(taps->first[x] + i, low, high) - low);
			r += in[0] * weight[i];
			g += in[1] * weight[i];
			b += in[2] * weight[i];
		}
		out[0] = finish(r);
		out[1] = finish(g);
		out[2] = finish(b);
	}
}

void
scale_part(const struct scale_picture *from, const struct box *part, int width,
    int height, unsigned char *out)
{
	struct taps across, down;
	unsigned char *padded;
	int32_t *row;
	size_t room;
	int y, low, high;

	assert(part->w > 0 && part->h > 0 && width > 0 && height > 0);
	taps_init(&across, part->x, part->w, width);
	taps_init(&down, part->y, part->h, height);
	low = clamp(across.first[0], 0, from->width - 1);
	high = clamp(across.first[width - 1] + across.count - 1, low,
	    from->width - 1);
	room = (size_t)(high - low + 1) * 3 + BLOCK;
	row = xcalloc(room, sizeof *row);
	padded = xcalloc(room, 1);
	for (y = 0; y < height; y++) {
		reduce_rows(from, &down, y, low, high, row, padded);
		reduce_columns(row, &across, low, high, width,
		    out + (size_t)y * (size_t)width * 3);
	}
	free(padded);
	free(row);
	taps_release(&down);
	taps_release(&across);
}
