#ifndef TC_REGIONS_H
#define TC_REGIONS_H
/*
 * regions: the operators of a network that looks again at parts of what it found; for
 * lib/net/ only.
 *
 * From points, a place is made: the box around some of them along the line between two,
 * as a matrix that leads from the places of a small picture to those in the large one.
 * With it the small picture is taken out of the large one, and what is found in it is
 * brought back.  They are MediaPipe's own.
 */

struct call;

/* Points to a matrix of 4 x 4. */
int place_fits(const struct call *call);
float *place_pack(const struct call *call);
void place_run(const struct call *call);

/* A picture and a matrix to a small picture. */
int take_fits(const struct call *call);
void take_run(const struct call *call);

/* Points of the small picture and a matrix to points of the large one. */
int bring_fits(const struct call *call);
void bring_run(const struct call *call);

#endif
