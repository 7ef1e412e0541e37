#include "lib/check/hair.h"

#include <math.h>
#include <stdlib.h>

#include "lib/base/mem.h"
#include "lib/check/colour.h"
#include "lib/check/detail.h"
#include "lib/check/measure.h"
#include "lib/matte/lab.h"
#include "lib/matte/matte.h"

/* Places, in distances of the eyes, along their line from the middle between them
 * and down across it. */
struct place {
	double left, right, top, bottom;
};

static const struct place
	cheeks = { -0.5, 0.5, 0.4, 0.75 },
	forehead = { -0.4, 0.4, -1.1, -0.6 },
	above_brows = { -1, 1, -2.6, -0.75 },
	over_brows[2] = { { -0.8, -0.2, -0.64, -0.52 }, { 0.2, 0.8, -0.64, -0.52 } },
	/* along: from the face's edge outward */
	ears[2] = { { -0.16, -0.02, -0.1, 0.6 }, { 0.02, 0.16, -0.1, 0.6 } };

enum {
	SIDE = 10,		/* spots along each side of a place */
	SPOTS = SIDE * SIDE,
	ENOUGH = SPOTS / 3
};
#define SPOT 0.025		/* half of a spot's side */

/* CIE a and b of skin in white light, light.c's; darker than this nothing is known. */
#define SKIN_LEAST 20
static const double skin_a[2] = { 2, 28 }, skin_b[2] = { 3, 38 };

/* A spot is skin that is this much of the skin's lightness, and this near in a and b. */
#define SKIN_DARKEST 0.62
#define SKIN_NEAR 14

/* Strands are so fine: bands between these, and squares in which they are seen, in
 * distances of the eyes. */
#define STRAND (1 / 60.0)
#define STRANDS (1 / 12.0)
#define SQUARE 0.12
/* A square without strands: their contrast, percent of its luma, which coding and noise
 * make uncertain by so many levels.  Portraits' hair has 5 to 25, cloth 1 to 3. */
#define STRANDS_LEAST 3
#define UNCERTAIN 6
#define SHARP_LEAST 10
#define EYES_LEAST 48		/* pixels apart */
/* Delta E from the colours of hair, beyond which a square is none. */
#define FAR_FROM_HAIR 6
/* Squares from the edge of the person: nothing but person. */
#define INSIDE 1.5f
enum { SQUARES_LEAST = 30 };

struct view {
	const unsigned char *pixels;
	int width, height;
	const struct matte *matte;
	int sharp;			/* strands could be seen */
	struct point middle, along;	/* along: from eye to eye */
};

struct colours {
	double lab[3][SPOTS];
	int count;
};

static struct point
at(const struct view *view, double u, double v)
{
	struct point point = { view->middle.x + u * view->along.x - v * view->along.y,
		view->middle.y + u * view->along.y + v * view->along.x };

	return point;
}

static int
is_person(const struct matte *matte, struct point point)
{
	int column = (int)(point.x / matte->step), row = (int)(point.y / matte->step);

	return column >= 0 && row >= 0 && column < matte->cols && row < matte->rows &&
	    matte->side[row * matte->cols + column].inside > 0;
}

/* Mean colour around point; 0 when it is not in the picture. */
static int
spot(const struct view *view, struct point point, double lab[static 3])
{
	int reach = (int)(SPOT * hypot(view->along.x, view->along.y));
	int x0 = (int)point.x - reach, y0 = (int)point.y - reach, step, x, y, i;
	int last = 2 * reach, count = 0;
	double rgb[3] = { 0 };
	const unsigned char *p;

	if (!(point.x >= reach && point.y >= reach && point.x + reach + 1 < view->width &&
	    point.y + reach + 1 < view->height))
		return 0;
	step = reach > 1 ? reach / 2 : 1;
	for (y = 0; y <= last; y += step)
		for (x = 0; x <= last; x += step, count++) {
			p = view->pixels + 3 * ((size_t)(y0 + y) *
			    (size_t)view->width + (size_t)(x0 + x));
			for (i = 0; i < 3; i++)
				rgb[i] += p[i];
		}
	for (i = 0; i < 3; i++)
		rgb[i] /= count;
	lab_exact(rgb, lab);
	return 1;
}

/* The spots of a place, with inside those of the person only. */
static void
look(const struct view *view, const struct place *place, int inside,
    struct colours *colours)
{
	double lab[3];
	struct point point;
	int i, c;

	colours->count = 0;
	for (i = 0; i < SPOTS; i++) {
		point = at(view, place->left + (place->right - place->left) *
		    (i % SIDE + 0.5) / SIDE,
		    place->top + (place->bottom - place->top) *
		    (i / SIDE + 0.5) / SIDE);
		if (inside && !is_person(view->matte, point))
			continue;
		if (!spot(view, point, lab))
			continue;
		for (c = 0; c < 3; c++)
			colours->lab[c][colours->count] = lab[c];
		colours->count++;
	}
}

static int
compare(const void *a, const void *b)
{
	double one = *(const double *)a, other = *(const double *)b;

	return (one > other) - (one < other);
}

/* 0 when there are too few spots. */
static int
median(struct colours *colours, double lab[static 3])
{
	size_t count = (size_t)colours->count;
	int c;

	if (colours->count < ENOUGH)
		return 0;
	for (c = 0; c < 3; c++) {
		mem_sort(colours->lab[c], count, sizeof(double), compare);
		lab[c] = colours->lab[c][count / 2];
	}
	return 1;
}

static int
within(double value, const double range[static 2])
{
	return value >= range[0] && value <= range[1];
}

/* The colour of a place that shows skin; 0 when it does not. */
static int
find_skin(const struct view *view, const struct place *place, double lab[static 3])
{
	struct colours colours;

	look(view, place, 0, &colours);
	return median(&colours, lab) && lab[0] >= SKIN_LEAST &&
	    within(lab[1], skin_a) && within(lab[2], skin_b);
}

static double
beyond(double value, double limit)
{
	return fmax(value - limit, 0);
}

/* How far a colour is from those of hair: black to blond, red and grey; dark hair
 * shines bluish under the sky. */
static double
from_hair(const double lab[static 3])
{
	double light = lab[0], a = lab[1], b = lab[2];
	double cold = fmax(3, 20 - 0.4 * light);
	double off_light = beyond(light, 65 + fmin(hypot(a, b), 20));
	double off_a = fmax(beyond(-a, 2), beyond(a, fmin(14 + 0.8 * fmax(b, 0), 36)));
	double off_b = fmax(beyond(-b, cold), beyond(b, 45));

	return sqrt(off_light * off_light + off_a * off_a + off_b * off_b);
}

static int
is_skin(const double lab[static 3], const double skin[static 3])
{
	return lab[0] >= SKIN_DARKEST * skin[0] &&
	    hypot(lab[1] - skin[1], lab[2] - skin[2]) <= SKIN_NEAR;
}

/* ---- the head's top ---- */

/* Above the brows: luma, and what of it is as fine as strands. */
struct head_top {
	int left, top, width, height;	/* pixels */
	int square;			/* a square's side */
	float *luma, *fine;
};

static float
luma_of(const unsigned char *p)
{
	return 0.299f * p[0] + 0.587f * p[1] + 0.114f * p[2];
}

/* 0 where the picture has too little of it. */
static int
cut_top(const struct view *view, struct head_top *top)
{
	double eyes = hypot(view->along.x, view->along.y);
	const struct place *place = &above_brows;
	int right = (int)fmin(view->middle.x + place->right * eyes, view->width);
	int bottom = (int)fmin(view->middle.y + place->bottom * eyes, view->height);
	float *wide, *scratch;
	size_t count, i;

	top->left = (int)fmax(view->middle.x + place->left * eyes, 0);
	top->top = (int)fmax(view->middle.y + place->top * eyes, 0);
	top->width = right - top->left;
	top->height = bottom - top->top;
	top->square = (int)fmax(SQUARE * eyes, 4);
	if (top->width < top->square || top->height < top->square)
		return 0;
	count = (size_t)top->width * (size_t)top->height;
	top->luma = xcalloc(count, 4 * sizeof *top->luma);
	top->fine = top->luma + count;
	wide = top->fine + count;
	scratch = wide + count;
	for (i = 0; i < count; i++)
		top->luma[i] = luma_of(view->pixels + 3 * (((size_t)top->top +
		    i / (size_t)top->width) * (size_t)view->width +
		    (size_t)top->left + i % (size_t)top->width));
	detail_blur(top->luma, top->fine, scratch, top->width, top->height,
	    (int)fmax(STRAND * eyes, 1));
	detail_blur(top->luma, wide, scratch, top->width, top->height,
	    (int)fmax(STRANDS * eyes, 2));
	for (i = 0; i < count; i++)
		top->fine[i] -= wide[i];
	return 1;
}

/* Whether the square at a place of the head's top is nothing but person. */
static int
is_inside(const struct view *view, const struct head_top *top, int x, int y)
{
	const struct matte *matte = view->matte;
	int column, row, i;

	for (i = 0; i < 4; i++) {
		column = (top->left + x + (i & 1) * (top->square - 1)) / matte->step;
		row = (top->top + y + (i >> 1) * (top->square - 1)) / matte->step;
		if (column >= matte->cols || row >= matte->rows ||
		    matte->side[row * matte->cols + column].inside <= INSIDE)
			return 0;
	}
	return 1;
}

static void
square_colour(const struct view *view, const struct head_top *top, int x, int y,
    double lab[static 3])
{
	int left = top->left + x, above = top->top + y;
	const struct colour_part square = { left, above, left + top->square,
		above + top->square };

	colour_mean_lab(view->pixels, view->width, view->height, &square, lab);
}

/* Contrast of the strands in a square, percent. */
static double
strands_at(const struct head_top *top, int x, int y)
{
	double squares = 0, light = 0, count = top->square * top->square;
	int u, v;

	for (v = y; v < y + top->square; v++)
		for (u = x; u < x + top->square; u++) {
			double fine = (double)top->fine[v * top->width + u];

			squares += fine * fine;
			light += (double)top->luma[v * top->width + u];
		}
	return 100 * sqrt(squares / count) / (light / count + UNCERTAIN);
}

/* Neither skin nor hair: of a colour that hair has not, or without strands. */
static int
is_cover(const struct view *view, const struct head_top *top, int x, int y,
    const double skin[static 3])
{
	double lab[3];

	square_colour(view, top, x, y, lab);
	return !is_skin(lab, skin) && (from_hair(lab) > FAR_FROM_HAIR ||
	    (view->sharp && strands_at(top, x, y) < STRANDS_LEAST));
}

static double
measure_hat(const struct view *view, const double skin[static 3])
{
	struct head_top top;
	int x, y, seen = 0, covered = 0;

	if (!cut_top(view, &top))
		return NAN;
	for (y = 0; y + top.square <= top.height; y += top.square)
		for (x = 0; x + top.square <= top.width; x += top.square) {
			if (!is_inside(view, &top, x, y))
				continue;
			seen++;
			covered += is_cover(view, &top, x, y, skin);
		}
	free(top.luma);
	return seen < SQUARES_LEAST ? NAN : 100.0 * covered / seen;
}

/* ---- brows and ears ---- */

/* How many spots are skin; all are counted in seen. */
static int
count_skin(const struct view *view, const struct place *place, int inside,
    const double skin[static 3], int *seen)
{
	struct colours colours;
	double lab[3];
	int i, like = 0;

	look(view, place, inside, &colours);
	*seen += colours.count;
	for (i = 0; i < colours.count; i++) {
		lab[0] = colours.lab[0][i];
		lab[1] = colours.lab[1][i];
		lab[2] = colours.lab[2][i];
		like += is_skin(lab, skin);
	}
	return like;
}

static double
measure_brows(const struct view *view, const double skin[static 3])
{
	int seen = 0, like = 0, i;

	for (i = 0; i < 2; i++)
		like += count_skin(view, &over_brows[i], 0, skin, &seen);
	return seen >= 2 * ENOUGH ? 100.0 * like / seen : NAN;
}

static double
measure_ears(const struct view *view, const struct measure_face *face,
    const double skin[static 3])
{
	const double edges[2] = { face->left, face->right };
	struct place place;
	int seen = 0, most = 0, like, i;
	double edge;

	for (i = 0; i < 2; i++) {
		edge = (edges[i] - view->middle.x) /
		    hypot(view->along.x, view->along.y);
		place = ears[i];
		place.left += edge;
		place.right += edge;
		like = count_skin(view, &place, 1, skin, &seen);
		most = like > most ? like : most;
	}
	return seen > 0 ? 100.0 * most / SPOTS : NAN;
}

void
hair_measure(const unsigned char *pixels, int width, int height,
    const struct measure_face *face, double sharpness, const struct matte *matte,
    struct hair *hair)
{
	struct view view = { pixels, width, height, matte, 0,
		{ (face->left_eye.x + face->right_eye.x) / 2,
		(face->left_eye.y + face->right_eye.y) / 2 },
		{ face->right_eye.x - face->left_eye.x,
		face->right_eye.y - face->left_eye.y } };
	double skin[3];
	int cheeks_seen = find_skin(&view, &cheeks, skin);

	view.sharp = sharpness >= SHARP_LEAST &&
	    hypot(view.along.x, view.along.y) >= EYES_LEAST;
	hair->hat = hair->brows = hair->ears = NAN;
	if (cheeks_seen) {
		hair->brows = measure_brows(&view, skin);
		if (matte != NULL)
			hair->ears = measure_ears(&view, face, skin);
	}
	/* behind a mask the forehead may be seen */
	if (matte != NULL && (cheeks_seen || find_skin(&view, &forehead, skin)))
		hair->hat = measure_hat(&view, skin);
}
