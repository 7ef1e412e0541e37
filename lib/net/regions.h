#ifndef TC_REGIONS_H
#define TC_REGIONS_H
/*
 * regions: operators of a network that processes parts of its picture a second time; for
 * lib/net/ only.  They are MediaPipe's own.
 *
 * From points a region is computed: the box around some of them along the line between
 * two, as a matrix from coordinates of a small picture to those of the large one.  With it
 * the small picture is cut out of the large one, and points found in it are mapped back.
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
