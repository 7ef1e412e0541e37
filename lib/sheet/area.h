#ifndef TC_AREA_H
#define TC_AREA_H
/*
 * area: a rectangle on paper.
 *
 * Unit: millimetres, as reals.  Origin top left of the sheet, x to the right, y
 * down.  What is drawn converts each edge once; nothing is rounded before.
 */

struct area {
	double x, y;	/* top left corner */
	double w, h;	/* extent, not negative */
};

#endif
