#ifndef TC_LANDMARKS_FACES_H
#define TC_LANDMARKS_FACES_H
/*
 * faces: the labelled pictures that landmarks are trained and tested with.
 *
 * Each has the box that dlib's detector finds, as the model will be used; where
 * it finds none the box is put where it would most likely be, and detected is
 * false.  Points are the FACE_TRAINED ones of lib/check/face.h, in pixels.
 */
#include <string>
#include <vector>

#include "lib/check/face.h"

struct face {
	std::string name;
	int width, height;
	std::vector<unsigned char> grey;
	struct point points[FACE_TRAINED];
	struct box box;
	bool detected;
};

/* Pictures in path/part/ with their points in path/part.csv: file, x0, y0 ...
 * x67, y67.  Ends the program with a message when they cannot be read. */
std::vector<face> load_faces(const std::string &path, const std::string &part,
	struct face_finder *finder);

/* The person in a picture called First_Last_12.jpg: First_Last. */
std::string person_of(const face &f);

struct face_grey grey_of(const face &f);
face mirrored(const face &f);
/* Turned about the box's centre, degrees clockwise; the box stays. */
face rotated(const face &f, double degrees);

/* The distance between the eyes' centres. */
double eye_distance(const struct point *points);

/*
 * The labels lie on a grid of about 4 pixels: bring each face's points to the
 * nearest shape that the mean and the first count principal components make,
 * after turning, scaling and shifting it onto the mean.
 */
void smooth_labels(std::vector<face> *faces, int count);

/* How the detector's boxes lie about the points: deviation of the centre, in
 * box widths, and of the width's logarithm. */
struct spread {
	double shift, scale;
};
spread box_spread(const std::vector<face> &faces);

#endif
