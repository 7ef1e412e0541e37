#include "lib/check/traits.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/hash.h"
#include "lib/base/io.h"
#include "lib/base/little.h"
#include "lib/base/mem.h"

enum {
	DIRECTIONS = 8,
	PER_CELL = DIRECTIONS + 1,
	CELL = 8,
	ID_LENGTH = 16,
	FILE_MAX = 1 << 20
};

static const char magic[8] = "TCTRAIT3";

/* The patch: SQUARES x SQUARES cells, in which the distance of the eyes is EYES pixels and
 * the centre lies below the middle between them, in distances. */
enum { SQUARES = 12, EYES = 40 };
#define BELOW 0.35

struct traits {
	float weights[TRAIT_COUNT][TRAITS_FEATURES];
	char id[ID_LENGTH + 1];
};

static struct point
middle(struct point a, struct point b)
{
	struct point point = { (a.x + b.x) / 2, (a.y + b.y) / 2 };

	return point;
}

/* ---- the patch ---- */

static float
pixel(const struct face_grey *grey, int x, int y)
{
	x = x < 0 ? 0 : x >= grey->width ? grey->width - 1 : x;
	y = y < 0 ? 0 : y >= grey->height ? grey->height - 1 : y;
	return grey->pixels[(size_t)y * grey->stride + (size_t)x];
}

static float
between(const struct face_grey *grey, double x, double y)
{
	int left = (int)floor(x), top = (int)floor(y);
	float fx = (float)(x - left), fy = (float)(y - top);
	float upper = pixel(grey, left, top) * (1 - fx) +
	    pixel(grey, left + 1, top) * fx;
	float lower = pixel(grey, left, top + 1) * (1 - fx) +
	    pixel(grey, left + 1, top + 1) * fx;

	return upper * (1 - fy) + lower * fy;
}

/* Pixels around centre; one step right in the patch is (along.x, along.y) in the
 * picture, one step down that turned by a right angle. */
static void
cut(const struct face_grey *grey, struct point centre, struct point along,
    int width, int height, float *out)
{
	double size = hypot(along.x, along.y);
	int fine = size > 1.5 ? size > 3 ? 4 : 2 : 1, x, y, i, j;
	double u, v;
	float sum;

	for (y = 0; y < height; y++)
		for (x = 0; x < width; x++) {
			sum = 0;
			for (i = 0; i < fine * fine; i++) {
				j = i / fine;
				u = x + (i % fine + 0.5) / fine - width / 2.0;
				v = y + (j + 0.5) / fine - height / 2.0;
				sum += between(grey,
				    centre.x + u * along.x - v * along.y - 0.5,
				    centre.y + u * along.y + v * along.x - 0.5);
			}
			*out++ = sum / (float)(fine * fine);
		}
}

static void
spread_of(const float *pixels, int count, double *mean, double *deviation)
{
	double sum = 0, squares = 0;
	int i;

	for (i = 0; i < count; i++) {
		sum += (double)pixels[i];
		squares += (double)pixels[i] * (double)pixels[i];
	}
	*mean = sum / count;
	*deviation = sqrt(fmax(squares / count - *mean * *mean, 1));
}

/* ---- features ---- */

/* Edges of one pixel into its cell's directions, shared between the two next. */
static void
add_edge(const float *p, int width, float *cell)
{
	float dx = p[1] - p[-1], dy = p[width] - p[-width];
	float size = sqrtf(dx * dx + dy * dy);
	double turn = atan2((double)dy, (double)dx) / M_PI * DIRECTIONS;
	int first;
	float part;

	if (turn < 0)
		turn += DIRECTIONS;
	first = (int)turn;
	part = (float)(turn - first);
	cell[first % DIRECTIONS] += size * (1 - part);
	cell[(first + 1) % DIRECTIONS] += size * part;
}

/* Bring the edges of each cell to a scale: those of the cells around it. */
static void
normalise(float *cells, int columns, int rows)
{
	float energy[12 * 12];
	float sum;
	int x, y, i, j, k, seen;

	for (i = 0; i < columns * rows; i++) {
		energy[i] = 0;
		for (k = 0; k < DIRECTIONS; k++)
			energy[i] += cells[i * PER_CELL + k] * cells[i * PER_CELL + k];
	}
	for (y = 0; y < rows; y++)
		for (x = 0; x < columns; x++) {
			sum = 0;
			seen = 0;
			for (j = y > 0 ? y - 1 : 0; j <= y + 1 && j < rows; j++)
				for (i = x > 0 ? x - 1 : 0; i <= x + 1 && i < columns;
				    i++, seen++)
					sum += energy[j * columns + i];
			sum = sqrtf(sum / (float)seen) + 60;
			for (k = 0; k < DIRECTIONS; k++)
				cells[(y * columns + x) * PER_CELL + k] /= sum;
		}
}

static void
describe(const float *pixels, int columns, int rows, float *features)
{
	int width = columns * CELL, height = rows * CELL, x, y;
	double mean, deviation;
	float *cell;

	spread_of(pixels, width * height, &mean, &deviation);
	memset(features, 0, sizeof *features * (size_t)(columns * rows * PER_CELL));
	for (y = 0; y < height; y++)
		for (x = 0; x < width; x++) {
			cell = features + (y / CELL * columns + x / CELL) * PER_CELL;
			cell[DIRECTIONS] += (float)(((double)pixels[y * width + x] -
			    mean) / deviation / (CELL * CELL));
			if (x > 0 && y > 0 && x < width - 1 && y < height - 1)
				add_edge(pixels + y * width + x, width, cell);
		}
	normalise(features, columns, rows);
	features[columns * rows * PER_CELL] = 1;
}

void
traits_features(const struct face_grey *grey, const struct point points[FACE_POINTS],
    float features[TRAITS_FEATURES])
{
	struct point left = points[FACE_EYE_LEFT], right = points[FACE_EYE_RIGHT];
	struct point along = { (right.x - left.x) / EYES, (right.y - left.y) / EYES };
	struct point centre = middle(left, right);
	float pixels[SQUARES * CELL * SQUARES * CELL];

	centre.x -= BELOW * (right.y - left.y);
	centre.y += BELOW * (right.x - left.x);
	cut(grey, centre, along, SQUARES * CELL, SQUARES * CELL, pixels);
	describe(pixels, SQUARES, SQUARES, features);
}

void
traits_upright(const struct face_grey *grey, struct point left_eye,
    struct point right_eye, int side, unsigned char *pixels)
{
	struct point along = { (right_eye.x - left_eye.x) / (side * 0.42),
	    (right_eye.y - left_eye.y) / (side * 0.42) };
	struct point centre = middle(left_eye, right_eye);
	float *cutting = xcalloc((size_t)side * (size_t)side, sizeof *cutting);
	double mean, deviation, value;
	int i;

	centre.x -= 0.42 * (right_eye.y - left_eye.y);
	centre.y += 0.42 * (right_eye.x - left_eye.x);
	cut(grey, centre, along, side, side, cutting);
	spread_of(cutting, side * side, &mean, &deviation);
	for (i = 0; i < side * side; i++) {
		value = 128 + 48 * ((double)cutting[i] - mean) / deviation;
		pixels[i] = (unsigned char)fmin(fmax(value + 0.5, 0), 255);
	}
	free(cutting);
}

/* ---- the model ---- */

static float
real_at(const unsigned char *bytes)
{
	uint32_t bits = (uint32_t)little(bytes, 4);
	float value;

	memcpy(&value, &bits, sizeof value);
	return value;
}

struct traits *
traits_load(const char *path, struct buf *err)
{
	struct traits *traits = xcalloc(1, sizeof *traits);
	struct buf bytes = BUF_INIT;
	size_t at = sizeof magic;
	char hash[HASH_TEXT];
	int i, j, ok;

	ok = io_read_file(path, FILE_MAX, &bytes, err) == 0;
	if (ok && (bytes.len != sizeof magic + 4 * TRAIT_COUNT * TRAITS_FEATURES ||
	    memcmp(bytes.data, magic, sizeof magic) != 0)) {
		buf_addf(err, "'%s' is no model of traits", path);
		ok = 0;
	}
	for (i = 0; ok && i < TRAIT_COUNT; i++)
		for (j = 0; j < TRAITS_FEATURES; j++, at += 4) {
			traits->weights[i][j] =
			    real_at((unsigned char *)bytes.data + at);
			ok = ok && isfinite(traits->weights[i][j]);
		}
	if (ok) {
		hash_bytes(bytes.data, bytes.len, hash);
		memcpy(traits->id, hash, ID_LENGTH);
	} else {
		traits_free(traits);
		traits = NULL;
	}
	buf_release(&bytes);
	return traits;
}

void
traits_free(struct traits *traits)
{
	free(traits);
}

const char *
traits_id(const struct traits *traits)
{
	return traits->id;
}

void
traits_read(const struct traits *traits, const struct face_grey *grey,
    const struct point points[FACE_POINTS], double value[TRAIT_COUNT])
{
	float features[TRAITS_FEATURES];
	int trait, i;

	/* what covers mouth and eyes is read off one patch */
	traits_features(grey, points, features);
	for (trait = 0; trait < TRAIT_COUNT; trait++) {
		value[trait] = 0;
		for (i = 0; i < TRAITS_FEATURES; i++)
			value[trait] += (double)features[i] *
			    (double)traits->weights[trait][i];
	}
}
