#include "lib/matte/matte_parts.h"

#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/matte/flood.h"

enum { FAINT = 16 };		/* alpha that joins no strand to the person */

/* A walk over pixels outside of the person. */
struct walk {
	const struct scene *scene;
	const struct matte *matte;
	int joined;		/* the person was reached */
};

static int
is_outside(const struct walk *walk, int at)
{
	const struct scene *scene = walk->scene;
	int x = at % walk->matte->width, y = at / walk->matte->width;

	return scene->inside[y / scene->step * scene->cols + x / scene->step] <
	    0;
}

static int
hangs_together(void *state, int from, int to)
{
	struct walk *walk = state;

	(void)from;
	if (walk->matte->alpha[to] < FAINT)
		return 0;
	if (is_outside(walk, to))
		return 1;
	walk->joined = 1;
	return 0;
}

void
drop_islands(const struct scene *scene, struct matte *matte)
{
	int pixels = matte->width * matte->height, count;
	struct walk walk = { scene, matte, 0 };
	struct flood flood = { matte->width, matte->height,
	    xcalloc((size_t)pixels, 1), xmalloc((size_t)pixels * sizeof(int)),
	    hangs_together, &walk };

	for (int at = 0; at < pixels; at++) {
		if (matte->alpha[at] < FAINT || flood.mark[at] ||
		    !is_outside(&walk, at))
			continue;
		walk.joined = 0;
		flood.mark[at] = 1;
		flood.queue[0] = at;
		count = flood_run(&flood, 1, FLOOD_CORNERS);
		for (int k = 0; k < count && !walk.joined; k++)
			matte->alpha[flood.queue[k]] = 0;
	}
	free(flood.queue);
	free(flood.mark);
}
