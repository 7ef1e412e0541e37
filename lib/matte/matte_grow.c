#include "lib/matte/matte_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/matte/flood.h"
#include "lib/matte/spread.h"

enum { ROUNDS = 2 };

#define BORDER_DEPTH 0.04	/* of the picture's width */
#define SHARE_MIN 0.45		/* of the border on one surface, else no wall */
#define CELLS_MIN 0.3		/* of the border's length that may be used */
#define FOLLOW_LIGHT 45.0f	/* how far shadows may leave the surface, L */
#define FOLLOW_COLOUR 9.0f	/* and in a and b */
#define HUE 2.5f		/* of a shadow's hue, a and b, more for each L, */
#define HUE_SHARE 0.15f
#define HUE_COLOUR 0.05f	/* and for the wall's own colour */
#define SHADE_MOST 0.45f	/* of the wall's light in its darkest shadow */
#define DARKER 2.0f		/* than the wall is its shadow, L */
#define FADE 0.06f		/* of its light, from a cell to the next */
#define FADE_COLOUR 2.0f
#define FADE_ROUGH 3.0f	/* levels above the wall's own */
#define SPOT_LIGHT 12.0f	/* and spots of light */
#define KEEP 0.5f		/* of the mean's past, a cell */

/* The border above the shoulders, where nothing but wall should be. */
static size_t
mark_border(const struct scene *scene, unsigned char *mask)
{
	int depth = (int)(BORDER_DEPTH * scene->cols + 0.5);
	size_t count = 0;

	if (depth < 2)
		depth = 2;
	for (int y = 0; y < scene->rows; y++) {
		int open = shape_down(&scene->shape, y) < 1.1;

		for (int x = 0; x < scene->cols; x++) {
			int at = y * scene->cols + x;
			int edge = y < depth || x < depth ||
			    x >= scene->cols - depth;

			mask[at] = open && edge &&
			    !shape_core(&scene->shape, x, y);
			count += mask[at];
		}
	}
	return count;
}

static void
measure(struct scene *scene)
{
	for (size_t i = 0; i < scene->cells; i++) {
		const float *lab = scene->lab + 3 * i;
		const float *behind = scene->behind + 3 * i;
		float dl = lab[0] - behind[0], da = lab[1] - behind[1];
		float db = lab[2] - behind[2];

		scene->distance[i] = sqrtf(dl * dl + da * da + db * db);
	}
}

static float
limit(float value, float bound)
{
	return value > bound ? bound : value < -bound ? -bound : value;
}

/* The wall's colour everywhere: the surface, and near cells known as wall what
 * they differ from it (shadows, spots of light). */
static void
follow(struct scene *scene, const unsigned char *mask)
{
	float *rest = xcalloc(3 * scene->cells, sizeof(*rest));
	float *weight = xcalloc(scene->cells, sizeof(*weight));

	wall_render(&scene->wall, scene->behind);
	for (size_t i = 0; i < scene->cells; i++) {
		weight[i] = mask[i] ? 0.5f : 0;
		for (size_t c = 0; c < 3 && mask[i]; c++)
			rest[3 * i + c] = limit(scene->lab[3 * i + c] -
			    scene->behind[3 * i + c],
			    c == 0 ? FOLLOW_LIGHT : FOLLOW_COLOUR);
	}
	spread(rest, weight, scene->cols, scene->rows, 3);
	for (size_t i = 0; i < 3 * scene->cells; i++)
		scene->behind[i] += rest[i];
	free(rest);
	free(weight);
}

static float
apart(const float *one, const float *other)
{
	float dl = one[0] - other[0], da = one[1] - other[1];
	float db = one[2] - other[2];

	return sqrtf(dl * dl + da * da + db * db);
}

/* Whether a colour can be a wall's: in a shadow all three of L + 16, a and b shrink
 * by one factor (CIE 15, the cube roots), in a spot of light they grow.  The less the
 * light differs, the nearer is the hue; clothing nearly of the wall's colour is not. */
static int
may_be(const float *lab, const float *wall)
{
	float shade = (lab[0] + 16) / fmaxf(wall[0] + 16, 1);
	float hue = fminf(HUE + HUE_SHARE * fabsf(lab[0] - wall[0]) +
	    HUE_COLOUR * hypotf(wall[1], wall[2]), FOLLOW_COLOUR);

	return lab[0] - wall[0] < SPOT_LIGHT && shade > SHADE_MOST &&
	    fabsf(lab[1] - shade * wall[1]) < hue &&
	    fabsf(lab[2] - shade * wall[2]) < hue;
}

int
grow_may_be_wall(const struct scene *scene, int at)
{
	return may_be(scene->lab + 3 * at, scene->behind + 3 * at);
}

/* The same by the surface alone, lest shadow be followed into shadow. */
static int
on_surface(const struct scene *scene, int x, int y)
{
	float wall[3];

	wall_at(&scene->wall, x, y, wall);
	return may_be(scene->lab + 3 * (y * scene->cols + x), wall);
}

/* Where wall is not sought: the person for certain, and shoulders and collar
 * as expected, because these may have the wall's colour. */
static int
closed(const struct scene *scene, int x, int y)
{
	double bar = shape_down(&scene->shape, y) > 1.1 ? 0.5 : 2.5;

	return shape_core(&scene->shape, x, y) ||
	    shape_odds(&scene->shape, x, y) > bar;
}

/* Whether light alone changes a little from a cell to the next, as at a shadow's
 * soft border; hair is rougher, and a white collar not darker than the wall. */
static int
fades(const struct scene *scene, int from, int to)
{
	const float *near = scene->lab + 3 * from, *far = scene->lab + 3 * to;
	float shade = (far[0] + 16) / (near[0] + 16), wall[3];

	wall_at(&scene->wall, to % scene->cols, to / scene->cols, wall);
	return far[0] < wall[0] - DARKER && fabsf(shade - 1) < FADE &&
	    fabsf(far[1] - shade * near[1]) < FADE_COLOUR &&
	    fabsf(far[2] - shade * near[2]) < FADE_COLOUR &&
	    scene->rough[to] < scene->noise + FADE_ROUGH;
}

/* The wall while it grows. */
struct growth {
	const struct scene *scene;
	float *trail;		/* for each cell the mean of the wall on the way */
	float near;
};

/*
 * Take cells next to wall into it, when they differ little from the mean of the
 * wall on the way to them: so a shadow that sets in softly is followed, and a
 * person's outline is not crossed.
 */
static int
grows(void *state, int from, int to)
{
	const struct growth *growth = state;
	const struct scene *scene = growth->scene;
	const float *way = growth->trail + 3 * from, *lab = scene->lab + 3 * to;
	int x = to % scene->cols, y = to / scene->cols;

	if ((apart(lab, way) > growth->near && !fades(scene, from, to)) ||
	    !on_surface(scene, x, y) || closed(scene, x, y))
		return 0;
	for (int c = 0; c < 3; c++)
		growth->trail[3 * to + c] = KEEP * way[c] + (1 - KEEP) * lab[c];
	return 1;
}

static void
grow(const struct scene *scene, unsigned char *mask, int *queue, float *trail)
{
	struct growth growth = { scene, trail,
	    (float)fmin(fmax(2.5 * scene->wall.sigma, 3.2), 7) };
	struct flood flood = { scene->cols, scene->rows, mask, queue, grows,
	    &growth };

	memcpy(trail, scene->behind, 3 * scene->cells * sizeof(*trail));
	flood_run(&flood, flood_begin(&flood), FLOOD_SIDES);
}

/* Border cells that lie on the surface are where wall begins. */
static void
keep_plain(const struct scene *scene, unsigned char *mask)
{
	float near = (float)fmin(fmax(3 * scene->wall.sigma, 4), 10);

	for (size_t i = 0; i < scene->cells; i++)
		mask[i] = mask[i] && scene->distance[i] <= near;
}

static int
find_border(struct scene *scene, unsigned char *mask, struct buf *err)
{
	size_t border = mark_border(scene, mask);

	if ((double)border < CELLS_MIN * BORDER_DEPTH * scene->cols *
	    (scene->cols + scene->rows) ||
	    wall_fit(scene->lab, mask, scene->cols, scene->rows,
	    &scene->wall) < 0) {
		buf_adds(err, "no wall to be seen above the shoulders");
		return -1;
	}
	if (scene->wall.share < SHARE_MIN) {
		buf_addf(err, "the background is not one plain colour: "
		    "only %.0f %% of its border is", 100 * scene->wall.share);
		return -1;
	}
	wall_render(&scene->wall, scene->behind);
	measure(scene);
	keep_plain(scene, mask);
	return 0;
}

/* How the wall scatters. */
static void
measure_grain(struct scene *scene, const unsigned char *mask)
{
	double about = 0, step = 0, noise = 0, n = 1, pairs = 1;

	for (size_t i = 0; i + 1 < scene->cells; i++) {
		if (!mask[i])
			continue;
		about += scene->distance[i] * scene->distance[i];
		noise += scene->rough[i];
		n++;
		if (!mask[i + 1] || (i + 1) % (size_t)scene->cols == 0)
			continue;
		step += apart(scene->lab + 3 * i, scene->lab + 3 * i + 3);
		pairs++;
	}
	scene->sigma = sqrt(about / n / 3);
	scene->grain = step / pairs;
	scene->noise = noise / n;
}

int
grow_wall(struct scene *scene, struct buf *err)
{
	unsigned char *mask = xmalloc(scene->cells);
	int *queue = xmalloc(scene->cells * sizeof(*queue));
	float *trail = xmalloc(3 * scene->cells * sizeof(*trail));
	int result = find_border(scene, mask, err);

	for (int round = 0; result == 0 && round < ROUNDS; round++) {
		measure_grain(scene, mask);
		grow(scene, mask, queue, trail);
		wall_fit(scene->lab, mask, scene->cols, scene->rows,
		    &scene->wall);
		follow(scene, mask);
		measure(scene);
	}
	measure_grain(scene, mask);
	for (size_t i = 0; i < scene->cells; i++)
		scene->cell[i] = mask[i] ? CELL_MAYBE_WALL : CELL_MAYBE_PERSON;
	free(trail);
	free(queue);
	free(mask);
	return result;
}
