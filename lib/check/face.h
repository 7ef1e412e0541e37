#ifndef TC_FACE_H
#define TC_FACE_H
/*
 * face: find faces in a grey picture and place landmarks on one.
 *
 * A C interface to dlib, which is C++: no exception and no type of dlib's crosses it.
 * It is implemented by lib/check/face_dlib.cc alone.
 *
 * Units: pixels of the grey picture that is given, as reals, origin top left
 * (see box.h); a caller that reduced the picture scales the results back.
 * Left is the viewer's left, everywhere.
 *
 * How large: faces under about 75 pixels wide are not found, and time grows
 * with the area, so reduce a portrait to about 480 pixels high (10 ms to find,
 * under 1 ms to place landmarks).  An upright face is expected: one that is
 * tilted by much more than 30 degrees is not found.
 *
 * Processes and threads: the detector takes 0.25 s to build, and is built when it is
 * first needed; face_finder_prepare builds it before fork(2), so that children may
 * use their copy.  It has scratch memory inside, so never two threads in one finder.
 * Results depend on the input only: not on what was found before, the number of
 * processes or the clock.
 */
#include <stddef.h>	/* size_t */

#include "lib/base/box.h"

#ifdef __cplusplus
extern "C" {
#endif

struct buf;
struct face_finder;

/* An 8-bit grey picture that the caller owns; 0 is black. */
struct face_grey {
	const unsigned char *pixels;
	int width, height;	/* 1 ... FACE_SIDE_MAX */
	size_t stride;		/* bytes from row to row, >= width */
};
enum { FACE_SIDE_MAX = 8192 };

/* Which of dlib's five sub-detectors had the highest confidence, which roughly gives the
 * pose.  TURNED is where the nose points to, TILTED is where the top of the head leans to
 * (viewer's left or right). */
enum face_detector {
	FACE_FRONTAL,
	FACE_TURNED_LEFT,
	FACE_TURNED_RIGHT,
	FACE_TILTED_LEFT,
	FACE_TILTED_RIGHT
};

/* The box comes in sizes a fifth apart and is off by as much: it says where a
 * face is, and only landmarks say how large. */
struct face_found {
	struct box box;		/* square, brows to chin; may reach outside */
	double confidence;	/* 0 doubtful, 1 sure, 3 very; > the threshold */
	int detector;		/* enum face_detector */
};

/*
 * The landmarks.  Those up to FACE_EYE_LEFT are in the model, the two eye
 * centres are the mean of their eye's six points.  The number in the comment
 * is the point's place in the usual scheme of 68.
 *
 * The jaw line is followed from ear to ear: TEMPLE is where the face ends at
 * the height of the eyes, CHEEK at the nose's base, JAW at the mouth,
 * CHIN_LEFT and _RIGHT half way to the CHIN, which is its lowest point.
 */
enum face_point {
	FACE_TEMPLE_LEFT,		/* 0 */
	FACE_CHEEK_LEFT,		/* 2 */
	FACE_JAW_LEFT,			/* 4 */
	FACE_CHIN_LEFT,			/* 6 */
	FACE_CHIN,			/* 8 */
	FACE_CHIN_RIGHT,		/* 10 */
	FACE_JAW_RIGHT,			/* 12 */
	FACE_CHEEK_RIGHT,		/* 14 */
	FACE_TEMPLE_RIGHT,		/* 16 */
	FACE_BROW_LEFT_OUTER,		/* 17 */
	FACE_BROW_LEFT_MIDDLE,		/* 19 */
	FACE_BROW_LEFT_INNER,		/* 21 */
	FACE_BROW_RIGHT_INNER,		/* 22 */
	FACE_BROW_RIGHT_MIDDLE,		/* 24 */
	FACE_BROW_RIGHT_OUTER,		/* 26 */
	FACE_NOSE_BRIDGE,		/* 27 between the eyes */
	FACE_NOSE_TIP,			/* 30 */
	FACE_NOSE_LEFT,			/* 31 outer end of the nostril */
	FACE_NOSE_BASE,			/* 33 where the upper lip begins */
	FACE_NOSE_RIGHT,		/* 35 */
	FACE_EYE_LEFT_OUTER,		/* 36 corners, lids: two on each */
	FACE_EYE_LEFT_UPPER_OUTER,	/* 37 */
	FACE_EYE_LEFT_UPPER_INNER,	/* 38 */
	FACE_EYE_LEFT_INNER,		/* 39 */
	FACE_EYE_LEFT_LOWER_INNER,	/* 40 */
	FACE_EYE_LEFT_LOWER_OUTER,	/* 41 */
	FACE_EYE_RIGHT_INNER,		/* 42 */
	FACE_EYE_RIGHT_UPPER_INNER,	/* 43 */
	FACE_EYE_RIGHT_UPPER_OUTER,	/* 44 */
	FACE_EYE_RIGHT_OUTER,		/* 45 */
	FACE_EYE_RIGHT_LOWER_OUTER,	/* 46 */
	FACE_EYE_RIGHT_LOWER_INNER,	/* 47 */
	FACE_MOUTH_LEFT,		/* 48 corner */
	FACE_LIP_TOP,			/* 51 upper lip's upper edge, middle */
	FACE_MOUTH_RIGHT,		/* 54 */
	FACE_LIP_BOTTOM,		/* 57 lower lip's lower edge, middle */
	FACE_INNER_UPPER_LEFT,		/* 61 the lips' inner edges: closed */
	FACE_INNER_UPPER,		/* 62 when upper and lower meet */
	FACE_INNER_UPPER_RIGHT,		/* 63 */
	FACE_INNER_LOWER_RIGHT,		/* 65 */
	FACE_INNER_LOWER,		/* 66 */
	FACE_INNER_LOWER_LEFT,		/* 67 */
	FACE_EYE_LEFT,			/* centre */
	FACE_EYE_RIGHT,
	FACE_POINTS
};
enum { FACE_TRAINED = FACE_EYE_LEFT };	/* how many the model has */

/* The point that takes a point's place in a mirror. */
extern const unsigned char face_twin[FACE_TRAINED];

/*
 * Read the landmark model in model_path (share/landmarks.dat; at most 16 MB).
 * A NULL path gives a finder without landmarks.  Returns NULL with the reason in err
 * when the file cannot be read or is not whole.  The caller frees the result with face_finder_free.
 */
struct face_finder *face_finder_new(const char *model_path, struct buf *err);
void face_finder_free(struct face_finder *finder);

/* 16 hexadecimal digits that are the hash of the model (FNV-1a), for cache
 * keys; "" without a model.  Borrowed from the finder. */
const char *face_model_id(const struct face_finder *finder);

/*
 * Find faces with a confidence above threshold and store the best max of them in found,
 * highest confidence first, ties from left to right.  Returns how many were stored, or -1
 * with the reason in err.  0 is dlib's own threshold; -0.2 also finds difficult
 * portraits, and sometimes a false second face with a confidence below 0.
 */
int face_find(struct face_finder *finder, const struct face_grey *grey,
	double threshold, struct face_found *found, int max, struct buf *err);

/*
 * Place the landmarks of the face in box, which is a box of face_find's or one
 * made alike, at any scale.  Points may lie outside the picture; they have no
 * confidence, and on a profile or a mask they are guesses.
 * Fills all of points and returns 0, or -1 with the reason in err (no model,
 * empty box).  How exact: share/landmarks.txt.
 */
int face_landmarks(struct face_finder *finder, const struct face_grey *grey,
	const struct box *box, struct point points[FACE_POINTS],
	struct buf *err);

/*
 * What face_landmarks looks at, for the trainer: the square around box that is
 * FACE_PATCH_REACH times its width, brought to FACE_PATCH pixels and to a fixed
 * mean and contrast; what lies outside the picture is black.  Returns 0,
 * or -1 with the reason in err.
 */
enum { FACE_PATCH = 160 };
#define FACE_PATCH_REACH 1.9
int face_patch(const struct face_grey *grey, const struct box *box,
	unsigned char patch[FACE_PATCH * FACE_PATCH], struct buf *err);

#ifdef __cplusplus
}
#endif
#endif
