#ifndef TC_SHOULDERS_H
#define TC_SHOULDERS_H
/*
 * shoulders: whether they are level, from the mask of the person.
 *
 * Pure arithmetic; tc-check(1) has the formula.
 */
struct matte;
struct measure_face;

/* Degrees by which the line of the shoulders falls to the viewer's right; NaN when
 * not both are seen against the wall, or hair lies on them. */
double shoulders_slope(const struct matte *matte, const struct measure_face *face);

#endif
