#ifndef TC_MATTE_H
#define TC_MATTE_H
/*
 * matte: person and wall apart, on plain pixels.
 *
 * How a cut is made: (1) a prior, made by a network, gives roughly where the person is;
 * cells far inside or outside of its outline are certain, and a band along it is open.
 * (2) In the band each cell is compared with the colours of the wall around it and of the
 * person; where these are alike, only the prior counts.  (3) A smooth field that stops at
 * steps of colour decides the band; notches in the body's outline that have a colour of
 * the clothing are filled.  (4) Pixels along the edge become mixtures of the colours on
 * both sides; where these are the same, only the outline counts.  (5) Doubts about the cut
 * are measured, each with its place.  Before a wall that is not plain the prior outweighs
 * colours, and the edge follows the outline alone.
 *
 * Pixels are 8-bit sRGB, three channels, rows without padding.  No library types, no
 * input/output; results depend on the input only.
 */
#include "lib/base/box.h"

struct buf;

/* Where the head is, from landmarks, in pixels of the given picture. */
struct matte_face {
	struct point left_eye, right_eye;	/* left is the viewer's */
	struct point chin;
	double left, right;	/* x of the cheeks, at their widest */
};

/* How likely each place is person: 0 wall .. 255 person, width * height values over
 * the box, which is in pixels of the given picture; outside of it nothing is known. */
struct matte_prior {
	unsigned char *likely;
	int width, height;
	struct box box;
};

/* Why a cut may be wrong. */
enum matte_doubt {
	MATTE_SURE,
	MATTE_NOT_PLAIN,	/* the wall is not of one colour */
	MATTE_OBJECT,		/* something else than person or wall is there */
	MATTE_APART,		/* prior and colours disagree */
	MATTE_VAGUE,		/* the prior is undecided */
	MATTE_ALIKE,		/* much of the body's outline has one colour on both
				 * sides */
	MATTE_FAINT,		/* the outline is hardly visible: added to MATTE_ALIKE */
	MATTE_HAIR,		/* the person reaches beyond the band */
	MATTE_CROWN		/* the top of the hair is at an impossible place */
};

/* Where: of the picture, from the head. */
enum matte_place {
	MATTE_ALL,
	MATTE_ABOVE,		/* the eyes */
	MATTE_LEFT,		/* beside head and neck, the viewer's left */
	MATTE_RIGHT,
	MATTE_LEFT_SHOULDER,
	MATTE_RIGHT_SHOULDER
};

struct matte {
	unsigned char *alpha;	/* width * height, 0 wall .. 255 person; or NULL */
	int width, height;
	double crown;		/* y of the top of the hair, 0 when cut off by
				 * the border; -1 when not found, or when hair and
				 * wall above are not to be told apart */
	double confidence;	/* 0..1, how sure the cut is; below 0.5 a person
				 * should look */
	int plain;		/* the wall is mostly of one colour; if not, the cut may
				 * still be good */
	double plainness;	/* Lab distance, 95th percentile, of the wall
				 * from its fitted surface; small is plain */
	double texture;		/* the same without shadows and objects */
	double gradient;	/* L from the surface's darkest place to its lightest */
	double shadow;		/* by how much L of the wall near the person is below its
				 * surface: 95th percentile */
	double objects;		/* 0..1, share of what is not the person that is not
				 * of the wall's colour, shaded or not */
	unsigned char wall[3];	/* mean sRGB of the wall */
	enum matte_doubt doubt;	/* what lowers confidence most, */
	enum matte_place place;	/* and where */

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

/* Cut the person out.  0, or -1 with the reason (no person, no wall): crown
 * is then -1 and confidence 0.  Free with matte_release. */
int matte_cut(const unsigned char *pixels, int width, int height,
    const struct matte_face *face, const struct matte_prior *prior,
    struct matte *matte, struct buf *err);

/* The same without alpha, which is NULL: pixels are computed at the crown only. */
int matte_find(const unsigned char *pixels, int width, int height,
    const struct matte_face *face, const struct matte_prior *prior,
    struct matte *matte, struct buf *err);

/* Put the person before a flat colour: at the edge the wall's part is removed from the
 * colour, so that no rim of the old wall stays.  width and height are the matte's; out is
 * as large as pixels, and may be the same. */
void matte_compose(const unsigned char *pixels, int width, int height,
    const struct matte *matte, const unsigned char rgb[static 3],
    unsigned char *out);

/* Append the doubt and its place in words, nothing when there is none. */
void matte_doubt_words(const struct matte *matte, struct buf *out);

void matte_release(struct matte *matte);

#endif
