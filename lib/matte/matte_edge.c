#include "lib/matte/matte_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/mem.h"
#include "lib/matte/spread.h"

#define OUT_CELLS 5.5f		/* how far strands of hair are followed */
#define IN_CELLS 3.5f
#define SURE_CELLS 1.9f		/* from the edge: colours pure from here on */
#define THIN_CELLS 0.9f		/* and nearly so from here, as in an ear */
#define SHADE_HAIR 40.0f	/* how dearly a shade of the person's colour */
#define SHADE_SOLID 200.0f	/* costs, levels of sRGB */
#define HAIR_END 1.5		/* below, no hair hangs beside the person */
#define ALIKE 10.0f		/* Lab distance from wall and from person, both */
#define BROWS (-0.25)		/* above, there is hair, */
#define ISLAND 10		/* alpha; less is haze, and joins nothing */
#define ISLAND_CELLS 4		/* smaller spots apart from the person are none of it */
#define HAIR_LIKE 60.0f		/* colours so near may be hair, levels of sRGB */

/* Whether wall cannot show through the person here. */
static int
is_solid(const struct scene *scene, size_t at, const float *person)
{
	double down = head_down(&scene->head, (int)(at / (size_t)scene->cols));

	return down > HAIR_END ||
	    (down > BROWS && colours_apart(person, scene->hair_rgb) > HAIR_LIKE);
}

/* Whether a cell of the body has a colour that wall and person share: nothing but the
 * outline tells its pixels. */
static int
is_alike(const struct scene *scene, size_t at)
{
	float alike = ALIKE + 2 * (float)scene->grain;

	return scene->inside[at] > 0 && scene->off_wall[at] < alike &&
	    scene->off_person[at] < alike &&
	    head_down(&scene->head, (int)(at / (size_t)scene->cols)) > BODY;
}

void
edge_sides(const struct scene *scene, struct matte *matte)
{
	float *wall = xmalloc(3 * scene->cells * sizeof *wall);
	float *person = xmalloc(3 * scene->cells * sizeof *person);
	float *on_wall = xmalloc(scene->cells * sizeof *on_wall);
	float *on_person = xmalloc(scene->cells * sizeof *on_person);

	memcpy(wall, scene->rgb, 3 * scene->cells * sizeof *wall);
	memcpy(person, scene->rgb, 3 * scene->cells * sizeof *person);
	for (size_t i = 0; i < scene->cells; i++) {
		on_wall[i] = scene->dense[i] < -SURE_CELLS &&
		    (scene->known[i] == KNOWN_WALL ||
		    scene->off_wall[i] < scene->off_person[i]);
		on_person[i] = is_alike(scene, i) || scene->dense[i] > SURE_CELLS ? 1 :
		    scene->dense[i] > THIN_CELLS ? 0.3f : 0;
	}
	spread(wall, on_wall, scene->cols, scene->rows, 3);
	spread(person, on_person, scene->cols, scene->rows, 3);
	for (size_t i = 0; i < scene->cells; i++) {
		memcpy(matte->side[i].wall, wall + 3 * i, 3 * sizeof(float));
		memcpy(matte->side[i].person, person + 3 * i, 3 * sizeof(float));
		matte->side[i].inside = scene->dense[i];
		matte->side[i].solid = (float)is_solid(scene, i, person + 3 * i);
	}
	free(wall);
	free(person);
	free(on_wall);
	free(on_person);
}

static float
clamp(float low, float high, float value)
{
	return value < low ? low : value > high ? high : value;
}

/* The share of person in a mixture of the wall's colour and a shade of the person's:
 * the least of |pixel - p person - (1 - a) wall|^2 + shade^2 (p - a)^2. */
static float
mixed(const struct matte_side *side, const unsigned char *pixel, float shade)
{
	float pp = shade * shade, ww = pp, pw = pp, rp = 0, rw = 0, det;

	for (int c = 0; c < 3; c++) {
		float rise = pixel[c] - side->wall[c];

		pp += side->person[c] * side->person[c];
		ww += side->wall[c] * side->wall[c];
		pw += side->person[c] * side->wall[c];
		rp += rise * side->person[c];
		rw += rise * side->wall[c];
	}
	det = pp * ww - pw * pw;
	return clamp(0, 1, (pw * rp - pp * rw) / fmaxf(det, 1));
}

/* What the cells' outline alone says. */
static float
shape_at(const struct matte_side *side, int step)
{
	return clamp(0, 1, 0.5f + side->inside * (float)step / 3);
}

static float
alpha_at(const struct matte_side *side, const unsigned char *pixel, float noise,
    int step)
{
	float along = 0, across = 0, from = 0, a, high, low, trust, shape, off,
	    near, deep;

	for (int c = 0; c < 3; c++) {
		float span = side->person[c] - side->wall[c];
		float rise = pixel[c] - side->wall[c];

		along += rise * span;
		across += span * span;
		from += rise * rise;
	}
	shape = shape_at(side, step);
	/* Colours too near to tell apart: the cut's outline alone counts. */
	near = 12 + 5 * noise;
	trust = across / (across + near * near);
	a = mixed(side, pixel, SHADE_HAIR + side->solid *
	    (SHADE_SOLID - SHADE_HAIR));
	/* How far the pixel is from any mixture of the two colours. */
	off = sqrtf(fmaxf(from - 2 * a * along + a * a * across, 0));
	high = side->inside > 0 ? clamp(0.5f, 1, 0.95f - 0.15f * side->inside) :
	    0.95f;
	low = side->inside > 1 ? 0.02f :
	    0.03f + (3 + 2.5f * noise) / sqrtf(across + 1);
	if (side->inside > 0 && from > across)
		a = 1;
	a = clamp(0, 1, (a - low) / fmaxf(high - low, 0.1f));
	deep = side->solid * clamp(0, 1, 1.5f * side->inside) +
	    (1 - side->solid) * clamp(0, 1, 0.5f * (side->inside - 1));
	if (a < shape)
		trust *= (1 - deep * clamp(0, 1,
		    off / (5 + 2.5f * noise + 30 * a) - 1)) *
		    (1 - side->solid * clamp(0, 1, side->inside - 0.5f)) *
		    clamp(0, 1, (2.8f - side->inside) / 1.8f);
	return trust * a + (1 - trust) * shape;
}

/* Before a wall of many colours no mixture tells of person. */
static void
cell_alpha(const struct scene *scene, struct matte *matte, int col, int row)
{
	float noise = (float)fmin(fmax(scene->noise, 1), 8);
	int step = scene->step;

	for (int y = row * step; y < (row + 1) * step && y < matte->height;
	    y++) {
		for (int x = col * step; x < (col + 1) * step &&
		    x < matte->width; x++) {
			size_t at = (size_t)y * (size_t)matte->width +
			    (size_t)x;
			struct matte_side side;

			matte_side_at(matte, x, y, &side);
			matte->alpha[at] = (unsigned char)(255 * (scene->plain ?
			    alpha_at(&side, scene->pixels + 3 * at, noise, step) :
			    shape_at(&side, step)) + 0.5f);
		}
	}
}

static void
cell_fill(struct matte *matte, int step, int col, int row, int value)
{
	int width = matte->width - col * step;

	width = width < step ? width : step;
	for (int y = row * step; y < (row + 1) * step && y < matte->height; y++)
		memset(matte->alpha + (size_t)y * (size_t)matte->width +
		    (size_t)(col * step), value, (size_t)width);
}

void
edge_alpha_row(const struct scene *scene, struct matte *matte, int row)
{
	for (int col = 0; col < scene->cols; col++) {
		float in = scene->dense[row * scene->cols + col];

		if (in > IN_CELLS || in < -OUT_CELLS)
			cell_fill(matte, scene->step, col, row,
			    in > 0 ? 255 : 0);
		else
			cell_alpha(scene, matte, col, row);
	}
}

/* Whether a pixel is in a cell that was decided to be person. */
static int
is_in_person(const struct scene *scene, size_t at)
{
	int x = (int)(at % (size_t)scene->width), y = (int)(at / (size_t)scene->width);

	return scene->inside[y / scene->step * scene->cols + x / scene->step] > 0;
}

/* Gather what hangs together with a pixel, outside of the person, into the queue, seen
 * being marked; returns how many pixels, 0 when it touches the person. */
static size_t
gather_island(const struct scene *scene, const struct matte *matte, size_t start,
    unsigned char *seen, size_t *queue)
{
	size_t width = (size_t)matte->width, all = width * (size_t)matte->height;
	size_t count = 1, person = 0, i;

	queue[0] = start;
	seen[start] = 1;
	for (i = 0; i < count; i++) {
		size_t at = queue[i], x = at % width;
		size_t next[4] = { x > 0 ? at - 1 : at, x + 1 < width ? at + 1 : at,
			at >= width ? at - width : at, at + width < all ? at + width : at };

		for (int k = 0; k < 4; k++) {
			if (seen[next[k]] || matte->alpha[next[k]] < ISLAND)
				continue;
			if (is_in_person(scene, next[k])) {
				person++;
			} else {
				seen[next[k]] = 1;
				queue[count++] = next[k];
			}
		}
	}
	return person > 0 ? 0 : count;
}

/* Islands that have a pixel in a row of one cell. */
static void
drop_islands_at(const struct scene *scene, struct matte *matte, size_t at, size_t end,
    unsigned char *seen, size_t *queue)
{
	size_t most = ISLAND_CELLS * (size_t)(scene->step * scene->step), count, k;

	for (; at < end; at++) {
		if (matte->alpha[at] < ISLAND || seen[at])
			continue;
		count = gather_island(scene, matte, at, seen, queue);
		for (k = 0; k < count && count < most; k++)
			matte->alpha[queue[k]] = 0;
	}
}

void
drop_islands(const struct scene *scene, struct matte *matte)
{
	size_t all = (size_t)matte->width * (size_t)matte->height, row, end;
	size_t *queue = xmalloc(all * sizeof *queue);
	unsigned char *seen = xcalloc(all, 1);
	int step = scene->step, y, col;

	for (y = 0; y < matte->height; y++)
		for (col = 0; col < scene->cols; col++) {
			if (scene->inside[y / step * scene->cols + col] > 0)
				continue;	/* person */
			row = (size_t)y * (size_t)matte->width;
			end = (size_t)(col + 1) * (size_t)step;
			drop_islands_at(scene, matte, row + (size_t)(col * step), row +
			    (end < (size_t)matte->width ? end : (size_t)matte->width),
			    seen, queue);
		}
	free(seen);
	free(queue);
}
