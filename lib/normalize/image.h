#ifndef TC_IMAGE_H
#define TC_IMAGE_H
/*
 * image: the registration image of a photo of the batch, made once.
 *
 * What was made is kept in the batch under a hash of all that it depends on, so that
 * whoever asks second finds it: tc-check asks while it has the picture decoded, and
 * tc-normalize for what is not there yet.  Both get the same bytes.
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

/* Whether a record has what an image is made of: a picture that can be read, counts
 * and has a face. */
int image_is_wanted(const struct node *photo);

/* The member "normalized" of a photo, kept or made; face and source are the record's
 * members.  stored is the picture as it is in memory, or NULL: then the original is
 * hashed and read.  0, or -1 with the reason; the caller frees *normalized. */
int image_make(const struct image_maker *maker, const struct node *face,
    const struct node *source, const struct img_stored *stored,
    struct node **normalized, struct buf *err);

#endif
