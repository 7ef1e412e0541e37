#ifndef TC_SUBJECT_H
#define TC_SUBJECT_H
/*
 * subject: the person on a picture, found and measured.
 *
 * Runs the face finder, the landmarks, the mask of the person and the numbers of
 * measure.h, in one place, so that an upload and the image made from it are
 * measured alike.  Pixels are 8-bit sRGB, three channels, rows without padding;
 * all results are in pixels of the given picture.
 */
#include "lib/check/clothing.h"
#include "lib/check/hair.h"
#include "lib/check/light.h"
#include "lib/check/measure.h"
#include "lib/check/numbers.h"
#include "lib/check/tone.h"
#include "lib/check/traits.h"

struct box;
struct buf;
struct face_finder;
struct hash;
struct net;
struct node;
struct profile;

enum { SUBJECT_UPRIGHT = 64 };

struct subject {
	int faces;			/* found; 0: the rest is not set */
	int turned;			/* the surest was found only in the turned
					 * picture: only confidence, pose, traits and
					 * upright are set */
	struct measure_face face;	/* the surest */
	struct light light;
	struct light_eyes eyes;
	double numbers[NUMBERS_MAX];	/* of the rows of numbers.h that are measured alone */
	struct hair hair;
	double edges;			/* screen_edges around the face */
	double traits[TRAIT_COUNT];	/* NaN without the model */
	/* NaN, as the face's yaw and pitch, without the network: */
	double eyes_open;		/* lid to lid over the eye's width, the less open eye */
	struct tone tone;
	double lips_gap;		/* between them, in distances of the eyes */
	double stretch;			/* measure_stretch */
	unsigned char upright[SUBJECT_UPRIGHT * SUBJECT_UPRIGHT];
	int has_mask;			/* the person could be separated from the wall */
	int crown_estimated;		/* the crown is subject_crown_of_face's, because
					 * no mask shows it */
	double texture, gradient, shadow, objects; /* of the wall, matte.h; NaN
					 * without one */
	struct clothing clothing;	/* not seen without a mask */
};

struct subject_search {
	struct face_finder *finder;
	char *model;			/* the file that the finder was made from */
	const struct traits *traits;	/* or NULL */
	struct net *mesh;		/* for mesh.h, or NULL */
	struct net *persons;		/* separates persons from walls; NULL without its
					 * file: then there is no mask */
	char *persons_model;		/* the file */
	double threshold;		/* lowest confidence of a face */
	double other;			/* lowest confidence of a face beside the
					 * surest, not less than threshold */
	double turned;			/* lowest confidence of a face that is found
					 * only in the turned picture */
	double face_width;		/* of the registration image, pixels */
	int height;			/* reduce to this height to find faces */
	struct clothing_range unwanted[CLOTHING_RANGES_MAX];	/* colours of clothes */
	int unwanted_count;
	const unsigned char *flat;	/* sRGB of a wall that was put there: the
					 * crown is where it ends; NULL: the person
					 * is separated from the wall by a mask */
	/* Called after each group of measurements, to find out what each costs; or
	 * NULL. */
	void (*lap)(void *state, const char *group);
	void *lap_state;
};

/* Take finder, models, thresholds and height from the profile's section [face], and the
 * colours of clothes from [clothing]; what is there already is kept when its file is the
 * same.  The network's file may be missing, which is reported once on standard error.  Begin
 * with a zeroed struct, before workers are forked.  0, or -1 with the reason. */
int subject_search_open(struct subject_search *search,
    const struct profile *profile, struct buf *err);
void subject_search_close(struct subject_search *search);
/* Add the models' identities to a cache key. */
void subject_search_identify(const struct subject_search *search, struct hash *hash);

/* Rows that a picture is decoded to, at least: faces are sought in one half of them, and
 * the rest serves light, detail, the mask and the registration image. */
int subject_rows(const struct subject_search *search);

/* Find faces and measure the surest.  0 (also when there is no face), or -1 with
 * the reason. */
int subject_find(const struct subject_search *search,
    const unsigned char *pixels, int width, int height,
    struct subject *subject, struct buf *err);

/* The face that is known to be in box, and the crown; nothing else is measured. */
int subject_place(const struct subject_search *search,
    const unsigned char *pixels, int width, int height,
    const struct box *box, struct subject *subject, struct buf *err);

/* Where the crown of a face is by its proportions; whether the measured crown is higher
 * above the eyes than a head can be, because of piled up hair or a hat. */
double subject_crown_of_face(const struct measure_face *face);
int subject_crown_is_piled(const struct measure_face *face);

/* Call search->lap, if there is one, after a group of measurements. */
void subject_lap(const struct subject_search *search, const char *group);

/* The face as the manifest's member "face" (lengths multiplied by factor), and
 * back: 0, or -1 when node lacks what a measured face has. */
struct node *subject_to_node(const struct subject *subject, double factor);
int subject_from_node(const struct node *node, struct measure_face *face);

#endif
