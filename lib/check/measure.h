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
	double roll, yaw, pitch;	/* degrees; roll is positive when the head
					 * leans to the viewer's right, yaw when the
					 * nose points there, pitch when it looks up */
	double eyes_open;		/* lid gap / width, of the eye less open */
	double mouth_gap;		/* inner lips' gap / eye distance */
};

/* Geometry from the landmarks of lib/check/face.h (FACE_POINTS of them).  box and
 * confidence are left alone, crown is NaN. */
void measure_landmarks(const struct point *points, struct measure_face *face);

/* Multiply all lengths and coordinates by factor. */
void measure_scale(struct measure_face *face, double factor);

/* Light and sharpness in the face of an 8-bit sRGB picture, three channels, rows
 * without padding. */
struct measure_light {
	double dark;		/* luma below which 95 % of the face lies, 0..255 */
	double bright;		/* share of the face above luma 247, 0..1 */
	double contrast;	/* luma from 5 % to 95 % of the face, 0..255 */
	double sides;		/* left half's mean luma less the right's, as a share
				 * of their mean; positive when the left is lighter */
	double chroma;		/* mean of max - min of the channels, 0..255 */
	double sharpness;	/* fine over coarse detail, see tc-check(1) */
};
void measure_light(const unsigned char *pixels, int width, int height,
    const struct measure_face *face, struct measure_light *light);

/* The eyes of that picture. */
struct measure_eyes {
	double red;		/* share of the pupils' discs that shines red, 0..1 */
	double glare;		/* share of the lenses' area that is white, 0..1 */
};
void measure_eyes(const unsigned char *pixels, int width, int height,
    const struct measure_face *face, struct measure_eyes *eyes);

/* How much room is between the face (cheeks, chin, crown of a face of common
 * proportions) and the nearest edge of a picture, in distances of the eyes; negative
 * when it is cut. */
double measure_room(const struct measure_face *face, double width, double height);

#endif
