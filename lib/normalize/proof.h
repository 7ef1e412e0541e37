#ifndef TC_PROOF_H
#define TC_PROOF_H
/*
 * proof: the failures of a registration image, in its record.
 *
 * result is the member "normalized" of a photo, tc-manifest(5).  Each failure is an
 * object {"what", "value", "min", "max"} in its array "fails", which is absent when there
 * is no failure; with "doubted" where measuring is not sure enough to refuse.
 */
struct crop;
struct crop_limits;
struct node;

/* Add a failure; numbers that are NaN are left out. */
struct node *proof_add(struct node *result, const char *what, double value, double min,
    double max);

/* What of the crop's failures is doubted. */
struct proof_doubt {
	int crown;		/* it was only estimated */
	double margin;		/* bands that are missed by no more, output pixels */
};

/* Add each of the failures (enum crop_failures) that crop.h found. */
void proof_add_crop(struct node *result, const struct crop_limits *limits,
    const struct crop *crop, int failures, const struct proof_doubt *doubt);

/* Add that the crown was only estimated, a doubt. */
void proof_add_estimated(struct node *result);

/* Whether nothing is wrong but what is doubted. */
int proof_holds(const struct node *result);

/* Set where the face lies in the image, and which part of the picture it is. */
void proof_set_place(struct node *result, const struct crop *crop);
void proof_set_crop(struct node *result, const struct crop *crop);

#endif
