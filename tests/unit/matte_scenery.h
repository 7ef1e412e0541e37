/* matte_scenery: portraits of ellipses whose alpha is known, for t_matte. */
#include <math.h>
#include <stdlib.h>

/* A simple portrait: hair, face, neck and shoulders out of ellipses, its edges
 * mixed as a camera does. */
enum { WIDTH = 360, HEIGHT = 480, PIXELS = WIDTH * HEIGHT, FINE = 4 };

#define CROWN 95.0

/* What else there may be. */
enum thing {
	NOTHING,
	POST_BESIDE,		/* dark, from top to bottom */
	POST_ABOVE,		/* from the upper border into the hair */
	LETTERS,		/* bars one above the other, behind the head */
	SPOT,			/* a small one, apart */
	SHADOW,			/* soft but dark, beside face and neck */
	STRANDS,		/* of hair beside it, wall between */
	BLUR,			/* of the lens */
	TRESS			/* hair beside the neck, and a lock apart from it with
				 * wall and single hairs between */
};

/* What is between. */
#define GAP_LEFT 97.0
#define GAP_RIGHT 104.0
#define GAP_TOP 215.0

struct scenery {
	double wall[3], clothes[3];
	double slope;		/* of the wall's light, levels over the width */
	int noise;		/* levels, at most */
	int stripes;		/* a wall that is not plain */
	enum thing thing;
};

struct picture {
	unsigned char pixels[3 * PIXELS];
	unsigned char alpha[PIXELS];	/* the truth */
};

static int
within(double x, double y, double cx, double cy, double rx, double ry)
{
	double u = (x - cx) / rx, v = (y - cy) / ry;

	return u * u + v * v < 1;
}

/* The person's colour at a point, or NULL where there is wall. */
static const double *
person_at(const struct scenery *scenery, double x, double y)
{
	static const double skin[3] = { 232, 190, 160 }, hair[3] = { 38, 30,
		28 };

	if (within(x, y, 180, 205, 54, 72))
		return skin;
	if (within(x, y, 180, 180, 66, 180 - CROWN))
		return hair;
	if (scenery->thing == STRANDS && within(x, y, 180, 160, 100, 60) &&
	    fmod(y + x / 4, 4) < 1.5)
		return hair;
	if (fabs(x - 180) < 34 && y > 220 && y < 340)
		return skin;
	if (scenery->thing == TRESS && x > 95.8 && x < 140 && y > 170 && y < 345 &&
	    (y < GAP_TOP || x < GAP_LEFT || x > GAP_RIGHT ||
	    fmod(x + y / 6, 4) < 0.7))
		return hair;
	if (y > 320 && within(x, y, 180, 480, 158, 160))
		return scenery->clothes;
	return NULL;
}

static int
thing_at(enum thing thing, double x, double y)
{
	switch (thing) {
	case POST_BESIDE:
		return x > 285 && x < 315;
	case POST_ABOVE:
		return x > 172 && x < 188;
	case LETTERS:
		return x > 200 && x < 290 && y > 110 && y < 200 &&
		    fmod(y - 110, 36) < 18;
	case SPOT:
		return within(x, y, 252, 165, 3, 3);
	default:
		return 0;
	}
}

static void
wall_colour(const struct scenery *scenery, double x, double y, double rgb[3])
{
	double light = scenery->slope * (x / WIDTH - 0.5);

	if (scenery->stripes && (int)(x / 24 + y / 40) % 2)
		light -= 90;
	if (thing_at(scenery->thing, x, y))
		light -= 120;
	if (scenery->thing == SHADOW)
		light -= 90 * exp(-pow((x - 245) / 40, 2) -
		    pow((y - 270) / 80, 2));
	for (int c = 0; c < 3; c++)
		rgb[c] = scenery->wall[c] + light;
}

static void
paint_pixel(const struct scenery *scenery, int x, int y, double noise,
    struct picture *picture)
{
	double sum[3] = { 0 }, cover = 0, all = FINE * FINE;
	int at = y * WIDTH + x;

	for (int i = 0; i < FINE * FINE; i++) {
		double spread = scenery->thing == BLUR ? 5 : 1, wall[3];
		double u = x + 0.5 + ((i % FINE + 0.5) / FINE - 0.5) * spread;
		double v = y + 0.5 + ((double)(i / FINE) + 0.5 - FINE / 2.0) /
		    FINE * spread;
		const double *rgb = person_at(scenery, u, v);

		cover += rgb != NULL;
		wall_colour(scenery, u, v, wall);
		for (int c = 0; c < 3; c++)
			sum[c] += rgb != NULL ? rgb[c] : wall[c];
	}
	for (int c = 0; c < 3; c++)
		picture->pixels[3 * at + c] = (unsigned char)fmin(fmax(
		    sum[c] / all + noise, 0), 255);
	picture->alpha[at] = (unsigned char)(255 * cover / all);
}

static struct picture *
paint(const struct scenery *scenery)
{
	struct picture *picture = malloc(sizeof(*picture));
	unsigned seed = 7;

	assert_non_null(picture);
	for (int y = 0; y < HEIGHT; y++) {
		for (int x = 0; x < WIDTH; x++) {
			seed = seed * 1103515245u + 12345u;
			paint_pixel(scenery, x, y, scenery->noise *
			    ((seed >> 16) % 2001 / 1000.0 - 1), picture);
		}
	}
	return picture;
}
