#ifndef TC_LIGHT_H
#define TC_LIGHT_H
/*
 * light: how a face is lit, and how sharp and noisy its pixels are.
 *
 * Pure arithmetic on an 8-bit sRGB picture, three channels, rows without padding.
 * What cannot be measured is NaN.  The formulas are in tc-check(1).
 */
#include "lib/check/detail.h"

struct measure_face;

struct light {
	double dark;		/* luma below which 95 % of the face lies, 0..255 */
	double bright;		/* share of the face above luma 247, 0..1 */
	double contrast;	/* luma from 5 % to 95 % of the face, 0..255 */
	double sides;		/* left cheek's mean luma less the right's, as a share
				 * of their mean; positive when the left is lighter */
	double spots;		/* share of forehead, nose and cheeks in small spots
				 * that shine white, 0..1 */
	double cast;		/* of the cheeks from the colours that skin has in
				 * white light, CIE Lab */
	double chroma;		/* mean of max - min of the channels, 0..255 */
	struct detail detail;	/* of a face brought down to the width of below */
	struct detail_grain grain;
};

/* face_width: of the image that is made of it, where sharpness is seen; pixels. */
void light_measure(const unsigned char *pixels, int width, int height,
    const struct measure_face *face, double face_width, struct light *light);

struct light_eyes {
	double red;		/* share of the pupils' discs that shines red, 0..1 */
	double glare;		/* share of the lenses' area that is white, 0..1 */
};
void light_eyes(const unsigned char *pixels, int width, int height,
    const struct measure_face *face, struct light_eyes *eyes);

#endif
