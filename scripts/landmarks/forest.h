#ifndef TC_LANDMARKS_FOREST_H
#define TC_LANDMARKS_FOREST_H
/*
 * forest: trains a cascade of regression forests (Kazemi & Sullivan, "One
 * millisecond face alignment with an ensemble of regression trees", 2014).
 *
 * Beside dlib's own trainer it differs in what was measured to help: pool
 * pixels lie close about the points and closer in later levels; a split's
 * threshold is the best of 64 rather than a random one, judged on a few random
 * projections of the residual, which makes a tree ten times cheaper; residuals
 * are in the mean shape's frame; leaves are rounded to 8 bits while training,
 * so that later trees repair the rounding.  With folds, each level is several
 * forests, each grown without one part of the persons; that part is moved on by
 * it alone, so that the next level sees errors as large as they will be on
 * strangers, and a model's move is the mean of all of them.
 */
#include <stdint.h>

#include <vector>

#include "lib/face.h"

enum { COORDS = 2 * FACE_TRAINED };

struct patch {
	std::vector<unsigned char> pixels;	/* of face_patch */
	float truth[COORDS];	/* box widths from the box's centre */
	unsigned group;		/* the same for the pictures of one person */
	float shift, scale;	/* how far its starts are jittered */
};

struct forest_options {
	int levels = 10;
	int trees = 100;	/* a level */
	int folds = 1;		/* trees / folds are whole */
	int depth = 4;
	int pool = 400;
	int starts = 5;		/* starting shapes for one patch */
	int candidates = 40;	/* splits tried at a node */
	double rate = 0.1;	/* of the mean residual that a leaf takes */
	double lambda = 0.15;	/* how near a split's two pixels lie */
	double far = 0.25;	/* pool pixels' reach in the first level */
	double near = 0.08;	/* and in the last, box widths */
	double mix = 0.2;	/* how far a start may leave the mean shape */
	int threads = 2;
	unsigned seed = 1;
};

/* The bytes of a model file: its format is told in lib/face_dlib.cc. */
std::vector<unsigned char> train_forest(const std::vector<patch> &patches,
	const forest_options &options);

#endif
