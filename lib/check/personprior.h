#ifndef TC_PERSON_H
#define TC_PERSON_H
/*
 * person: where the network sees a person, as lib/matte/matte.h takes it.
 */
#include "lib/matte/matte.h"

struct net;

/* Show the network the part of a picture that is in box (pixels of it, sRGB, rows
 * without padding; what reaches outside is left out), squeezed to its own size.
 * prior->likely is owned: free it with person_release. */
void person_see(struct net *net, const unsigned char *pixels, int width, int height,
    const struct box *box, struct matte_prior *prior);
void person_release(struct matte_prior *prior);

/* The part in which head and shoulders are, as large as in a portrait: what is far
 * from the head only makes the person small. */
struct box person_box(const struct matte_face *face, int width, int height);

#endif
