#ifndef TC_SPREAD_H
#define TC_SPREAD_H
/*
 * spread: values known in some cells of a plane, carried smoothly to the rest.
 *
 * Means of known cells are taken over ever larger squares until every square
 * has one, and blended back down: near known cells the result follows them,
 * far away it is their mean.
 */

/* values: width * height cells of channels floats; weight: how well each is
 * known, 0 not at all .. 1 fully; a cell's value is kept by its weight. */
void spread(float *values, const float *weight, int width, int height,
    int channels);

#endif
