#include "lib/matte/matte_parts.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/mem.h"
#include "lib/matte/flood.h"

enum {
	SEEN = 24,		/* alpha that is part of an outline */
	GAP = 2,		/* pixels each way over which a broken outline is closed */
	DARKER = 16,		/* levels of sRGB: a shadow */
	NEAR = 3,		/* cells: where loose hair would be */
	FAR = 8			/* and clothing of the wall's colour */
};

#define ALIKE 9.0f		/* Lab distance from the wall's colour */
#define NECK 0.9		/* clothing and neck are below, units from the eyes */

/* The part of the picture below the chin, from row top on. */
struct part {
	int top, width, height;
	const unsigned char *alpha;
	unsigned char *barrier;	/* the outline, closed */
};

static int
is_open(void *state, int from, int to)
{
	const struct part *part = state;

	(void)from;
	return !part->barrier[to];
}

/* Set what is within reach of what is set. */
static void
widen(unsigned char *map, int width, int height, int reach)
{
	size_t size = (size_t)width * (size_t)height;
	unsigned char *from = xmalloc(size);

	memcpy(from, map, size);
	for (int y = 0; y < height; y++)
		for (int x = 0; x < width; x++)
			for (int k = -reach; k <= reach; k++)
				if (x + k >= 0 && x + k < width)
					map[y * width + x] |=
					    from[y * width + x + k];
	memcpy(from, map, size);
	for (int y = 0; y < height; y++)
		for (int k = -reach; k <= reach; k++)
			for (int x = 0; x < width && y + k >= 0 && y + k < height;
			    x++)
				map[y * width + x] |= from[(y + k) * width + x];
	free(from);
}

/* What can be walked to from the part's border without crossing the outline. */
static unsigned char *
outside_of(struct part *part)
{
	int count = part->width * part->height;
	struct flood flood = { part->width, part->height,
	    xcalloc((size_t)count, 1), xmalloc((size_t)count * sizeof(int)),
	    is_open, part };

	part->barrier = xmalloc((size_t)count);
	for (int at = 0; at < count; at++)
		part->barrier[at] = part->alpha[at] >= SEEN;
	widen(part->barrier, part->width, part->height, GAP);
	for (int at = 0; at < count; at++) {
		int x = at % part->width, y = at / part->width;

		flood.mark[at] = !part->barrier[at] && (x == 0 || y == 0 ||
		    x == part->width - 1 || y == part->height - 1);
	}
	flood_run(&flood, flood_begin(&flood), FLOOD_SIDES);
	free(part->barrier);
	free(flood.queue);
	return flood.mark;
}

/* Beside clothing of the wall's colour, and no loose hair is near, between which wall
 * is seen. */
static int
is_beside_alike(const struct scene *scene, const struct matte *matte, int x, int y)
{
	int col = x / scene->step, row = y / scene->step, alike = 0;

	if (matte->side[row * scene->cols + col].solid <= 0)
		return 0;
	for (int v = row - FAR; v <= row + FAR; v++) {
		for (int u = col - FAR; u <= col + FAR; u++) {
			int at = v * scene->cols + u;

			if (u < 0 || v < 0 || u >= scene->cols ||
			    v >= scene->rows)
				continue;
			if (scene->cell[at] == CELL_MAYBE_PERSON &&
			    abs(u - col) <= NEAR && abs(v - row) <= NEAR)
				return 0;
			alike |= scene->inside[at] > 1 &&
			    scene->distance[at] < ALIKE;
		}
	}
	return alike;
}

/* A shadow is darker than the wall; clothing that was taken for wall is not. */
static int
is_light(const struct scene *scene, const struct matte *matte, int x, int y)
{
	const unsigned char *pixel = scene->pixels + 3 * ((size_t)y *
	    (size_t)scene->width + (size_t)x);

	return pixel[0] + DARKER > matte->wall[0] &&
	    pixel[1] + DARKER > matte->wall[1] &&
	    pixel[2] + DARKER > matte->wall[2];
}

/* Pixels that are neither person nor near what is outside. */
static void
find_bites(const struct scene *scene, const struct part *part,
    const struct matte *matte, const unsigned char *outside, unsigned char *bite)
{
	int count = part->width * part->height;

	memcpy(bite, outside, (size_t)count);
	widen(bite, part->width, part->height, GAP + 1);
	for (int at = 0; at < count; at++) {
		int x = at % part->width, y = part->top + at / part->width;

		bite[at] = !bite[at] && part->alpha[at] < SEEN &&
		    is_light(scene, matte, x, y) &&
		    is_beside_alike(scene, matte, x, y);
	}
}

void
close_bites(const struct scene *scene, struct matte *matte)
{
	struct part part = { .width = matte->width };
	unsigned char *outside, *bite, *alpha;
	size_t size;

	while (part.top < matte->height &&
	    shape_down(&scene->shape, part.top / scene->step) < NECK)
		part.top++;
	part.height = matte->height - part.top;
	if (part.height == 0)
		return;
	alpha = matte->alpha + (size_t)part.top * (size_t)matte->width;
	part.alpha = alpha;
	size = (size_t)part.width * (size_t)part.height;
	outside = outside_of(&part);
	bite = xmalloc(size);
	find_bites(scene, &part, matte, outside, bite);
	widen(bite, part.width, part.height, GAP + 1);
	widen(outside, part.width, part.height, GAP);
	for (int at = 0; at < (int)size; at++)
		if (bite[at] && !outside[at] && is_beside_alike(scene, matte,
		    at % part.width, part.top + at / part.width))
			alpha[at] = 255;
	free(outside);
	free(bite);
}
