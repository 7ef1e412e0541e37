#include "scripts/draw/wall.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/mem.h"
#include "scripts/draw/portrait.h"

struct wall {
	const struct portrait *p;
	float *shadow;		/* columns x rows cells of step pixels */
	int step, columns, rows;
};

static void
shrink(struct wall *wall, const unsigned char *person)
{
	size_t w = (size_t)wall->p->width, step = (size_t)wall->step;
	size_t x, y;

	for (y = 0; y < (size_t)wall->rows * step; y++)
		for (x = 0; x < (size_t)wall->columns * step; x++)
			wall->shadow[y / step * (size_t)wall->columns + x / step] +=
				person[(y * w + x) * 4 + 3];
	for (x = 0; x < (size_t)wall->columns * (size_t)wall->rows; x++)
		wall->shadow[x] /= 255.0f * (float)(step * step);
}

/* Mean over 2 * radius + 1 cells in one direction; the border repeats. */
static void
smooth_line(float *line, float *copy, int count, size_t stride, int radius)
{
	float sum = 0;
	int i;

	for (i = 0; i < count; i++)
		copy[i] = line[(size_t)i * stride];
	for (i = -radius; i <= radius; i++)
		sum += copy[i < 0 ? 0 : i < count ? i : count - 1];
	for (i = 0; i < count; i++) {
		int in = i + radius + 1, out = i - radius;

		line[(size_t)i * stride] = sum / (float)(2 * radius + 1);
		sum += copy[in < count ? in : count - 1] -
			copy[out > 0 ? out : 0];
	}
}

static void
smooth(struct wall *wall, int radius)
{
	int longest = wall->columns > wall->rows ? wall->columns : wall->rows;
	float *copy = xmalloc((size_t)longest * sizeof *copy);
	int pass, i;

	for (pass = 0; pass < 3; pass++) {
		for (i = 0; i < wall->rows; i++)
			smooth_line(wall->shadow + (size_t)i *
				(size_t)wall->columns, copy, wall->columns, 1,
				radius);
		for (i = 0; i < wall->columns; i++)
			smooth_line(wall->shadow + i, copy, wall->rows,
				(size_t)wall->columns, radius);
	}
	free(copy);
}

struct wall *
wall_new(const struct portrait *p, const unsigned char *person)
{
	struct wall *wall = xcalloc(1, sizeof *wall);

	wall->p = p;
	wall->step = p->width / 120 > 1 ? p->width / 120 : 1;
	wall->columns = p->width / wall->step;
	wall->rows = p->height / wall->step;
	if (p->wall_shadow > 0) {
		wall->shadow = xcalloc((size_t)wall->columns *
			(size_t)wall->rows, sizeof *wall->shadow);
		shrink(wall, person);
		smooth(wall, wall->columns / 40 + 1);
	}
	return wall;
}

void
wall_free(struct wall *wall)
{
	if (wall)
		free(wall->shadow);
	free(wall);
}

static double
shadow_at(const struct wall *wall, double x, double y)
{
	double fx = x / wall->step - 0.5, fy = y / wall->step - 0.5;
	const float *cell;
	int cx, cy;

	fx = fmin(fmax(fx, 0), wall->columns - 1.001);
	fy = fmin(fmax(fy, 0), wall->rows - 1.001);
	cx = (int)fx;
	cy = (int)fy;
	fx -= cx;
	fy -= cy;
	cell = wall->shadow + (size_t)cy * (size_t)wall->columns + cx;
	return (1 - fy) * ((1 - fx) * cell[0] + fx * cell[1]) +
		fy * ((1 - fx) * cell[wall->columns] +
			fx * cell[wall->columns + 1]);
}

/* A poster on the upper right, a shelf with books on the left; x and y are
 * fractions of the picture.  Returns 1 and the colour where one is. */
static int
object_at(double x, double y, struct colour *colour)
{
	static const struct colour books[] = {
		{ 150, 52, 44 }, { 60, 96, 70 }, { 196, 160, 70 }, { 84, 62, 96 },
	};

	if (x > 0.74 && x < 0.95 && y > 0.07 && y < 0.34) {
		*colour = (struct colour){ 60 + 500 * (y - 0.07), 110, 96 };
		return 1;
	}
	if (x < 0.24 && y > 0.40 && y < 0.42) {
		*colour = (struct colour){ 112, 78, 48 };
		return 1;
	}
	if (x < 0.22 && y > 0.27 + 0.02 * ((int)(x * 40) % 3) && y < 0.40) {
		*colour = books[(int)(x * 40) % 4];
		return 1;
	}
	return 0;
}

void
wall_row(const struct wall *wall, int y, double *rgb)
{
	const struct portrait *p = wall->p;
	double light = 1 + p->wall_gradient * (0.5 - (y + 0.5) / p->height);
	double dx = p->wall_shadow_aside * p->width, dy = 0.03 * p->width;
	struct colour thing;
	int x;

	for (x = 0; x < p->width; x++, rgb += 3) {
		double l = light;

		if (wall->shadow)
			l *= 1 - p->wall_shadow *
				shadow_at(wall, x - dx, y - dy);
		rgb[0] = p->wall.r * l;
		rgb[1] = p->wall.g * l;
		rgb[2] = p->wall.b * l;
		if (p->wall_clutter > 0 && object_at((double)x / p->width,
		    (double)y / p->height, &thing)) {
			rgb[0] += (thing.r * l - rgb[0]) * p->wall_clutter;
			rgb[1] += (thing.g * l - rgb[1]) * p->wall_clutter;
			rgb[2] += (thing.b * l - rgb[2]) * p->wall_clutter;
		}
	}
}
