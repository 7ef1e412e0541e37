#include "lib/matte/matte_parts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"

#define CROWN_WIDE 0.16		/* least width of hair at the crown, units */
#define CROWN_HIGH (-1.9)	/* where a crown can be, units from the eyes */
#define CROWN_LOW (-0.6)
#define CROWN_SURE 0.2		/* with less the crown is not worth telling */
#define NEAR_SIDE 12.0f		/* Lab distances from wall and person, both: a cell between
				 * colours that are alike, */
#define NEAR_BOTH 20.0f		/* and nearly so, */
#define NEAR_ONE 5.0f		/* or one and the same */
#define GREY 0.08f		/* from here to 1 less it, a prior does not know */
#define UNTOLD 0.45f		/* a prior above says nothing against person */
#define SHOULDERS 2.0		/* down, units, where the body is wider than a head */
#define SHOULDERS_BEGIN 1.6	/* a picture that ends above shows none */
#define OFF_OUTLINE 1.5f	/* cells that an outline's place may be off */

enum { DOUBTS = MATTE_CROWN + 1, PLACES = MATTE_RIGHT_SHOULDER + 1 };

/* The signs of each doubt, by place: square units, of an outline units. */
struct evidence {
	double of[DOUBTS][PLACES];
	double outline[PLACES];
};

/* ---- crown ---- */

/* The top row in which a stretch of person is as wide as hair must be, between
 * the pixels' rows.  Alpha is filled as far as it is looked at. */
static double
find_crown(const struct scene *scene, struct matte *matte, int *filled)
{
	double unit = scene->head.unit * scene->step;
	int middle = (int)(scene->head.x * scene->step);
	int left = middle - (int)unit, right = middle + (int)unit;
	double wide = unit * CROWN_WIDE, last = 0;

	left = left < 0 ? 0 : left;
	right = right > matte->width ? matte->width : right;
	for (int y = 0; y < matte->height; y++) {
		const unsigned char *row = matte->alpha +
		    (size_t)y * (size_t)matte->width;
		double sum = 0;

		if (y == *filled * scene->step)
			edge_alpha_row(scene, matte, (*filled)++);
		for (int x = left; x < right; x++)
			sum += row[x];
		sum /= 255;
		if (sum >= wide)
			return y == 0 ? 0 :
			    y + 0.5 - (sum - wide) / fmax(sum - last, 1);
		last = sum;
	}
	return -1;
}

/* ---- evidence ---- */

static enum matte_place
place_of(const struct scene *scene, int at)
{
	double down = head_down(&scene->head, at / scene->cols);
	double aside = head_aside(&scene->head, at % scene->cols);

	if (down < -0.3 && fabs(aside) < 1)
		return MATTE_ABOVE;
	if (down < 1.1)
		return aside < 0 ? MATTE_LEFT : MATTE_RIGHT;
	return aside < 0 ? MATTE_LEFT_SHOULDER : MATTE_RIGHT_SHOULDER;
}

/* Whether the person reaches what was certainly wall. */
static int
is_at_the_end(const struct scene *scene, int at)
{
	int x = at % scene->cols;

	return (x > 0 && scene->known[at - 1] == KNOWN_WALL) ||
	    (x + 1 < scene->cols && scene->known[at + 1] == KNOWN_WALL) ||
	    (at >= scene->cols && scene->known[at - scene->cols] == KNOWN_WALL);
}

/* grey: cells from where the prior begins to know. */
static void
look_at(const struct scene *scene, int at, const float *grey, struct evidence *evidence)
{
	double unit = 1 / scene->head.unit;
	enum matte_place place = place_of(scene, at);
	float inside = scene->inside[at], depth = scene->depth[at];
	float both = scene->off_wall[at] + scene->off_person[at];
	float grain = 2 * (float)scene->grain;
	int outline = inside > 0 && inside < 1;

	if ((inside > 0 && depth < -OFF_OUTLINE && scene->prior[at] < UNTOLD) ||
	    (inside < 0 && depth > OFF_OUTLINE))
		evidence->of[MATTE_APART][place] += unit * unit;
	if (inside < 0 && scene->plain && is_thing(scene, at))
		evidence->of[MATTE_OBJECT][place] += unit * unit;
	if (grey[at] > 1 && both < NEAR_BOTH + grain)
		evidence->of[MATTE_VAGUE][place] += unit * unit;
	if (outline)
		evidence->outline[place] += unit;
	if (outline && both < NEAR_ONE + grain)
		evidence->of[MATTE_ALIKE][place] += unit;
	if (outline && both < NEAR_SIDE + grain)
		evidence->of[MATTE_FAINT][place] += unit;
	if (outline && is_at_the_end(scene, at))
		evidence->of[MATTE_HAIR][place] += unit;
}

static void
look(const struct scene *scene, struct evidence *evidence)
{
	unsigned char *mark = xmalloc(scene->cells);
	float *grey = xmalloc(scene->cells * sizeof *grey);

	memset(evidence, 0, sizeof *evidence);
	for (size_t i = 0; i < scene->cells; i++)
		mark[i] = scene->prior[i] > GREY && scene->prior[i] < 1 - GREY;
	signed_depth(mark, scene->cols, scene->rows, grey);
	for (int at = 0; at < (int)scene->cells; at++)
		look_at(scene, at, grey, evidence);
	free(mark);
	free(grey);
}

/* ---- confidence ---- */

/* 1 below low, 0 above high, a straight line between. */
static double
falling(double low, double high, double value)
{
	return fmin(fmax((high - value) / (high - low), 0), 1);
}

/* Let one doubt weigh: how sure it leaves the cut, and where it is greatest. */
static void
weigh(struct matte *matte, double *least, double sure, enum matte_doubt doubt,
    const struct evidence *evidence)
{
	matte->confidence *= sure;
	if (sure >= *least)
		return;
	*least = sure;
	matte->doubt = doubt;
	matte->place = MATTE_ALL;
	for (int place = MATTE_ABOVE; place < PLACES; place++)
		if (evidence->of[doubt][place] > evidence->of[doubt][matte->place])
			matte->place = place;
}

static double
most(const double *of)
{
	double value = 0;

	for (int place = MATTE_ABOVE; place < PLACES; place++)
		value = fmax(value, of[place]);
	return value;
}

static double
of_head(const double *of)
{
	return of[MATTE_ABOVE] + of[MATTE_LEFT] + of[MATTE_RIGHT];
}

/* The share of the body's outline that has one colour on both sides: the prior alone
 * draws it there.  Below 0.5 it does so within 120 pixels of drawn clothing, and of 48
 * portraits in white shirts that were put before white none was wrong; from 0.69 on are
 * drawn ones in plain clothing of the wall's very colour, half of them wrong by more. */
static double
body_alike(const struct evidence *evidence)
{
	const double *alike = evidence->of[MATTE_ALIKE], *outline = evidence->outline;

	return (alike[MATTE_LEFT_SHOULDER] + alike[MATTE_RIGHT_SHOULDER]) /
	    fmax(outline[MATTE_LEFT_SHOULDER] + outline[MATTE_RIGHT_SHOULDER], 1e-6);
}

/* Half of the body's width where the shoulders are, on its narrower side, units; what
 * reaches the picture's side is wide enough. */
static double
shoulder_width(const struct scene *scene)
{
	double left = 0, right = 0;
	int y = scene->rows - 1, end = scene->cols - 1, row;

	if (head_down(&scene->head, y) < SHOULDERS_BEGIN)
		return INFINITY;
	while (y > 0 && head_down(&scene->head, y) > SHOULDERS)
		y--;
	row = y * scene->cols;
	for (int x = 0; x <= end; x++) {
		double aside = scene->inside[row + x] <= 0 ? 0 :
		    head_aside(&scene->head, x);

		left = fmax(left, -aside);
		right = fmax(right, aside);
	}
	return fmin(scene->inside[row] > 0 ? INFINITY : left,
	    scene->inside[row + end] > 0 ? INFINITY : right);
}

static double
crown_fits(const struct scene *scene, const struct matte *matte)
{
	double crown = (matte->crown / scene->step - scene->head.y) / scene->head.unit;

	if (matte->crown < 0 || (matte->crown > 0 && crown < CROWN_HIGH))
		return 0.15;
	return crown > CROWN_LOW && matte->crown > 0 ? 0.3 : 1;
}

int
judge_cut(const struct scene *scene, struct matte *matte)
{
	struct evidence evidence;
	double (*of)[PLACES] = evidence.of, least = 1;
	double above;
	int filled = 0;

	judge_wall(scene, matte);
	matte->crown = find_crown(scene, matte, &filled);
	look(scene, &evidence);
	matte->confidence = 1;
	above = falling(0.004, 0.019, of[MATTE_VAGUE][MATTE_ABOVE] * of_head(of[MATTE_FAINT]));
	weigh(matte, &least, crown_fits(scene, matte), MATTE_CROWN, &evidence);
	weigh(matte, &least, falling(0.004, 0.019, most(of[MATTE_VAGUE]) *
	    of_head(of[MATTE_FAINT])), MATTE_VAGUE, &evidence);
	if (crown_fits(scene, matte) * above < CROWN_SURE)
		matte->crown = -1;
	weigh(matte, &least, fmin(falling(0.50, 0.70, body_alike(&evidence)),
	    1 - falling(0.90, 1.00, shoulder_width(scene))), MATTE_ALIKE, &evidence);
	weigh(matte, &least, falling(0.02, 0.06, most(of[MATTE_APART])), MATTE_APART,
	    &evidence);
	weigh(matte, &least, falling(0.04, 0.20, of_head(of[MATTE_OBJECT])), MATTE_OBJECT,
	    &evidence);
	weigh(matte, &least, falling(0.05, 0.30, most(of[MATTE_HAIR])), MATTE_HAIR,
	    &evidence);
	matte->plain = scene->plain;
	if (!matte->plain && matte->doubt == MATTE_SURE)
		matte->doubt = MATTE_NOT_PLAIN;
	return filled;
}

void
matte_doubt_words(const struct matte *matte, struct buf *out)
{
	static const char *const whats[DOUBTS] = {
		[MATTE_SURE] = "",
		[MATTE_NOT_PLAIN] = "the wall is not of one colour",
		[MATTE_OBJECT] = "something else stands before the wall",
		[MATTE_APART] = "shape and colours do not agree who is person",
		[MATTE_VAGUE] = "hair or clothing can hardly be distinguished from the wall",
		[MATTE_ALIKE] = "clothing has the wall's colour",
		[MATTE_HAIR] = "something reaches far from the person",
		[MATTE_CROWN] = "the top of the hair is not where it can be",
	};
	static const char *const wheres[PLACES] = {
		[MATTE_ALL] = "",
		[MATTE_ABOVE] = "above the eyes",
		[MATTE_LEFT] = "left of the head",
		[MATTE_RIGHT] = "right of the head",
		[MATTE_LEFT_SHOULDER] = "at the left shoulder",
		[MATTE_RIGHT_SHOULDER] = "at the right shoulder",
	};

	buf_adds(out, whats[matte->doubt]);
	if (matte->place != MATTE_ALL && matte->doubt != MATTE_SURE)
		buf_addf(out, ", %s", wheres[matte->place]);
}
