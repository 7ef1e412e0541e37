#ifndef TC_MATTE_H
#define TC_MATTE_H
/*
 * matte: person and wall apart, on plain pixels.
 *
 * Input is 8-bit sRGB, three channels, rows without padding, of a person before
 * a wall.  No library types, no input/output.
 */
#include "lib/base/box.h"

struct buf;

/* Where the head is, from landmarks, in pixels of the given picture. */
struct matte_face {
	struct point left_eye, right_eye;	/* left is the viewer's */
	struct point chin;
	double left, right;	/* x of the cheeks, at their widest */
};

struct matte {
	unsigned char *alpha;	/* width * height, 0 wall .. 255 person */
	int width, height;
	double crown;		/* y of the top of the hair, 0 when cut off by
				 * the border; -1 when not found */
	double confidence;	/* 0..1, how sure the cut is; below 0.5 a person
				 * should look */
	double plainness;	/* Lab distance, 95th percentile, of the wall
				 * from its fitted surface; small is plain */
	double texture;		/* the same of what neither shadow nor objects tell */
	double gradient;	/* L from the surface's darkest place to its lightest */
	double shadow;		/* L that the wall near the person is darker by than
				 * its surface: 95th percentile */
	double objects;		/* 0..1, share of what is not the person that is not
				 * of the wall's colour, shaded or not, or stands
				 * apart from the person */
	unsigned char wall[3];	/* mean sRGB of the wall */
	const char *doubt;	/* what lowers confidence most, in words, ""
				 * when nothing does; static */

	struct matte_side *side;	/* cols * rows */
	int cols, rows;
	int step;		/* pixels of a square's side */
};

/* What is around the edge at one square of the picture. */
struct matte_side {
	float wall[3];		/* sRGB of the wall, behind the person too */
	float person[3];	/* sRGB of the person just inside of the edge */
	float inside;		/* squares to the edge, above 0 in the person */
	float solid;		/* 1 where no wall shows through, 0 in hair */
};

/* Cut the person out.  0, or -1 with the reason (no wall to be seen): crown
 * is then -1 and confidence 0.  Free with matte_release. */
int matte_cut(const unsigned char *pixels, int width, int height,
    const struct matte_face *face, struct matte *matte, struct buf *err);

/* The same without alpha, which is NULL: the edge is gone over at the crown only. */
int matte_find(const unsigned char *pixels, int width, int height,
    const struct matte_face *face, struct matte *matte, struct buf *err);

/* Put the person before a flat colour: at the edge the person's own colour is
 * found by taking the wall's away, so that no rim of it stays.  width and
 * height are the matte's; out is as large as pixels, and may be the same. */
void matte_compose(const unsigned char *pixels, int width, int height,
    const struct matte *matte, const unsigned char rgb[static 3],
    unsigned char *out);

void matte_release(struct matte *matte);

#endif
