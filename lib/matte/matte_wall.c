#include "lib/matte/matte_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/matte/spread.h"

enum {
	BINS = 1000,		/* of distances and shades */
	BINS_UNIT = 10,		/* bins a Lab unit */
	LEAST = 40		/* cells; fewer say nothing */
};

#define NEAR 0.4		/* units from the person: where its shadow falls */
#define CLEAR_CELLS (-2.5f)	/* inside of a wall cell that no soft hair touches */
#define FOREIGN 12.0		/* Lab distance of what has not the wall's colour */
#define SHADE_MOST 40.0		/* L; what is darker by more is no shadow */
#define SHADE_LEAST 3.0		/* L; less is everywhere */
#define HUE_OFF 3.0		/* Lab distance of a shadow from its hue, */
#define HUE_OFF_SHARE 0.1	/* and more for each L that it is darker */

#define PLAIN 0.8		/* of the wall, on its surface */
#define BROWS (-0.3)		/* down, units: above is hair, */
#define HAIR_DEEP 7.0f		/* not farther in from the outline, cells, */
#define HAIR_TOP (-1.6)		/* which is nowhere above, */
#define HAIR_END 2.0		/* below, */
#define HAIR_ASIDE 1.5		/* or farther aside, */
#define HAIR_NEAR 25.0f		/* and of this colour, Lab distance */

struct shares {
	int bins[BINS], count;
};

static void
add(struct shares *shares, double value)
{
	int bin = value > 0 ? (int)fmin(value * BINS_UNIT, BINS - 1) : 0;

	shares->bins[bin]++;
	shares->count++;
}

/* What the given share do not pass. */
static double
percentile(const struct shares *shares, double share)
{
	int seen = 0;

	for (int i = 0; i < BINS; i++) {
		seen += shares->bins[i];
		if (seen >= share * shares->count)
			return (i + 0.5) / BINS_UNIT;
	}
	return (double)BINS / BINS_UNIT;
}

/* How much darker than the wall a colour is, when it is what less of the same light leaves,
 * in which all three of L + 16, a and b shrink alike; else 0. */
static double
shade_of(const float *lab, const float *wall)
{
	double dark = wall[0] - lab[0], left = (lab[0] + 16) / (wall[0] + 16);
	double a = left * wall[1] - lab[1], b = left * wall[2] - lab[2];
	double hue = HUE_OFF + HUE_OFF_SHARE * dark;

	return dark > 0 && a * a + b * b < hue * hue ? dark : 0;
}

/* ---- the wall's colours ---- */

/* How far a wall cell is from the next, and how rough it is: medians. */
static void
find_grain(struct scene *scene)
{
	struct shares apart = { .count = 0 }, rough = apart;

	for (int i = 0; i + 1 < (int)scene->cells; i++) {
		if (scene->known[i] != KNOWN_WALL || scene->known[i + 1] != KNOWN_WALL)
			continue;
		add(&apart, colours_apart(scene->lab + 3 * i, scene->lab + 3 * i + 3));
		add(&rough, scene->rough[i]);
	}
	scene->grain = percentile(&apart, 0.5);
	scene->noise = percentile(&rough, 0.5);
}

/* Whether the wall is of one colour: most of it lies on the surface. */
static int
is_plain(const struct scene *scene)
{
	int all = 0, on = 0;

	for (size_t i = 0; i < scene->cells; i++) {
		if (scene->known[i] != KNOWN_WALL)
			continue;
		all++;
		on += colours_apart(scene->lab + 3 * i, scene->surface + 3 * i) < FOREIGN;
	}
	return on > PLAIN * all;
}

static int
can_be_hair(const struct scene *scene, int at)
{
	const float *lab = scene->lab + 3 * at;
	float hair = colours_apart(lab, scene->hair);
	double down = head_down(&scene->head, at / scene->cols);

	return hair < HAIR_NEAR && 2 * hair < colours_apart(lab, scene->surface + 3 * at) &&
	    down < HAIR_END && down > HAIR_TOP &&
	    fabs(head_aside(&scene->head, at % scene->cols)) < HAIR_ASIDE;
}

static void
find_hair(struct scene *scene)
{
	float count = 0;

	for (int i = 0; i < (int)scene->cells; i++) {
		if (head_down(&scene->head, i / scene->cols) > BROWS ||
		    scene->known[i] != KNOWN_PERSON || scene->depth[i] > HAIR_DEEP)
			continue;
		for (int c = 0; c < 3; c++) {
			scene->hair[c] += scene->lab[3 * i + c];
			scene->hair_rgb[c] += scene->rgb[3 * i + c];
		}
		count++;
	}
	for (int c = 0; c < 3; c++) {
		scene->hair[c] = count > 0 ? scene->hair[c] / count : 1000;
		scene->hair_rgb[c] /= fmaxf(count, 1);
	}
}

/* Long hair is often missed: what is of its colour and hangs together with the band,
 * before a plain wall of another, is open too. */
static void
open_hair(struct scene *scene)
{
	int *queue = xmalloc(scene->cells * sizeof *queue), count = 0;

	for (int at = 0; at < (int)scene->cells; at++)
		if (scene->known[at] == KNOWN_OPEN && can_be_hair(scene, at)) {
			scene->prior[at] = fmaxf(scene->prior[at], 0.5f);
			queue[count++] = at;
		}
	for (int i = 0; i < count; i++) {
		int x = queue[i] % scene->cols, y = queue[i] / scene->cols;

		for (int k = 0; k < 9; k++) {
			int u = x + k % 3 - 1, v = y + k / 3 - 1, at = v * scene->cols + u;

			if (u < 0 || v < 0 || u >= scene->cols || v >= scene->rows ||
			    scene->known[at] != KNOWN_WALL)
				continue;
			scene->known[at] = KNOWN_OPEN;
			if (can_be_hair(scene, at)) {
				scene->prior[at] = 0.5f;
				queue[count++] = at;
			}
		}
	}
	free(queue);
}

/* The wall's colours near by, behind the person too; of a plain one, what is foreign to it
 * does not count. */
static void
look_behind(struct scene *scene)
{
	float *weight = xcalloc(scene->cells, sizeof *weight);

	memcpy(scene->behind, scene->surface, 3 * scene->cells * sizeof *scene->behind);
	for (size_t i = 0; i < scene->cells; i++) {
		const float *lab = scene->lab + 3 * i;

		if (scene->known[i] != KNOWN_WALL || (scene->plain &&
		    colours_apart(lab, scene->surface + 3 * i) > FOREIGN &&
		    shade_of(lab, scene->surface + 3 * i) == 0))
			continue;
		memcpy(scene->behind + 3 * i, lab, 3 * sizeof *lab);
		weight[i] = 1;
	}
	spread(scene->behind, weight, scene->cols, scene->rows, 3);
	free(weight);
}

int
find_wall(struct scene *scene, struct buf *err)
{
	unsigned char *shown = xmalloc(scene->cells);
	int result;

	for (size_t i = 0; i < scene->cells; i++)
		shown[i] = scene->known[i] == KNOWN_WALL;
	result = wall_fit(scene->lab, shown, scene->cols, scene->rows, &scene->wall);
	free(shown);
	if (result != 0) {
		buf_adds(err, "there is no wall to be seen");
		return -1;
	}
	wall_render(&scene->wall, scene->surface);
	scene->plain = is_plain(scene);
	find_hair(scene);
	if (scene->plain)
		open_hair(scene);
	look_behind(scene);
	find_grain(scene);
	return 0;
}

/* ---- its measures ---- */

/* Where the person's shadow can fall. */
static int
is_beside(const struct scene *scene, int at)
{
	return scene->inside[at] <= -1 && -scene->inside[at] <= NEAR * scene->head.unit;
}

int
is_thing(const struct scene *scene, int at)
{
	const float *cell = scene->lab + 3 * at, *wall = scene->surface + 3 * at;
	double shade = shade_of(cell, wall);

	return scene->inside[at] <= CLEAR_CELLS && colours_apart(cell, wall) > FOREIGN &&
	    (shade == 0 || shade > SHADE_MOST);
}

/* The same, and what is dark where the person's shadow cannot fall. */
static int
is_foreign(const struct scene *scene, int at)
{
	const float *cell = scene->lab + 3 * at, *wall = scene->surface + 3 * at;

	return is_thing(scene, at) || (scene->inside[at] <= CLEAR_CELLS &&
	    !is_beside(scene, at) && colours_apart(cell, wall) > FOREIGN);
}

/* Each cell of the wall counts in one number: objects where it is foreign, shadow
 * where it is shaded beside the person, else texture. */
static void
add_cell(const struct scene *scene, int at, struct shares shades[2],
    struct shares *others)
{
	const float *cell = scene->lab + 3 * at, *wall = scene->surface + 3 * at;
	double shade = shade_of(cell, wall);

	if (is_foreign(scene, at))
		return;
	if (is_beside(scene, at))
		add(&shades[at % scene->cols > scene->head.x], shade);
	if (shade < SHADE_LEAST || !is_beside(scene, at))
		add(others, colours_apart(wall, cell));
}

/* A shadow falls to one side. */
static double
darker_side(const struct shares shades[2])
{
	double most = NAN;

	for (int i = 0; i < 2; i++)
		if (shades[i].count >= LEAST)
			most = fmax(most, percentile(&shades[i], 0.95));
	return most;
}

void
judge_wall(const struct scene *scene, struct matte *matte)
{
	struct shares all = { .count = 0 }, others = all, shades[2] = { all, all };
	double sum[3] = { 0 }, low = INFINITY, high = -INFINITY;
	int clear = 0, foreign = 0;

	for (int at = 0; at < (int)scene->cells; at++) {
		const float *wall = scene->surface + 3 * at;

		if (scene->inside[at] > -1)
			continue;
		clear += scene->inside[at] <= CLEAR_CELLS;
		foreign += is_foreign(scene, at);
		add(&all, colours_apart(wall, scene->lab + 3 * at));
		add_cell(scene, at, shades, &others);
		low = fmin(low, wall[0]);
		high = fmax(high, wall[0]);
		for (int c = 0; c < 3; c++)
			sum[c] += scene->rgb[3 * at + c];
	}
	matte->plainness = all.count > 0 ? percentile(&all, 0.95) : 100;
	matte->texture = others.count >= LEAST ? percentile(&others, 0.95) : NAN;
	matte->gradient = all.count >= LEAST ? high - low : NAN;
	matte->shadow = darker_side(shades);
	matte->objects = clear >= LEAST ? (double)foreign / clear : NAN;
	for (int c = 0; c < 3 && all.count > 0; c++)
		matte->wall[c] = (unsigned char)(sum[c] / all.count + 0.5);
}
