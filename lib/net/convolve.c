#include "lib/net/convolve.h"

#include <string.h>

#include "lib/base/mem.h"
#include "lib/net/graph.h"
#include "lib/net/operators.h"

enum { ROWS = 1, COLS = 2, CHANNELS = 3 };
enum { FILTER_MAX = 256 };	/* its side and step */

int
activation_known(int activation)
{
	return activation == ACTIVATE_NONE || activation == ACTIVATE_POSITIVE ||
	    activation == ACTIVATE_SIX;
}

/* ---- windows ---- */

/* Out's size, and in *before how far the first filter reaches outside. */
static int
steps(int in, int filter, int stride, int valid, int *before)
{
	int count = valid ? (in - filter) / stride + 1 : (in + stride - 1) / stride;
	int missing = (count - 1) * stride + filter - in;

	*before = valid || missing < 0 ? 0 : missing / 2;
	return valid && filter > in ? 0 : count;
}

int
sweep_fits(const struct call *call, const int filter[static 2])
{
	const struct layer_options *options = &call->layer->options;
	int i, before;

	if (!activation_known(options->activation) || options->valid > 1 ||
	    call->in[0]->size[0] != 1 || call->out->size[0] != 1)
		return 0;
	for (i = 0; i < 2; i++)
		if (filter[i] < 1 || filter[i] > FILTER_MAX || options->stride[i] < 1 ||
		    options->stride[i] > FILTER_MAX ||
		    steps(call->in[0]->size[ROWS + i], filter[i], options->stride[i],
		    options->valid, &before) != call->out->size[ROWS + i])
			return 0;
	return 1;
}

void
sweep_init(struct sweep *sweep, const struct call *call, const int filter[static 2])
{
	const struct layer_options *options = &call->layer->options;
	int i;

	sweep->call = call;
	for (i = 0; i < 2; i++) {
		sweep->filter[i] = filter[i];
		sweep->stride[i] = options->stride[i];
		steps(call->in[0]->size[ROWS + i], filter[i], options->stride[i],
		    options->valid, &sweep->before[i]);
	}
}

static int
clamp(int value, int low, int high)
{
	return value < low ? low : value > high ? high : value;
}

void
sweep_window(const struct sweep *sweep, int row, int col, struct window *window)
{
	int rows = sweep->call->in[0]->size[ROWS], cols = sweep->call->in[0]->size[COLS];

	window->y = row * sweep->stride[0] - sweep->before[0];
	window->x = col * sweep->stride[1] - sweep->before[1];
	window->top = clamp(window->y, 0, rows);
	window->bottom = clamp(window->y + sweep->filter[0], 0, rows);
	window->left = clamp(window->x, 0, cols);
	window->right = clamp(window->x + sweep->filter[1], 0, cols);
	window->count = (window->bottom - window->top) * (window->right - window->left);
}

const float *
sweep_pixel(const struct sweep *sweep, int row, int col)
{
	const struct tensor *in = sweep->call->in[0];

	return in->values + ((size_t)row * (size_t)in->size[COLS] + (size_t)col) *
	    (size_t)in->size[CHANNELS];
}

/* ---- convolution ---- */

/* So many channels of so many pixels are summed side by side; as wide as no processor
 * minds, see WIDE.  A list of sums would be kept in memory, lanes are in registers. */
enum { LANES = 8, PIXELS = 4 };
typedef float lanes __attribute__((vector_size(LANES * sizeof(float)), aligned(4), may_alias));

/* Weights: channels of out, rows, columns, channels of in; one bias a channel of out. */
static int
has_weights(const struct call *call, int first, int last)
{
	const struct tensor *weights = call->in[1], *bias = call->in[2];

	return call->layer->inputs == 3 && weights != NULL && bias != NULL &&
	    weights->constant != NULL && bias->constant != NULL &&
	    weights->size[0] == first && weights->size[CHANNELS] == last &&
	    bias->count == (size_t)call->out->size[CHANNELS];
}

static int
is_dense(const struct call *call)
{
	return call->layer->options.dilation[0] == 1 && call->layer->options.dilation[1] == 1;
}

int
convolve_fits(const struct call *call)
{
	return has_weights(call, call->out->size[CHANNELS], call->in[0]->size[CHANNELS]) &&
	    is_dense(call) && sweep_fits(call, call->in[1]->size + ROWS);
}

/* How many products make a sum. */
static size_t
depth(const struct call *call)
{
	return call->in[1]->count / (size_t)call->in[1]->size[0];
}

static size_t
groups(const struct call *call)
{
	return ((size_t)call->out->size[CHANNELS] + LANES - 1) / LANES;
}

/* For each group of LANES channels: their biases, then the weights of each product. */
float *
convolve_pack(const struct call *call)
{
	size_t channels = (size_t)call->out->size[CHANNELS], products = depth(call);
	float *packed = xcalloc(groups(call) * (products + 1) * LANES, sizeof *packed);
	size_t channel, k;

	for (channel = 0; channel < channels; channel++) {
		float *group = packed + channel / LANES * (products + 1) * LANES +
		    channel % LANES;

		group[0] = call->in[2]->constant[channel];
		for (k = 0; k < products; k++)
			group[(k + 1) * LANES] =
			    call->in[1]->constant[channel * products + k];
	}
	return packed;
}

size_t
convolve_scratch(const struct call *call)
{
	return PIXELS * depth(call);
}

/* What a filter sees, in the order of its weights, 0 outside of the picture. */
static void
gather(const struct sweep *sweep, int row, int col, float *seen)
{
	size_t channels = (size_t)sweep->call->in[0]->size[CHANNELS];
	struct window window;
	int i;

	sweep_window(sweep, row, col, &window);
	if (window.count < sweep->filter[0] * sweep->filter[1])
		memset(seen, 0, depth(sweep->call) * sizeof *seen);
	if (window.count == 0)
		return;
	for (i = window.top; i < window.bottom; i++)
		memcpy(seen + ((size_t)(i - window.y) * (size_t)sweep->filter[1] +
		    (size_t)(window.left - window.x)) * channels,
		    sweep_pixel(sweep, i, window.left),
		    (size_t)(window.right - window.left) * channels * sizeof *seen);
}

/* Add to LANES sums the products of four values with their weights, one after the other. */
static inline __attribute__((always_inline)) void
add_products(lanes *sum, const lanes *weights, const float *seen)
{
	*sum = *sum + weights[0] * seen[0] + weights[1] * seen[1] + weights[2] * seen[2] +
	    weights[3] * seen[3];
}

/* All channels of PIXELS pixels of out, of which count are wanted. */
static inline __attribute__((always_inline)) void
convolve_pixels(const struct call *call, const float *const seen[static PIXELS],
    int count, float *out)
{
	size_t products = depth(call), channels = (size_t)call->out->size[CHANNELS];
	int activation = call->layer->options.activation;
	const lanes *weights = (const lanes *)call->layer->packed;
	size_t first, k, i, j;

	for (first = 0; first < channels; first += LANES) {
		size_t wanted = channels - first < LANES ? channels - first : LANES;
		lanes sum[PIXELS];

		for (i = 0; i < PIXELS; i++)
			sum[i] = weights[0];
		weights++;
		for (k = 0; k + 4 <= products; k += 4, weights += 4)
			for (i = 0; i < PIXELS; i++)
				add_products(&sum[i], weights, seen[i] + k);
		for (; k < products; k++, weights++)
			for (i = 0; i < PIXELS; i++)
				sum[i] += *weights * seen[i][k];
		for (i = 0; i < (size_t)count; i++)
			for (j = 0; j < wanted; j++)
				out[i * channels + first + j] =
				    activate(sum[i][j], activation);
	}
}

WIDE void
convolve_run(const struct call *call)
{
	const int *filter = call->in[1]->size + ROWS;
	const struct layer_options *options = &call->layer->options;
	int direct = filter[0] * filter[1] * options->stride[0] * options->stride[1] == 1;
	size_t pixels = (size_t)call->out->size[ROWS] * (size_t)call->out->size[COLS];
	size_t products = depth(call), at;
	int cols = call->out->size[COLS];
	struct sweep sweep;

	sweep_init(&sweep, call, filter);
	for (at = 0; at < pixels; at += PIXELS) {
		int count = pixels - at < PIXELS ? (int)(pixels - at) : PIXELS, i;
		const float *seen[PIXELS];

		for (i = 0; i < PIXELS; i++) {
			size_t pixel = at + (size_t)(i < count ? i : 0);
			float *space = call->scratch + (size_t)i * products;

			seen[i] = direct ? call->in[0]->values + pixel * products : space;
			if (!direct)
				gather(&sweep, (int)(pixel / (size_t)cols),
				    (int)(pixel % (size_t)cols), space);
		}
		convolve_pixels(call, seen, count, call->out->values +
		    at * (size_t)call->out->size[CHANNELS]);
	}
}

/* ---- each channel by itself ---- */

int
depthwise_fits(const struct call *call)
{
	return has_weights(call, 1, call->out->size[CHANNELS]) && is_dense(call) &&
	    call->in[0]->size[CHANNELS] == call->out->size[CHANNELS] &&
	    sweep_fits(call, call->in[1]->size + ROWS);
}

static inline __attribute__((always_inline)) void
depthwise_pixel(const struct sweep *sweep, const struct window *window, float *restrict out)
{
	const struct tensor *weights = sweep->call->in[1];
	int channels = weights->size[CHANNELS], i, j, c;
	int activation = sweep->call->layer->options.activation;

	memcpy(out, sweep->call->in[2]->constant, (size_t)channels * sizeof *out);
	for (i = window->top; i < window->bottom; i++)
		for (j = window->left; j < window->right; j++) {
			const float *restrict in = sweep_pixel(sweep, i, j);
			const float *restrict weight = weights->constant +
			    ((size_t)(i - window->y) * (size_t)sweep->filter[1] +
			    (size_t)(j - window->x)) * (size_t)channels;

			for (c = 0; c < channels; c++)
				out[c] += in[c] * weight[c];
		}
	if (activation != ACTIVATE_NONE)
		for (c = 0; c < channels; c++)
			out[c] = activate(out[c], activation);
}

WIDE void
depthwise_run(const struct call *call)
{
	float *out = call->out->values;
	struct sweep sweep;
	struct window window;
	int row, col;

	sweep_init(&sweep, call, call->in[1]->size + ROWS);
	for (row = 0; row < call->out->size[ROWS]; row++)
		for (col = 0; col < call->out->size[COLS]; col++) {
			sweep_window(&sweep, row, col, &window);
			depthwise_pixel(&sweep, &window, out);
			out += call->out->size[CHANNELS];
		}
}

/* ---- several pixels from each ---- */

int
enlarge_fits(const struct call *call)
{
	const struct tensor *weights = call->in[1];

	return has_weights(call, call->out->size[CHANNELS], call->in[0]->size[CHANNELS]) &&
	    call->in[0]->size[0] == 1 && call->out->size[0] == 1 &&
	    (long long)call->in[0]->size[ROWS] * weights->size[ROWS] ==
	    call->out->size[ROWS] &&
	    (long long)call->in[0]->size[COLS] * weights->size[COLS] ==
	    call->out->size[COLS];
}

WIDE void
enlarge_run(const struct call *call)
{
	const struct tensor *weights = call->in[1];
	int tall = weights->size[ROWS], wide = weights->size[COLS];
	size_t channels = (size_t)call->in[0]->size[CHANNELS], k;
	float *out = call->out->values;
	int row, col, c;

	for (row = 0; row < call->out->size[ROWS]; row++)
		for (col = 0; col < call->out->size[COLS]; col++)
			for (c = 0; c < call->out->size[CHANNELS]; c++) {
				const float *in = call->in[0]->values + channels *
				    ((size_t)(row / tall) * (size_t)call->in[0]->size[COLS] +
				    (size_t)(col / wide));
				const float *weight = weights->constant + channels *
				    (((size_t)c * (size_t)tall + (size_t)(row % tall)) *
				    (size_t)wide + (size_t)(col % wide));
				float sum = call->in[2]->constant[c];

				for (k = 0; k < channels; k++)
					sum += in[k] * weight[k];
				*out++ = sum;
			}
}
