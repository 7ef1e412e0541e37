#include "lib/check/personprior.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/mem.h"
#include "lib/net/net.h"

/* From the eyes, in distances from them to the chin. */
#define ABOVE 2.5
#define BELOW 3.8
#define ASIDE 2.6

struct box
personprior_box(const struct matte_face *face, int width, int height)
{
	double x = (face->left_eye.x + face->right_eye.x) / 2;
	double y = (face->left_eye.y + face->right_eye.y) / 2;
	double unit = hypot(face->chin.x - x, face->chin.y - y);
	double left = fmin(fmax(x - ASIDE * unit, 0), width - 1.0);
	double top = fmin(fmax(y - ABOVE * unit, 0), height - 1.0);
	double right = fmin(x + ASIDE * unit, width);
	double bottom = fmin(y + BELOW * unit, height);

	return (struct box){ floor(left), floor(top),
		ceil(fmax(right - floor(left), 1)), ceil(fmax(bottom - floor(top), 1)) };
}

/* The pixels of a side that are under pixel i of the network's count; at least one. */
struct span {
	int from, to;
};

static struct span
span_of(double start, double extent, int i, int count)
{
	struct span span = { (int)(start + extent * i / count),
		(int)(start + extent * (i + 1) / count) };

	span.to = span.to > span.from ? span.to : span.from + 1;
	return span;
}

/* One row of the network's, each pixel the mean of those under it: first down, all of
 * the box at a time, then across. */
static void
squeeze_row(const unsigned char *pixels, int width, const struct span *down,
    const struct span *across, int cols, unsigned *sum, unsigned char *rgb)
{
	int first = 3 * across[0].from, last = 3 * across[cols - 1].to, x, y, c;
	unsigned count, total;

	memset(sum + first, 0, (size_t)(last - first) * sizeof *sum);
	for (y = down->from; y < down->to; y++)
		for (x = first; x < last; x++)
			sum[x] += pixels[3 * (size_t)y * (size_t)width + (size_t)x];
	for (; cols > 0; cols--, across++) {
		count = (unsigned)((across->to - across->from) * (down->to - down->from));
		for (c = 0; c < 3; c++) {
			total = count / 2;
			for (x = across->from; x < across->to; x++)
				total += sum[3 * x + c];
			*rgb++ = (unsigned char)(total / count);
		}
	}
}

static void
squeeze_all(const unsigned char *pixels, int width, const struct box *box, int cols,
    int rows, unsigned char *rgb)
{
	struct span *across = xcalloc((size_t)cols, sizeof *across), down;
	unsigned *sum = xcalloc(3 * (size_t)width, sizeof *sum);
	int x, y;

	for (x = 0; x < cols; x++)
		across[x] = span_of(box->x, box->w, x, cols);
	for (y = 0; y < rows; y++, rgb += 3 * cols) {
		down = span_of(box->y, box->h, y, rows);
		squeeze_row(pixels, width, &down, across, cols, sum, rgb);
	}
	free(across);
	free(sum);
}

void
personprior_find(struct net *net, const unsigned char *pixels, int width, int height,
    const struct box *box, struct matte_prior *prior)
{
	int cols = net_width(net), rows = net_height(net);
	size_t count = (size_t)cols * (size_t)rows, i;
	unsigned char *rgb = xmalloc(3 * count), *likely = xmalloc(count);
	const float *seen;
	struct box inside = *box;

	inside.x = fmin(fmax(inside.x, 0), width - 1.0);
	inside.y = fmin(fmax(inside.y, 0), height - 1.0);
	inside.w = fmin(fmax(inside.w, 1), width - inside.x);
	inside.h = fmin(fmax(inside.h, 1), height - inside.y);
	squeeze_all(pixels, width, &inside, cols, rows, rgb);
	net_run(net, rgb);
	seen = net_output(net, 0);
	for (i = 0; i < count; i++)
		likely[i] = (unsigned char)(fminf(fmaxf(seen[i], 0), 1) * 255 + 0.5f);
	free(rgb);
	*prior = (struct matte_prior){ likely, cols, rows, inside };
}

void
personprior_release(struct matte_prior *prior)
{
	free(prior->likely);
	prior->likely = NULL;
}
