#include "lib/check/crop.h"

#include <math.h>

/* Rounding that must not decide, in output pixels. */
#define SLACK 0.02

/* More than a picture can need, in output pixels and as a scale. */
#define ANYTHING 1e7

/* What crop_fit was given. */
struct task {
	const struct crop_limits *limits;
	const struct crop_face *face;
	double width, height;
};

/* A bound on a place in the output, which moves with the scale. */
struct line {
	double at, slope;
};

/* What may be relaxed, in output pixels. */
struct relax {
	double bands;		/* crown, eye line, face width */
	double above_beside, below;	/* reaching outside the picture */
	double above;			/* and so much more there */
	double scale_max;
};

/* The crops that are allowed: scales low..high; at each, the crown lies between
 * its bounds and the face's middle between its own. */
struct space {
	struct line crown_low[3], crown_high[3];
	struct line middle_low[2], middle_high[2];
	double low, high;
};

/* Keep only the scales at which one line is not above another. */
static void
keep_below(struct space *space, const struct line *one,
    const struct line *other)
{
	double at = other->at - one->at, slope = other->slope - one->slope;

	if (slope > 0)
		space->low = fmax(space->low, -at / slope);
	else if (slope < 0)
		space->high = fmin(space->high, -at / slope);
	else if (at < 0)
		space->high = -1;
}

static void
space_init(struct space *space, const struct task *task,
    const struct relax *relax)
{
	const struct crop_limits *limits = task->limits;
	const struct crop_face *face = task->face;
	double nose = face->eye_line - face->crown, bands = relax->bands;
	double half = limits->width / 2.0;
	double aside = fmax(limits->centre_max + fmin(bands, 0), 0);
	int i, j;

	*space = (struct space){
		.crown_low = {
			{ limits->crown.min - bands, 0 },
			{ limits->eye_line.min - bands, -nose },
			{ limits->height - relax->below,
			    -(task->height - face->crown) },
		},
		.crown_high = {
			{ limits->crown.max + bands, 0 },
			{ limits->eye_line.max + bands, -nose },
			{ relax->above_beside + relax->above, face->crown },
		},
		.middle_low = {
			{ half - aside, 0 },
			{ limits->width - relax->above_beside,
			    -(task->width - face->centre) },
		},
		.middle_high = {
			{ half + aside, 0 },
			{ relax->above_beside, face->centre },
		},
		.low = fmax((limits->face_width.min - bands) / face->width,
		    1e-6),
		.high = fmin((limits->face_width.max + bands) / face->width,
		    relax->scale_max),
	};
	for (i = 0; i < 3; i++)
		for (j = 0; j < 3; j++)
			keep_below(space, &space->crown_low[i],
			    &space->crown_high[j]);
	for (i = 0; i < 2; i++)
		for (j = 0; j < 2; j++)
			keep_below(space, &space->middle_low[i],
			    &space->middle_high[j]);
}

static int
is_empty(const struct space *space)
{
	return space->low > space->high;
}

static double
within(double value, const struct line *low, const struct line *high, int count,
    double scale)
{
	int i;

	for (i = 0; i < count; i++)
		value = fmin(value, high[i].at + high[i].slope * scale);
	for (i = 0; i < count; i++)
		value = fmax(value, low[i].at + low[i].slope * scale);
	return value;
}

/* Distance from the target in units of half a band. */
static double
off(double value, const struct crop_band *band)
{
	double distance = (value - band->target) * 2 / (band->max - band->min);

	return distance * distance;
}

/* The best crown and middle at a scale; returns how far all is from the
 * targets, which is convex in the scale. */
static double
place(const struct space *space, const struct task *task, double scale,
    double *crown, double *middle)
{
	const struct crop_limits *limits = task->limits;
	const struct crop_face *face = task->face;
	double nose = (face->eye_line - face->crown) * scale;
	double half = limits->width / 2.0;
	double a = limits->crown.max - limits->crown.min;
	double b = limits->eye_line.max - limits->eye_line.min;
	double best;

	/* The minimum of off(crown) + off(crown + nose). */
	best = (limits->crown.target * b * b +
	    (limits->eye_line.target - nose) * a * a) / (a * a + b * b);
	*crown = within(best, space->crown_low, space->crown_high, 3, scale);
	*middle = within(half, space->middle_low, space->middle_high, 2, scale);
	return off(*crown, &limits->crown) +
	    off(*crown + nose, &limits->eye_line) +
	    off(face->width * scale, &limits->face_width) +
	    pow((*middle - half) / limits->centre_max, 2);
}

static double
best_scale(const struct space *space, const struct task *task)
{
	double low = space->low, high = space->high, third, crown, middle;
	int i;

	for (i = 0; i < 100; i++) {
		third = (high - low) / 3;
		if (place(space, task, low + third, &crown, &middle) <=
		    place(space, task, high - third, &crown, &middle))
			high -= third;
		else
			low += third;
	}
	return (low + high) / 2;
}

/* Hundredths of a pixel, so that the record's numbers are the crop that was
 * cut. */
static double
hundredths(double value)
{
	return floor(value * 100 + 0.5) / 100;
}

static void
take_best(const struct space *space, const struct task *task, struct box *box)
{
	double scale = best_scale(space, task), crown, middle;

	place(space, task, scale, &crown, &middle);
	box->w = hundredths(task->limits->width / scale);
	box->h = hundredths(task->limits->height / scale);
	box->x = hundredths(task->face->centre - middle / scale);
	box->y = hundredths(task->face->crown - crown / scale);
}

/* Find the least amount to which a member of relax must be raised for a crop to
 * exist.  Returns 0 when even `most` does not help; *amount is then that. */
static int
raise_to_fit(struct space *space, const struct task *task, struct relax *relax,
    double *amount, double most)
{
	double low = *amount, high = most;
	int i;

	*amount = high;
	space_init(space, task, relax);
	if (is_empty(space))
		return 0;
	for (i = 0; i < 60; i++) {
		*amount = (low + high) / 2;
		space_init(space, task, relax);
		if (is_empty(space))
			low = *amount;
		else
			high = *amount;
	}
	*amount = high;
	space_init(space, task, relax);
	return 1;
}

/* Inside the picture with the whole margin, not enlarged or enlarged as little
 * as possible; or else with as much of the margin as there is. */
static int
fits_inside(struct space *space, const struct task *task)
{
	double most = task->limits->scale_max;
	struct relax relax = { .bands = -task->limits->margin,
	    .scale_max = fmin(1, most) };

	space_init(space, task, &relax);
	return !is_empty(space) ||
	    raise_to_fit(space, task, &relax, &relax.scale_max, most) ||
	    raise_to_fit(space, task, &relax, &relax.bands, 0);
}

/* Reaching outside: where the wall is extended, above by what is best, since there
 * only the head could be cut off; beside, where shoulders are, by as little as
 * possible; below last of all. */
static int
fits_outside(struct space *space, const struct task *task, double bands,
    double scale_max, int below)
{
	struct relax relax = { .bands = bands, .scale_max = scale_max };

	if (task->limits->wall_extends) {
		relax.above = ANYTHING;
		space_init(space, task, &relax);
		if (!is_empty(space))
			return 1;
	}
	return raise_to_fit(space, task, &relax, &relax.above_beside,
	    ANYTHING) || (below &&
	    raise_to_fit(space, task, &relax, &relax.below, ANYTHING));
}

/* No crop satisfies the bands: the one that needs least enlargement beyond the
 * limit, or else misses the bands by the least. */
static void
fits_nothing(struct space *space, const struct task *task)
{
	struct relax relax = { .above_beside = ANYTHING, .below = ANYTHING,
	    .scale_max = task->limits->scale_max };

	if (!raise_to_fit(space, task, &relax, &relax.scale_max, ANYTHING))
		raise_to_fit(space, task, &relax, &relax.bands, ANYTHING);
	fits_outside(space, task, relax.bands, relax.scale_max, 1);
}

static void
find_space(struct space *space, const struct task *task)
{
	double most = task->limits->scale_max;

	if (!fits_inside(space, task) &&
	    !fits_outside(space, task, -task->limits->margin, fmin(1, most), 0) &&
	    !fits_outside(space, task, -task->limits->margin, most, 0) &&
	    !fits_outside(space, task, 0, most, 0) &&
	    !fits_outside(space, task, 0, most, 1))
		fits_nothing(space, task);
}

static int
is_off(double value, const struct crop_band *band)
{
	return value < band->min - SLACK || value > band->max + SLACK;
}

int
crop_judge(const struct crop_limits *limits, const struct crop_face *face,
    double width, double height, const struct box *box, struct crop *crop)
{
	double scale = limits->height / box->h, most = limits->missing_max + SLACK;
	int closed = !limits->wall_extends;

	*crop = (struct crop){
		.box = *box, .scale = scale,
		.crown = (face->crown - box->y) * scale,
		.eye_line = (face->eye_line - box->y) * scale,
		.face_width = face->width * scale,
		.centre = (face->centre - box->x) * scale,
		.above = fmax(-box->y * scale, 0),
		.below = fmax((box->y + box->h - height) * scale, 0),
		.left = fmax(-box->x * scale, 0),
		.right = fmax((box->x + box->w - width) * scale, 0),
	};
	return (is_off(crop->crown, &limits->crown) ? CROP_CROWN : 0) |
	    (is_off(crop->eye_line, &limits->eye_line) ? CROP_EYE_LINE : 0) |
	    (is_off(crop->face_width, &limits->face_width) ?
	    CROP_FACE_WIDTH : 0) |
	    (fabs(crop->centre - limits->width / 2.0) >
	    limits->centre_max + SLACK ? CROP_CENTRE : 0) |
	    (scale > limits->scale_max * (1 + 1e-4) ? CROP_SCALE : 0) |
	    (closed && crop->above > most ? CROP_ABOVE : 0) |
	    (crop->below > most ? CROP_BELOW : 0) |
	    (closed && crop->left > most ? CROP_LEFT : 0) |
	    (closed && crop->right > most ? CROP_RIGHT : 0);
}

int
crop_fit(const struct crop_limits *limits, const struct crop_face *face,
    double width, double height, struct crop *crop)
{
	struct task task = { limits, face, width, height };
	struct space space;
	struct box box;

	*crop = (struct crop){ .scale = 0 };
	if (!(face->width >= 1 && face->eye_line > face->crown) ||
	    !isfinite(face->width + face->eye_line - face->crown +
	    face->centre))
		return CROP_NO_FACE;
	find_space(&space, &task);
	take_best(&space, &task, &box);
	return crop_judge(limits, face, width, height, &box, crop);
}
