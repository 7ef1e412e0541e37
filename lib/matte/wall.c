#include "lib/matte/wall.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/mem.h"

enum {
	PIXELS_MIN = 24,	/* below this a surface means nothing */
	SAMPLES_MAX = 2000,	/* about; more do not make the fit better */
	SAMPLES_ROOM = 2 * SAMPLES_MAX + 2,
	MODE_BIN = 6		/* Lab units of the histogram for the start */
};

#define SHARE_SURE 0.9		/* with more no other surface is sought */
#define RADIUS_MIN 4.0		/* of the weights, Lab units */

struct sample {
	double basis[WALL_TERMS];
	double lab[3];
	double distance;
};

static void
basis_of(const struct wall *wall, double x, double y, double basis[WALL_TERMS])
{
	double u = 2 * x / (wall->width > 1 ? wall->width - 1 : 1) - 1;
	double v = 2 * y / (wall->height > 1 ? wall->height - 1 : 1) - 1;

	basis[0] = 1;
	basis[1] = u;
	basis[2] = v;
	basis[3] = u * u;
	basis[4] = u * v;
	basis[5] = v * v;
}

static void
value_of(const struct wall *wall, const double basis[WALL_TERMS], double lab[3])
{
	for (int c = 0; c < 3; c++) {
		lab[c] = 0;
		for (int i = 0; i < WALL_TERMS; i++)
			lab[c] += wall->term[i][c] * basis[i];
	}
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
		basis_of(wall, (double)(i % (size_t)wall->width),
		    (double)(i / (size_t)wall->width), samples[taken].basis);
		for (int c = 0; c < 3; c++)
			samples[taken].lab[c] = lab[3 * i + (size_t)c];
		taken++;
	}
	return taken;
}

/* The lower Cholesky factor of m in place; 0 when m is not definite. */
static int
factor(double m[WALL_TERMS][WALL_TERMS])
{
	for (int i = 0; i < WALL_TERMS; i++) {
		for (int j = 0; j <= i; j++) {
			double sum = m[i][j];

			for (int k = 0; k < j; k++)
				sum -= m[i][k] * m[j][k];
			if (i != j)
				m[i][j] = sum / m[j][j];
			else if (sum <= 1e-12)
				return 0;
			else
				m[i][i] = sqrt(sum);
		}
	}
	return 1;
}

static void
solve(double m[WALL_TERMS][WALL_TERMS], double right[WALL_TERMS][3])
{
	for (int c = 0; c < 3; c++) {
		for (int i = 0; i < WALL_TERMS; i++) {
			for (int k = 0; k < i; k++)
				right[i][c] -= m[i][k] * right[k][c];
			right[i][c] /= m[i][i];
		}
		for (int i = WALL_TERMS - 1; i >= 0; i--) {
			for (int k = i + 1; k < WALL_TERMS; k++)
				right[i][c] -= m[k][i] * right[k][c];
			right[i][c] /= m[i][i];
		}
	}
}

/* One weighted fit with Tukey's weights of radius; the higher terms are held
 * back a little, because samples at the border alone leave the middle open. */
static void
refit(struct wall *wall, const struct sample *samples, size_t count,
    double radius)
{
	double m[WALL_TERMS][WALL_TERMS] = { { 0 } };
	double right[WALL_TERMS][3] = { { 0 } };
	double total = 0;

	for (size_t s = 0; s < count; s++) {
		double q = samples[s].distance / radius;
		double weight = q < 1 ? (1 - q * q) * (1 - q * q) : 0;

		if (weight == 0)
			continue;
		total += weight;
		for (int i = 0; i < WALL_TERMS; i++) {
			double b = weight * samples[s].basis[i];

			for (int j = 0; j <= i; j++)
				m[i][j] += b * samples[s].basis[j];
			for (int c = 0; c < 3; c++)
				right[i][c] += b * samples[s].lab[c];
		}
	}
	for (int i = 1; i < WALL_TERMS; i++)
		m[i][i] += total * (i < 3 ? 0.0005 : 0.003);
	if (total < PIXELS_MIN / 2 || !factor(m))
		return;
	solve(m, right);
	memcpy(wall->term, right, sizeof(right));
}

static void
measure(const struct wall *wall, struct sample *samples, size_t count)
{
	for (size_t s = 0; s < count; s++) {
		double lab[3], sum = 0;

		value_of(wall, samples[s].basis, lab);
		for (int c = 0; c < 3; c++)
			sum += (lab[c] - samples[s].lab[c]) *
			    (lab[c] - samples[s].lab[c]);
		samples[s].distance = sqrt(sum);
	}
}

/* The upper median; changes the order of values. */
static double
median(double *values, int count)
{
	int low = 0, high = count - 1, middle = count / 2, i, j;
	double pivot, value;

	while (low < high) {
		pivot = values[middle];
		for (i = low, j = high; i <= j;) {
			while (values[i] < pivot)
				i++;
			while (values[j] > pivot)
				j--;
			if (i > j)
				break;
			value = values[i];
			values[i++] = values[j];
			values[j--] = value;
		}
		if (j < middle)
			low = i;
		if (i > middle)
			high = j;
	}
	return values[middle];
}

static double
median_distance(const struct sample *samples, size_t count, double *scratch)
{
	for (size_t s = 0; s < count; s++)
		scratch[s] = samples[s].distance;
	return median(scratch, (int)count);
}

static int
bin_of(const double lab[3])
{
	int l = (int)(lab[0] / MODE_BIN), a, b;

	a = (int)((lab[1] + 128) / MODE_BIN);
	b = (int)((lab[2] + 128) / MODE_BIN);
	return (l * 48 + a) * 48 + b;
}

static void
begin_flat(struct wall *wall, const double lab[3])
{
	memset(wall->term, 0, sizeof(wall->term));
	memcpy(wall->term[0], lab, sizeof(wall->term[0]));
}

/* One place to begin: the mean of the fullest bin of colours. */
static void
begin_mode(struct wall *wall, const struct sample *samples, size_t count)
{
	enum { BINS = 18 * 48 * 48 };
	unsigned short *bins = xcalloc(BINS, sizeof(*bins));
	double mean[3] = { 0 }, n = 0;
	int best = 0;

	for (size_t s = 0; s < count; s++) {
		int bin = bin_of(samples[s].lab);

		if (++bins[bin] > bins[best])
			best = bin;
	}
	for (size_t s = 0; s < count; s++) {
		if (bin_of(samples[s].lab) != best)
			continue;
		n++;
		for (int c = 0; c < 3; c++)
			mean[c] += samples[s].lab[c];
	}
	for (int c = 0; c < 3; c++)
		mean[c] /= n;
	begin_flat(wall, mean);
	free(bins);
}

/* Another: the median of each channel, for a wall of many shades. */
static void
begin_median(struct wall *wall, const struct sample *samples, size_t count,
    double *scratch)
{
	double lab[3];

	for (int c = 0; c < 3; c++) {
		for (size_t s = 0; s < count; s++)
			scratch[s] = samples[s].lab[c];
		lab[c] = median(scratch, (int)count);
	}
	begin_flat(wall, lab);
}

/* The wall's own scatter: root mean square of what lies on the surface. */
static void
judge(struct wall *wall, const struct sample *samples, size_t count,
    double radius)
{
	double sum = 0, on = 0;

	for (size_t s = 0; s < count; s++) {
		if (samples[s].distance > radius)
			continue;
		sum += samples[s].distance * samples[s].distance;
		on++;
	}
	wall->sigma = on > 0 ? sqrt(sum / on / 3) : 0;
	wall->share = on / (double)count;
}

/* From where it begins to where it rests, with ever narrower weights. */
static void
settle(struct wall *wall, struct sample *samples, size_t count, double *scratch)
{
	static const double radii[] = { 40, 30, 22, 16, 12, 10 };
	double radius = radii[0];

	for (size_t i = 0; i < sizeof(radii) / sizeof(*radii); i++) {
		measure(wall, samples, count);
		radius = 6 * median_distance(samples, count, scratch);
		radius = fmax(fmin(radius, radii[i]), RADIUS_MIN);
		refit(wall, samples, count, radius);
	}
	measure(wall, samples, count);
	judge(wall, samples, count, radius);
}

int
wall_fit(const float *lab, const unsigned char *mask, int width, int height,
    struct wall *wall)
{
	struct sample *samples = xmalloc(SAMPLES_ROOM * sizeof(*samples));
	double *scratch = xmalloc(SAMPLES_ROOM * sizeof(*scratch));
	struct wall other;
	size_t count;

	wall->width = width;
	wall->height = height;
	count = collect(wall, lab, mask, samples);
	if (count >= PIXELS_MIN) {
		other = *wall;
		begin_mode(wall, samples, count);
		settle(wall, samples, count, scratch);
		if (wall->share < SHARE_SURE) {
			begin_median(&other, samples, count, scratch);
			settle(&other, samples, count, scratch);
			if (other.share > wall->share)
				*wall = other;
		}
	}
	free(scratch);
	free(samples);
	return count >= PIXELS_MIN ? 0 : -1;
}

void
wall_at(const struct wall *wall, double x, double y, float lab[static 3])
{
	double basis[WALL_TERMS], value[3];

	basis_of(wall, x, y, basis);
	value_of(wall, basis, value);
	for (int c = 0; c < 3; c++)
		lab[c] = (float)value[c];
}

/* A row is a polynomial in u alone; see basis_of. */
static void
render_row(const struct wall *wall, int y, float *lab)
{
	double step = 2.0 / (wall->width > 1 ? wall->width - 1 : 1);
	double v = 2.0 * y / (wall->height > 1 ? wall->height - 1 : 1) - 1;

	for (int c = 0; c < 3; c++) {
		double flat = wall->term[0][c] + v * (wall->term[2][c] +
		    v * wall->term[5][c]);
		double slope = wall->term[1][c] + v * wall->term[4][c];
		double bend = wall->term[3][c];

		for (int x = 0; x < wall->width; x++) {
			double u = x * step - 1;

			lab[3 * x + c] = (float)(flat + u * (slope + u * bend));
		}
	}
}

void
wall_render(const struct wall *wall, float *lab)
{
	for (int y = 0; y < wall->height; y++, lab += 3 * wall->width)
		render_row(wall, y, lab);
}
