#include "lib/matte/matte_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/matte/lab.h"

enum {
	ROWS_GOAL = 160,	/* cells of a picture's height, about */
	CELLS_MAX = 40000,
	SIDE_MIN = 32,
	SIDE_MAX = 8192,
	DEPTH_MAX = 60		/* cells; farther is all the same */
};

#define SURE 0.9f		/* a prior beyond is certain, if it is deep enough: */
#define BAND 0.09		/* units inside of the outline, */
#define BAND_HAIR 0.16		/* beside hair, */
#define BAND_LEAST 2.0
#define PERSON_LEAST 0.03	/* of the picture */
#define HAIR_END 1.1		/* down, units: hair may be looked for above */

/* ---- the head's frame ---- */

double
head_down(const struct head *head, int y)
{
	return 1 + (y + 0.5 - head->chin_y) / head->unit;
}

double
head_aside(const struct head *head, int x)
{
	return (x + 0.5 - (head->x + head->chin_x) / 2) / head->unit;
}

static void
head_init(struct head *head, const struct matte_face *face, int step)
{
	double x = (face->left_eye.x + face->right_eye.x) / 2;
	double y = (face->left_eye.y + face->right_eye.y) / 2;

	head->x = x / step;
	head->y = y / step;
	head->chin_x = face->chin.x / step;
	head->chin_y = face->chin.y / step;
	head->unit = fmax(hypot(face->chin.x - x, face->chin.y - y), 1) / step;
}

/* ---- cells ---- */

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
	scene->rough[at] = sqrtf(fmaxf((float)square / (float)n - mean * mean, 0));
}

static void
reduce(struct scene *scene)
{
	struct lab_table *table = xmalloc(sizeof *table);

	for (int row = 0; row < scene->rows; row++)
		for (int col = 0; col < scene->cols; col++)
			reduce_cell(scene, col, row);
	lab_table_init(table);
	for (size_t i = 0; i < scene->cells; i++)
		lab_fast(table, scene->rgb + 3 * i, scene->lab + 3 * i);
	free(table);
}

/* ---- prior ---- */

/* The value at a point of the prior's own grid, between its four nearest. */
static float
prior_at(const struct matte_prior *prior, double u, double v)
{
	double x = fmin(fmax(u, 0), prior->width - 1.0);
	double y = fmin(fmax(v, 0), prior->height - 1.0);
	int x0 = (int)x, y0 = (int)y;
	int x1 = x0 + 1 < prior->width ? x0 + 1 : x0;
	int y1 = y0 + 1 < prior->height ? y0 + 1 : y0;
	const unsigned char *low = prior->likely + (size_t)y0 * (size_t)prior->width;
	const unsigned char *high = prior->likely + (size_t)y1 * (size_t)prior->width;
	double above = low[x0] + (low[x1] - low[x0]) * (x - x0);
	double below = high[x0] + (high[x1] - high[x0]) * (x - x0);

	return (float)((above + (below - above) * (y - y0)) / 255);
}

static void
take_prior(struct scene *scene, const struct matte_prior *prior)
{
	const struct box *box = &prior->box;

	for (int row = 0; row < scene->rows; row++)
		for (int col = 0; col < scene->cols; col++)
			scene->prior[row * scene->cols + col] = prior_at(prior,
			    ((col + 0.5) * scene->step - box->x) / box->w *
			    prior->width - 0.5,
			    ((row + 0.5) * scene->step - box->y) / box->h *
			    prior->height - 0.5);
}

/* ---- what is certain ---- */

/* The nearer of what a row has and what it has from a row beside it. */
static void
relax_row(float *restrict row, const float *restrict beside, int cols)
{
	for (int x = 1; x <= cols; x++) {
		float aslant = beside[x - 1] < beside[x + 1] ? beside[x - 1] : beside[x + 1];
		float straight = beside[x] + 1;

		aslant += 1.4142f;
		straight = aslant < straight ? aslant : straight;
		row[x] = straight < row[x] ? straight : row[x];
	}
}

/* Distance to the nearest 0, by two sweeps; depth has a border of one cell. */
static void
sweep(float *depth, int cols, int rows)
{
	int wide = cols + 2, x, y;
	float *row;

	for (y = 1; y <= rows; y++) {
		row = depth + y * wide;
		relax_row(row, row - wide, cols);
		for (x = 1; x <= cols; x++)
			row[x] = row[x - 1] + 1 < row[x] ? row[x - 1] + 1 : row[x];
	}
	for (y = rows; y >= 1; y--) {
		row = depth + y * wide;
		relax_row(row, row + wide, cols);
		for (x = cols; x >= 1; x--)
			row[x] = row[x + 1] + 1 < row[x] ? row[x + 1] + 1 : row[x];
	}
}

void
signed_depth(const unsigned char *mark, int cols, int rows, float *depth)
{
	size_t wide = (size_t)cols + 2, all = wide * ((size_t)rows + 2);
	float *far = xmalloc(all * sizeof *far);

	for (int side = 0; side < 2; side++) {
		for (size_t i = 0; i < all; i++)
			far[i] = DEPTH_MAX;
		for (int y = 0; y < rows; y++)
			for (int x = 0; x < cols; x++)
				if ((mark[y * cols + x] != 0) == side)
					far[(size_t)(y + 1) * wide + (size_t)x + 1] = 0;
		sweep(far, cols, rows);
		for (int y = 0; y < rows; y++)
			for (int x = 0; x < cols; x++) {
				float *to = depth + y * cols + x;
				float value = far[(size_t)(y + 1) * wide + (size_t)x + 1];

				if (value > 0)
					*to = side ? 0.5f - value : value - 0.5f;
			}
	}
	free(far);
}

static void
know(struct scene *scene)
{
	double unit = scene->head.unit;
	unsigned char *mark = scene->known;

	for (size_t i = 0; i < scene->cells; i++)
		mark[i] = scene->prior[i] >= 0.5f;
	signed_depth(mark, scene->cols, scene->rows, scene->depth);
	for (int y = 0; y < scene->rows; y++) {
		double in = fmax(BAND * unit, BAND_LEAST);
		double out = head_down(&scene->head, y) < HAIR_END ?
		    fmax(BAND_HAIR * unit, BAND_LEAST) : in;

		for (int x = 0; x < scene->cols; x++) {
			int at = y * scene->cols + x;
			float prior = scene->prior[at];

			mark[at] = prior > SURE && scene->depth[at] > in ? KNOWN_PERSON :
			    prior < 1 - SURE && scene->depth[at] < -out ? KNOWN_WALL :
			    KNOWN_OPEN;
		}
	}
}

/* ---- all of it ---- */

static int
near_picture(struct point point, int width, int height)
{
	return point.x > -width && point.x < 2 * width &&
	    point.y > -height && point.y < 2 * height;
}

static int
may_be_cut(int width, int height, const struct matte_face *face, struct buf *err)
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

static void
allocate(struct scene *scene)
{
	size_t cells = scene->cells;

	scene->rgb = xmalloc(3 * cells * sizeof(float));
	scene->lab = xmalloc(3 * cells * sizeof(float));
	scene->surface = xmalloc(3 * cells * sizeof(float));
	scene->behind = xmalloc(3 * cells * sizeof(float));
	scene->person = xmalloc(3 * cells * sizeof(float));
	scene->rough = xmalloc(cells * sizeof(float));
	scene->prior = xmalloc(cells * sizeof(float));
	scene->depth = xmalloc(cells * sizeof(float));
	scene->off_wall = xmalloc(cells * sizeof(float));
	scene->off_person = xmalloc(cells * sizeof(float));
	scene->field = xmalloc(cells * sizeof(float));
	scene->inside = xmalloc(cells * sizeof(float));
	scene->dense = xmalloc(cells * sizeof(float));
	scene->known = xcalloc(cells, 1);
}

int
scene_init(struct scene *scene, const unsigned char *pixels, int width, int height,
    const struct matte_face *face, const struct matte_prior *prior, struct buf *err)
{
	size_t person = 0;

	memset(scene, 0, sizeof *scene);
	if (!may_be_cut(width, height, face, err))
		return -1;
	scene->pixels = pixels;
	scene->width = width;
	scene->height = height;
	scene->step = (height + ROWS_GOAL / 2) / ROWS_GOAL;
	scene->step = scene->step < 1 ? 1 : scene->step;
	while ((width / scene->step) * (height / scene->step) > CELLS_MAX)
		scene->step++;
	scene->cols = (width + scene->step - 1) / scene->step;
	scene->rows = (height + scene->step - 1) / scene->step;
	scene->cells = (size_t)scene->cols * (size_t)scene->rows;
	head_init(&scene->head, face, scene->step);
	allocate(scene);
	reduce(scene);
	take_prior(scene, prior);
	know(scene);
	for (size_t i = 0; i < scene->cells; i++)
		person += scene->known[i] == KNOWN_PERSON;
	if ((double)person >= PERSON_LEAST * (double)scene->cells)
		return 0;
	buf_adds(err, "no person can be distinguished from the background");
	return -1;
}

void
scene_release(struct scene *scene)
{
	free(scene->rgb);
	free(scene->lab);
	free(scene->surface);
	free(scene->behind);
	free(scene->person);
	free(scene->rough);
	free(scene->prior);
	free(scene->depth);
	free(scene->off_wall);
	free(scene->off_person);
	free(scene->field);
	free(scene->inside);
	free(scene->dense);
	free(scene->known);
}
