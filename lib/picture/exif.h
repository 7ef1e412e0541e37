#ifndef TC_EXIF_H
#define TC_EXIF_H
/*
 * exif: where a picture comes from, by its metadata.
 *
 * Reads a few text tags from a block of EXIF (a TIFF structure, with or without
 * "Exif\0\0" before it) and from XMP.  Hostile input: every offset is checked, a tag that
 * does not fit is ignored.  Positions, thumbnails and serial numbers are not read.  libexif
 * reads no XMP, and parses much that is not needed.
 */
#include <stddef.h>	/* size_t */

enum { EXIF_TEXT = 64 };	/* bytes of a text with its NUL; longer is cut */

/* "" where absent.  Control characters are spaces. */
struct exif {
	char make[EXIF_TEXT], model[EXIF_TEXT];
	char software[EXIF_TEXT];	/* that wrote the file */
	char lens[EXIF_TEXT];		/* "iPhone 13 front camera 2.71mm f/2.2" */
	char taken[EXIF_TEXT];		/* "YYYY-MM-DD HH:MM:SS", DateTimeOriginal */
	char zone[EXIF_TEXT];		/* "+08:00", OffsetTimeOriginal */
	char creator[EXIF_TEXT];	/* XMP's CreatorTool or softwareAgent */
};

/* Fill from EXIF bytes; what they do not say becomes "". */
void exif_read(const void *bytes, size_t len, struct exif *exif);
/* Set creator from XMP text. */
void exif_read_xmp(const void *bytes, size_t len, struct exif *exif);

#endif
