#ifndef TC_PERSONPRIOR_H
#define TC_PERSONPRIOR_H
/*
 * personprior: where a network finds a person, as the prior of lib/matte/matte.h.
 */
#include "lib/matte/matte.h"

struct net;

/* Run the network on the part of a picture (sRGB, rows without padding) that is in box, cut
 * to the picture and scaled to the network's input.  Free prior with personprior_release. */
void personprior_find(struct net *net, const unsigned char *pixels, int width, int height,
    const struct box *box, struct matte_prior *prior);
void personprior_release(struct matte_prior *prior);

/* The part with head and shoulders, as in a portrait: in a larger part the person would be
 * too small for the network. */
struct box personprior_box(const struct matte_face *face, int width, int height);

#endif
