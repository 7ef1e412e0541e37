#ifndef TC_CONTENTS_H
#define TC_CONTENTS_H
/*
 * contents: what was put into archives, to compare it with what they hold.
 *
 * About 200 bytes an entry.
 */
#include <stddef.h>	/* size_t */

#include "lib/base/hash.h"

struct buf;

struct contents_entry {
	char *name;
	char *id;		/* of its record; NULL for a table */
	int volume;		/* from 1 */
	char sum[HASH_TEXT];
};

struct contents {
	struct contents_entry *entries;
	size_t count, room;
};

/* What every image of an archive must be. */
struct contents_image {
	int width, height;
};

void contents_add(struct contents *contents, int volume, const char *name,
    const char *id, const char *sum);
void contents_release(struct contents *contents);

/* Two images, or two entries of one volume, whose names differ in case alone are
 * one file where they are unpacked: -1 with the reason, which names records.  The
 * same image in two volumes does no harm. */
int contents_check_names(const struct contents *contents, struct buf *err);

/* Append the sums of a volume as sha256sum(1) reads them. */
void contents_add_sums(const struct contents *contents, int volume,
    struct buf *out);

/* Read the zip at path: its entries must be the volume's, in their order, each
 * with its sum, and each image must decode to the given size.  0, or -1 with the
 * reason. */
int contents_verify(const struct contents *contents, int volume,
    const char *path, const struct contents_image *image, struct buf *err);

/* Whether bytes are entry's: its sum, and for an image that it decodes.  0, or -1
 * with a clause ("is not what was written"). */
int contents_verify_entry(const struct contents_entry *entry, const void *bytes,
    size_t len, const struct contents_image *image, struct buf *err);

#endif
