#ifndef TC_SRGB_H
#define TC_SRGB_H
/*
 * srgb: the colour profile that tags a picture as sRGB.
 *
 * ICC.1:2001 (version 2, which every lab's software reads): IEC 61966-2-1's
 * primaries adapted to D50 and its curve at 1,024 points.  Made here, because the
 * profiles that libraries make contain the time of making.
 */
struct buf;

/* Append the profile. */
void srgb_profile(struct buf *out);

#endif
