#include "lib/matte/matte_parts.h"

#include <math.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/matte/cut.h"
#include "lib/matte/flood.h"

enum {
	UNIT = 64,		/* whole-number costs per natural logarithm */
	BINS = 48		/* of clothing's distances, one a Lab unit */
};

#define UNIFORM (1.0 / 60)	/* density of a person's distances, unknown */
#define STRAY 1e-5		/* density of a wall's distances far out */
#define COST_MAX 14.0
#define TIE 4.0			/* cost of an edge where there is no contrast */
#define TIE_SURE 0.25		/* and where there is much */
#define WINDOW_END 1.5		/* no wall is seen through a person below, units */
#define WINDOW_SIGMAS 2.0	/* of a window's cells from the wall, at most */
#define WINDOW_LEAST 6		/* cells */

/* What the costs are made from. */
struct model {
	double sigma;		/* of the wall's cells */
	double tie;		/* difference of two cells that may be one */
	double clothes[BINS];	/* density of the chest's distances */
};

static int
at_chest(const struct shape *shape, int x, int y)
{
	return shape_down(shape, y) > 1.6 && shape_core(shape, x, y);
}

static void
learn(const struct scene *scene, struct model *model)
{
	double raw[BINS + 2] = { 0 }, total = 0;

	model->sigma = fmin(0.5 + 1.6 * scene->sigma, 4.5);
	model->tie = fmin(0.8 + 3 * scene->grain, 6);
	for (int y = 0; y < scene->rows; y++) {
		for (int x = 0; x < scene->cols; x++) {
			double d = scene->distance[y * scene->cols + x];

			if (!at_chest(&scene->shape, x, y))
				continue;
			raw[d < BINS ? (int)d + 1 : BINS + 1]++;
			total++;
		}
	}
	for (int i = 0; i < BINS; i++) {
		double smooth = (raw[i] + 2 * raw[i + 1] + raw[i + 2]) / 4;

		model->clothes[i] = total > 0 ? 0.6 * smooth / total +
		    0.4 * UNIFORM : UNIFORM;
	}
}

static double
wall_cost(const struct model *model, double distance)
{
	double q = distance / model->sigma;
	double density = 0.8 / model->sigma * exp(-q * q / 2) + STRAY;

	return -log(density);
}

static double
person_cost(const struct scene *scene, const struct model *model, int x, int y)
{
	double d = scene->distance[y * scene->cols + x];

	if (shape_down(&scene->shape, y) < 1.35 || d >= BINS)
		return -log(UNIFORM);
	return -log(model->clothes[(int)d]);
}

/* All eight neighbours, where there are any, are wall by the flood too. */
static int
deep_in_wall(const struct scene *scene, int x, int y)
{
	for (int v = y - 1; v <= y + 1; v++)
		for (int u = x - 1; u <= x + 1; u++)
			if (u >= 0 && v >= 0 && u < scene->cols &&
			    v < scene->rows &&
			    scene->cell[v * scene->cols + u] > CELL_MAYBE_WALL)
				return 0;
	return 1;
}

static int
whole(double cost)
{
	return (int)(fmin(fmax(cost, 0), COST_MAX) * UNIT + 0.5);
}

static void
set_cell(struct cut *cut, const struct scene *scene, const struct model *model,
    int x, int y)
{
	double odds = shape_odds(&scene->shape, x, y), wall, person;
	double d = scene->distance[y * scene->cols + x];

	if (shape_core(&scene->shape, x, y)) {
		cut_fix(cut, x, y, 1);
		return;
	}
	if (odds < -1.5 && deep_in_wall(scene, x, y)) {
		cut_fix(cut, x, y, 0);
		return;
	}
	wall = wall_cost(model, d) + fmax(odds, 0);
	person = person_cost(scene, model, x, y) + fmax(-odds, 0);
	cut_cell(cut, x, y, whole(wall), whole(person));
}

static void
set_pair(struct cut *cut, const struct scene *scene, const struct model *model,
    int x, int y, enum cut_side side)
{
	static const int across[] = { 1, 0, 1, -1 }, down[] = { 0, 1, 1, 1 };
	int u = x + across[side], v = y + down[side];
	const float *a, *b;
	double sum = 0, cost;

	if (u < 0 || u >= scene->cols || v >= scene->rows)
		return;
	a = scene->lab + 3 * (y * scene->cols + x);
	b = scene->lab + 3 * (v * scene->cols + u);
	for (int c = 0; c < 3; c++)
		sum += (a[c] - b[c]) * (a[c] - b[c]);
	cost = TIE_SURE + TIE * exp(-sum / (2 * model->tie * model->tie));
	if (side >= CUT_BELOW_RIGHT)
		cost *= 0.7;
	cut_pair(cut, x, y, side, whole(cost));
}

static void
solve(struct scene *scene)
{
	struct cut *cut = cut_new(scene->cols, scene->rows);
	struct model model;

	learn(scene, &model);
	for (int y = 0; y < scene->rows; y++) {
		for (int x = 0; x < scene->cols; x++) {
			set_cell(cut, scene, &model, x, y);
			for (int s = CUT_RIGHT; s <= CUT_BELOW_LEFT; s++)
				set_pair(cut, scene, &model, x, y,
				    (enum cut_side)s);
		}
	}
	cut_solve(cut);
	for (int y = 0; y < scene->rows; y++)
		for (int x = 0; x < scene->cols; x++)
			scene->cell[y * scene->cols + x] =
			    cut_label(cut, x, y) ? CELL_PERSON : CELL_WALL;
	cut_free(cut);
}

static int
is_person(void *state, int from, int to)
{
	const struct scene *scene = state;

	(void)from;
	return scene->cell[to] == CELL_PERSON;
}

static int
is_wall(void *state, int from, int to)
{
	const struct scene *scene = state;

	(void)from;
	return scene->cell[to] == CELL_WALL;
}

/* Whether a hole in the person, the count cells of list, is wall that is seen
 * through loops of hair: beside the head, of the wall's colour all over.  In the
 * skull and in the clothing there are no holes. */
static int
is_window(const struct scene *scene, const int *list, int count)
{
	double far = 0, odds = 0;

	for (int i = 0; i < count; i++) {
		int x = list[i] % scene->cols, y = list[i] / scene->cols;

		if (shape_down(&scene->shape, y) > WINDOW_END)
			return 0;
		odds += shape_odds(&scene->shape, x, y);
		far += scene->distance[list[i]];
	}
	return count >= WINDOW_LEAST && odds < 0.5 * count &&
	    far / count < WINDOW_SIGMAS * fmax(scene->sigma, 1);
}

/* Close the holes in the person but windows.  mark is set where wall hangs
 * together with the border. */
static void
close_holes(struct scene *scene, struct flood *flood)
{
	for (int at = 0; at < (int)scene->cells; at++) {
		int count;

		if (scene->cell[at] != CELL_WALL || flood->mark[at])
			continue;
		flood->mark[at] = 1;
		flood->queue[0] = at;
		count = flood_run(flood, 1, FLOOD_SIDES);
		if (is_window(scene, flood->queue, count))
			continue;
		for (int k = 0; k < count; k++)
			scene->cell[flood->queue[k]] = CELL_PERSON;
	}
}

/* One person, connected with the face, without holes. */
static void
tidy(struct scene *scene)
{
	struct flood flood = { scene->cols, scene->rows, xcalloc(scene->cells, 1),
	    xmalloc(scene->cells * sizeof(int)), is_person, scene };

	for (int at = 0; at < (int)scene->cells; at++)
		flood.mark[at] = shape_core(&scene->shape, at % scene->cols,
		    at / scene->cols) != 0;
	flood_run(&flood, flood_begin(&flood), FLOOD_SIDES);
	for (size_t i = 0; i < scene->cells; i++)
		scene->cell[i] = flood.mark[i] ? CELL_PERSON : CELL_WALL;
	for (int at = 0; at < (int)scene->cells; at++) {
		int x = at % scene->cols, y = at / scene->cols;

		flood.mark[at] = scene->cell[at] == CELL_WALL && (x == 0 ||
		    y == 0 || x == scene->cols - 1 || y == scene->rows - 1);
	}
	flood.takes = is_wall;
	flood_run(&flood, flood_begin(&flood), FLOOD_SIDES);
	close_holes(scene, &flood);
	free(flood.queue);
	free(flood.mark);
}

void
decide_cells(struct scene *scene)
{
	solve(scene);
	tidy(scene);
}
