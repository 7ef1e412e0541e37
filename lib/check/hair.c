#include "lib/check/hair.h"

#include <math.h>
#include <stdlib.h>

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
	head_top = { -0.4, 0.4, -1.7, -1.25 },
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
/* The head's top may be bald: skin, lighter or darker by so much. */
#define BALD 15

struct view {
	const unsigned char *pixels;
	int width, height;
	const struct matte *matte;
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
		qsort(colours->lab[c], count, sizeof(double), compare);
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

/* A bald head shines where the lamp is: its lightness counts half. */
static double
apart(const double one[static 3], const double other[static 3])
{
	return sqrt((one[0] - other[0]) * (one[0] - other[0]) / 4 +
	    (one[1] - other[1]) * (one[1] - other[1]) +
	    (one[2] - other[2]) * (one[2] - other[2]));
}

static double
measure_hat(const struct view *view, double skins[2][3], const int known[static 2])
{
	struct colours colours;
	double top[3], value;
	int i;

	look(view, &head_top, 1, &colours);
	if (!median(&colours, top))
		return NAN;
	value = from_hair(top);
	for (i = 0; i < 2; i++)
		if (known[i])
			value = fmin(value, beyond(apart(top, skins[i]), BALD));
	return value;
}

/* How many spots are skin; all are counted in seen. */
static int
count_skin(const struct view *view, const struct place *place, int inside,
    const double skin[static 3], int *seen)
{
	struct colours colours;
	int i, like = 0;

	look(view, place, inside, &colours);
	*seen += colours.count;
	for (i = 0; i < colours.count; i++)
		like += colours.lab[0][i] >= SKIN_DARKEST * skin[0] &&
		    hypot(colours.lab[1][i] - skin[1], colours.lab[2][i] - skin[2]) <=
		    SKIN_NEAR;
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
    const struct measure_face *face, const struct matte *matte, struct hair *hair)
{
	struct view view = { pixels, width, height, matte,
		{ (face->left_eye.x + face->right_eye.x) / 2,
		(face->left_eye.y + face->right_eye.y) / 2 },
		{ face->right_eye.x - face->left_eye.x,
		face->right_eye.y - face->left_eye.y } };
	double skins[2][3];
	int known[2] = { find_skin(&view, &cheeks, skins[0]),
		find_skin(&view, &forehead, skins[1]) };

	hair->hat = hair->brows = hair->ears = NAN;
	if (matte != NULL && (known[0] || known[1]))
		hair->hat = measure_hat(&view, skins, known);
	if (known[0])
		hair->brows = measure_brows(&view, skins[0]);
	if (matte != NULL && known[0])
		hair->ears = measure_ears(&view, face, skins[0]);
}
