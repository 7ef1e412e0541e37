#include "lib/check/likeness.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"

enum {
	WAVES = 11,		/* each way, of which 64 are used */
	BITS = 64,
	BANDS = LIKENESS_DISTANCE_MAX + 1,	/* one of them is equal */
	BAND_BITS = BITS / BANDS,
	BUCKETS = 1 << BAND_BITS
};

/* Waves across the face only even would be those of any face: order by frequency and
 * leave out the first, the mean and the coarse light from above. */
static void
transform(const unsigned char *pixels, double wave[WAVES][WAVES])
{
	static const int side = LIKENESS_SIDE;
	double cosine[WAVES][LIKENESS_SIDE], rows[WAVES][LIKENESS_SIDE];
	int i, j, x, y;

	for (i = 0; i < WAVES; i++)
		for (x = 0; x < side; x++)
			cosine[i][x] = cos((x + 0.5) * i * M_PI / side);
	for (i = 0; i < WAVES; i++)
		for (y = 0; y < side; y++) {
			rows[i][y] = 0;
			for (x = 0; x < side; x++)
				rows[i][y] += cosine[i][x] * pixels[y * side + x];
		}
	for (j = 0; j < WAVES; j++)
		for (i = 0; i < WAVES; i++) {
			wave[j][i] = 0;
			for (y = 0; y < side; y++)
				wave[j][i] += cosine[j][y] * rows[i][y];
		}
}

uint64_t
likeness_hash(const unsigned char pixels[LIKENESS_SIDE * LIKENESS_SIDE])
{
	double wave[WAVES][WAVES];
	uint64_t hash = 0;
	int i, j, bit = 0;

	transform(pixels, wave);
	for (j = 0; j < WAVES && bit < BITS; j++)
		for (i = 0; i <= WAVES - 1 - j && bit < BITS; i++)
			if (i + j >= 2)
				hash |= (uint64_t)(wave[j][i] > 0) << bit++;
	return hash != 0 ? hash : 1;
}

/* Sums of a pair of vectors, for their correlation. */
struct sums {
	double n, a, b, aa, bb, ab;
};

static void
add_pair(struct sums *sums, int a, int b)
{
	sums->n++;
	sums->a += a;
	sums->b += b;
	sums->aa += (double)a * a;
	sums->bb += (double)b * b;
	sums->ab += (double)a * b;
}

static double
correlate(const struct sums *sums)
{
	double variance = (sums->aa - sums->a * sums->a / sums->n) *
	    (sums->bb - sums->b * sums->b / sums->n);

	return variance > 0 ? (sums->ab - sums->a * sums->b / sums->n) /
	    sqrt(variance) : 0;
}

double
likeness_correlation(const unsigned char one[LIKENESS_SIDE * LIKENESS_SIDE],
    const unsigned char other[LIKENESS_SIDE * LIKENESS_SIDE])
{
	struct sums sums = { 0 };
	int i;

	for (i = 0; i < LIKENESS_SIDE * LIKENESS_SIDE; i++)
		add_pair(&sums, one[i], other[i]);
	return correlate(&sums);
}

/* ---- small ---- */

enum { BLOCK = LIKENESS_SIDE / LIKENESS_SMALL, GREY_STEP = 17 };

static int
block_mean(const unsigned char *pixels, int x, int y)
{
	int sum = 0, i, j;

	for (j = 0; j < BLOCK; j++)
		for (i = 0; i < BLOCK; i++)
			sum += pixels[(y * BLOCK + j) * LIKENESS_SIDE + x * BLOCK + i];
	return (sum + BLOCK * BLOCK / 2) / (BLOCK * BLOCK);
}

void
likeness_small(const unsigned char pixels[LIKENESS_SIDE * LIKENESS_SIDE],
    unsigned char small[LIKENESS_SMALL_BYTES])
{
	int x, y, grey, at;

	for (y = 0; y < LIKENESS_SMALL; y++)
		for (x = 0; x < LIKENESS_SMALL; x++) {
			grey = (block_mean(pixels, x, y) + GREY_STEP / 2) / GREY_STEP;
			at = (y * LIKENESS_SMALL + x) / 2;
			small[at] = (unsigned char)(x % 2 == 0 ? grey << 4 :
			    small[at] | grey);
		}
}

double
likeness_small_correlation(const unsigned char one[LIKENESS_SMALL_BYTES],
    const unsigned char other[LIKENESS_SMALL_BYTES])
{
	struct sums sums = { 0 };
	int i;

	for (i = 0; i < LIKENESS_SMALL_BYTES; i++) {
		add_pair(&sums, one[i] >> 4, other[i] >> 4);
		add_pair(&sums, one[i] & 15, other[i] & 15);
	}
	return correlate(&sums);
}

int
likeness_small_parse(const char *text, unsigned char small[LIKENESS_SMALL_BYTES])
{
	char digits[3] = "";
	char *end;
	size_t i;

	if (text == NULL || strlen(text) != 2 * LIKENESS_SMALL_BYTES)
		return 0;
	for (i = 0; i < LIKENESS_SMALL_BYTES; i++) {
		memcpy(digits, text + 2 * i, 2);
		small[i] = (unsigned char)strtoul(digits, &end, 16);
		if (end != digits + 2)
			return 0;
	}
	return 1;
}

/* ---- text ---- */

enum { PIXELS = LIKENESS_SIDE * LIKENESS_SIDE };

static const char digits[] = "0123456789abcdef";

void
likeness_add_text(const unsigned char pixels[PIXELS], struct buf *out)
{
	char text[2 * PIXELS];
	int i;

	for (i = 0; i < PIXELS; i++) {
		text[2 * i] = digits[pixels[i] >> 4];
		text[2 * i + 1] = digits[pixels[i] & 15];
	}
	buf_add(out, text, sizeof text);
}

int
likeness_read_text(const char *text, unsigned char pixels[PIXELS])
{
	const char *high, *low;
	int i;

	if (strlen(text) != 2 * PIXELS)
		return 0;
	for (i = 0; i < PIXELS; i++) {
		high = strchr(digits, text[2 * i]);
		low = strchr(digits, text[2 * i + 1]);
		if (high == NULL || low == NULL)
			return 0;
		pixels[i] = (unsigned char)((high - digits) << 4 | (low - digits));
	}
	return 1;
}

/* ---- pairs ---- */

static unsigned
band_of(uint64_t hash, int band)
{
	return (unsigned)(hash >> (band * BAND_BITS)) & (BUCKETS - 1);
}

/* Whether an earlier band has shown the pair already. */
static int
seen(uint64_t one, uint64_t other, int band)
{
	int i;

	for (i = 0; i < band; i++)
		if (band_of(one, i) == band_of(other, i))
			return 1;
	return 0;
}

/* Indices sorted by their hash's band, stable; start[i] is where bucket i begins. */
static void
sort_by_band(const uint64_t *hashes, size_t count, int band, uint32_t *order,
    size_t start[BUCKETS + 1])
{
	size_t next[BUCKETS], i;

	memset(start, 0, sizeof *start * (BUCKETS + 1));
	for (i = 0; i < count; i++)
		if (hashes[i] != 0)
			start[band_of(hashes[i], band) + 1]++;
	for (i = 0; i < BUCKETS; i++)
		start[i + 1] += start[i];
	memcpy(next, start, sizeof next);
	for (i = 0; i < count; i++)
		if (hashes[i] != 0)
			order[next[band_of(hashes[i], band)]++] = (uint32_t)i;
}

void
likeness_pairs(const uint64_t *hashes, size_t count, int distance,
    void (*found)(void *state, size_t one, size_t other), void *state)
{
	uint32_t *order = xcalloc(count + 1, sizeof *order);
	size_t start[BUCKETS + 1], bucket, i, j;
	uint64_t one, other;
	int band;

	for (band = 0; band < BANDS; band++) {
		sort_by_band(hashes, count, band, order, start);
		for (bucket = 0; bucket < BUCKETS; bucket++)
			for (i = start[bucket]; i < start[bucket + 1]; i++)
				for (j = i + 1; j < start[bucket + 1]; j++) {
					one = hashes[order[i]];
					other = hashes[order[j]];
					if (__builtin_popcountll(one ^ other) <=
					    distance && !seen(one, other, band))
						found(state, order[i], order[j]);
				}
	}
	free(order);
}
