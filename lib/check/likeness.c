#include "lib/check/likeness.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"

enum { PIXELS = LIKENESS_SIDE * LIKENESS_SIDE };

/* Waves each way, of which those of a frequency of 2 to WAVES - 1 together are used. */
enum { WAVES = 11 };

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
likeness_hash(const unsigned char pixels[PIXELS])
{
	double wave[WAVES][WAVES];
	uint64_t hash = 0;
	int i, j, bit = 0;

	transform(pixels, wave);
	for (j = 0; j < WAVES; j++)
		for (i = 0; i <= WAVES - 1 - j; i++)
			if (i + j >= 2)
				hash |= (uint64_t)(wave[j][i] > 0) << bit++;
	return hash != 0 ? hash : 1;
}

/* Mirrored, every second wave across is its negative. */
uint64_t
likeness_hash_mirrored(uint64_t hash)
{
	uint64_t odd = 0;
	int i, j, bit = 0;

	if (hash == 0)
		return 0;
	for (j = 0; j < WAVES; j++)
		for (i = 0; i <= WAVES - 1 - j; i++)
			if (i + j >= 2)
				odd |= (uint64_t)(i % 2) << bit++;
	return hash ^ odd;
}

void
likeness_mirror(unsigned char pixels[PIXELS])
{
	unsigned char *row, left;
	int x, y;

	for (y = 0; y < LIKENESS_SIDE; y++) {
		row = pixels + y * LIKENESS_SIDE;
		for (x = 0; x < LIKENESS_SIDE / 2; x++) {
			left = row[x];
			row[x] = row[LIKENESS_SIDE - 1 - x];
			row[LIKENESS_SIDE - 1 - x] = left;
		}
	}
}

/* Sums of a pair of vectors, for their correlation: exact, in any order. */
struct sums {
	int64_t n, a, b, aa, bb, ab;
};

static void
add_pair(struct sums *sums, int a, int b)
{
	sums->n++;
	sums->a += a;
	sums->b += b;
	sums->aa += a * a;
	sums->bb += b * b;
	sums->ab += a * b;
}

static double
correlate(const struct sums *sums)
{
	double n = (double)sums->n, a = (double)sums->a, b = (double)sums->b;
	double variance = ((double)sums->aa - a * a / n) *
	    ((double)sums->bb - b * b / n);

	return variance > 0 ? ((double)sums->ab - a * b / n) / sqrt(variance) : 0;
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

void
likeness_small_mirror(unsigned char small[LIKENESS_SMALL_BYTES])
{
	enum { ROW = LIKENESS_SMALL / 2 };
	unsigned char *row, turned[ROW];
	int x, y;

	for (y = 0; y < LIKENESS_SMALL; y++) {
		row = small + y * ROW;
		for (x = 0; x < ROW; x++)
			turned[x] = (unsigned char)(row[ROW - 1 - x] << 4 |
			    row[ROW - 1 - x] >> 4);
		memcpy(row, turned, ROW);
	}
}

/* ---- text ---- */

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

static int
digit_of(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static int
read_bytes(const char *text, size_t count, unsigned char *bytes)
{
	int high, low;
	size_t i;

	if (text == NULL || strlen(text) != 2 * count)
		return 0;
	for (i = 0; i < count; i++) {
		high = digit_of(text[2 * i]);
		low = digit_of(text[2 * i + 1]);
		if (high < 0 || low < 0)
			return 0;
		bytes[i] = (unsigned char)(high << 4 | low);
	}
	return 1;
}

int
likeness_read_text(const char *text, unsigned char pixels[PIXELS])
{
	return read_bytes(text, PIXELS, pixels);
}

int
likeness_small_parse(const char *text, unsigned char small[LIKENESS_SMALL_BYTES])
{
	return read_bytes(text, LIKENESS_SMALL_BYTES, small);
}
