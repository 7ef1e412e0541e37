#ifndef TC_TONE_H
#define TC_TONE_H
/*
 * tone: whether a picture has natural colours: not tinted, faded or coloured afterwards.
 *
 * Pure arithmetic on an 8-bit sRGB picture, three channels, rows without padding.  What
 * cannot be measured is NaN.  The formulas are in tc-check(1).
 */
struct measure_face;
struct mesh;

struct tone {
	double hues;		/* how far the face's colours are from what their
				 * lightness alone would give, CIE Lab: 0 where one
				 * colour was laid over a grey picture */
	double black;		/* L of the darkest place of the face's middle, the
				 * pupils: high where the picture is faded */
	double whites;		/* how far the whites of the eyes are from the colours
				 * that they have in white light, CIE Lab; NaN without mesh */
};

void tone_measure(const unsigned char *pixels, int width, int height,
    const struct measure_face *face, const struct mesh *mesh, struct tone *tone);

#endif
