#ifndef DRAW_WALL_H
#define DRAW_WALL_H
/*
 * wall: the light on the wall behind a person.
 *
 * A plain colour, its gradient from top to bottom, the soft shadow that the
 * person casts (the silhouette at low resolution, moved and blurred) and, for
 * a wall that is not plain, a poster and a shelf.  Pixels of the upright
 * picture.
 */
struct portrait;
struct wall;

/* person is the RGBA picture of p's size whose alpha casts the shadow; it is
 * not needed after the call.  Free with wall_free. */
struct wall *wall_new(const struct portrait *p, const unsigned char *person);
void wall_free(struct wall *wall);

/* Write row y: width times red, green, blue, 0..255. */
void wall_row(const struct wall *wall, int y, double *rgb);

#endif
