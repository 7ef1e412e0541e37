#ifndef TC_CROP_H
#define TC_CROP_H
/*
 * crop: from where the face is to the one part of the picture to keep.
 *
 * A crop has one uniform scale and no rotation.  Its freedom is scale, height and
 * side: the limits on crown, eye line, face width and centring are linear in
 * these, so the crops that satisfy all of them are found exactly, and the nearest
 * to the targets is taken.  In order of preference: not enlarged and inside the
 * picture; inside it; reaching out above and beside; reaching out below, which
 * always fails, since a body cannot be made up.
 *
 * Pure arithmetic.  "Output pixels" are pixels of the registration image.
 */
#include "lib/base/box.h"

struct crop_band {
	double min, max, target;	/* output pixels, inclusive */
};

struct crop_limits {
	int width, height;		/* of the output */
	struct crop_band crown, eye_line;	/* from the upper edge */
	struct crop_band face_width;
	double centre_max;		/* distance of the face's middle from the
					 * output's */
	double scale_max;		/* output pixels per picture pixel */
	int wall_extends;		/* the background is replaced: reaching out
					 * above and beside is no failure */
	double missing_max;		/* output pixels that may lie outside of the
					 * picture on a side, where its edge is repeated */
	double margin;			/* stay that far inside the bands where that is
					 * possible: measuring again may differ by it */
};

/* Where the face is, in pixels of the upright picture. */
struct crop_face {
	double crown, eye_line;		/* y; the crown is above the eyes */
	double width;			/* cheek to cheek */
	double centre;			/* x of the face's middle */
};

enum crop_failures {
	CROP_CROWN = 1 << 0,
	CROP_EYE_LINE = 1 << 1,
	CROP_FACE_WIDTH = 1 << 2,
	CROP_CENTRE = 1 << 3,
	CROP_SCALE = 1 << 4,		/* would have to be enlarged too much */
	CROP_ABOVE = 1 << 5,		/* reaches outside the picture */
	CROP_BELOW = 1 << 6,
	CROP_LEFT = 1 << 7,
	CROP_RIGHT = 1 << 8,
	CROP_NO_FACE = 1 << 9		/* numbers that are no face: no crop */
};

struct crop {
	struct box box;			/* in the picture */
	double scale;			/* output pixels per picture pixel */
	/* Output pixels from here. */
	double crown, eye_line, face_width;
	double centre;			/* of the face; wanted is width / 2 */
	double above, below, left, right;	/* reaches outside by, at least 0 */
};

/* Find the best crop of a picture of width x height.  Returns the failures that
 * even the best one has, 0 when it satisfies everything. */
int crop_fit(const struct crop_limits *limits, const struct crop_face *face,
    double width, double height, struct crop *crop);

/* The same numbers for a given box: where the face comes to lie in it. */
int crop_judge(const struct crop_limits *limits, const struct crop_face *face,
    double width, double height, const struct box *box, struct crop *crop);

#endif
