#ifndef TC_BOX_H
#define TC_BOX_H
/*
 * box: a rectangle and a point in picture coordinates.
 *
 * Unit: pixels of the upright picture (after EXIF orientation), as reals.
 * Origin top left, x to the right, y down.  A box covers [x, x+w) by
 * [y, y+h); it may reach outside the picture.
 */

struct point {
	double x, y;
};

struct box {
	double x, y;	/* top left corner */
	double w, h;	/* extent, not negative */
};

#endif
