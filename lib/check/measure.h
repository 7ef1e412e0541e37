#ifndef TC_MEASURE_H
#define TC_MEASURE_H
/*
 * measure: numbers of a face, from landmarks and plain pixels.
 *
 * Pure arithmetic.  Pixels of one picture throughout: the caller scales lengths
 * to the upright original.  Left is the viewer's left.  What cannot be measured
 * is NaN.  Each number's meaning and formula is in tc-check(1).
 */
#include "lib/base/box.h"

struct point;

struct measure_face {
	struct box box;			/* the detector's */
	double confidence;
	struct point left_eye, right_eye, chin;
	double left, right;		/* x of the cheeks at their widest */
	double crown;			/* y of the top of the hair, NaN unknown */
	double reaches_left, reaches_right;	/* y from which down the person reaches
					 * the picture's edge, NaN where nowhere */
	double roll, yaw, pitch;	/* degrees; roll is positive when the head
					 * leans to the viewer's right, yaw when the
					 * nose points there, pitch when it looks up;
					 * these two from mesh.h */
};

/* Geometry from the landmarks of lib/check/face.h (FACE_POINTS of them).  box and
 * confidence are left alone, crown, reaches_left and _right, yaw and pitch are NaN. */
void measure_landmarks(const struct point *points, struct measure_face *face);

/* By how many percent a face is stretched in width, below 0 when it is too narrow: the
 * geometric mean of two measures, the irises, which are round, and the distance of the eyes
 * over the height from eyes to chin.  roundness is mesh.h's. */
double measure_stretch(const struct measure_face *face, double roundness);

/* Multiply all lengths and coordinates by factor. */
void measure_scale(struct measure_face *face, double factor);

/* How much room is between the face (cheeks, chin, crown of a face of common
 * proportions) and the nearest edge of a picture, in distances of the eyes; negative
 * when it is cut. */
double measure_room(const struct measure_face *face, double width, double height);

#endif
