#ifndef TC_SCREEN_H
#define TC_SCREEN_H
/*
 * screen: signs that a picture is a photo of a screen, a print or a card: straight edges
 * around the face, and the reflection of a lamp.
 *
 * Pure arithmetic on 8-bit pixels, rows without padding.
 */
struct box;
struct measure_face;

/* The longest straight edge, inclined by at most 12 degrees, on each of the four sides of
 * the face; of these the second longest, as a share of the picture's length along it, 0..1.
 * own: not 0 where the person is, whose long hair has straight edges too; or NULL. */
double screen_edges(const unsigned char *grey, int width, int height,
    const struct box *face, const unsigned char *own);

/* How much of the head, hair and skin, a white patch hides: of the squares in its
 * ellipse, a sixteenth of the face's width each, the share that is white in nine pixels of
 * ten, 0..1.  pixels are sRGB; NaN when too little of the head is in the picture. */
double screen_glare(const unsigned char *pixels, int width, int height,
    const struct measure_face *face);

#endif
