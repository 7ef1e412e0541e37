#ifndef DRAW_EXIF_H
#define DRAW_EXIF_H
/*
 * exif: the metadata a phone writes, made up.
 *
 * Big-endian TIFF in an APP1 segment: orientation, make, model, software,
 * date, a GPS position in the open sea and no thumbnail.
 */
#include <stddef.h>	/* size_t */

struct buf;
struct portrait;

/* Append the JPEG to out with one application segment in front: Exif when p
 * asks for any metadata, as phones do, else JFIF. */
void exif_insert(const struct portrait *p, const unsigned char *jpeg,
	size_t len, struct buf *out);

#endif
