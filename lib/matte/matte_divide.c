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
#define PRIOR_PULL 0.5f
#define COLOUR_PULL 1.0f
#define COLOUR_PULL_MANY 0.2f	/* before a wall of many colours, which are the person's too */
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

static float
off_wall(const struct scene *scene, int at)
{
	return colours_apart(scene->lab + 3 * at, scene->behind + 3 * at);
}

static void
keep_nearest(float near[NEAREST], float square)
{
	for (int i = 0; i < NEAREST && square < near[NEAREST - 1]; i++)
		if (square < near[i]) {
			float last = near[i];

			near[i] = square;
			square = last;
		}
}

static int
first_from(int at)
{
	while (at < 0)
		at += STRIDE;
	return at;
}

/* Distance from the nearest colours of what is certainly person around a cell. */
static float
off_person(const struct scene *scene, int at, int reach)
{
	const float *lab = scene->lab + 3 * at;
	int x = at % scene->cols, y = at / scene->cols, u, v, there;
	int left = first_from(x - reach), top = first_from(y - reach);
	float near[NEAREST], sum = 0;

	for (int i = 0; i < NEAREST; i++)
		near[i] = FAR * FAR;
	for (v = top; v <= y + reach && v < scene->rows; v += STRIDE)
		for (u = left; u <= x + reach && u < scene->cols; u += STRIDE) {
			there = v * scene->cols + u;
			if (scene->known[there] == KNOWN_PERSON)
				keep_nearest(near, colours_square(lab,
				    scene->lab + 3 * there));
		}
	for (int i = 0; i < NEAREST; i++)
		sum += sqrtf(near[i]);
	return sum / NEAREST;
}

/* What colour and prior say of an open cell, and how strongly. */
static void
hear(struct scene *scene, int at, int reach, float *said, float *pull)
{
	float hair = colours_apart(scene->lab + 3 * at, scene->hair);
	float wall = scene->off_wall[at], person, apart, colour;

	person = off_person(scene, at, reach);
	if (hair < HAIR_NEAR && head_down(&scene->head, at / scene->cols) < LOOSE_END)
		person = fminf(person, hair);
	scene->off_person[at] = person;
	apart = fabsf(wall - person);
	colour = (scene->plain ? COLOUR_PULL : COLOUR_PULL_MANY) * apart /
	    (apart + 2 * OFF_LEAST + (float)scene->grain);
	*pull = colour + PRIOR_PULL;
	*said = (colour * wall / (wall + person + 0.01f) +
	    PRIOR_PULL * scene->prior[at]) / *pull;
}

/* ---- the field ---- */

/* An open cell; at the picture's border a neighbour is itself, without a tie. */
struct cell {
	int at, next[4];
	float tie[4];
	float said;		/* times the pull */
	float weight;		/* pull and ties together */
};

static float
tie(const struct scene *scene, int one, int other)
{
	float square = colours_square(scene->lab + 3 * one, scene->lab + 3 * other);
	float scale = 4 + 2 * (float)scene->grain;

	return TIE * (0.03f + expf(-square / (2 * scale * scale)));
}

static void
open_cell(const struct scene *scene, int at, float said, float pull, struct cell *cell)
{
	int x = at % scene->cols, y = at / scene->cols;
	int next[4] = { x + 1 < scene->cols ? at + 1 : at, x > 0 ? at - 1 : at,
		y + 1 < scene->rows ? at + scene->cols : at, y > 0 ? at - scene->cols : at };

	cell->at = at;
	cell->said = pull * said;
	cell->weight = pull;
	for (int k = 0; k < 4; k++) {
		cell->next[k] = next[k];
		cell->tie[k] = next[k] != at ? tie(scene, at, next[k]) : 0;
		cell->weight += cell->tie[k];
	}
}

static void
relax_cell(float *field, const struct cell *cell)
{
	float sum = cell->said;

	for (int k = 0; k < 4; k++)
		sum += cell->tie[k] * field[cell->next[k]];
	field[cell->at] += OVER * (sum / cell->weight - field[cell->at]);
}

/* Set a cell to what is said of it; returns 1 and fills cell when it is open. */
static int
begin_cell(struct scene *scene, int at, int reach, struct cell *cell)
{
	float said, pull;

	scene->off_wall[at] = off_wall(scene, at);
	scene->off_person[at] = FAR;
	scene->field[at] = scene->known[at] == KNOWN_PERSON;
	if (scene->known[at] != KNOWN_OPEN)
		return 0;
	hear(scene, at, reach, &said, &pull);
	scene->field[at] = said;
	open_cell(scene, at, said, pull, cell);
	return 1;
}

/* The cells by diagonals: each comes after those left of it and above, before the others,
 * as if row by row, but need not wait for the one before. */
static void
solve(struct scene *scene)
{
	int reach = (int)fmax(REACH * scene->head.unit, REACH_LEAST), count = 0, i, x, y;
	struct cell *cells = xmalloc(scene->cells * sizeof *cells);
	int diagonal, last = scene->cols + scene->rows - 2;

	for (diagonal = 0; diagonal <= last; diagonal++)
		for (y = 0; y < scene->rows; y++) {
			x = diagonal - y;
			if (x >= 0 && x < scene->cols)
				count += begin_cell(scene, y * scene->cols + x, reach,
				    &cells[count]);
		}
	for (int round = 0; round < ROUNDS; round++) {
		for (i = 0; i < count; i++)
			relax_cell(scene->field, &cells[i]);
		while (i-- > 0)
			relax_cell(scene->field, &cells[i]);
	}
	free(cells);
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
