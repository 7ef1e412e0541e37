#ifndef TC_MATTE_H
#define TC_MATTE_H
/*
 * matte: person and wall apart, on plain pixels.
 *
 * Input is 8-bit sRGB, three channels, rows without padding, of a person before
 * a wall.  No library types, no input/output.
 */
#include "lib/box.h"

struct buf;

/* Where the head is, from landmarks, in pixels of the given picture. */
struct matte_face {
	struct point left_eye, right_eye;	/* centres; left is the viewer's */
	struct point chin;
	double left, right;	/* x of the cheeks, at their widest */
};

struct matte {
	unsigned char *alpha;	/* width * height, 0 wall .. 255 person */
	int width, height;
	double crown;		/* y of the top of the hair; -1 when not found */
	double confidence;	/* 0..1, how sure the cut is */
	double plainness;	/* CIE Lab distance, 95th percentile of wall pixels
				 * from the fitted wall surface; small is plain */
	unsigned char wall[3];	/* mean sRGB of the wall */

	/* For matte_compose: what is around the edge, for squares of step
	 * pixels. */
	struct matte_side *side;
	int cols, rows, step;
};

struct matte_side {
	float wall[3];		/* sRGB of the wall, behind the person as well */
	float person[3];	/* sRGB of the person just inside of the edge */
	float inside;		/* squares to the edge, positive in the person */
	float spare;
};

/* Cut the person out.  0, or -1 with the reason (no wall to be seen).  Free with
 * matte_release. */
int matte_cut(const unsigned char *pixels, int width, int height,
    const struct matte_face *face, struct matte *matte, struct buf *err);
/* Put the person before a flat colour: at the edge the person's own colour is
 * found by taking the wall's away, so that no rim of it stays.  width and height
 * are the matte's; out is as large as pixels, and may be the same. */
void matte_compose(const unsigned char *pixels, int width, int height,
    const struct matte *matte, const unsigned char rgb[static 3],
    unsigned char *out);

void matte_release(struct matte *matte);

#endif
