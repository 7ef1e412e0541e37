#include "lib/check/screen.h"

#include <math.h>
#include <stdlib.h>

#include "lib/base/box.h"
#include "lib/base/mem.h"
#include "lib/check/measure.h"

enum {
	REACH = 2,		/* pixels each way between which an edge steps */
	STRONG = 28,		/* levels of that step */
	EVERY = 2,		/* one in so many pixels along a line is looked at */
	LEAN = 12,		/* degrees */
	LEANS = 2 * LEAN + 1,
	SIGNS = 2,		/* an edge is lighter on one side all along */
	WHITE = 240,		/* levels of the darkest channel */
	SQUARES = 16,		/* across the face */
	SQUARE_LEAST = 3,	/* pixels */
	HEAD_LEAST = 80		/* squares; fewer say nothing */
};

/* The head's ellipse, in heights from eyes to chin. */
#define HEAD_HALF 0.95
#define HEAD_BELOW_EYES 0.05

/* The picture looked at along lines that cross its columns: as it is, or turned. */
struct view {
	const unsigned char *grey, *own;
	int along, across;		/* pixels */
	long next_along, next_across;	/* from one to the next */
};

/* How many pixels lie on each line: by sign, lean and place at the middle. */
static int *
count_lines(const struct view *view)
{
	int *lines = xcalloc((size_t)(SIGNS * LEANS * view->across), sizeof *lines);
	int a, b, lean, step, place, shift[LEANS];
	const unsigned char *p;

	for (a = 0; a < view->along; a += EVERY) {
		for (lean = 0; lean < LEANS; lean++)
			shift[lean] = (int)lround((a - view->along / 2) *
			    tan((lean - LEAN) * M_PI / 180));
		for (b = REACH; b < view->across - REACH; b++) {
			p = view->grey + a * view->next_along +
			    b * view->next_across;
			step = p[REACH * view->next_across] -
			    p[-REACH * view->next_across];
			if (abs(step) < STRONG ||
			    (view->own != NULL && view->own[p - view->grey]))
				continue;
			for (lean = 0; lean < LEANS; lean++) {
				place = b - shift[lean];
				if (place >= 0 && place < view->across)
					lines[((step > 0) * LEANS + lean) *
					    view->across + place]++;
			}
		}
	}
	return lines;
}

/* The most before low and after high, as shares. */
static void
longest(const struct view *view, double low, double high, double share[2])
{
	int *lines = count_lines(view), most[2] = { 0 }, i, place, after;

	for (i = 0; i < SIGNS * LEANS; i++)
		for (place = 0; place < view->across; place++) {
			if (place >= low && place <= high)
				continue;
			after = place > high;
			if (lines[i * view->across + place] > most[after])
				most[after] = lines[i * view->across + place];
		}
	for (i = 0; i < 2; i++)
		share[i] = (double)most[i] * EVERY / view->along;
	free(lines);
}

double
screen_edges(const unsigned char *grey, int width, int height, const struct box *face,
    const unsigned char *own)
{
	struct view rows = { grey, own, width, height, 1, width };
	struct view columns = { grey, own, height, width, width, 1 };
	double share[4], best = 0, second = 0;
	int i;

	longest(&rows, face->y, face->y + face->h, share);
	longest(&columns, face->x, face->x + face->w, share + 2);
	for (i = 0; i < 4; i++)
		if (share[i] > best) {
			second = best;
			best = share[i];
		} else {
			second = fmax(second, share[i]);
		}
	return fmin(second, 1);
}

static int
is_white(const unsigned char *pixels, int width, int x, int y, int side)
{
	int count = 0, u, v;
	const unsigned char *p;

	for (v = y; v < y + side; v++) {
		p = pixels + 3 * ((size_t)v * (size_t)width + (size_t)x);
		for (u = 0; u < side; u++, p += 3)
			count += p[0] >= WHITE && p[1] >= WHITE && p[2] >= WHITE;
	}
	return 10 * count >= 9 * side * side;
}

double
screen_glare(const unsigned char *pixels, int width, int height,
    const struct measure_face *face)
{
	struct point eyes = { (face->left_eye.x + face->right_eye.x) / 2,
	    (face->left_eye.y + face->right_eye.y) / 2 };
	double dx = face->chin.x - eyes.x, dy = face->chin.y - eyes.y;
	double down = fmax(hypot(dx, dy), 1), reach = HEAD_HALF * down;
	double half = (face->right - face->left) / 2, along, across;
	struct point middle = { eyes.x + HEAD_BELOW_EYES * dx,
	    eyes.y + HEAD_BELOW_EYES * dy };
	int side = (int)fmax(lround(2 * half / SQUARES), SQUARE_LEAST);
	int x, y, all = 0, white = 0;

	for (y = (int)(middle.y - reach); y < middle.y + reach; y += side)
		for (x = (int)(middle.x - reach); x < middle.x + reach; x += side) {
			along = ((x + side / 2.0 - middle.x) * dx +
			    (y + side / 2.0 - middle.y) * dy) / down / reach;
			across = ((y + side / 2.0 - middle.y) * dx -
			    (x + side / 2.0 - middle.x) * dy) / down / half;
			if (!(along * along + across * across < 1) || x < 0 || y < 0 ||
			    x + side > width || y + side > height)
				continue;
			all++;
			white += is_white(pixels, width, x, y, side);
		}
	return all < HEAD_LEAST ? NAN : (double)white / all;
}
