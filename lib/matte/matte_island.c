#include "lib/matte/matte_parts.h"

#include <stdlib.h>

#include "lib/base/mem.h"

enum { FAINT = 16 };		/* alpha that joins no strand to the person */

/* A walk over pixels outside of the person. */
struct walk {
	const struct scene *scene;
	struct matte *matte;
	unsigned char *seen;
	int *queue;
};

static int
is_outside(const struct walk *walk, int x, int y)
{
	const struct scene *scene = walk->scene;

	return scene->inside[y / scene->step * scene->cols + x / scene->step] <
	    0;
}

/* Take the pixels that hang together with the first of the queue; *count of them.
 * 1 when they reach the person. */
static int
take_island(const struct walk *walk, int *count)
{
	int width = walk->matte->width, height = walk->matte->height;
	int begin = 0, end = 1, joined = 0;

	while (begin < end) {
		int x = walk->queue[begin] % width;
		int y = walk->queue[begin++] / width;

		for (int v = y - 1; v <= y + 1; v++) {
			for (int u = x - 1; u <= x + 1; u++) {
				int next = v * width + u;

				if (u < 0 || v < 0 || u >= width ||
				    v >= height || walk->seen[next] ||
				    walk->matte->alpha[next] < FAINT)
					continue;
				if (!is_outside(walk, u, v)) {
					joined = 1;
					continue;
				}
				walk->seen[next] = 1;
				walk->queue[end++] = next;
			}
		}
	}
	*count = end;
	return joined;
}

void
drop_islands(const struct scene *scene, struct matte *matte)
{
	size_t pixels = (size_t)matte->width * (size_t)matte->height;
	struct walk walk = { scene, matte, xcalloc(pixels, 1),
	    xmalloc(pixels * sizeof(int)) };
	int count;

	for (size_t i = 0; i < pixels; i++) {
		int x = (int)(i % (size_t)matte->width);
		int y = (int)(i / (size_t)matte->width);

		if (matte->alpha[i] < FAINT || walk.seen[i] ||
		    !is_outside(&walk, x, y))
			continue;
		walk.seen[i] = 1;
		walk.queue[0] = (int)i;
		if (take_island(&walk, &count))
			continue;
		for (int k = 0; k < count; k++)
			matte->alpha[walk.queue[k]] = 0;
	}
	free(walk.queue);
	free(walk.seen);
}
