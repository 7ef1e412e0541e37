#include "lib/matte/matte_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/mem.h"

/*
 * The field is the one that is smooth where colours are, and near what colour and prior
 * say of each cell: the least of
 *	sum over neighbours of tie (f - f')^2  +  sum over cells of pull (f - said)^2
 * with f known outside of the band; found by over-relaxation.
 */
enum {
	ROUNDS = 40,
	REACH_LEAST = 5,	/* cells that a colour is looked for in, */
	STRIDE = 2,		/* and how far apart */
	NEAREST = 3		/* so many of the nearest colours tell */
};

#define REACH 0.45		/* units */
#define HAIR_NEAR 15.0f		/* Lab distance; hair may hang far from other hair */
#define OVER 1.6f		/* relaxation */
#define OFF_LEAST 3.0f		/* Lab distance that says nothing */
#define SHADE_COUNTS 0.45f	/* of a wall's shade, as a distance */
#define SHADE_MOST 25.0f	/* L, and of the wall's L: */
#define SHADE_SHARE 0.3f
#define PRIOR_PULL 0.5f
#define COLOUR_PULL 1.0f
#define TIE 3.0f
#define FAR 100.0f		/* a distance where no colour was found */
#define LOOSE 0.6f		/* of the way from wall to person: seen through */
#define LOOSE_LEAST 30.0f	/* Lab distance of hair from wall that shows through */
#define LOOSE_DEEP 2.0f		/* cells; deeper only where the prior is less than this */
#define LOOSE_PRIOR 0.9f
#define STRANDS 2.0f		/* rougher than wall by, levels of green */
#define LOOSE_END 1.6		/* no hair hangs below, units */
#define NOTCH 0.16		/* half of a print's spot, units */
#define NOTCH_OFF (-1.0f)	/* cells that it may lie off what the prior shows */
#define SAME 8.0f		/* Lab distance of a notch from colours of the person */

/* ---- colours ---- */

/* Distance from the wall near by; a shade of it is nearer than it looks. */
static float
off_wall(const struct scene *scene, int at)
{
	const float *lab = scene->lab + 3 * at, *wall = scene->behind + 3 * at;
	float off = colours_apart(lab, wall);
	float shade = (float)shade_of(lab, wall);

	if (shade > 0 && shade < fminf(SHADE_MOST, SHADE_SHARE * wall[0]))
		return off * SHADE_COUNTS;
	return off;
}

/* Distance from the nearest colours of what is certainly person around a cell. */
static float
off_person(const struct scene *scene, int at, int reach)
{
	int x = at % scene->cols, y = at / scene->cols;
	float near[NEAREST] = { FAR, FAR, FAR }, off, sum = 0;

	for (int v = y - reach; v <= y + reach; v += STRIDE) {
		for (int u = x - reach; u <= x + reach; u += STRIDE) {
			int there = v * scene->cols + u;

			if (u < 0 || v < 0 || u >= scene->cols || v >= scene->rows ||
			    scene->known[there] != KNOWN_PERSON)
				continue;
			off = colours_apart(scene->lab + 3 * at, scene->lab + 3 * there);
			for (int i = 0; i < NEAREST; i++)
				if (off < near[i]) {
					float last = near[i];

					near[i] = off;
					off = last;
				}
		}
	}
	for (int i = 0; i < NEAREST; i++)
		sum += near[i];
	return sum / NEAREST;
}

/* What colour and prior say of an open cell, and how strongly. */
static void
hear(struct scene *scene, int at, int reach, float *said, float *pull)
{
	float wall, person, apart, colour, hair = colours_apart(scene->lab + 3 * at,
	    scene->hair);

	scene->off_wall[at] = wall = off_wall(scene, at);
	person = off_person(scene, at, reach);
	if (hair < HAIR_NEAR && head_down(&scene->head, at / scene->cols) < LOOSE_END)
		person = fminf(person, hair);
	scene->off_person[at] = person;
	apart = fabsf(wall - person);
	colour = COLOUR_PULL * apart / (apart + 2 * OFF_LEAST + (float)scene->grain);
	*pull = colour + PRIOR_PULL;
	*said = (colour * wall / (wall + person + 0.01f) +
	    PRIOR_PULL * scene->prior[at]) / *pull;
}

/* ---- the field ---- */

struct solver {
	const struct scene *scene;
	float *field, *said, *pull;
	float *right, *below;	/* ties */
	int *open;		/* cells, but those at the picture's border */
	int count;
};

static float
tie(const struct scene *scene, int one, int other)
{
	float off = colours_apart(scene->lab + 3 * one, scene->lab + 3 * other);
	float scale = 4 + 2 * (float)scene->grain;

	return TIE * (0.03f + expf(-off * off / (2 * scale * scale)));
}

static void
relax_cell(const struct solver *solver, int at)
{
	int cols = solver->scene->cols, x = at % cols, y = at / cols;
	float sum = solver->pull[at] * solver->said[at], weight = solver->pull[at];

	if (x + 1 < cols) {
		weight += solver->right[at];
		sum += solver->right[at] * solver->field[at + 1];
	}
	if (x > 0) {
		weight += solver->right[at - 1];
		sum += solver->right[at - 1] * solver->field[at - 1];
	}
	if (y + 1 < solver->scene->rows) {
		weight += solver->below[at];
		sum += solver->below[at] * solver->field[at + cols];
	}
	if (y > 0) {
		weight += solver->below[at - cols];
		sum += solver->below[at - cols] * solver->field[at - cols];
	}
	solver->field[at] += OVER * (sum / weight - solver->field[at]);
}

static void
tie_cells(struct solver *solver)
{
	const struct scene *scene = solver->scene;

	for (int y = 0; y < scene->rows; y++)
		for (int x = 0; x < scene->cols; x++) {
			int at = y * scene->cols + x;
			int open = scene->known[at] == KNOWN_OPEN;

			if (x + 1 < scene->cols &&
			    (open || scene->known[at + 1] == KNOWN_OPEN))
				solver->right[at] = tie(scene, at, at + 1);
			if (y + 1 < scene->rows &&
			    (open || scene->known[at + scene->cols] == KNOWN_OPEN))
				solver->below[at] = tie(scene, at, at + scene->cols);
		}
}

static void
solve(struct scene *scene)
{
	int reach = (int)fmax(REACH * scene->head.unit, REACH_LEAST);
	struct solver solver = { scene, scene->field,
		xmalloc(scene->cells * sizeof(float)),
		xmalloc(scene->cells * sizeof(float)),
		xcalloc(scene->cells, sizeof(float)),
		xcalloc(scene->cells, sizeof(float)),
		xmalloc(scene->cells * sizeof(int)), 0 };

	for (int at = 0; at < (int)scene->cells; at++) {
		scene->off_wall[at] = off_wall(scene, at);
		scene->off_person[at] = FAR;
		solver.field[at] = scene->known[at] == KNOWN_PERSON;
		if (scene->known[at] != KNOWN_OPEN)
			continue;
		hear(scene, at, reach, solver.said + at, solver.pull + at);
		solver.field[at] = solver.said[at];
		solver.open[solver.count++] = at;
	}
	tie_cells(&solver);
	for (int round = 0; round < ROUNDS; round++) {
		for (int i = 0; i < solver.count; i++)
			relax_cell(&solver, solver.open[i]);
		for (int i = solver.count; i-- > 0;)
			relax_cell(&solver, solver.open[i]);
	}
	free(solver.said);
	free(solver.pull);
	free(solver.right);
	free(solver.below);
	free(solver.open);
}

/* ---- the edge ---- */

/* What hangs together with the certain person (or wall) stays what it is. */
static void
keep_joined(const struct scene *scene, unsigned char *mark, int kind, int *queue)
{
	int known = kind ? KNOWN_PERSON : KNOWN_WALL, count = 0;
	unsigned char *joined = xcalloc(scene->cells, 1);

	for (int at = 0; at < (int)scene->cells; at++)
		if (scene->known[at] == known && mark[at] == kind) {
			joined[at] = 1;
			queue[count++] = at;
		}
	for (int i = 0; i < count; i++) {
		int x = queue[i] % scene->cols, y = queue[i] / scene->cols;

		for (int k = 0; k < 4; k++) {
			int u = x + (k == 0) - (k == 1), v = y + (k == 2) - (k == 3);
			int at = v * scene->cols + u;

			if (u < 0 || v < 0 || u >= scene->cols || v >= scene->rows ||
			    joined[at] || mark[at] != kind)
				continue;
			joined[at] = 1;
			queue[count++] = at;
		}
	}
	for (size_t at = 0; at < scene->cells; at++)
		if (mark[at] == kind && !joined[at])
			mark[at] = !kind;
	free(joined);
}

/* A notch in the body's outline that has a colour of the person near by is a print or a
 * fold of the wall's colour: an outline of clothing is smooth. */
static void
fill_notches(struct scene *scene, unsigned char *mark)
{
	float reach = fmaxf(NOTCH * (float)scene->head.unit, 1), *depth = scene->inside;
	unsigned char *wide = xmalloc(scene->cells);

	signed_depth(mark, scene->cols, scene->rows, depth);
	for (size_t i = 0; i < scene->cells; i++)
		wide[i] = depth[i] > -reach;
	signed_depth(wide, scene->cols, scene->rows, depth);
	for (int at = 0; at < (int)scene->cells; at++)
		if (!mark[at] && depth[at] > reach && scene->depth[at] > NOTCH_OFF &&
		    scene->off_person[at] < SAME + 2 * (float)scene->grain &&
		    head_down(&scene->head, at / scene->cols) > BODY)
			mark[at] = 1;
	free(wide);
}

/* Hair that wall shows through: between the two colours, and rougher than wall. */
static int
is_loose(const struct scene *scene, int at)
{
	float wall = scene->off_wall[at], person = scene->off_person[at];

	return scene->known[at] == KNOWN_OPEN &&
	    (scene->inside[at] < LOOSE_DEEP || scene->prior[at] < LOOSE_PRIOR) &&
	    head_down(&scene->head, at / scene->cols) < LOOSE_END &&
	    wall < LOOSE * (wall + person) &&
	    colours_apart(scene->hair, scene->behind + 3 * at) > LOOSE_LEAST &&
	    scene->rough[at] > (float)scene->noise + STRANDS;
}

void
divide(struct scene *scene)
{
	unsigned char *mark = xmalloc(scene->cells);
	int *queue = xmalloc(scene->cells * sizeof *queue);

	solve(scene);
	for (size_t i = 0; i < scene->cells; i++)
		mark[i] = scene->field[i] >= 0.5f;
	fill_notches(scene, mark);
	keep_joined(scene, mark, 1, queue);
	keep_joined(scene, mark, 0, queue);
	signed_depth(mark, scene->cols, scene->rows, scene->inside);
	for (int at = 0; at < (int)scene->cells; at++)
		if (mark[at] && is_loose(scene, at))
			mark[at] = 0;
	signed_depth(mark, scene->cols, scene->rows, scene->dense);
	for (size_t i = 0; i < scene->cells; i++)
		if (!mark[i] && scene->inside[i] > 0)
			scene->dense[i] = 0.5f;
	free(mark);
	free(queue);
}
