#ifndef TC_LABELPAPER_H
#define TC_LABELPAPER_H
/*
 * labelpaper: how address labels stand on a sheet of label paper, tc-template(5).
 *
 * A file under share/labels.  Lengths are millimetres, sizes of type points.  Every key
 * must be given, and no label may lie outside the paper or on another.
 */
#include "lib/sheet/area.h"

struct buf;

struct labelpaper {
	double width, height;		/* of the paper */
	double columns, rows;		/* whole numbers */
	double left, top;		/* of the first label */
	double pitch_x, pitch_y;	/* from a label to the next */
	double label_width, label_height;
	double padding, size;
};

/* Load by name ("a4-24", from share/labels) or by path (when name has a slash).  0, or -1
 * with the reason. */
int labelpaper_load(struct labelpaper *paper, const char *name, struct buf *err);

/* How many labels a sheet has; where the index-th is, from 0, without its padding. */
int labelpaper_count(const struct labelpaper *paper);
struct area labelpaper_area(const struct labelpaper *paper, int index);

#endif
