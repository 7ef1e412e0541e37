#include "lib/matte/matte_parts.h"

#include <math.h>

#include "lib/base/box.h"

/* Proportions in units of eyes to chin, about 115 mm of an adult. */
#define FACE_MIDDLE 0.22	/* of the certain ellipse, below the eyes */
#define FACE_HALF 0.66		/* its half height */
#define JAW_TOP 0.3		/* the certain ellipse tapers below, */
#define JAW_TAPER 0.4		/* of its width a unit */
#define EAR_TOP (-0.25)
#define EAR_END 0.55
#define EAR_HALF 1.45		/* of half the face */
#define NECK_TOP 1.15
#define SHOULDERS 1.5		/* no hair hangs beside the person below */
#define NECK_HALF 0.14
#define NECK_END 1.7
#define CHEST_TOP 1.65
#define CHEST_HALF 0.3		/* at its top */
#define CHEST_SLOPE 0.75
#define CHEST_MAX 1.15
#define COLLAR_ODDS 1.9
#define CHEEKS 0.4		/* their height below the eyes */
#define TURN_MAX 0.2
#define FACE_TURN 0.4
#define SKULL_TURN 1.0
#define NECK_TURN 1.2

static double
between(double low, double high, double value)
{
	return fmin(fmax(value, low), high);
}

void
shape_init(struct shape *shape, const struct matte_face *face, int step)
{
	double x = (face->left_eye.x + face->right_eye.x) / 2;
	double y = (face->left_eye.y + face->right_eye.y) / 2;
	double dx = face->chin.x - x, dy = face->chin.y - y;
	double unit = fmax(hypot(dx, dy), 1), turn;

	shape->x = x / step;
	shape->y = y / step;
	shape->unit = unit / step;
	shape->right[0] = dy / unit;
	shape->right[1] = -dx / unit;
	shape->chin_x = face->chin.x / step;
	shape->chin_y = face->chin.y / step;
	shape->half_face = (face->right - face->left) / 2 / unit;
	shape->half_face = fmin(fmax(shape->half_face, 0.5), 0.8);
	/* The cheeks' middle lies on the way from the eyes to the chin, or aside of
	 * it in a head that is turned; skull and neck are further aside. */
	turn = ((face->left + face->right) / 2 - x - CHEEKS * dx) / unit;
	shape->turn = between(-TURN_MAX, TURN_MAX, turn);
}

/* A cell in the head's frame. */
static void
in_head(const struct shape *shape, int x, int y, double *across, double *down)
{
	double dx = (x + 0.5 - shape->x) / shape->unit;
	double dy = (y + 0.5 - shape->y) / shape->unit;

	*across = dx * shape->right[0] + dy * shape->right[1];
	*down = -dx * shape->right[1] + dy * shape->right[0];
}

double
shape_down(const struct shape *shape, int y)
{
	return 1 + (y + 0.5 - shape->chin_y) / shape->unit;
}

static double
torso_across(const struct shape *shape, int x)
{
	return fabs((x + 0.5 - shape->chin_x) / shape->unit -
	    NECK_TURN * shape->turn);
}

int
shape_core(const struct shape *shape, int x, int y)
{
	double across, down, u, v;

	in_head(shape, x, y, &across, &down);
	u = (across - FACE_TURN * shape->turn) / (0.86 * shape->half_face *
	    (1 - JAW_TAPER * fmax(down - JAW_TOP, 0)));
	v = (down - FACE_MIDDLE) / FACE_HALF;
	if (u * u + v * v < 1)
		return 1;
	across = torso_across(shape, x);
	down = shape_down(shape, y);
	if (down > 0.8 && down < NECK_END && across < NECK_HALF)
		return 1;
	return down >= CHEST_TOP && across < fmin(CHEST_MAX,
	    CHEST_HALF + (down - CHEST_TOP) * CHEST_SLOPE);
}

/* Shoulders fall to the sides and end near 1.9 units.  Beside the neck, where a
 * collar may stand, nothing is sure. */
static double
torso_odds(double across, double down)
{
	double line = 1.62 + 0.22 * across + 0.10 * across * across;
	double body = fmin((down - line) * 6, (1.95 - across) * 6);
	double collar = fmin((down - 0.98 - 0.5 * across) * 8,
	    (1.05 - across) * 8);

	return fmax(body, fmin(collar, COLLAR_ODDS));
}

double
shape_odds(const struct shape *shape, int x, int y)
{
	double across, down, head, torso;

	in_head(shape, x, y, &across, &down);
	/* The skull: an ellipse about the forehead; hair may reach further. */
	across = (across - SKULL_TURN * shape->turn) / (shape->half_face * 1.06);
	down = (down + 0.05) / 0.96;
	head = sqrt(across * across + down * down);
	head = between(-3, 2.4, (1.12 - head) * 8);
	across = torso_across(shape, x);
	down = shape_down(shape, y);
	torso = torso_odds(across, down);
	torso = between(-3, 4, torso);
	return fmax(head, torso);
}

double
shape_solid(const struct shape *shape, int x, int y)
{
	double across, down;

	if (shape_down(shape, y) > NECK_TOP)
		return shape_down(shape, y) > SHOULDERS ||
		    shape_odds(shape, x, y) > 0.5;
	in_head(shape, x, y, &across, &down);
	return down > EAR_TOP && down < EAR_END &&
	    fabs(across) < EAR_HALF * shape->half_face;
}
