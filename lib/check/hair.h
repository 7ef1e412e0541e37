#ifndef TC_HAIR_H
#define TC_HAIR_H
/*
 * hair: whether a hat covers the head, and whether hair covers brows and ears: from colours
 * at places that the eyes' positions give, compared with the skin of this face, and from
 * strands, which cloth does not have.
 *
 * Pure arithmetic; tc-check(1) has the formulas.
 */
struct matte;
struct measure_face;

/* NaN where it cannot be measured. */
struct hair {
	double hat;		/* percent of the head above the brows that is neither
				 * skin nor hair */
	double brows;		/* percent of the spots over the brows that are skin */
	double ears;		/* percent of the spots beside the face at the ears'
				 * height that are skin, of the side with more */
};

/* matte is NULL when the person could not be separated from the wall: brows alone can be
 * measured then.  sharpness is detail.h's of the face: without it no strand is seen. */
void hair_measure(const unsigned char *pixels, int width, int height,
    const struct measure_face *face, double sharpness, const struct matte *matte,
    struct hair *hair);

#endif
