#include "lib/check/measure.h"

#include <math.h>

#include "lib/check/face.h"

/*
 * How far the tip of the nose stands before the plane of the cheeks, in half
 * face widths: with it the tip's shift sideways gives the angle.
 */
#define NOSE_DEPTH 0.62
/* The tip's place between eye line and lip line of a head held level. */
#define NOSE_LEVEL 0.63

static double
distance(struct point a, struct point b)
{
	return hypot(a.x - b.x, a.y - b.y);
}

static struct point
middle(struct point a, struct point b)
{
	struct point point = { (a.x + b.x) / 2, (a.y + b.y) / 2 };

	return point;
}

static double
degrees(double radians)
{
	return radians * 180 / M_PI;
}

static double
smaller(double a, double b)
{
	return a < b ? a : b;
}

static double
larger(double a, double b)
{
	return a > b ? a : b;
}

static double
eye_open(const struct point *p, int outer, int inner, int upper, int lower)
{
	double gap = (distance(p[upper], p[lower + 1]) +
	    distance(p[upper + 1], p[lower])) / 2;

	return gap / distance(p[outer], p[inner]);
}

/* Along and across the line through the eyes, from the middle between them. */
static struct point
upright(const struct point *p, int index, double roll)
{
	struct point origin = middle(p[FACE_EYE_LEFT], p[FACE_EYE_RIGHT]);
	double x = p[index].x - origin.x, y = p[index].y - origin.y;
	struct point turned = { x * cos(roll) + y * sin(roll),
	    y * cos(roll) - x * sin(roll) };

	return turned;
}

static void
measure_pose(const struct point *p, struct measure_face *face)
{
	double roll = atan2(p[FACE_EYE_RIGHT].y - p[FACE_EYE_LEFT].y,
	    p[FACE_EYE_RIGHT].x - p[FACE_EYE_LEFT].x);
	struct point tip = upright(p, FACE_NOSE_TIP, roll);
	struct point left = upright(p, FACE_CHEEK_LEFT, roll);
	struct point right = upright(p, FACE_CHEEK_RIGHT, roll);
	struct point lips = upright(p, FACE_LIP_TOP, roll);
	double half = (right.x - left.x) / 2, shift, rise;

	shift = (tip.x - (left.x + right.x) / 2) / half / NOSE_DEPTH;
	rise = (NOSE_LEVEL - tip.y / lips.y) * lips.y / half / NOSE_DEPTH;
	face->roll = degrees(roll);
	face->yaw = degrees(atan(shift));
	face->pitch = degrees(atan(rise));
}

void
measure_landmarks(const struct point *p, struct measure_face *face)
{
	face->left_eye = p[FACE_EYE_LEFT];
	face->right_eye = p[FACE_EYE_RIGHT];
	face->chin = p[FACE_CHIN];
	face->left = smaller(p[FACE_TEMPLE_LEFT].x, p[FACE_CHEEK_LEFT].x);
	face->right = larger(p[FACE_TEMPLE_RIGHT].x, p[FACE_CHEEK_RIGHT].x);
	face->crown = NAN;
	measure_pose(p, face);
	face->eyes_open = smaller(
	    eye_open(p, FACE_EYE_LEFT_OUTER, FACE_EYE_LEFT_INNER,
	    FACE_EYE_LEFT_UPPER_OUTER, FACE_EYE_LEFT_LOWER_INNER),
	    eye_open(p, FACE_EYE_RIGHT_OUTER, FACE_EYE_RIGHT_INNER,
	    FACE_EYE_RIGHT_UPPER_INNER, FACE_EYE_RIGHT_LOWER_OUTER));
	face->mouth_gap = distance(p[FACE_INNER_UPPER], p[FACE_INNER_LOWER]) /
	    distance(p[FACE_EYE_LEFT], p[FACE_EYE_RIGHT]);
}

static void
scale_point(struct point *point, double factor)
{
	point->x *= factor;
	point->y *= factor;
}

void
measure_scale(struct measure_face *face, double factor)
{
	face->box.x *= factor;
	face->box.y *= factor;
	face->box.w *= factor;
	face->box.h *= factor;
	scale_point(&face->left_eye, factor);
	scale_point(&face->right_eye, factor);
	scale_point(&face->chin, factor);
	face->left *= factor;
	face->right *= factor;
	face->crown *= factor;
}

double
measure_room(const struct measure_face *face, double width, double height)
{
	double eyes = (face->left_eye.y + face->right_eye.y) / 2;
	double above = eyes - (face->chin.y - eyes) * 0.6;
	double room = smaller(face->left, width - face->right);

	room = smaller(room, smaller(above, height - face->chin.y));
	return room / distance(face->left_eye, face->right_eye);
}
