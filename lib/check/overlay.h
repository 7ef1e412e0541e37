#ifndef TC_OVERLAY_H
#define TC_OVERLAY_H
/*
 * overlay: text that was laid over a picture: a date, a name, a watermark.
 *
 * Text is recognised by its letters: thin shapes of one colour, of one height and width
 * of stroke, side by side on a straight line.  What they say is not read.
 *
 * Pure arithmetic on an 8-bit sRGB picture, three channels, rows without padding.  The
 * formulas are in tc-check(1).
 */
struct measure_face;

/* Letters in the longest line of them, outside of the face. */
double overlay_letters(const unsigned char *pixels, int width, int height,
    const struct measure_face *face);

#endif
