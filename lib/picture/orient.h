#ifndef TC_ORIENT_H
#define TC_ORIENT_H
/*
 * orient: between a picture as it is stored and as it is meant to be seen.
 *
 * orientation is EXIF tag 0x0112, 1..8; 1 is upright.  Sizes are those of the
 * stored picture.
 */
struct box;

/* Whether stored rows are upright columns. */
int orient_swaps(int orientation);

/* Where a part of the upright picture is in the stored one. */
struct box orient_stored_part(const struct box *part, int orientation,
    double width, double height);

/* The stored RGB pixels made upright: new memory, which the caller frees. */
unsigned char *orient_upright(const unsigned char *pixels, int width,
    int height, int orientation);

#endif
