#ifndef TC_MESH_H
#define TC_MESH_H
/*
 * mesh: where lids, irises and lips are, from a pretrained network.
 *
 * The network (share/networks.txt) takes a square around the face, turned so that the
 * eyes are level, and places 468 points, then refines eyes, irises and lips.  Only the
 * points that are measured are kept.
 *
 * Pixels are 8-bit sRGB, three channels, rows without padding; points are pixels of that
 * picture.  Left is the viewer's.
 */
#include "lib/base/box.h"

struct measure_face;
struct net;

/* Below this presence there is no face. */
#define MESH_PRESENT 0.5

enum { MESH_CONTOUR = 16, MESH_IRIS = 5, MESH_LIPS = 20 };

/* One eye: its lids' edges, from the corner nearer to the picture's left along the lower
 * lid and back along the upper one, and its iris: middle, then four on its edge. */
struct mesh_eye {
	struct point lids[MESH_CONTOUR];
	struct point iris[MESH_IRIS];
};

struct mesh {
	double presence;		/* 0..1, that there is a face */
	struct mesh_eye left, right;
	struct point lips[MESH_LIPS];	/* the inner edge, in the same order */
	double opening[2];		/* of left and right: lid to lid, in the eye's width */
	double gap;			/* between the lips, in distances of the eyes */
	double roundness;		/* of the irises: width over height */
	double yaw, pitch;		/* of the head, degrees; as measure.h's */
};

/* Find the points of the face that is known to be there.  0, or -1 where the network is
 * not one of these. */
int mesh_find(struct net *net, const unsigned char *pixels, int width, int height,
    const struct measure_face *face, struct mesh *mesh);

#endif
