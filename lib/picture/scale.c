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
	BLOCK = 16,		/* bytes at a time, so that the compiler vectorizes */
	LANES = 4,		/* of a pixel between the passes, the last is idle */
	PAIR = 2 * LANES
};

/* For each output coordinate the first input coordinate and count weights. */
struct taps {
	int count;		/* even */
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

	taps->count = ((int)ceil(4 * widening) + 2) & ~1;
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

/* The columns of the picture that rows need: those from low to high, and the
 * outermost of them again where the part reaches outside. */
struct span {
	int first, last;
	int low, high;
};

static void
span_init(struct span *span, const struct taps *across, int size, int width)
{
	span->first = across->first[0];
	span->last = across->first[size - 1] + across->count - 1;
	span->low = clamp(span->first, 0, width - 1);
	span->high = clamp(span->last, span->low, width - 1);
}

/* One output row, still as wide as the span, in sums. */
static void
reduce_rows(const struct scale_picture *from, const struct taps *taps, int y,
    const struct span *span, int32_t *sum, unsigned char *padded)
{
	size_t len = (size_t)(span->high - span->low + 1) * 3;
	size_t blocks = (len + BLOCK - 1) / BLOCK;
	const unsigned char *end = from->pixels +
	    3 * (size_t)from->width * (size_t)from->height, *row;
	int i, weight;

	memset(sum, 0, blocks * BLOCK * sizeof *sum);
	for (i = 0; i < taps->count; i++) {
		weight = taps->weight[y * taps->count + i];
		if (weight == 0)
			continue;
		row = from->pixels + ((size_t)clamp(taps->first[y] + i, 0,
		    from->height - 1) * (size_t)from->width +
		    (size_t)span->low) * 3;
		if ((size_t)(end - row) < blocks * BLOCK) {	/* reads no further than there is */
			memcpy(padded, row, len);
			row = padded;
		}
		add_row(sum, row, weight, blocks);
	}
}

static int16_t
rounded(int32_t sum)
{
	return (int16_t)((sum + (1 << (WEIGHT_BITS - ROW_BITS - 1))) >>
	    (WEIGHT_BITS - ROW_BITS));
}

/* The same row, rounded, in lanes of 16 bits; the outermost pixels are repeated. */
static void
lay_out(const int32_t *sum, const struct span *span, int16_t *row)
{
	int x, c;

	for (x = span->first; x <= span->last; x++, row += LANES) {
		if (x > span->low && x <= span->high)
			sum += 3;
		for (c = 0; c < 3; c++)
			row[c] = rounded(sum[c]);
	}
}

static unsigned char
finish(int32_t sum)
{
	return (unsigned char)clamp((sum + (1 << (WEIGHT_BITS + ROW_BITS - 1)))
	    >> (WEIGHT_BITS + ROW_BITS), 0, 255);
}

/* Two pixels at a time: there is an instruction for eight products of 16 bits. */
static void
reduce_columns(const int16_t *row, const struct taps *taps,
    const int16_t *weight, int width, unsigned char *out)
{
	const int16_t *in;
	int32_t sum[PAIR];
	int x, i, k;

	for (x = 0; x < width; x++, out += 3) {
		in = row + LANES * (taps->first[x] - taps->first[0]);
		memset(sum, 0, sizeof sum);
		for (i = 0; i < taps->count; i += 2, in += PAIR, weight += PAIR)
			for (k = 0; k < PAIR; k++)
				sum[k] += in[k] * weight[k];
		for (k = 0; k < 3; k++)
			out[k] = finish(sum[k] + sum[LANES + k]);
	}
}

/* Each weight for all lanes; the caller frees them. */
static int16_t *
weights_of_lanes(const struct taps *taps, int size)
{
	size_t count = (size_t)size * (size_t)taps->count, i;
	int16_t *weights = xcalloc(count * LANES, sizeof *weights);

	for (i = 0; i < count * LANES; i++)
		weights[i] = taps->weight[i / LANES];
	return weights;
}

void
scale_part(const struct scale_picture *from, const struct box *part, int width,
    int height, unsigned char *out)
{
	struct taps across, down;
	struct span span;
	unsigned char *padded;
	int16_t *row, *weights;
	int32_t *sum;
	size_t room;
	int y;

	assert(part->w > 0 && part->h > 0 && width > 0 && height > 0);
	taps_init(&across, part->x, part->w, width);
	taps_init(&down, part->y, part->h, height);
	span_init(&span, &across, width, from->width);
	weights = weights_of_lanes(&across, width);
	room = (size_t)(span.high - span.low + 1) * 3 + BLOCK;
	sum = xcalloc(room, sizeof *sum);
	padded = xcalloc(room, 1);
	row = xcalloc((size_t)(span.last - span.first + 1) * LANES, sizeof *row);
	for (y = 0; y < height; y++) {
		reduce_rows(from, &down, y, &span, sum, padded);
		lay_out(sum, &span, row);
		reduce_columns(row, &across, weights, width,
		    out + (size_t)y * (size_t)width * 3);
	}
	free(row);
	free(padded);
	free(sum);
	free(weights);
	taps_release(&down);
	taps_release(&across);
}
