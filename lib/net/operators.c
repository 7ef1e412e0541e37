#include "lib/net/operators.h"

#include <stdint.h>
#include <string.h>

#include "lib/base/mem.h"
#include "lib/net/convolve.h"
#include "lib/net/graph.h"
#include "lib/net/regions.h"

enum { ROWS = 1, COLS = 2, CHANNELS = 3 };	/* of a tensor's sizes */

static int
same_size(const struct tensor *a, const struct tensor *b)
{
	return memcmp(a->size, b->size, sizeof a->size) == 0;
}

static int
fits_same(const struct call *call)
{
	return same_size(call->in[0], call->out);
}

/* ---- one value from one ---- */

static WIDE void
run_positive(const struct call *call)
{
	const float *in = call->in[0]->values;
	float *out = call->out->values;
	size_t i;

	for (i = 0; i < call->out->count; i++)
		out[i] = in[i] > 0 ? in[i] : 0;
}

static void
run_six(const struct call *call)
{
	size_t i;

	for (i = 0; i < call->out->count; i++)
		call->out->values[i] = activate(call->in[0]->values[i], ACTIVATE_SIX);
}

static WIDE void
run_hard_swish(const struct call *call)
{
	const float *in = call->in[0]->values;
	float *out = call->out->values;
	size_t i;

	for (i = 0; i < call->out->count; i++) {
		float gate = in[i] + 3 > 0 ? in[i] + 3 : 0;

		out[i] = in[i] * (gate < 6 ? gate : 6) * (1.0f / 6);
	}
}

/* e to the power of -x: 2 to a whole number, by the exponent's bits, times a series. */
static float
exp_minus(float x)
{
	float limited = x < -80 ? -80 : x > 80 ? 80 : x;
	float power = limited * -1.44269504f;
	int whole = (int)(power + 256.5f) - 256;	/* floor, nearest */
	float y = (power - (float)whole) * 0.69314718f;
	float series = 1 + y * (1 + y * (1.0f / 2 + y * (1.0f / 6 + y * (1.0f / 24 +
	    y * (1.0f / 120 + y * (1.0f / 720))))));
	uint32_t bits = (uint32_t)(whole + 127) << 23;
	float scale;

	memcpy(&scale, &bits, sizeof scale);
	return series * scale;
}

static WIDE void
run_logistic(const struct call *call)
{
	size_t i;

	for (i = 0; i < call->out->count; i++)
		call->out->values[i] = 1 / (1 + exp_minus(call->in[0]->values[i]));
}

/* Negative values by a slope, one for each channel. */
static int
fits_slope(const struct call *call)
{
	return fits_same(call) && call->in[1] != NULL && call->in[1]->constant != NULL &&
	    call->in[1]->count == (size_t)call->out->size[CHANNELS];
}

/* Where they are, in sums of what is above 0 and what is not: a branch for each value, half
 * of them foretold wrongly, took a third of a network's time. */
static WIDE void
run_slope(const struct call *call)
{
	const float *restrict slope = call->in[1]->constant;
	size_t count = call->out->count, channels = call->in[1]->count, c;
	float *restrict values = call->out->values;

	if (values != call->in[0]->values)
		memcpy(values, call->in[0]->values, count * sizeof *values);
	for (; count > 0; count -= channels, values += channels)
		for (c = 0; c < channels; c++)
			values[c] = (values[c] > 0 ? values[c] : 0) +
			    (values[c] > 0 ? 0 : values[c]) * slope[c];
}

/* ---- one value from two ---- */

/* The second may be of the same size, or have one value for each channel or for all. */
static int
fits_pair(const struct call *call)
{
	return fits_same(call) && call->in[1] != NULL && call->in[1]->values != NULL &&
	    activation_known(call->layer->options.activation) &&
	    (same_size(call->in[1], call->out) || call->in[1]->count == 1 ||
	    call->in[1]->count == (size_t)call->out->size[CHANNELS]);
}

static WIDE void
run_add(const struct call *call)
{
	const float *a = call->in[0]->values, *b = call->in[1]->values;
	int activation = call->layer->options.activation;
	size_t period = call->in[1]->count, i, c;

	for (i = 0; i < call->out->count; i += period)
		for (c = 0; c < period; c++)
			call->out->values[i + c] = activate(a[i + c] + b[c], activation);
}

static WIDE void
run_multiply(const struct call *call)
{
	const float *a = call->in[0]->values, *b = call->in[1]->values;
	int activation = call->layer->options.activation;
	size_t period = call->in[1]->count, i, c;

	for (i = 0; i < call->out->count; i += period)
		for (c = 0; c < period; c++)
			call->out->values[i + c] = activate(a[i + c] * b[c], activation);
}

/* ---- pools ---- */

static int
fits_pool(const struct call *call)
{
	return call->in[0]->size[CHANNELS] == call->out->size[CHANNELS] &&
	    sweep_fits(call, call->layer->options.filter);
}

/* Either kind: the largest of a window, or its mean, of what is inside the picture. */
static void
pool_pixel(const struct sweep *sweep, const struct window *window, int largest, float *out)
{
	int channels = sweep->call->out->size[CHANNELS], i, j, c;
	float share = largest || window->count == 0 ? 1 : 1 / (float)window->count;

	for (c = 0; c < channels; c++)
		out[c] = 0;
	for (i = window->top; i < window->bottom; i++)
		for (j = window->left; j < window->right; j++) {
			const float *in = sweep_pixel(sweep, i, j);
			int first = i == window->top && j == window->left;

			for (c = 0; c < channels; c++)
				out[c] = !largest ? out[c] + in[c] :
				    first || in[c] > out[c] ? in[c] : out[c];
		}
	for (c = 0; c < channels; c++)
		out[c] = activate(out[c] * share, sweep->call->layer->options.activation);
}

static void
run_pool(const struct call *call, int largest)
{
	float *out = call->out->values;
	struct sweep sweep;
	struct window window;
	int row, col;

	sweep_init(&sweep, call, call->layer->options.filter);
	for (row = 0; row < call->out->size[ROWS]; row++)
		for (col = 0; col < call->out->size[COLS]; col++) {
			sweep_window(&sweep, row, col, &window);
			pool_pixel(&sweep, &window, largest, out);
			out += call->out->size[CHANNELS];
		}
}

static void
run_average(const struct call *call)
{
	run_pool(call, 0);
}

static void
run_maximum(const struct call *call)
{
	run_pool(call, 1);
}

/* ---- values in other places ---- */

static int
fits_reshape(const struct call *call)
{
	return call->in[0]->count == call->out->count;
}

static void
run_copy(const struct call *call)
{
	memmove(call->out->values, call->in[0]->values,
	    call->out->count * sizeof *call->out->values);
}

/* A part of a list; only one that is the whole of it. */
static int
fits_slice(const struct call *call)
{
	return call->layer->inputs == 4 && fits_same(call);
}

/* Pairs of how much to add before and behind; behind is what is left of out's size. */
static int
fits_pad(const struct call *call)
{
	const struct tensor *pads = call->in[1];
	int rank, i;

	if (pads == NULL || pads->integers == NULL || pads->count % 2 != 0 ||
	    pads->count > 8)
		return 0;
	rank = (int)pads->count / 2;
	for (i = 0; i < 4; i++) {
		const int *pad = i < 4 - rank ? NULL : pads->integers + 2 * (i - 4 + rank);
		int before = pad != NULL ? pad[0] : 0, behind = pad != NULL ? pad[1] : 0;

		if (before < 0 || behind < 0 || before > TENSOR_SIDE_MAX ||
		    behind > TENSOR_SIDE_MAX ||
		    call->in[0]->size[i] + before + behind != call->out->size[i])
			return 0;
	}
	return call->in[0]->size[0] == call->out->size[0];
}

static void
run_pad(const struct call *call)
{
	const struct tensor *in = call->in[0], *out = call->out;
	int rank = (int)call->in[1]->count / 2, before[4] = { 0 }, row, col, i;

	for (i = 4 - rank; i < 4; i++)
		before[i] = call->in[1]->integers[2 * (i - 4 + rank)];
	memset(out->values, 0, out->count * sizeof *out->values);
	for (row = 0; row < in->size[ROWS]; row++)
		for (col = 0; col < in->size[COLS]; col++)
			memcpy(out->values + ((size_t)(row + before[ROWS]) *
			    (size_t)out->size[COLS] + (size_t)(col + before[COLS])) *
			    (size_t)out->size[CHANNELS] + before[CHANNELS],
			    in->values + ((size_t)row * (size_t)in->size[COLS] +
			    (size_t)col) * (size_t)in->size[CHANNELS],
			    (size_t)in->size[CHANNELS] * sizeof *in->values);
}

/* The size along which lists are joined: the file counts from its first, or back. */
static int
joined_size(const struct call *call)
{
	int axis = call->layer->options.axis, rank = call->out->rank;

	if (axis < -rank || axis >= rank)
		return -1;
	return axis < 0 ? 4 + axis : 4 - rank + axis;
}

static int
fits_concatenate(const struct call *call)
{
	int joined = joined_size(call), sum = 0, i, k;

	if (joined < 0 || call->layer->options.activation != ACTIVATE_NONE)
		return 0;
	for (k = 0; k < call->layer->inputs; k++) {
		const struct tensor *in = call->in[k];

		if (in == NULL || in->values == NULL)
			return 0;
		for (i = 0; i < 4; i++)
			if (i != joined && in->size[i] != call->out->size[i])
				return 0;
		sum += in->size[joined];
	}
	return sum == call->out->size[joined];
}

/* How many values stand together from a size on. */
static size_t
together(const struct tensor *tensor, int size)
{
	size_t count = 1;

	for (; size < 4; size++)
		count *= (size_t)tensor->size[size];
	return count;
}

static void
run_concatenate(const struct call *call)
{
	int joined = joined_size(call), k;
	size_t period = together(call->out, joined), start = 0, at;

	for (k = 0; k < call->layer->inputs; k++) {
		size_t piece = together(call->in[k], joined);

		for (at = 0; at * period < call->out->count; at++)
			memcpy(call->out->values + at * period + start,
			    call->in[k]->values + at * piece,
			    piece * sizeof *call->out->values);
		start += piece;
	}
}

/* ---- resize ---- */

static int
fits_resize(const struct call *call)
{
	return call->in[0]->size[0] == call->out->size[0] &&
	    call->in[0]->size[CHANNELS] == call->out->size[CHANNELS];
}

/* How places of out lie among those of in, along rows or columns. */
struct axis {
	float scale, half;
	int last;
};

/* The two places that one lies between, and how far from the first. */
struct between {
	size_t low, high;
	float share;
};

static struct axis
axis_of(const struct call *call, int which)
{
	const struct layer_options *options = &call->layer->options;
	int in = call->in[0]->size[which], out = call->out->size[which];
	struct axis axis;

	axis.half = options->half_pixels ? 0.5f : 0;
	axis.scale = options->align_corners && out > 1 ?
	    (float)(in - 1) / (float)(out - 1) : (float)in / (float)out;
	axis.last = in - 1;
	return axis;
}

static inline struct between
between(const struct axis *axis, int at, size_t step)
{
	float place = ((float)at + axis->half) * axis->scale - axis->half;
	float inside = place > 0 ? place : 0;
	int low = (int)inside < axis->last ? (int)inside : axis->last;
	struct between between;

	between.low = (size_t)low * step;
	between.high = (size_t)(low < axis->last ? low + 1 : low) * step;
	between.share = inside - (float)low;
	return between;
}

static WIDE void
run_resize(const struct call *call)
{
	const struct tensor *in = call->in[0];
	struct axis down = axis_of(call, ROWS), across = axis_of(call, COLS);
	size_t channels = (size_t)in->size[CHANNELS], c;
	float *restrict out = call->out->values;
	int row, col;

	for (row = 0; row < call->out->size[ROWS]; row++) {
		struct between y = between(&down, row, channels * (size_t)in->size[COLS]);

		for (col = 0; col < call->out->size[COLS]; col++, out += channels) {
			struct between x = between(&across, col, channels);
			const float *restrict a = in->values + y.low + x.low;
			const float *restrict b = in->values + y.low + x.high;
			const float *restrict d = in->values + y.high + x.low;
			const float *restrict e = in->values + y.high + x.high;

			for (c = 0; c < channels; c++) {
				float above = a[c] + (b[c] - a[c]) * x.share;
				float below = d[c] + (e[c] - d[c]) * x.share;

				out[c] = above + (below - above) * y.share;
			}
		}
	}
}

/* ---- which ---- */

static const struct operator operators[] = {
	{ .code = OPERATOR_ADD, .in_place = 1, .fits = fits_pair, .run = run_add },
	{ .code = OPERATOR_AVERAGE, .fits = fits_pool, .run = run_average },
	{ .code = OPERATOR_CONCATENATE, .fits = fits_concatenate, .run = run_concatenate },
	{ .code = OPERATOR_CONVOLVE, .fits = convolve_fits, .run = convolve_run,
	    .pack = convolve_pack, .scratch = convolve_scratch },
	{ .code = OPERATOR_DEPTHWISE, .fits = depthwise_fits, .run = depthwise_run },
	{ .code = OPERATOR_DEQUANTIZE, .in_place = 1, .fits = fits_same, .run = run_copy },
	{ .code = OPERATOR_LOGISTIC, .in_place = 1, .fits = fits_same, .run = run_logistic },
	{ .code = OPERATOR_MAXIMUM, .fits = fits_pool, .run = run_maximum },
	{ .code = OPERATOR_MULTIPLY, .in_place = 1, .fits = fits_pair, .run = run_multiply },
	{ .code = OPERATOR_POSITIVE, .in_place = 1, .fits = fits_same, .run = run_positive },
	{ .code = OPERATOR_SIX, .in_place = 1, .fits = fits_same, .run = run_six },
	{ .code = OPERATOR_RESHAPE, .in_place = 1, .fits = fits_reshape, .run = run_copy },
	{ .code = OPERATOR_RESIZE, .fits = fits_resize, .run = run_resize },
	{ .code = OPERATOR_PAD, .fits = fits_pad, .run = run_pad },
	{ .code = OPERATOR_SLOPE, .in_place = 1, .fits = fits_slope, .run = run_slope },
	{ .code = OPERATOR_HARD_SWISH, .in_place = 1, .fits = fits_same,
	    .run = run_hard_swish },
	{ .code = OPERATOR_SLICE, .fits = fits_slice, .run = run_copy },
	{ .code = OPERATOR_CUSTOM, .name = "Convolution2DTransposeBias",
	    .fits = enlarge_fits, .run = enlarge_run },
	{ .code = OPERATOR_CUSTOM, .name = "Landmarks2TransformMatrix",
	    .fits = place_fits, .run = place_run, .pack = place_pack },
	{ .code = OPERATOR_CUSTOM, .name = "TransformTensorBilinear",
	    .fits = take_fits, .run = take_run },
	{ .code = OPERATOR_CUSTOM, .name = "TransformLandmarks",
	    .fits = bring_fits, .run = bring_run },
};

const struct operator *
operator_find(int code, const char *name)
{
	size_t i;

	for (i = 0; i < sizeof operators / sizeof *operators; i++)
		if (operators[i].code == code && (operators[i].name == NULL ||
		    strcmp(operators[i].name, name) == 0))
			return operators + i;
	return NULL;
}
