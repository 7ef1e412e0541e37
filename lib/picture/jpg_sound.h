#ifndef TC_JPG_SOUND_H
#define TC_JPG_SOUND_H
/*
 * jpg_sound: whether the coded data of a JPEG is complete and valid.
 *
 * Decoders conceal damage without an error.  This decodes the entropy-coded data alone,
 * which takes about half as long as decoding the picture.
 */
#include <stddef.h>	/* size_t */

struct buf;

struct jpg_sound {
	int unended;		/* the marker that ends a JPEG (EOI) is missing */
	int cut;		/* and so is some of the picture */
	int corrupt;		/* data that no encoder writes stands in it */
};

/* Inspect a JPEG file.  0, or -1 with the reason where there is no picture to inspect. */
int jpg_inspect(const void *bytes, size_t len, struct jpg_sound *sound,
    struct buf *err);

#endif
