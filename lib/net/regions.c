#include "lib/net/regions.h"

#include <math.h>

#include "lib/base/mem.h"
#include "lib/net/flex.h"
#include "lib/net/graph.h"
#include "lib/net/operators.h"

enum { ROWS = 1, COLS = 2, CHANNELS = 3 };	/* of a tensor's sizes */
enum { SUBSET_MAX = 512, MATRIX = 16, PLANE = 2 };

/* What place_pack leaves for place_run, before the points of the subset. */
enum { LEFT, RIGHT, ACROSS, DOWN, SCALE_X, SCALE_Y, COUNT, SUBSET };

static int
is_matrix(const struct tensor *tensor)
{
	return tensor != NULL && tensor->values != NULL && tensor->count == MATRIX;
}

/* ---- the place ---- */

static double
option(const struct call *call, const char *name)
{
	return flex_number(call->layer->custom, call->layer->custom_len, name, 0);
}

static int
is_point(const struct call *call, double index)
{
	return index >= 0 && index < call->in[0]->size[COLS];
}

int
place_fits(const struct call *call)
{
	int subset[SUBSET_MAX];
	size_t count = flex_list(call->layer->custom, call->layer->custom_len,
	    "subset_idxs", subset, SUBSET_MAX), i;

	if (!is_matrix(call->out) || call->in[0]->size[CHANNELS] < PLANE ||
	    call->in[0]->count != (size_t)call->in[0]->size[COLS] *
	    (size_t)call->in[0]->size[CHANNELS] || count < 1 || count > SUBSET_MAX)
		return 0;
	for (i = 0; i < count; i++)
		if (!is_point(call, subset[i]))
			return 0;
	return is_point(call, option(call, "left_rotation_idx")) &&
	    is_point(call, option(call, "right_rotation_idx")) &&
	    option(call, "output_width") >= 1 && option(call, "output_height") >= 1 &&
	    option(call, "scale_x") > 0 && option(call, "scale_y") > 0 &&
	    !(option(call, "target_rotation_radians") > 0) &&
	    !(option(call, "target_rotation_radians") < 0);
}

float *
place_pack(const struct call *call)
{
	float *packed = xcalloc(SUBSET + SUBSET_MAX, sizeof *packed);
	int subset[SUBSET_MAX];
	size_t count = flex_list(call->layer->custom, call->layer->custom_len,
	    "subset_idxs", subset, SUBSET_MAX), i;

	packed[LEFT] = (float)option(call, "left_rotation_idx");
	packed[RIGHT] = (float)option(call, "right_rotation_idx");
	packed[ACROSS] = (float)option(call, "output_width");
	packed[DOWN] = (float)option(call, "output_height");
	packed[SCALE_X] = (float)option(call, "scale_x");
	packed[SCALE_Y] = (float)option(call, "scale_y");
	packed[COUNT] = (float)count;
	for (i = 0; i < count; i++)
		packed[SUBSET + i] = (float)subset[i];
	return packed;
}

static const float *
point_at(const struct call *call, float index)
{
	return call->in[0]->values + (size_t)index * (size_t)call->in[0]->size[CHANNELS];
}

/* The direction from the left point to the right one, of length 1. */
static void
find_direction(const struct call *call, float along[static PLANE])
{
	const float *left = point_at(call, call->layer->packed[LEFT]);
	const float *right = point_at(call, call->layer->packed[RIGHT]);
	float x = right[0] - left[0], y = right[1] - left[1];
	float length = sqrtf(x * x + y * y);

	along[0] = length > 0 ? x / length : 1;
	along[1] = length > 0 ? y / length : 0;
}

/* The box of the subset's points along that direction and across it. */
static void
find_box(const struct call *call, const float along[static PLANE],
    float low[static PLANE], float high[static PLANE])
{
	const float *packed = call->layer->packed;
	size_t i, c;

	for (i = 0; i < (size_t)packed[COUNT]; i++) {
		const float *p = point_at(call, packed[SUBSET + i]);
		float at[PLANE] = { p[0] * along[0] + p[1] * along[1],
			p[1] * along[0] - p[0] * along[1] };

		for (c = 0; c < PLANE; c++) {
			low[c] = i == 0 || at[c] < low[c] ? at[c] : low[c];
			high[c] = i == 0 || at[c] > high[c] ? at[c] : high[c];
		}
	}
}

void
place_run(const struct call *call)
{
	const float *packed = call->layer->packed;
	float along[PLANE], low[PLANE] = { 0 }, high[PLANE] = { 0 };
	float *m = call->out->values;
	float u, v, x, y;
	int i;

	find_direction(call, along);
	find_box(call, along, low, high);
	u = (high[0] - low[0]) * packed[SCALE_X];
	v = (high[1] - low[1]) * packed[SCALE_Y];
	x = (low[0] + high[0]) / 2 - u / 2;
	y = (low[1] + high[1]) / 2 - v / 2;
	for (i = 0; i < MATRIX; i++)
		m[i] = i % 5 == 0 ? 1 : 0;
	m[0] = along[0] * u / packed[ACROSS];
	m[1] = -along[1] * v / packed[DOWN];
	m[3] = along[0] * x - along[1] * y;
	m[4] = along[1] * u / packed[ACROSS];
	m[5] = along[0] * v / packed[DOWN];
	m[7] = along[1] * x + along[0] * y;
}

/* ---- the picture of it ---- */

int
take_fits(const struct call *call)
{
	return is_matrix(call->in[1]) && call->in[0]->size[0] == 1 &&
	    call->out->size[0] == 1 &&
	    call->in[0]->size[CHANNELS] == call->out->size[CHANNELS];
}

/* The pixel below a place and how far the place is behind it, inside the picture. */
static int
split(float place, int size, float *part)
{
	float last = (float)(size - 1);
	int low;

	if (!(place > 0))
		place = 0;
	if (place > last)
		place = last;
	low = (int)place < size - 1 ? (int)place : size > 1 ? size - 2 : 0;
	*part = place - (float)low;
	return low;
}

/* Between the four pixels around a place. */
static void
sample(const struct tensor *in, float x, float y, float *out)
{
	size_t channels = (size_t)in->size[CHANNELS], c;
	size_t next_col = in->size[COLS] > 1 ? channels : 0;
	size_t next_row = in->size[ROWS] > 1 ? channels * (size_t)in->size[COLS] : 0;
	float right, below;
	int col = split(x, in->size[COLS], &right), row = split(y, in->size[ROWS], &below);
	const float *p = in->values + ((size_t)row * (size_t)in->size[COLS] + (size_t)col) *
	    channels;

	for (c = 0; c < channels; c++)
		out[c] = (p[c] * (1 - right) + p[next_col + c] * right) * (1 - below) +
		    (p[next_row + c] * (1 - right) + p[next_row + next_col + c] * right) *
		    below;
}

void
take_run(const struct call *call)
{
	const float *m = call->in[1]->values;
	float *out = call->out->values;
	int row, col;

	for (row = 0; row < call->out->size[ROWS]; row++)
		for (col = 0; col < call->out->size[COLS]; col++) {
			float u = (float)col, v = (float)row;

			sample(call->in[0], m[0] * u + m[1] * v + m[3],
			    m[4] * u + m[5] * v + m[7], out);
			out += call->out->size[CHANNELS];
		}
}

/* ---- back ---- */

int
bring_fits(const struct call *call)
{
	return is_matrix(call->in[1]) && call->in[0]->size[CHANNELS] == PLANE &&
	    call->in[0]->count == call->out->count;
}

void
bring_run(const struct call *call)
{
	const float *m = call->in[1]->values, *in = call->in[0]->values;
	float *out = call->out->values;
	size_t i;

	for (i = 0; i < call->out->count; i += PLANE) {
		float u = in[i], v = in[i + 1];

		out[i] = m[0] * u + m[1] * v + m[3];
		out[i + 1] = m[4] * u + m[5] * v + m[7];
	}
}
