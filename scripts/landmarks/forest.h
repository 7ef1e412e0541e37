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
 * so that later trees repair the rounding.
 */
#include <stdint.h>

#include <vector>

#include "lib/check/face.h"

enum { COORDS = 2 * FACE_TRAINED };

struct patch {
	std::vector<unsigned char> pixels;	/* of face_patch */
	float truth[COORDS];	/* box widths from the box's centre */
	float shift, scale;	/* how far its starts are jittered */
};

struct forest_options {
	int levels = 14;
	int trees = 98;	/* a level */
	int depth = 5;
	int pool = 400;
	int starts = 4;		/* starting shapes for one patch */
	int candidates = 100;	/* splits tried at a node */
	double part = 0.4;	/* of the samples, drawn anew for each tree */
	double rate = 0.1;	/* of the mean residual that a leaf takes */
	double lambda = 0.15;	/* how near a split's two pixels lie */
	double far = 0.3;	/* pool pixels' reach in the first level */
	double near = 0.05;	/* and in the last, box widths */
	double mix = 0.2;	/* how far a start may leave the mean shape */
	int threads = 2;
	unsigned seed = 1;
};

/* The bytes of a model file: its format is told in lib/check/face_dlib.cc. */
std::vector<unsigned char> train_forest(const std::vector<patch> &patches,
	const forest_options &options);

#endif
