#ifndef TC_FACESEARCH_H
#define TC_FACESEARCH_H
/*
 * facesearch: the faces of a picture, also when it lies on its side.
 *
 * Faces are searched in the picture's luma, reduced to one height.  Where none is found,
 * the search is repeated at twice that height, for small faces, and in the picture
 * turned by several angles, so that the advice is "hold the head upright" and not "no
 * face"; faces in a turned picture need a higher confidence.
 */
#include "lib/check/face.h"

struct buf;
struct subject_search;

enum { FACESEARCH_FACES_MAX = 8 };

struct facesearch {
	struct face_grey grey;		/* what was searched */
	unsigned char *pixels;		/* its own */
	double factor;			/* pixels of the picture per pixel of grey */
	int turn;			/* degrees clockwise from the picture to grey */
	int from_width, from_height;	/* of grey before it was turned */
	struct face_found found[FACESEARCH_FACES_MAX];
	int count;
};

/* The luma of a picture (8-bit sRGB, rows without padding), at most height high, with
 * nothing found in it yet.  facesearch_release it. */
void facesearch_init(struct facesearch *seek, const unsigned char *pixels, int width, int height,
    int wanted);
void facesearch_release(struct facesearch *seek);

/* Find faces, highest confidence first; further ones need more than search->other.  0 (also
 * when there is none), or -1 with the reason; facesearch_release it in any case. */
int facesearch_faces(struct facesearch *seek, const struct subject_search *search,
    const unsigned char *pixels, int width, int height, struct buf *err);

/* Where a point of grey is in the picture that was not turned, in pixels of grey. */
struct point facesearch_back(const struct facesearch *seek, struct point point);

#endif
