#ifndef TC_TRAITS_H
#define TC_TRAITS_H
/*
 * traits: whether mouth or eyes are covered, from the pixels around landmarks.
 *
 * Each trait is a linear function of directions of edges and mean greys in the
 * squares of a patch that is laid along the line of the eyes, learned by
 * scripts/landmarks/traits.cc; share/traits.txt says from what, and how good it
 * is.  The same patch, smaller, is the face's picture for likeness.h.
 *
 * Pure arithmetic but for traits_load.  Left is the viewer's left.
 */
#include "lib/check/face.h"

struct buf;
struct traits;

enum trait {
	TRAIT_MOUTH_COVERED,	/* about 1 with a mask, 0 without */
	TRAIT_EYES_COVERED,	/* about 1 with dark glasses, 0 without */
	TRAIT_COUNT
};

/* Numbers of the patch from which each trait is computed. */
enum { TRAITS_FEATURES = 12 * 12 * 9 + 1 };

/* Read the model at path.  NULL with the reason; free with traits_free. */
struct traits *traits_load(const char *path, struct buf *err);
void traits_free(struct traits *traits);

/* 16 hexadecimal digits that are the hash of the model, for cache keys. */
const char *traits_id(const struct traits *traits);

/* All traits of the face whose landmarks are points. */
void traits_read(const struct traits *traits, const struct face_grey *grey,
    const struct point points[FACE_POINTS], double value[TRAIT_COUNT]);

/* For the trainer: the patch's numbers. */
void traits_features(const struct face_grey *grey,
    const struct point points[FACE_POINTS], float features[TRAITS_FEATURES]);

/* The face along the line of the eyes, side x side 8-bit grey, of a fixed mean
 * and contrast. */
void traits_upright(const struct face_grey *grey, struct point left_eye,
    struct point right_eye, int side, unsigned char *pixels);

#endif
