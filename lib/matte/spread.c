#include "lib/matte/spread.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/mem.h"

enum { CHANNELS_MAX = 4 };

/* Halve a plane: each square of four cells becomes one, summed by weight. */
static void
pull(const float *from, const float *from_weight, int width, int height,
    float *to, float *to_weight, int channels)
{
	int cols = (width + 1) / 2;

	for (int y = 0; y < height; y++) {
		for (int x = 0; x < width; x++) {
			int at = y * width + x, half = y / 2 * cols + x / 2;

			to_weight[half] += from_weight[at];
			for (int c = 0; c < channels; c++)
				to[half * channels + c] += from_weight[at] *
				    from[at * channels + c];
		}
	}
	for (int i = 0; i < cols * ((height + 1) / 2); i++) {
		float sum = to_weight[i];

		for (int c = 0; c < channels && sum > 0; c++)
			to[i * channels + c] /= sum;
		to_weight[i] = sum < 1 ? sum : 1;
	}
}

/* The coarse plane's value at a cell of the fine one, interpolated. */
static void
coarse_at(const float *coarse, int cols, int rows, int x, int y, int channels,
    float *value)
{
	float u = ((float)x - 0.5f) / 2, v = ((float)y - 0.5f) / 2;
	int x0 = u < 0 ? 0 : (int)u, y0 = v < 0 ? 0 : (int)v;
	int x1 = x0 + 1 < cols ? x0 + 1 : x0, y1 = y0 + 1 < rows ? y0 + 1 : y0;
	float fx = u < 0 ? 0 : u - (float)x0, fy = v < 0 ? 0 : v - (float)y0;

	for (int c = 0; c < channels; c++) {
		float a = coarse[(y0 * cols + x0) * channels + c];
		float b = coarse[(y0 * cols + x1) * channels + c];
		float d = coarse[(y1 * cols + x0) * channels + c];
		float e = coarse[(y1 * cols + x1) * channels + c];

		a += fx * (b - a);
		d += fx * (e - d);
		value[c] = a + fy * (d - a);
	}
}

static void
push(float *fine, const float *weight, int width, int height,
    const float *coarse, int channels)
{
	int cols = (width + 1) / 2, rows = (height + 1) / 2;

	for (int y = 0; y < height; y++) {
		for (int x = 0; x < width; x++) {
			int at = y * width + x;
			float value[CHANNELS_MAX], keep = weight[at];

			if (keep >= 1)
				continue;
			coarse_at(coarse, cols, rows, x, y, channels, value);
			for (int c = 0; c < channels; c++)
				fine[at * channels + c] = keep *
				    fine[at * channels + c] +
				    (1 - keep) * value[c];
		}
	}
}

void
spread(float *values, const float *weight, int width, int height,
    int channels)
{
	int cols = (width + 1) / 2, rows = (height + 1) / 2;
	size_t cells = (size_t)cols * (size_t)rows;
	float *half, *half_weight;

	if (width <= 1 && height <= 1)
		return;
	half = xcalloc(cells * (size_t)channels, sizeof(*half));
	half_weight = xcalloc(cells, sizeof(*half_weight));
	pull(values, weight, width, height, half, half_weight, channels);
	spread(half, half_weight, cols, rows, channels);
	push(values, weight, width, height, half, channels);
	free(half);
	free(half_weight);
}
