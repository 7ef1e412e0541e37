#include "lib/matte/wall.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/mem.h"

enum {
	PIXELS_MIN = 24,	/* below this a surface means nothing */
	SAMPLES_MAX = 2000,	/* about; more do not make the fit better */
	SAMPLES_ROOM = 2 * SAMPLES_MAX + 2,
	ROUNDS = 6
};

#define RADIUS_MIN 4.0		/* of the weights, Lab units */

struct sample {
	double basis[WALL_TERMS];
	double lab[3];
	double distance;	/* from the surface */
};

static void
basis_of(const struct wall *wall, size_t x, size_t y, double basis[WALL_TERMS])
{
	double u = 2.0 * (double)x / (wall->width > 1 ? wall->width - 1 : 1) - 1;
	double v = 2.0 * (double)y / (wall->height > 1 ? wall->height - 1 : 1) - 1;

	basis[0] = 1;
	basis[1] = u;
	basis[2] = v;
	basis[3] = u * u;
	basis[4] = u * v;
	basis[5] = v * v;
}

static double
value_of(const struct wall *wall, const double basis[WALL_TERMS], int channel)
{
	double value = 0;

	for (int i = 0; i < WALL_TERMS; i++)
		value += wall->term[i][channel] * basis[i];
	return value;
}

static size_t
collect(const struct wall *wall, const float *lab, const unsigned char *mask,
    struct sample *samples)
{
	size_t total = (size_t)wall->width * (size_t)wall->height;
	size_t used = 0, seen = 0, taken = 0, step;

	for (size_t i = 0; i < total; i++)
		used += mask[i] != 0;
	step = used / SAMPLES_MAX + 1;
	for (size_t i = 0; i < total; i++) {
		if (mask[i] == 0 || seen++ % step != 0)
			continue;
		basis_of(wall, i % (size_t)wall->width, i / (size_t)wall->width,
		    samples[taken].basis);
		for (int c = 0; c < 3; c++)
			samples[taken].lab[c] = lab[3 * i + (size_t)c];
		taken++;
	}
	return taken;
}

/* Solve m x = right in place, by Cholesky; 0 when m is not definite. */
static int
solve(double m[WALL_TERMS][WALL_TERMS], double right[WALL_TERMS][3])
{
	int i, j, k, c;

	for (i = 0; i < WALL_TERMS; i++)
		for (j = 0; j <= i; j++) {
			for (k = 0; k < j; k++)
				m[i][j] -= m[i][k] * m[j][k];
			if (i == j && m[i][i] <= 1e-12)
				return 0;
			m[i][j] = i == j ? sqrt(m[i][i]) : m[i][j] / m[j][j];
		}
	for (c = 0; c < 3; c++) {
		for (i = 0; i < WALL_TERMS; i++) {
			for (k = 0; k < i; k++)
				right[i][c] -= m[i][k] * right[k][c];
			right[i][c] /= m[i][i];
		}
		for (i = WALL_TERMS - 1; i >= 0; i--) {
			for (k = i + 1; k < WALL_TERMS; k++)
				right[i][c] -= m[k][i] * right[k][c];
			right[i][c] /= m[i][i];
		}
	}
	return 1;
}

/* One weighted fit with Tukey's weights of radius; the higher terms are held
 * back a little, because samples at the border alone leave the middle open. */
static void
refit(struct wall *wall, const struct sample *samples, size_t count, double radius)
{
	double m[WALL_TERMS][WALL_TERMS] = { { 0 } }, right[WALL_TERMS][3] = { { 0 } };
	double total = 0;

	for (const struct sample *s = samples; s < samples + count; s++) {
		double q = s->distance / radius;
		double weight = q < 1 ? (1 - q * q) * (1 - q * q) : 0;

		total += weight;
		for (int i = 0; i < WALL_TERMS; i++) {
			for (int j = 0; j <= i; j++)
				m[i][j] += weight * s->basis[i] * s->basis[j];
			for (int c = 0; c < 3; c++)
				right[i][c] += weight * s->basis[i] * s->lab[c];
		}
	}
	for (int i = 1; i < WALL_TERMS; i++)
		m[i][i] += total * (i < 3 ? 0.0005 : 0.003);
	if (total >= PIXELS_MIN / 2 && solve(m, right))
		memcpy(wall->term, right, sizeof right);
}

/* The value in the middle, of which no more are put in order than that takes. */
static double
median(double *values, size_t count)
{
	ptrdiff_t low = 0, high = (ptrdiff_t)count - 1, middle = (ptrdiff_t)count / 2;

	while (low < high) {
		ptrdiff_t i = low, k = high;
		double pivot = values[middle], swap;

		while (i <= k) {
			while (values[i] < pivot)
				i++;
			while (values[k] > pivot)
				k--;
			if (i <= k) {
				swap = values[i];
				values[i++] = values[k];
				values[k--] = swap;
			}
		}
		low = k < middle ? i : low;
		high = i > middle ? k : high;
	}
	return values[middle];
}

/* Distances from the surface; returns their median. */
static double
measure(const struct wall *wall, struct sample *samples, size_t count, double *scratch)
{
	for (size_t s = 0; s < count; s++) {
		double sum = 0, off;

		for (int c = 0; c < 3; c++) {
			off = value_of(wall, samples[s].basis, c) - samples[s].lab[c];
			sum += off * off;
		}
		scratch[s] = samples[s].distance = sqrt(sum);
	}
	return median(scratch, count);
}

int
wall_fit(const float *lab, const unsigned char *mask, int width, int height,
    struct wall *wall)
{
	struct sample *samples = xmalloc(SAMPLES_ROOM * sizeof *samples);
	double *scratch = xmalloc(SAMPLES_ROOM * sizeof *scratch), radius = 40;
	size_t count, s;
	int c;

	*wall = (struct wall){ .width = width, .height = height };
	count = collect(wall, lab, mask, samples);
	if (count >= PIXELS_MIN) {
		for (c = 0; c < 3; c++) {
			for (s = 0; s < count; s++)
				scratch[s] = samples[s].lab[c];
			wall->term[0][c] = median(scratch, count);
		}
		for (int round = 0; round < ROUNDS; round++, radius *= 0.75) {
			double fit = 6 * measure(wall, samples, count, scratch);

			refit(wall, samples, count, fmax(fmin(fit, radius), RADIUS_MIN));
		}
	}
	free(scratch);
	free(samples);
	return count >= PIXELS_MIN ? 0 : -1;
}

void
wall_render(const struct wall *wall, float *lab)
{
	double basis[WALL_TERMS];

	for (int y = 0; y < wall->height; y++)
		for (int x = 0; x < wall->width; x++, lab += 3) {
			basis_of(wall, (size_t)x, (size_t)y, basis);
			for (int c = 0; c < 3; c++)
				lab[c] = (float)value_of(wall, basis, c);
		}
}
