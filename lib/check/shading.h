#ifndef TC_SHADING_H
#define TC_SHADING_H
/*
 * shading: whether a face is shaded as light shades it.
 *
 * Light falls off over skin everywhere, so that in a photograph hardly two
 * neighbouring spots have the same colour; cartoons, drawings in flat colours and
 * faces that were painted over or smoothed have many.  Spots are squares of
 * 1/24 of the distance of the eyes, so neither noise nor the picture's size
 * matter.  Pure arithmetic; tc-check(1) has the formula.
 */
struct measure_face;

/* Percent of the face's spots that are like the ones right of and below them; NaN
 * when the eyes are less than 24 pixels apart. */
double shading_flat(const unsigned char *pixels, int width, int height,
    const struct measure_face *face);

#endif
