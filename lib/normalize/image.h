#ifndef TC_IMAGE_H
#define TC_IMAGE_H
/*
 * image: the registration image of a photo of the batch, made once.
 *
 * The image is kept in the batch under a hash of all that it depends on, so that it is
 * made once: by tc-check while it has the picture decoded, else by tc-normalize.  Both
 * make the same bytes.
 */
#include "lib/normalize/registration.h"

struct batch;
struct buf;
struct img_stored;
struct node;

struct image_maker {
	const struct batch *batch;
	const struct subject_search *search;
	struct registration_limits limits;
};

/* Whether an image can be made for a record: its picture can be read, counts, and has a
 * face. */
int image_is_wanted(const struct node *photo);

/* The member "normalized" of a photo, kept or made; face and source are the record's
 * members.  stored is the picture as it is in memory, or NULL: then the original is
 * hashed and read.  0, or -1 with the reason; the caller frees *normalized. */
int image_make(const struct image_maker *maker, const struct node *face,
    const struct node *source, const struct img_stored *stored,
    struct node **normalized, struct buf *err);

#endif
