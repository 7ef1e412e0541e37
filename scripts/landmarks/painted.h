#ifndef TC_LANDMARKS_PAINTED_H
#define TC_LANDMARKS_PAINTED_H
/*
 * painted: faces with faults that the labelled pictures have too few of, painted
 * over them by the labelled points; and the chance that it takes.
 */
#include <random>

#include "faces.h"

typedef std::mt19937 dice;

double uniform(dice &d, double low, double high);
double normal(dice &d);

face with_mask(const face &f, dice &d);
/* Sunglasses, or the rims of clear ones. */
face with_glasses(const face &f, bool dark, dice &d);
/* Caps with and without a peak, knitted caps, turbans, hoods. */
face with_hat(const face &f, dice &d);

#endif
