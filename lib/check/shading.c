#include "lib/check/shading.h"

#include <math.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/check/measure.h"

enum {
	SPOTS = 24,		/* in the distance of the eyes */
	ACROSS_MAX = 96,
	DOWN_MAX = 96
};

/* How near two spots are that are alike, levels of 8 bits in each channel, where the
 * spots' greens deviate by COMMON or more and the spot is MIDDLE grey or lighter; in a
 * dull or dark picture shading is as much less. */
#define LIKE 1.5
#define COMMON 16
#define MIDDLE 128

struct spots {
	float mean[DOWN_MAX][ACROSS_MAX][3];
	int across, down;
};

static void
mean_of(const unsigned char *pixels, int width, int x0, int y0, int x1, int y1,
    float mean[static 3])
{
	unsigned sum[3] = { 0 }, count = (unsigned)((x1 - x0) * (y1 - y0));
	const unsigned char *p;
	int x, y, i;

	for (y = y0; y < y1; y++) {
		p = pixels + 3 * ((size_t)y * (size_t)width + (size_t)x0);
		for (x = x0; x < x1; x++, p += 3)
			for (i = 0; i < 3; i++)
				sum[i] += p[i];
	}
	for (i = 0; i < 3; i++)
		mean[i] = (float)sum[i] / (float)count;
}

/* The face without its outline, brows to chin, in spots of step pixels. */
static void
cut_spots(const unsigned char *pixels, int width, int height,
    const struct measure_face *face, double step, struct spots *spots)
{
	double eyes = (face->left_eye.y + face->right_eye.y) / 2;
	double tall = face->chin.y - eyes, wide = face->right - face->left;
	double left = fmax(face->left + 0.12 * wide, 0);
	double top = fmax(eyes - 0.35 * tall, 0);
	double right = fmin(face->right - 0.12 * wide, width);
	double bottom = fmin(face->chin.y - 0.1 * tall, height);
	int x, y;

	spots->across = (int)fmax(fmin((right - left) / step, ACROSS_MAX), 0);
	spots->down = (int)fmax(fmin((bottom - top) / step, DOWN_MAX), 0);
	for (y = 0; y < spots->down; y++)
		for (x = 0; x < spots->across; x++)
			mean_of(pixels, width, (int)(left + x * step),
			    (int)(top + y * step), (int)(left + (x + 1) * step),
			    (int)(top + (y + 1) * step), spots->mean[y][x]);
}

static double
deviation(const struct spots *spots)
{
	double sum = 0, squares = 0, count = spots->across * spots->down, green;
	int x, y;

	for (y = 0; y < spots->down; y++)
		for (x = 0; x < spots->across; x++) {
			green = (double)spots->mean[y][x][1];
			sum += green;
			squares += green * green;
		}
	return count > 0 ? sqrt(fmax(squares / count - sum * sum / count / count, 0)) : 0;
}

static int
alike(const float one[static 3], const float other[static 3], double like)
{
	like *= fmin((double)(one[0] + one[1] + one[2]) / 3 / MIDDLE, 1);
	return fabs((double)(one[0] - other[0])) <= like &&
	    fabs((double)(one[1] - other[1])) <= like &&
	    fabs((double)(one[2] - other[2])) <= like;
}

double
shading_flat(const unsigned char *pixels, int width, int height,
    const struct measure_face *face)
{
	double step = hypot(face->right_eye.x - face->left_eye.x,
	    face->right_eye.y - face->left_eye.y) / SPOTS;
	struct spots *spots;
	double like;
	int x, y, flat = 0, count = 0;

	if (!(step >= 1))
		return NAN;
	spots = xmalloc(sizeof *spots);
	cut_spots(pixels, width, height, face, step, spots);
	like = LIKE * fmin(deviation(spots) / COMMON, 1);
	for (y = 0; y + 1 < spots->down; y++)
		for (x = 0; x + 1 < spots->across; x++, count++)
			flat += alike(spots->mean[y][x], spots->mean[y][x + 1], like) &&
			    alike(spots->mean[y][x], spots->mean[y + 1][x], like);
	free(spots);
	return count > 0 ? 100.0 * flat / count : NAN;
}
