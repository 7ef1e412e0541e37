#include "lib/check/light.h"

#include <math.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/check/colour.h"
#include "lib/check/measure.h"
#include "lib/matte/lab.h"

enum { BLOWN = 247 };		/* luma of what is clipped, OFIQ's */

struct patch {
	float *luma;		/* width * height */
	double chroma;
	int left, top, width, height;
};

static int
clamp(double value, int low, int high)
{
	return value < low ? low : value > high ? high : (int)value;
}

/* From the line of the eyes to the chin. */
static double
eyes_to_chin(const struct measure_face *face)
{
	return face->chin.y - (face->left_eye.y + face->right_eye.y) / 2;
}

static double
eyes_apart(const struct measure_face *face)
{
	return hypot(face->left_eye.x - face->right_eye.x,
	    face->left_eye.y - face->right_eye.y);
}

/* The face from brows to chin and cheek to cheek. */
static void
cut_patch(const unsigned char *pixels, int width, int height,
    const struct measure_face *face, struct patch *patch)
{
	double down = eyes_to_chin(face), eyes = face->chin.y - down;
	double inset = (face->right - face->left) * 0.12;
	int x0 = clamp(face->left + inset, 0, width - 1);
	int x1 = clamp(face->right - inset, 0, width - 1);
	int y0 = clamp(eyes - down * 0.35, 0, height - 1);
	int y1 = clamp(face->chin.y - down * 0.1, 0, height - 1);
	const unsigned char *p;
	double chroma = 0;
	int x, y, high, low;
	float *out;

	patch->left = x0;
	patch->top = y0;
	patch->width = x1 > x0 ? x1 - x0 : 0;
	patch->height = y1 > y0 ? y1 - y0 : 0;
	patch->luma = xcalloc((size_t)patch->width * (size_t)patch->height,
	    sizeof *patch->luma);
	out = patch->luma;
	for (y = y0; y < y1; y++) {
		p = pixels + ((size_t)y * (size_t)width + (size_t)x0) * 3;
		for (x = x0; x < x1; x++, p += 3) {
			*out++ = (float)(0.299 * p[0] + 0.587 * p[1] + 0.114 * p[2]);
			high = p[0] > p[1] ? p[0] : p[1];
			high = p[2] > high ? p[2] : high;
			low = p[0] < p[1] ? p[0] : p[1];
			low = p[2] < low ? p[2] : low;
			chroma += high - low;
		}
	}
	patch->chroma = chroma / ((double)patch->width * patch->height);
}

/* dark, bright and contrast, from one histogram. */
static void
measure_levels(const struct patch *patch, struct light *light)
{
	size_t count = (size_t)patch->width * (size_t)patch->height, seen = 0, i;
	size_t histogram[256] = { 0 };
	int level, low = -1, high = -1;

	for (i = 0; i < count; i++)
		histogram[clamp((double)patch->luma[i], 0, 255)]++;
	for (level = 0; level < 256; level++) {
		seen += histogram[level];
		if (low < 0 && (double)seen >= 0.05 * (double)count)
			low = level;
		if (high < 0 && (double)seen >= 0.95 * (double)count)
			high = level;
		if (level == BLOWN)
			light->bright = 1 - (double)seen / (double)count;
	}
	light->dark = high;
	light->contrast = high - low;
}

/* ---- spots ---- */

enum {
	CELL = 4,		/* pixels of a side; finer ones are not seen */
	SPOT_LUMA = 235,	/* shines white */
	SPOT_OVER = 25		/* above what is around it */
};
/* What is around: a part of the patch's width each way. */
#define AROUND 0.17

/* Eyes, glasses and mouth have white of their own.  Across from the face's middle in
 * distances of the eyes, down from the eyes in parts of the way to the chin. */
static int
has_white(double across, double down)
{
	return (down > -0.25 && down < 0.22 && across > 0.12) ||
	    (down > 0.5 && down < 0.85 && across < 0.42);
}

static void
shrink(const struct patch *patch, float *cells, int cols, int rows)
{
	int x, y, i;
	float sum;

	for (y = 0; y < rows; y++)
		for (x = 0; x < cols; x++) {
			for (sum = 0, i = 0; i < CELL * CELL; i++)
				sum += patch->luma[(y * CELL + i / CELL) *
				    patch->width + x * CELL + i % CELL];
			cells[y * cols + x] = sum / (CELL * CELL);
		}
}

static double
spots(const struct patch *patch, const struct measure_face *face)
{
	int cols = patch->width / CELL, rows = patch->height / CELL, x, y, at;
	size_t count = (size_t)cols * (size_t)rows;
	float *cells = xcalloc(count, 3 * sizeof *cells);
	float *around = cells + count, *scratch = around + count;
	double middle = (face->left_eye.x + face->right_eye.x) / 2, across, down;
	int seen = 0, found = 0;

	shrink(patch, cells, cols, rows);
	detail_blur(cells, around, scratch, cols, rows, (int)(AROUND * cols) + 1);
	for (y = 0; y < rows; y++)
		for (x = 0; x < cols; x++) {
			across = fabs(patch->left + (x + 0.5) * CELL - middle) /
			    eyes_apart(face);
			down = 1 - (face->chin.y - patch->top - (y + 0.5) * CELL) /
			    eyes_to_chin(face);
			if (has_white(across, down))
				continue;
			at = y * cols + x;
			seen++;
			found += cells[at] >= SPOT_LUMA &&
			    cells[at] - around[at] >= SPOT_OVER;
		}
	free(cells);
	return seen > 0 ? (double)found / seen : NAN;
}

/* ---- cheeks ---- */

/* A square on each cheek, as OFIQ's: its side in distances of the eyes, its middle below
 * the eye on the way to the chin. */
#define CHEEK_SIDE 0.3
#define CHEEK_DOWN 0.32

/* CIE a and b of skin of all tones in white light: OFIQ's, wider by what the portraits
 * of the project have. */
static const double skin[2][2] = { { 2, 28 }, { 3, 38 } };

static double
outside(double value, const double range[2])
{
	return value < range[0] ? range[0] - value :
	    value > range[1] ? value - range[1] : 0;
}

static int
mean_cheek(const unsigned char *pixels, int width, int height, struct point eye,
    const struct measure_face *face, double mean[3])
{
	double half = CHEEK_SIDE * eyes_apart(face) / 2;
	double y = eye.y + CHEEK_DOWN * eyes_to_chin(face);
	const struct colour_part cheek = { clamp(eye.x - half, 0, width),
		clamp(y - half, 0, height), clamp(eye.x + half, 0, width),
		clamp(y + half, 0, height) };

	return colour_mean(pixels, width, height, &cheek, mean);
}

static double
luma_of(const double rgb[3])
{
	return 0.299 * rgb[0] + 0.587 * rgb[1] + 0.114 * rgb[2];
}

/* sides and cast. */
static void
measure_cheeks(const unsigned char *pixels, int width, int height,
    const struct measure_face *face, struct light *light)
{
	double left[3], right[3], both[3], lab[3], one, other;
	int c;

	if (!mean_cheek(pixels, width, height, face->left_eye, face, left) ||
	    !mean_cheek(pixels, width, height, face->right_eye, face, right))
		return;
	one = luma_of(left);
	other = luma_of(right);
	light->sides = one + other > 0 ? 2 * (one - other) / (one + other) : 0;
	for (c = 0; c < 3; c++) {
		both[c] = (left[c] + right[c]) / 2;
		if (both[c] > BLOWN)
			return;
	}
	lab_exact(both, lab);
	light->cast = hypot(outside(lab[1], skin[0]), outside(lab[2], skin[1]));
}

/* Sharpness is what the image made of the picture will show. */
static void
measure_detail(const struct patch *patch, double factor, struct light *light)
{
	int width = patch->width, height = patch->height;
	float *reduced = factor < 1 ? detail_reduce(patch->luma, patch->width,
	    patch->height, factor, &width, &height) : NULL;

	if (width >= DETAIL_LEAST && height >= DETAIL_LEAST)
		detail_measure(reduced != NULL ? reduced : patch->luma, width,
		    height, &light->detail);
	detail_grain(patch->luma, patch->width, patch->height, &light->grain);
	free(reduced);
}

void
light_measure(const unsigned char *pixels, int width, int height,
    const struct measure_face *face, double face_width, struct light *light)
{
	struct patch patch;

	*light = (struct light){ NAN, NAN, NAN, NAN, NAN, NAN, NAN,
	    { NAN, NAN }, { NAN, NAN } };
	cut_patch(pixels, width, height, face, &patch);
	if (patch.width >= DETAIL_LEAST && patch.height >= DETAIL_LEAST) {
		measure_levels(&patch, light);
		light->spots = spots(&patch, face);
		measure_cheeks(pixels, width, height, face, light);
		light->chroma = patch.chroma;
		measure_detail(&patch, face_width / (face->right - face->left),
		    light);
	}
	free(patch.luma);
}

/* ---- eyes ---- */

/* The discs of the pupils, and the part of lenses around the eyes, in distances of
 * the eyes. */
#define PUPIL 0.08
#define LENS_ACROSS 0.32
#define LENS_DOWN 0.2

enum { WHITE = 250, RED_LEAST = 80 };

static int
is_red(const unsigned char *p)
{
	int other = p[1] > p[2] ? p[1] : p[2];

	return p[0] >= RED_LEAST && p[0] > 2 * other;
}

static void
look_at_eye(const unsigned char *pixels, int width, int height, struct point eye,
    double distant, double count[static 4])
{
	int x0 = clamp(eye.x - LENS_ACROSS * distant, 0, width);
	int x1 = clamp(eye.x + LENS_ACROSS * distant, 0, width);
	int y0 = clamp(eye.y - LENS_DOWN * distant, 0, height);
	int y1 = clamp(eye.y + LENS_DOWN * distant, 0, height);
	const unsigned char *p;
	int x, y;

	for (y = y0; y < y1; y++)
		for (x = x0; x < x1; x++) {
			p = pixels + ((size_t)y * (size_t)width + (size_t)x) * 3;
			count[0]++;
			count[1] += p[0] >= WHITE && p[1] >= WHITE && p[2] >= WHITE;
			if (hypot(x - eye.x, y - eye.y) > PUPIL * distant)
				continue;
			count[2]++;
			count[3] += is_red(p);
		}
}

void
light_eyes(const unsigned char *pixels, int width, int height,
    const struct measure_face *face, struct light_eyes *eyes)
{
	double distant = eyes_apart(face);
	double count[4] = { 0 };

	look_at_eye(pixels, width, height, face->left_eye, distant, count);
	look_at_eye(pixels, width, height, face->right_eye, distant, count);
	eyes->glare = count[0] > 0 ? count[1] / count[0] : NAN;
	eyes->red = count[2] > 0 ? count[3] / count[2] : NAN;
}
