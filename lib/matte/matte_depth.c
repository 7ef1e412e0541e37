#include "lib/matte/matte_parts.h"

#include <math.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/matte/flood.h"

enum {
	EDGE_FAR = 12,		/* cells from the edge that are still counted */
	BINS = 128,		/* of hair's distances, one a Lab unit */
	HAIR_LEAST = 30		/* cells, or nothing is known of hair */
};

#define HAIR_LIKE 60.0f		/* colours so near may be hair, levels of sRGB */
#define DEEP 2.0f		/* cells from the edge where hair is dense */
#define LOOSE 0.5f		/* of hair's distance from the wall: seen through */
#define REACH 0.2		/* of loose strands from a tress, units */
#define STRANDS 2.0		/* rougher than wall by, levels of green */
#define SKULL_ODDS 0.3		/* hair is dense there */
#define HAIR_END 0.7		/* units; below it skin and clothing are near, */
#define LOOSE_END 1.5		/* but for what hangs beside the neck */
#define SKULL_ASIDE 0.7
#define ENDS 2.5f		/* cells */
#define OFF_MIXTURE 10.0f	/* Lab distance from mixtures of hair and wall, */
#define OFF_NEAR 6.0f		/* and near clothing */

/* Dense hair, in Lab. */
struct hair {
	float distance;		/* from the wall's colour, the median; 0: none */
	float lab[3];
	unsigned char *tress;	/* cells of it */
};

static void
relax(const struct scene *scene, float *far, int x, int y, int dx, int dy)
{
	float step = dx != 0 && dy != 0 ? 1.4142f : 1;
	int at = y * scene->cols + x, u = x + dx, v = y + dy;

	if (u < 0 || v < 0 || u >= scene->cols || v >= scene->rows)
		return;
	if (far[v * scene->cols + u] + step < far[at])
		far[at] = far[v * scene->cols + u] + step;
}

/* Distance to the nearest cell of a kind from low to high, in cells, by two
 * sweeps. */
static void
sweep(const struct scene *scene, enum cell low, enum cell high, float *far)
{
	for (size_t i = 0; i < scene->cells; i++)
		far[i] = scene->cell[i] >= low && scene->cell[i] <= high ? 0 :
		    EDGE_FAR;
	for (int y = 0; y < scene->rows; y++) {
		for (int x = 0; x < scene->cols; x++) {
			relax(scene, far, x, y, -1, 0);
			relax(scene, far, x, y, 0, -1);
			relax(scene, far, x, y, -1, -1);
			relax(scene, far, x, y, 1, -1);
		}
	}
	for (int y = scene->rows - 1; y >= 0; y--) {
		for (int x = scene->cols - 1; x >= 0; x--) {
			relax(scene, far, x, y, 1, 0);
			relax(scene, far, x, y, 0, 1);
			relax(scene, far, x, y, 1, 1);
			relax(scene, far, x, y, -1, 1);
		}
	}
}

/* Hair hangs loose beside the head; over the skull only its ends do, and what is
 * light further in there is gloss. */
static int
hangs_free(const struct scene *scene, int x, int y)
{
	double aside = fabs(x + 0.5 - scene->shape.x) / scene->shape.unit;

	return aside > SKULL_ASIDE ||
	    scene->inside[y * scene->cols + x] < ENDS;
}

static int
may_be_hair(const struct scene *scene, int x, int y, double end)
{
	return scene->cell[y * scene->cols + x] != CELL_WALL &&
	    shape_down(&scene->shape, y) < end &&
	    shape_solid(&scene->shape, x, y) == 0 &&
	    !shape_core(&scene->shape, x, y);
}

/* The median distance of dense hair from the wall; 0 when there is none. */
static float
hair_distance(const struct scene *scene)
{
	int bins[BINS] = { 0 }, count = 0, seen = 0, bin;

	for (int y = 0; y < scene->rows; y++) {
		for (int x = 0; x < scene->cols; x++) {
			int at = y * scene->cols + x;

			if (!may_be_hair(scene, x, y, HAIR_END) ||
			    scene->inside[at] < DEEP)
				continue;
			bin = (int)scene->distance[at];
			bins[bin < BINS ? bin : BINS - 1]++;
			count++;
		}
	}
	if (count < HAIR_LEAST)
		return 0;
	for (bin = 0; bin < BINS && 2 * seen < count; bin++)
		seen += bins[bin];
	return (float)bin;
}

static void
find_hair(struct scene *scene, struct hair *hair)
{
	float count = 0;

	*hair = (struct hair){ .distance = hair_distance(scene) };
	for (int y = 0; y < scene->rows; y++) {
		for (int x = 0; x < scene->cols; x++) {
			int at = y * scene->cols + x;

			if (!may_be_hair(scene, x, y, HAIR_END) ||
			    scene->inside[at] < DEEP ||
			    scene->distance[at] < hair->distance)
				continue;
			for (int c = 0; c < 3; c++) {
				hair->lab[c] += scene->lab[3 * at + c];
				scene->hair[c] += scene->rgb[3 * at + c];
			}
			count++;
		}
	}
	for (int c = 0; c < 3 && count > 0; c++) {
		hair->lab[c] /= count;
		scene->hair[c] /= count;
	}
	scene->has_hair = hair->distance > 0;
}

int
is_hair_like(const struct scene *scene, const float *rgb)
{
	float square = 0;

	for (int c = 0; c < 3; c++)
		square += (rgb[c] - scene->hair[c]) * (rgb[c] - scene->hair[c]);
	return scene->has_hair && square <= HAIR_LIKE * HAIR_LIKE;
}

/* How far a cell's colour is from the line between wall and hair. */
static float
off_mixture(const struct scene *scene, const struct hair *hair, int at)
{
	const float *wall = scene->behind + 3 * at, *lab = scene->lab + 3 * at;
	float along = 0, across = 0, off = 0, part;

	for (int c = 0; c < 3; c++) {
		along += (lab[c] - wall[c]) * (hair->lab[c] - wall[c]);
		across += (hair->lab[c] - wall[c]) * (hair->lab[c] - wall[c]);
	}
	part = across > 0 ? fminf(fmaxf(along / across, 0), 1) : 0;
	for (int c = 0; c < 3; c++) {
		float d = lab[c] - wall[c] - part * (hair->lab[c] - wall[c]);

		off += d * d;
	}
	return sqrtf(off);
}

/* Dense hair in one piece with that of the head, which may hang down beside the neck. */
static int
is_tress(const struct scene *scene, int x, int y, const struct hair *hair)
{
	int at = y * scene->cols + x;

	return may_be_hair(scene, x, y, LOOSE_END) &&
	    scene->distance[at] > LOOSE * hair->distance &&
	    off_mixture(scene, hair, at) < OFF_MIXTURE;
}

/* What loosening looks at. */
struct loosening {
	struct scene *scene;
	const struct hair *hair;
};

static int
hangs_on(void *state, int from, int to)
{
	const struct loosening *loosening = state;
	const struct scene *scene = loosening->scene;

	(void)from;
	return is_tress(scene, to % scene->cols, to / scene->cols,
	    loosening->hair);
}

static void
find_tresses(struct scene *scene, const struct hair *hair, int *queue)
{
	struct loosening loosening = { scene, hair };
	struct flood flood = { scene->cols, scene->rows, hair->tress, queue,
	    hangs_on, &loosening };

	for (int at = 0; at < (int)scene->cells; at++)
		hair->tress[at] = shape_down(&scene->shape, at / scene->cols) <
		    HAIR_END && hangs_on(&loosening, at, at);
	flood_run(&flood, flood_begin(&flood), FLOOD_SIDES);
}

/* Beside the neck a collar or a stripe may have the wall's colour, and wall shows
 * through only where a tress hangs on the neck's side. */
static int
hangs_there(const struct scene *scene, int x, int y, const struct hair *hair)
{
	int reach = (int)(REACH * scene->shape.unit + 0.5);
	int step = x < scene->shape.chin_x ? 1 : -1;

	if (shape_down(&scene->shape, y) < HAIR_END)
		return 1;
	if (off_mixture(scene, hair, y * scene->cols + x) > OFF_NEAR)
		return 0;
	for (int u = x; abs(u - x) <= reach && u >= 0 && u < scene->cols; u += step)
		if (hair->tress[y * scene->cols + u])
			return 1;
	return 0;
}

static int
is_loose(const struct scene *scene, int x, int y, const struct hair *hair)
{
	int at = y * scene->cols + x;

	return may_be_hair(scene, x, y, LOOSE_END) &&
	    hangs_free(scene, x, y) &&
	    scene->distance[at] < LOOSE * hair->distance &&
	    shape_odds(&scene->shape, x, y) < SKULL_ODDS &&
	    scene->rough[at] > scene->noise + STRANDS &&
	    off_mixture(scene, hair, at) < OFF_MIXTURE &&
	    hangs_there(scene, x, y, hair);
}

static int
loosens(void *state, int from, int to)
{
	const struct loosening *loosening = state;
	struct scene *scene = loosening->scene;

	(void)from;
	return scene->cell[to] == CELL_PERSON && is_loose(scene,
	    to % scene->cols, to / scene->cols, loosening->hair);
}

/* From the edge inwards, as long as wall shows through. */
static void
loosen(struct scene *scene, const struct hair *hair, int *queue)
{
	struct loosening loosening = { scene, hair };
	struct flood flood = { scene->cols, scene->rows, xcalloc(scene->cells, 1),
	    queue, loosens, &loosening };
	int count;

	for (int at = 0; at < (int)scene->cells; at++)
		flood.mark[at] = scene->inside[at] > 0 && scene->inside[at] < 1 &&
		    loosens(&loosening, at, at);
	count = flood_run(&flood, flood_begin(&flood), FLOOD_CORNERS);
	for (int k = 0; k < count; k++)
		scene->cell[queue[k]] = CELL_MAYBE_PERSON;
	free(flood.mark);
}

static float
from_edge(float wall, float person)
{
	return wall > 0 ? wall - 0.5f : 0.5f - person;
}

void
measure_depth(struct scene *scene)
{
	float *wall = xmalloc(scene->cells * sizeof(*wall));
	float *person = xmalloc(scene->cells * sizeof(*person));
	int *queue = xmalloc(scene->cells * sizeof(*queue));
	struct hair hair;

	sweep(scene, CELL_WALL, CELL_MAYBE_WALL, wall);
	sweep(scene, CELL_MAYBE_PERSON, CELL_PERSON, person);
	for (size_t i = 0; i < scene->cells; i++)
		scene->inside[i] = from_edge(wall[i], person[i]);
	find_hair(scene, &hair);
	hair.tress = xmalloc(scene->cells);
	find_tresses(scene, &hair, queue);
	loosen(scene, &hair, queue);
	free(hair.tress);
	sweep(scene, CELL_WALL, CELL_MAYBE_PERSON, wall);
	for (size_t i = 0; i < scene->cells; i++)
		scene->dense[i] = scene->cell[i] == CELL_MAYBE_PERSON ?
		    0.5f : from_edge(wall[i], person[i]);
	free(wall);
	free(person);
	free(queue);
}
