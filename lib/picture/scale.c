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

/* The rows of the picture that an output row is made of, from where the span begins, and
 * what of them is behind the last whole block. */
struct rows {
	const unsigned char **row;
	unsigned char (*rest)[BLOCK];
	size_t whole, left;		/* bytes */
};

static void
rows_init(struct rows *rows, const struct span *span, int count)
{
	size_t len = (size_t)(span->high - span->low + 1) * 3;

	rows->left = len % BLOCK;
	rows->whole = len - rows->left;
	rows->row = xcalloc((size_t)count, sizeof *rows->row);
	rows->rest = xcalloc((size_t)count, sizeof *rows->rest);
}

static void
rows_release(struct rows *rows)
{
	free(rows->row);
	free(rows->rest);
}

static void
find_rows(const struct scale_picture *from, const struct span *span, int first, int count,
    struct rows *rows)
{
	int i, y;

	for (i = 0; i < count; i++) {
		y = clamp(first + i, 0, from->height - 1);
		rows->row[i] = from->pixels + ((size_t)y * (size_t)from->width +
		    (size_t)span->low) * 3;
		memcpy(rows->rest[i], rows->row[i] + rows->whole, rows->left);
	}
}

/* A block of an output row: so small that all of its sums stay in registers. */
static inline void
reduce_block(int32_t sum[static BLOCK], const unsigned char *row, int16_t weight)
{
	for (int k = 0; k < BLOCK; k++)
		sum[k] += row[k] * weight;
}

static void
round_block(const int32_t sum[static BLOCK], int16_t *out)
{
	for (int k = 0; k < BLOCK; k++)
		out[k] = (int16_t)((sum[k] + (1 << (WEIGHT_BITS - ROW_BITS - 1))) >>
		    (WEIGHT_BITS - ROW_BITS));
}

/* One output row, still as wide as the span, in whole blocks. */
static void
reduce_rows(const struct rows *rows, const int16_t *weight, int count, int16_t *out)
{
	size_t at;
	int i;

	for (at = 0; at < rows->whole + rows->left; at += BLOCK) {
		int32_t sum[BLOCK] = { 0 };

		for (i = 0; i < count; i++)
			reduce_block(sum, at < rows->whole ? rows->row[i] + at :
			    rows->rest[i], weight[i]);
		round_block(sum, out + at);
	}
}

/* The same row in lanes; the outermost pixels are repeated.  Of what follows the last one
 * a value is read. */
static void
lay_out(const int16_t *in, const struct span *span, int16_t *row)
{
	int x;

	for (x = span->first; x <= span->last; x++, row += LANES)
		memcpy(row, in + 3 * (clamp(x, span->low, span->high) - span->low),
		    LANES * sizeof *row);
}

/* Two pixels at a time: there is an instruction for eight products of 16 bits. */
static void
reduce_columns(const int16_t *row, const struct taps *taps,
    const int16_t *weight, int width, int32_t *out)
{
	const int16_t *in;
	int32_t sum[PAIR];
	int x, i, k;

	for (x = 0; x < width; x++, out += LANES) {
		in = row + LANES * (taps->first[x] - taps->first[0]);
		memset(sum, 0, sizeof sum);
		for (i = 0; i < taps->count; i += 2, in += PAIR, weight += PAIR)
			for (k = 0; k < PAIR; k++)
				sum[k] += in[k] * weight[k];
		for (k = 0; k < LANES; k++)
			out[k] = sum[k] + sum[LANES + k];
	}
}

/* Sums in lanes, in whole blocks, to bytes. */
static void
finish_row(const int32_t *sum, int width, unsigned char *out)
{
	int half = 1 << (WEIGHT_BITS + ROW_BITS - 1), x, i;
	unsigned char byte[BLOCK];

	for (x = 0; x < width; x += BLOCK / LANES, sum += BLOCK) {
		for (i = 0; i < BLOCK; i++)
			byte[i] = (unsigned char)clamp((sum[i] + half) >>
			    (WEIGHT_BITS + ROW_BITS), 0, 255);
		for (i = 0; i < BLOCK / LANES && x + i < width; i++, out += 3)
			memcpy(out, byte + i * LANES, 3);
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
	struct rows rows;
	int16_t *reduced, *row, *weights;
	int32_t *sum;
	int y;

	assert(part->w > 0 && part->h > 0 && width > 0 && height > 0);
	taps_init(&across, part->x, part->w, width);
	taps_init(&down, part->y, part->h, height);
	span_init(&span, &across, width, from->width);
	rows_init(&rows, &span, down.count);
	weights = weights_of_lanes(&across, width);
	reduced = xcalloc(rows.whole + 2 * BLOCK, sizeof *reduced);
	row = xcalloc((size_t)(span.last - span.first + 1) * LANES, sizeof *row);
	sum = xcalloc((size_t)width * LANES + BLOCK, sizeof *sum);
	for (y = 0; y < height; y++) {
		find_rows(from, &span, down.first[y], down.count, &rows);
		reduce_rows(&rows, down.weight + (ptrdiff_t)y * down.count, down.count,
		    reduced);
		lay_out(reduced, &span, row);
		reduce_columns(row, &across, weights, width, sum);
		finish_row(sum, width, out + (size_t)y * (size_t)width * 3);
	}
	free(sum);
	free(row);
	free(reduced);
	free(weights);
	rows_release(&rows);
	taps_release(&down);
	taps_release(&across);
}
