#ifndef TC_HAIR_H
#define TC_HAIR_H
/*
 * hair: what is on the head, and what hair leaves to be seen: by colours of spots
 * at places that the eyes tell, against the skin of this face.
 *
 * It tells what colours can tell: a black cap on black hair looks like hair.
 * Pure arithmetic; tc-check(1) has the formulas.
 */
struct matte;
struct measure_face;

/* NaN where there is no telling. */
struct hair {
	double hat;		/* how far the colour of the head's top is from those
				 * that hair and skin have: Delta E 1976 */
	double brows;		/* percent of the spots over the brows that are skin */
	double ears;		/* percent of the spots beside the face at the ears'
				 * height that are skin, of the side with more */
};

/* matte is NULL when the person could not be told from the wall: brows alone can be
 * measured then. */
void hair_measure(const unsigned char *pixels, int width, int height,
    const struct measure_face *face, const struct matte *matte, struct hair *hair);

#endif
