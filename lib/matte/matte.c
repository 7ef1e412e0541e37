#include "lib/matte/matte.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/matte/lab.h"
#include "lib/matte/matte_parts.h"

enum {
	ROWS_GOAL = 160,	/* cells of a picture's height, about */
	CELLS_MAX = 40000,
	SIDE_MIN = 32,
	SIDE_MAX = 8192
};

static void
reduce_cell(struct scene *scene, int col, int row)
{
	int x0 = col * scene->step, y0 = row * scene->step;
	int x1 = x0 + scene->step, y1 = y0 + scene->step, n;
	long sum[3] = { 0 }, square = 0;
	int at = row * scene->cols + col;
	float mean;

	x1 = x1 < scene->width ? x1 : scene->width;
	y1 = y1 < scene->height ? y1 : scene->height;
	for (int y = y0; y < y1; y++) {
		const unsigned char *p = scene->pixels + 3 *
		    ((size_t)y * (size_t)scene->width + (size_t)x0);

		for (int x = x0; x < x1; x++, p += 3) {
			sum[0] += p[0];
			sum[1] += p[1];
			sum[2] += p[2];
			square += p[1] * p[1];
		}
	}
	n = (x1 - x0) * (y1 - y0);
	for (int c = 0; c < 3; c++)
		scene->rgb[3 * at + c] = (float)sum[c] / (float)n;
	mean = scene->rgb[3 * at + 1];
	scene->rough[at] = sqrtf(fmaxf((float)square / (float)n - mean * mean,
	    0));
}

static void
scene_init(struct scene *scene, const unsigned char *pixels, int width,
    int height, const struct matte_face *face)
{
	struct lab_table *table = xmalloc(sizeof(*table));

	memset(scene, 0, sizeof(*scene));
	scene->pixels = pixels;
	scene->width = width;
	scene->height = height;
	scene->step = (height + ROWS_GOAL / 2) / ROWS_GOAL;
	if (scene->step < 1)
		scene->step = 1;
	while ((width / scene->step) * (height / scene->step) > CELLS_MAX)
		scene->step++;
	scene->cols = (width + scene->step - 1) / scene->step;
	scene->rows = (height + scene->step - 1) / scene->step;
	scene->cells = (size_t)scene->cols * (size_t)scene->rows;
	scene->rgb = xmalloc(3 * scene->cells * sizeof(float));
	scene->lab = xmalloc(3 * scene->cells * sizeof(float));
	scene->rough = xmalloc(scene->cells * sizeof(float));
	scene->behind = xmalloc(3 * scene->cells * sizeof(float));
	scene->distance = xmalloc(scene->cells * sizeof(float));
	scene->cell = xcalloc(scene->cells, 1);
	scene->inside = xmalloc(scene->cells * sizeof(float));
	scene->dense = xmalloc(scene->cells * sizeof(float));
	shape_init(&scene->shape, face, scene->step);
	for (int row = 0; row < scene->rows; row++)
		for (int col = 0; col < scene->cols; col++)
			reduce_cell(scene, col, row);
	lab_table_init(table);
	for (size_t i = 0; i < scene->cells; i++)
		lab_fast(table, scene->rgb + 3 * i, scene->lab + 3 * i);
	free(table);
}

static void
scene_release(struct scene *scene)
{
	free(scene->rgb);
	free(scene->lab);
	free(scene->rough);
	free(scene->behind);
	free(scene->distance);
	free(scene->cell);
	free(scene->inside);
	free(scene->dense);
}

static int
near_picture(struct point point, int width, int height)
{
	return point.x > -width && point.x < 2 * width &&
	    point.y > -height && point.y < 2 * height;
}

static int
may_be_cut(int width, int height, const struct matte_face *face,
    struct buf *err)
{
	if (width < SIDE_MIN || height < SIDE_MIN || width > SIDE_MAX ||
	    height > SIDE_MAX) {
		buf_addf(err, "a picture of %d x %d pixels cannot be cut out",
		    width, height);
		return 0;
	}
	if (!near_picture(face->left_eye, width, height) ||
	    !near_picture(face->right_eye, width, height) ||
	    !near_picture(face->chin, width, height)) {
		buf_adds(err, "the head is not in the picture");
		return 0;
	}
	return 1;
}

/* Cut, and fill alpha or leave none. */
static int
cut(const unsigned char *pixels, int width, int height,
    const struct matte_face *face, int wants_alpha, struct matte *matte,
    struct buf *err)
{
	struct scene scene;
	int result, row;

	memset(matte, 0, sizeof(*matte));
	matte->crown = -1;
	matte->plainness = 100;
	matte->doubt = "";
	if (!may_be_cut(width, height, face, err))
		return -1;
	scene_init(&scene, pixels, width, height, face);
	result = grow_wall(&scene, err);
	if (result == 0) {
		matte->width = width;
		matte->height = height;
		matte->alpha = xmalloc((size_t)width * (size_t)height);
		matte->step = scene.step;
		matte->cols = scene.cols;
		matte->rows = scene.rows;
		matte->side = xmalloc(scene.cells * sizeof(*matte->side));
		decide_cells(&scene);
		measure_depth(&scene);
		edge_sides(&scene, matte);
		row = judge_cut(&scene, matte);
		while (wants_alpha && row < scene.rows)
			edge_alpha_row(&scene, matte, row++);
		if (wants_alpha) {
			drop_islands(&scene, matte);
			close_bites(&scene, matte);
		}
	}
	if (!wants_alpha) {
		free(matte->alpha);
		matte->alpha = NULL;
	}
	scene_release(&scene);
	return result;
}

int
matte_cut(const unsigned char *pixels, int width, int height,
    const struct matte_face *face, struct matte *matte, struct buf *err)
{
	return cut(pixels, width, height, face, 1, matte, err);
}

int
matte_find(const unsigned char *pixels, int width, int height,
    const struct matte_face *face, struct matte *matte, struct buf *err)
{
	return cut(pixels, width, height, face, 0, matte, err);
}

void
matte_release(struct matte *matte)
{
	free(matte->alpha);
	free(matte->side);
	memset(matte, 0, sizeof(*matte));
}
