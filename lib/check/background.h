#ifndef TC_BACKGROUND_H
#define TC_BACKGROUND_H
/*
 * background: whether the wall behind a person may stay, is replaced, or needs a review.
 *
 * Pure arithmetic.  Pixels are 8-bit sRGB, three channels, rows without padding;
 * alpha is lib/matte/matte.h's, 0 where there is wall.
 */
enum background_mode {
	BACKGROUND_AUTO,	/* keep what is right, replace what is plain */
	BACKGROUND_KEEP,	/* keep, whatever it is */
	BACKGROUND_REPLACE,	/* replace, whatever it is */
	BACKGROUND_MODES
};

enum background_choice {
	BACKGROUND_KEPT,
	BACKGROUND_REPLACED
};

struct background_limits {
	enum background_mode mode;
	unsigned char target[3];
	double tolerance;	/* Delta E 2000 of the wall's mean from the target */
	double uneven_max;	/* Delta E 2000, see below */
	double confidence_min;	/* of the cut; less is for a person to look at */
	int other_walls;	/* an image from before a wall that is not plain may pass */
};

struct background_wall {
	double off;		/* of the mean colour from the target, Delta E 2000;
				 * NaN where there is too little wall */
	double uneven;		/* distance of the spots from the mean, 95th percentile */
};

/* From its name: auto, keep, replace; BACKGROUND_MODES when it is none. */
enum background_mode background_mode(const char *name);

/* The wall's colour, in spots of 8 x 8 pixels that are nothing but wall. */
void background_measure(const unsigned char *pixels, const unsigned char *alpha,
    int width, int height, const unsigned char target[static 3],
    struct background_wall *wall);

/* What to do, when mode is not BACKGROUND_KEEP.  How sure the cut is decides only
 * whether a person looks at the image. */
enum background_choice background_choose(const struct background_limits *limits,
    const struct background_wall *wall);

/* Pixels at a side that may be noise. */
enum { BACKGROUND_TOUCH_MAX = 3 };

/* At which sides of the picture the person is cut off: nothing can be added there, since
 * it would be body and not wall. */
enum background_sides {
	BACKGROUND_LEFT = 1 << 0,
	BACKGROUND_RIGHT = 1 << 1,
	BACKGROUND_ABOVE = 1 << 2
};
int background_cut_off(const unsigned char *alpha, int width, int height);

#endif
