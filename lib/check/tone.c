#include "lib/check/tone.h"

#include <math.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/check/colour.h"
#include "lib/check/measure.h"
#include "lib/check/mesh.h"
#include "lib/matte/lab.h"

struct picture {
	const unsigned char *pixels;
	int width, height;
};

static int
clamp(double value, int low, int high)
{
	return !(value > low) ? low : value > high ? high : (int)value;
}

static double
apart(struct point a, struct point b)
{
	return hypot(a.x - b.x, a.y - b.y);
}

/* ---- cells of the face ---- */

enum { ACROSS = 24, DOWN = 32, CELLS = ACROSS * DOWN };

/* From brows to chin and cheek to cheek, as light.c's patch. */
static int
find_cells(const struct picture *picture, const struct measure_face *face,
    double (*cells)[3])
{
	double eyes = (face->left_eye.y + face->right_eye.y) / 2;
	double down = face->chin.y - eyes, wide = face->right - face->left;
	double left = face->left + 0.12 * wide, top = eyes - 0.35 * down;
	double dx = 0.76 * wide / ACROSS, dy = 1.25 * down / DOWN;
	int i, x, y, wide_most = picture->width, tall_most = picture->height, count = 0;

	for (i = 0; i < CELLS; i++) {
		x = i % ACROSS;
		y = i / ACROSS;
		const struct colour_part cell = { clamp(left + x * dx, 0, wide_most),
			clamp(top + y * dy, 0, tall_most),
			clamp(left + (x + 1) * dx, 0, wide_most),
			clamp(top + (y + 1) * dy, 0, tall_most) };

		count += colour_mean_lab(picture->pixels, picture->width, picture->height,
		    &cell, cells[count]);
	}
	return count;
}

/* ---- hues ---- */

/* Solve the three equations of a parabola through least squares; 0 when they depend. */
static int
solve(double m[3][4])
{
	int i, j, k, best;
	double factor;

	for (i = 0; i < 3; i++) {
		for (best = i, j = i + 1; j < 3; j++)
			if (fabs(m[j][i]) > fabs(m[best][i]))
				best = j;
		for (k = 0; k < 4; k++) {
			factor = m[i][k];
			m[i][k] = m[best][k];
			m[best][k] = factor;
		}
		if (fabs(m[i][i]) < 1e-9)
			return 0;
		for (j = 0; j < 3; j++) {
			factor = j == i ? 0 : m[j][i] / m[i][i];
			for (k = i; k < 4; k++)
				m[j][k] -= factor * m[i][k];
		}
	}
	return 1;
}

/* Sum of squares that is left of one coordinate when a parabola of L is taken away. */
static double
left_over(double (*cells)[3], int count, int which)
{
	double m[3][4] = { { 0 } }, power[3], sum = 0, off;
	int i, j, k;

	for (i = 0; i < count; i++) {
		power[0] = 1;
		power[1] = cells[i][0] / 100;
		power[2] = power[1] * power[1];
		for (j = 0; j < 3; j++) {
			for (k = 0; k < 3; k++)
				m[j][k] += power[j] * power[k];
			m[j][3] += power[j] * cells[i][which];
		}
	}
	if (!solve(m))
		return NAN;
	for (i = 0; i < count; i++) {
		off = cells[i][which];
		power[1] = cells[i][0] / 100;
		off -= m[0][3] / m[0][0] + m[1][3] / m[1][1] * power[1] +
		    m[2][3] / m[2][2] * power[1] * power[1];
		sum += off * off;
	}
	return sum;
}

/* A dark picture's colours are as much nearer to each other: as they would be at this L. */
#define HUES_AT 60.0
#define DARKEST 10.0

static double
measure_hues(double (*cells)[3], int count)
{
	double light = 0;
	int i;

	for (i = 0; i < count; i++)
		light += cells[i][0] / count;
	return HUES_AT / fmax(light, DARKEST) * sqrt((left_over(cells, count, 1) +
	    left_over(cells, count, 2)) / count);
}

/* ---- eyes ---- */

/* What is seen between the lids and beside the iris. */
struct look {
	double sum[3];
	int count;
};

static int
between_lids(const struct mesh_eye *eye, struct point at)
{
	int inside = 0, i, j;

	for (i = 0, j = MESH_CONTOUR - 1; i < MESH_CONTOUR; j = i++) {
		/* the upper lid runs from the same corner as the lower one */
		struct point a = eye->lids[i <= MESH_CONTOUR / 2 ? i :
		    MESH_CONTOUR + MESH_CONTOUR / 2 - i];
		struct point b = eye->lids[j <= MESH_CONTOUR / 2 ? j :
		    MESH_CONTOUR + MESH_CONTOUR / 2 - j];

		if ((a.y > at.y) != (b.y > at.y) &&
		    at.x < (b.x - a.x) * (at.y - a.y) / (b.y - a.y) + a.x)
			inside = !inside;
	}
	return inside;
}

/* So much of the iris's radius around its middle is no white. */
#define IRIS 1.15
/* The corners are red, and lids throw shadows: how far a white is from these, of the eye's
 * width. */
#define CORNER 0.13

static void
look_at(const struct picture *picture, const struct mesh_eye *eye, struct look *look)
{
	struct point one = eye->lids[0], other = eye->lids[MESH_CONTOUR / 2], at;
	double wide = apart(one, other), radius = 0;
	const unsigned char *p;
	int x, y, i;

	for (i = 1; i < MESH_IRIS; i++)
		radius = fmax(radius, apart(eye->iris[0], eye->iris[i]));
	for (y = clamp(fmin(one.y, other.y) - wide / 2, 0, picture->height);
	    y < clamp(fmax(one.y, other.y) + wide / 2, 0, picture->height); y++)
		for (x = clamp(fmin(one.x, other.x), 0, picture->width);
		    x < clamp(fmax(one.x, other.x), 0, picture->width); x++) {
			at = (struct point){ x + 0.5, y + 0.5 };
			if (apart(at, eye->iris[0]) < IRIS * radius ||
			    apart(at, one) < CORNER * wide ||
			    apart(at, other) < CORNER * wide || !between_lids(eye, at))
				continue;
			p = picture->pixels + 3 * ((size_t)y * (size_t)picture->width +
			    (size_t)x);
			for (i = 0; i < 3; i++)
				look->sum[i] += p[i];
			look->count++;
		}
}

enum { WHITES_LEAST = 40 };	/* pixels */

/* CIE a and b of the whites of eyes in white light. */
static const double white_a[2] = { -2, 16 }, white_b[2] = { -8, 14 };

static double
outside(double value, const double range[static 2])
{
	return value < range[0] ? range[0] - value : value > range[1] ? value - range[1] : 0;
}

static double
measure_whites(const struct picture *picture, const struct mesh *mesh)
{
	struct look look = { .count = 0 };
	double lab[3];
	int i;

	look_at(picture, &mesh->left, &look);
	look_at(picture, &mesh->right, &look);
	if (look.count < WHITES_LEAST)
		return NAN;
	for (i = 0; i < 3; i++)
		look.sum[i] /= look.count;
	lab_exact(look.sum, lab);
	return hypot(outside(lab[1], white_a), outside(lab[2], white_b));
}

/* ---- all ---- */

static double
darkest(double (*cells)[3], int count)
{
	double least = INFINITY;
	int i;

	for (i = 0; i < count; i++)
		least = fmin(least, cells[i][0]);
	return least;
}

void
tone_measure(const unsigned char *pixels, int width, int height,
    const struct measure_face *face, const struct mesh *mesh, struct tone *tone)
{
	struct picture picture = { pixels, width, height };
	double (*cells)[3] = xcalloc(CELLS, sizeof *cells);
	int count = find_cells(&picture, face, cells);

	*tone = (struct tone){ NAN, NAN, NAN };
	if (count > CELLS / 2) {
		tone->hues = measure_hues(cells, count);
		tone->black = darkest(cells, count);
	}
	if (mesh != NULL)
		tone->whites = measure_whites(&picture, mesh);
	free(cells);
}
