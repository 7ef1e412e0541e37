#include "lib/matte/matte_parts.h"

#include <math.h>
#include <stdlib.h>

#include "lib/base/mem.h"

enum {
	BINS = 1000,		/* of distances and shades */
	BINS_UNIT = 10,		/* bins a Lab unit */
	LEAST = 40		/* cells; fewer say nothing */
};

#define WALL_CELLS (-1.0f)	/* inside of a cell that is wall */
#define CLEAR_CELLS (-2.5f)	/* and is not touched by soft hair */
#define NEAR 0.4		/* units from the person: where its shadow falls */
#define FOREIGN 12.0		/* Lab distance of what has not the wall's colour */
#define SHADE_LEAST 3.0		/* L; less is everywhere */
#define HUE_OFF 3.0		/* Lab distance of a shadow from its hue, */
#define HUE_OFF_SHARE 0.1	/* and more for each L that it is darker */
#define ASIDE 1.75		/* no hair is further from the middle, units */
#define NECK 0.7		/* beside the head, units down from the eyes */

struct shares {
	int bins[BINS], count;
};

static double
apart(const float *one, const float *other)
{
	double sum = 0;

	for (int c = 0; c < 3; c++)
		sum += (one[c] - other[c]) * (one[c] - other[c]);
	return sqrt(sum);
}

static void
add(struct shares *shares, double value)
{
	int bin = value > 0 ? (int)(value * BINS_UNIT) : 0;

	shares->bins[bin < BINS ? bin : BINS - 1]++;
	shares->count++;
}

/* What 95 of 100 do not pass. */
static double
percentile(const struct shares *shares)
{
	int seen = 0;

	for (int i = 0; i < BINS; i++) {
		seen += shares->bins[i];
		if (seen * 20.0 >= shares->count * 19.0)
			return (i + 0.5) / BINS_UNIT;
	}
	return (double)BINS / BINS_UNIT;
}

/* How much darker than the wall, when it is what less of the same light leaves; else
 * 0.  All three of L + 16, a and b then shrink alike. */
static double
shade_of(const float *cell, const float *wall)
{
	double dark = wall[0] - cell[0], left = (cell[0] + 16) / (wall[0] + 16);
	double a = left * wall[1] - cell[1], b = left * wall[2] - cell[2];
	double hue = HUE_OFF + HUE_OFF_SHARE * dark;

	return dark > 0 && a * a + b * b < hue * hue ? dark : 0;
}

/* Where the person's shadow can fall. */
static int
is_beside(const struct scene *scene, int at)
{
	return scene->inside[at] <= WALL_CELLS &&
	    -scene->inside[at] <= NEAR * scene->shape.unit;
}

static int
is_foreign(const struct scene *scene, const float *surface, int at)
{
	const float *cell = scene->lab + 3 * at, *wall = surface + 3 * at;

	return scene->inside[at] <= CLEAR_CELLS && apart(cell, wall) > FOREIGN &&
	    (shade_of(cell, wall) == 0 || !is_beside(scene, at));
}

/* Person cells of a row beside the head that do not hang together with it, and those
 * where no hair is. */
static int
apart_in_row(const struct scene *scene, int y)
{
	const float *row = scene->inside + y * scene->cols;
	int middle = (int)scene->shape.x, count = 0, left, right;
	int reach = (int)(ASIDE * scene->shape.unit);

	if (middle < 0 || middle >= scene->cols)
		return 0;
	for (left = middle; left > 0 && row[left - 1] > 0; left--)
		;
	for (right = middle; right + 1 < scene->cols && row[right + 1] > 0;
	    right++)
		;
	for (int x = 0; x < scene->cols; x++)
		count += row[x] > 0 && (x < left || x > right ||
		    x < middle - reach || x > middle + reach);
	return count;
}

static double
find_objects(const struct scene *scene, const float *surface)
{
	int foreign = 0, all = 0;

	for (int y = 0; y < scene->rows; y++) {
		int more = shape_down(&scene->shape, y) < NECK ?
		    apart_in_row(scene, y) : 0;

		foreign += more;
		all += more;
		for (int x = 0; x < scene->cols; x++) {
			int at = y * scene->cols + x;

			all += scene->inside[at] <= CLEAR_CELLS;
			foreign += is_foreign(scene, surface, at);
		}
	}
	return all >= LEAST ? (double)foreign / all : NAN;
}

/* Each cell of the wall is told of by one number: objects where it is foreign, shadow
 * where it is shaded beside the person, else texture. */
static void
add_cell(const struct scene *scene, const float *surface, int at,
    struct shares shades[2], struct shares *others)
{
	const float *cell = scene->lab + 3 * at, *wall = surface + 3 * at;
	double shade = shade_of(cell, wall);

	if (is_foreign(scene, surface, at))
		return;
	if (is_beside(scene, at))
		add(&shades[at % scene->cols > scene->shape.x], shade);
	if (shade < SHADE_LEAST || !is_beside(scene, at))
		add(others, apart(wall, cell));
}

/* A shadow falls to one side. */
static double
darker_side(const struct shares shades[2])
{
	double most = NAN;

	for (int i = 0; i < 2; i++)
		if (shades[i].count >= LEAST)
			most = fmax(most, percentile(&shades[i]));
	return most;
}

void
wall_judge(const struct scene *scene, struct matte *matte)
{
	struct shares all = { .count = 0 }, others = all, shades[2] = { all, all };
	float *surface = xmalloc(3 * scene->cells * sizeof *surface);
	double sum[3] = { 0 }, low = INFINITY, high = -INFINITY;

	wall_render(&scene->wall, surface);
	for (int at = 0; at < (int)scene->cells; at++) {
		const float *cell = scene->lab + 3 * at, *wall = surface + 3 * at;

		if (scene->inside[at] > WALL_CELLS)
			continue;
		add(&all, apart(wall, cell));
		add_cell(scene, surface, at, shades, &others);
		low = fmin(low, wall[0]);
		high = fmax(high, wall[0]);
		for (int c = 0; c < 3; c++)
			sum[c] += scene->rgb[3 * at + c];
	}
	matte->plainness = all.count > 0 ? percentile(&all) : 100;
	matte->texture = others.count >= LEAST ? percentile(&others) : NAN;
	matte->gradient = all.count >= LEAST ? high - low : NAN;
	matte->shadow = darker_side(shades);
	matte->objects = find_objects(scene, surface);
	free(surface);
	for (int c = 0; c < 3 && all.count > 0; c++)
		matte->wall[c] = (unsigned char)(sum[c] / all.count + 0.5);
}
