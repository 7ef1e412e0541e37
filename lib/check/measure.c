#include "lib/check/measure.h"

#include <math.h>

#include "lib/check/face.h"

static double
distance(struct point a, struct point b)
{
	return hypot(a.x - b.x, a.y - b.y);
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

void
measure_landmarks(const struct point *p, struct measure_face *face)
{
	face->left_eye = p[FACE_EYE_LEFT];
	face->right_eye = p[FACE_EYE_RIGHT];
	face->chin = p[FACE_CHIN];
	face->left = smaller(p[FACE_TEMPLE_LEFT].x, p[FACE_CHEEK_LEFT].x);
	face->right = larger(p[FACE_TEMPLE_RIGHT].x, p[FACE_CHEEK_RIGHT].x);
	face->crown = face->yaw = face->pitch = NAN;
	face->reaches_left = face->reaches_right = NAN;
	face->roll = degrees(atan2(p[FACE_EYE_RIGHT].y - p[FACE_EYE_LEFT].y,
	    p[FACE_EYE_RIGHT].x - p[FACE_EYE_LEFT].x));
}

/* The means of 100 frontal studio portraits: what mesh.h has for round irises, and the
 * eyes' distance over their height above the chin. */
#define ROUND 1.149
#define EYES_TO_CHIN 0.565

double
measure_stretch(const struct measure_face *face, double roundness)
{
	struct point middle = { (face->left_eye.x + face->right_eye.x) / 2,
	    (face->left_eye.y + face->right_eye.y) / 2 };
	double wide = distance(face->left_eye, face->right_eye) /
	    distance(middle, face->chin);

	return 100 * (sqrt(roundness / ROUND * wide / EYES_TO_CHIN) - 1);
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
	face->reaches_left *= factor;
	face->reaches_right *= factor;
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
