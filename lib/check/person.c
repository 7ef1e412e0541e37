#include "lib/check/person.h"

#include <math.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/net/net.h"

/* From the eyes, in distances from them to the chin. */
#define ABOVE 2.5
#define BELOW 3.8
#define ASIDE 2.6

struct box
person_box(const struct matte_face *face, int width, int height)
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

/* The mean of the pixels under one of the network's; at least one. */
static void
squeeze(const unsigned char *pixels, int width, const int from[2], const int to[2],
    unsigned char *rgb)
{
	unsigned sum[3] = { 0 }, count = 0;
	int x, y, c;

	for (y = from[1]; y < to[1]; y++) {
		const unsigned char *pixel = pixels + 3 * ((size_t)y * (size_t)width +
		    (size_t)from[0]);

		for (x = from[0]; x < to[0]; x++, pixel += 3, count++)
			for (c = 0; c < 3; c++)
				sum[c] += pixel[c];
	}
	for (c = 0; c < 3; c++)
		rgb[c] = (unsigned char)((sum[c] + count / 2) / count);
}

static void
squeeze_all(const unsigned char *pixels, int width, const struct box *box, int cols,
    int rows, unsigned char *rgb)
{
	int from[2], to[2], x, y;

	for (y = 0; y < rows; y++) {
		from[1] = (int)(box->y + box->h * y / rows);
		to[1] = (int)(box->y + box->h * (y + 1) / rows);
		to[1] = to[1] > from[1] ? to[1] : from[1] + 1;
		for (x = 0; x < cols; x++, rgb += 3) {
			from[0] = (int)(box->x + box->w * x / cols);
			to[0] = (int)(box->x + box->w * (x + 1) / cols);
			to[0] = to[0] > from[0] ? to[0] : from[0] + 1;
			squeeze(pixels, width, from, to, rgb);
		}
	}
}

void
person_see(struct net *net, const unsigned char *pixels, int width, int height,
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
person_release(struct matte_prior *prior)
{
	free(prior->likely);
	prior->likely = NULL;
}
