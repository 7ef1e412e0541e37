#ifndef TC_WALL_H
#define TC_WALL_H
/*
 * wall: the colour of a plain wall as a smooth surface over the picture.
 *
 * Second order in x and y for each of L, a and b: enough for a lamp at one side
 * and for a vignette.  The fit is robust: a third of the pixels it is shown
 * may be something else.  Coordinates are pixels of the plane that was fitted.
 */
enum { WALL_TERMS = 6 };

struct wall {
	int width, height;
	double term[WALL_TERMS][3];
};

/* Fit to those of the width * height pixels of lab (three floats each) whose
 * mask is not 0.  Returns 0, or -1 when there are too few. */
int wall_fit(const float *lab, const unsigned char *mask, int width, int height,
    struct wall *wall);

/* The wall's colour at every pixel of its plane: width * height * 3 floats. */
void wall_render(const struct wall *wall, float *lab);

#endif
