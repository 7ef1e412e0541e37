#ifndef TC_SCREEN_H
#define TC_SCREEN_H
/*
 * screen: straight edges around a face, as of a screen, a print or a card that was
 * photographed.
 *
 * Pure arithmetic on 8-bit grey, rows without padding.
 */
struct box;

/* Of the four sides of the face, the second best: the longest straight edge there that
 * leans by at most 12 degrees, as a share of the picture's length along it, 0..1. */
double screen_edges(const unsigned char *grey, int width, int height,
    const struct box *face);

#endif
