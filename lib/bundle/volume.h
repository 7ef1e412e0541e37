#ifndef TC_VOLUME_H
#define TC_VOLUME_H
/*
 * volume: one zip of a bundle: images, their table, and SHA256SUMS.
 *
 * When it is complete it is read back: every sum is compared and every image
 * decoded.
 */
#include "lib/archive/contents.h"

struct batch;
struct buf;
struct io_product;
struct node;
struct profile;
struct volume;

struct volume_setup {
	const struct batch *batch;
	const struct profile *profile;
	struct contents *contents;	/* of all volumes */
	int number;			/* from 1 */
};

/* Begin a volume in an open product; setup is copied, what it points to is
 * borrowed.  NULL with the reason. */
struct volume *volume_new(const struct volume_setup *setup,
    const struct io_product *product, struct buf *err);
void volume_free(struct volume *volume);	/* NULL is fine */

/* Whether len more bytes under that name stay within the profile's limits; an empty volume
 * has room for anything. */
int volume_has_room(const struct volume *volume, const char *name, size_t len);

/* Add a photo's row, and its image unless the volume has it under that name: rows
 * of one person share one. */
int volume_add(struct volume *volume, const struct node *photo,
    const char *name, const struct buf *image, struct buf *err);

/* Add tables and sums, close the zip and verify it.  0, or -1 with the reason. */
int volume_end(struct volume *volume, struct buf *err);
long volume_images(const struct volume *volume);

#endif
