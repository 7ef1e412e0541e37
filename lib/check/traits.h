#ifndef TC_TRAITS_H
#define TC_TRAITS_H
/*
 * traits: what the pixels around landmarks say: eyes open, lips apart, mouth or
 * eyes covered.
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
	TRAIT_EYE_OPEN,		/* about 1 open, 0 shut */
	TRAIT_LIPS_APART,	/* gap of the inner lips / distance of the eyes */
	TRAIT_MOUTH_COVERED,	/* about 1 with a mask, 0 without */
	TRAIT_EYES_COVERED,	/* about 1 with dark glasses, 0 without */
	TRAIT_COUNT
};

/* Numbers of a patch from which each trait is computed: the most there are. */
enum { TRAITS_FEATURES_MAX = 12 * 12 * 9 + 1 };

/* Read the model at path.  NULL with the reason; free with traits_free. */
struct traits *traits_load(const char *path, struct buf *err);
void traits_free(struct traits *traits);

/* 16 hexadecimal digits that are the hash of the model, for cache keys. */
const char *traits_id(const struct traits *traits);

/* All traits of the face whose landmarks are points; of the eyes, the less open
 * one's. */
void traits_read(const struct traits *traits, const struct face_grey *grey,
    const struct point points[FACE_POINTS], double value[TRAIT_COUNT]);

/* For the trainer: how many features a trait has, and these, for one of the two
 * eyes (0 left, 1 right) where the trait is an eye's. */
int traits_count(enum trait trait);
void traits_features(enum trait trait, int which, const struct face_grey *grey,
    const struct point points[FACE_POINTS], float *features);

/* The face along the line of the eyes, side x side 8-bit grey, of a fixed mean
 * and contrast. */
void traits_upright(const struct face_grey *grey, struct point left_eye,
    struct point right_eye, int side, unsigned char *pixels);

#endif
