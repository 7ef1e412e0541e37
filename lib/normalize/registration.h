#ifndef TC_REGISTRATION_H
#define TC_REGISTRATION_H
/*
 * registration: from an upload to its registration image, and the proof of it.
 *
 * Joins the crop, the background, the coding to a size in bytes, and the measuring of
 * the coded image.  Needs img_start.  The result is the member "normalized" of
 * tc-manifest(5), with what was measured; "fails" says why the image does not conform.
 */
#include "lib/base/buf.h"
#include "lib/base/hash.h"
#include "lib/check/background.h"
#include "lib/check/crop.h"
#include "lib/check/subject.h"
#include "lib/picture/jpg.h"

struct img_stored;
struct node;
struct profile;

struct registration_limits {
	struct crop_limits crop;
	struct jpg_limits file;
	struct background_limits background;
	double pixels_max;
	char hash[HASH_TEXT];	/* of the profile's sections, and the mode */
};

/* Read the profile; mode_name NULL: the profile's.  0, or -1 with the reason. */
int registration_limits(const struct profile *profile, const char *mode_name,
    struct registration_limits *limits, struct buf *err);

struct registration {
	const struct registration_limits *limits;
	const struct subject_search *search;
	struct measure_face face;	/* pixels of the upright original */
	int crown_estimated;
	const struct img_stored *stored;	/* the picture, if it is decoded, or NULL */

	struct node *result;		/* an object, filled */
	struct buf image;		/* the coded file; empty when none could be
					 * made that satisfies the limits */
};

/* Make the image of the picture in path.  0, or -1 with the reason. */
int registration_make(struct registration *registration, const char *path,
    struct buf *err);

#endif
