#include "lib/matte/matte.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/mem.h"
#include "lib/matte/matte_parts.h"

static void
cut_scene(struct scene *scene, int wants_alpha, struct matte *matte)
{
	int row;

	matte->width = scene->width;
	matte->height = scene->height;
	matte->alpha = xmalloc((size_t)scene->width * (size_t)scene->height);
	matte->step = scene->step;
	matte->cols = scene->cols;
	matte->rows = scene->rows;
	matte->side = xmalloc(scene->cells * sizeof *matte->side);
	divide(scene);
	edge_sides(scene, matte);
	row = judge_cut(scene, matte);
	while (wants_alpha && row < scene->rows)
		edge_alpha_row(scene, matte, row++);
	if (wants_alpha) {
		drop_islands(scene, matte);
	} else {
		free(matte->alpha);
		matte->alpha = NULL;
	}
}

/* Cut, and fill alpha or leave none. */
static int
cut(const unsigned char *pixels, int width, int height,
    const struct matte_face *face, const struct matte_prior *prior, int wants_alpha,
    struct matte *matte, struct buf *err)
{
	struct scene scene;
	int result;

	memset(matte, 0, sizeof *matte);
	matte->crown = -1;
	matte->plainness = 100;
	result = scene_init(&scene, pixels, width, height, face, prior, err);
	if (result == 0)
		result = find_wall(&scene, err);
	if (result == 0)
		cut_scene(&scene, wants_alpha, matte);
	scene_release(&scene);
	return result;
}

int
matte_cut(const unsigned char *pixels, int width, int height,
    const struct matte_face *face, const struct matte_prior *prior,
    struct matte *matte, struct buf *err)
{
	return cut(pixels, width, height, face, prior, 1, matte, err);
}

int
matte_find(const unsigned char *pixels, int width, int height,
    const struct matte_face *face, const struct matte_prior *prior,
    struct matte *matte, struct buf *err)
{
	return cut(pixels, width, height, face, prior, 0, matte, err);
}

void
matte_release(struct matte *matte)
{
	free(matte->alpha);
	free(matte->side);
	memset(matte, 0, sizeof *matte);
}
