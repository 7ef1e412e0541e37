#include "lib/matte/matte_parts.h"

#include <math.h>

#define CROWN_WIDE 0.16		/* least width of hair at the crown, units */
#define CROWN_HIGH (-1.8)	/* where a crown can be, units from the eyes */
#define CROWN_SURE 0.2		/* with less the crown is not worth telling */
#define CROWN_LOW (-0.65)
#define STEP_LEAST 9.0		/* of an outline over two cells, Lab */
#define STEP_GRAIN 3.0
#define SIDE_LEAST 20.0		/* of the colours beside it, levels of sRGB */
#define SIDE_GRAIN 8.0
#define HEAD_HALF 1.3		/* a head may be cut off by the upper border */
#define HAIR_COUNTS 0.25	/* wide hair reaches the border, a thing seldom does */
#define STACK_TOP (-1.6)	/* where letters would be beside a head, units */
#define STACK_END 0.8
#define STACK_GAP 0.04
#define CLOTHES 1.0		/* clothing's outline is below, units, */
#define CLOTHES_ASIDE 0.5	/* and beside the neck */
#define BAY 0.1			/* half of a bay's width, units */
#define OVERHANG 1.45		/* below, no wall is between clothing, units */
#define CHEST 1.9		/* from here down shoulders are as wide, units, */
#define CHEST_END 2.7
#define CHEST_HALF 0.95		/* or wider, from the middle to a side */
#define STRIP_LONG 0.2		/* units */
#define STRIP_WIDE 0.5
#define ASIDE 1.75		/* no hair is further from the middle, units */

enum { KINDS = 8 };

/* What speaks against a cut, each as a share. */
struct doubt {
	double border;	/* of the border above the chin: not wall */
	double soiled;	/* of the wall: not of its colour */
	double scalped;	/* of the skull as expected: taken for wall */
	double blurred;	/* as weak, but of the head's outline alone */
	double bitten;	/* of the chest as expected: taken for wall */
	double aside;	/* of the wall far beside the head: taken for person */
	double apart;	/* person beside the head, wall between; square units */
	double weak;	/* of the outline but loose hair: hardly to be seen */
	double faded;	/* the same where no clothing is expected; units */
	double torn;	/* bays of wall in clothing's outline, square units */
	double notched;	/* wall between clothing above and below, square units */
	double narrow;	/* of a side's shoulder: taken for wall, units */
	double stacked;	/* wall beside the head in several places, one above
			 * the other, as between letters; units */
};

/* The top row in which a stretch of person is as wide as hair must be, between
 * the pixels' rows.  Alpha is filled as far as it is looked at. */
static double
find_crown(const struct scene *scene, struct matte *matte, int *filled)
{
	double unit = scene->shape.unit * scene->step;
	int middle = (int)(scene->shape.x * scene->step);
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

static double
apart(const float *one, const float *other)
{
	double sum = 0;

	for (int c = 0; c < 3; c++)
		sum += (one[c] - other[c]) * (one[c] - other[c]);
	return sqrt(sum);
}

/* 1 below low, 0 above high, a straight line between. */
static double
falling(double low, double high, double value)
{
	return fmin(fmax((high - value) / (high - low), 0), 1);
}

/* The step of colour across a cell, straight or down. */
static double
step_at(const struct scene *scene, int x, int y)
{
	const float *lab = scene->lab + 3 * (y * scene->cols + x);
	double step = 0;

	if (x > 0 && x + 1 < scene->cols)
		step = apart(lab - 3, lab + 3);
	if (y > 0 && y + 1 < scene->rows)
		step = fmax(step, apart(lab - 3 * scene->cols,
		    lab + 3 * scene->cols));
	return step;
}

/* Whether the outline is hardly to be seen where it passes a cell, as at
 * clothing of the wall's colour or a shadow's soft end: no step near it, or
 * much the same colour on both sides. */
static int
is_weak(const struct scene *scene, const struct matte *matte, int x, int y)
{
	const struct matte_side *side = &matte->side[y * scene->cols + x];
	double step = step_at(scene, x, y);

	if (x > 0)
		step = fmax(step, step_at(scene, x - 1, y));
	if (x + 1 < scene->cols)
		step = fmax(step, step_at(scene, x + 1, y));
	if (y > 0)
		step = fmax(step, step_at(scene, x, y - 1));
	if (y + 1 < scene->rows)
		step = fmax(step, step_at(scene, x, y + 1));
	return step < STEP_LEAST + STEP_GRAIN * scene->grain ||
	    apart(side->person, side->wall) <
	    SIDE_LEAST + SIDE_GRAIN * scene->grain;
}

static double
share(double part, double whole)
{
	return whole > 0 ? part / whole : 0;
}

static void
doubt_at(const struct scene *scene, const struct matte *matte, int x, int y,
    double part[KINDS], double whole[KINDS])
{
	size_t at = (size_t)(y * scene->cols + x);
	double down = shape_down(&scene->shape, y);
	double odds = shape_odds(&scene->shape, x, y);
	double aside = fabs(x + 0.5 - scene->shape.x) / scene->shape.unit;
	int person = scene->inside[at] > 0;

	if (down < 0.9 && (x < 2 || x >= scene->cols - 2 ||
	    (y < 2 && aside > HEAD_HALF))) {
		whole[0]++;
		part[0] += !person ? 0 :
		    is_hair_like(scene, scene->rgb + 3 * at) ?
		    HAIR_COUNTS : 1;
	}
	if (scene->inside[at] < -2.5) {
		whole[1]++;
		part[1] += scene->distance[at] > 12;
	}
	if (person && scene->inside[at] < 1 && x > 1 && x < scene->cols - 2) {
		int weak = is_weak(scene, matte, x, y);

		whole[2]++;
		part[2] += weak && scene->cell[at] == CELL_PERSON;
		part[7] += weak && scene->cell[at] == CELL_PERSON && odds < 0;
		whole[6] += down < 0.2;
		part[6] += down < 0.2 && weak;
	}
	if (odds > (down < 1 ? 1 : 2)) {
		whole[down < 1 ? 5 : 3]++;
		part[down < 1 ? 5 : 3] += !person;
	}
	if (down < 0.9 && aside > ASIDE) {
		whole[4]++;
		part[4] += person;
	}
}

/* Person cells of a row through the face that do not hang together with it. */
static int
apart_in_row(const struct scene *scene, int y)
{
	const float *row = scene->inside + y * scene->cols;
	int middle = (int)scene->shape.x, count = 0, left, right;

	if (middle < 0 || middle >= scene->cols ||
	    !shape_core(&scene->shape, middle, y))
		return 0;
	for (left = middle; left > 0 && row[left - 1] > 0; left--)
		;
	for (right = middle; right + 1 < scene->cols && row[right + 1] > 0;
	    right++)
		;
	for (int x = 0; x < scene->cols; x++)
		count += row[x] > 0 && (x < left || x > right);
	return count;
}

/* In how many places but one wall is seen between dense person in a column beside
 * the head. */
static int
stacked(const struct scene *scene, int x)
{
	int places = 0, wall = 0, gap = 0, seen = 0;

	for (int y = 0; y < scene->rows; y++) {
		double down = shape_down(&scene->shape, y);
		enum cell cell = scene->cell[y * scene->cols + x];

		if (down < STACK_TOP || down > STACK_END)
			continue;
		wall = cell == CELL_WALL ? wall + 1 : 0;
		gap |= seen && wall > STACK_GAP * scene->shape.unit;
		if (cell != CELL_PERSON)
			continue;
		places += gap;
		gap = 0;
		seen = 1;
	}
	return places > 1 ? places - 1 : 0;
}

/* Whether person is within reach of a cell on a line, to both sides. */
static int
is_between(const struct scene *scene, const struct matte *matte, int x, int y,
    int across, int down)
{
	double length = across != 0 && down != 0 ? sqrt(2) : 1;
	int reach = (int)(BAY * scene->shape.unit / length + 0.5), sides = 0;

	for (int sign = -1; sign <= 1; sign += 2) {
		for (int k = 1; k <= reach; k++) {
			int u = x + sign * k * across, v = y + sign * k * down;

			if (u < 0 || v < 0 || u >= scene->cols ||
			    v >= scene->rows)
				break;
			if (scene->inside[v * scene->cols + u] <= 0)
				continue;
			sides += matte->side[v * scene->cols + u].solid > 0;
			break;
		}
	}
	return sides == 2;
}

/* Cloth has a smooth outline.  Where a part of it, or of a pattern on it, has the
 * wall's colour and was taken for wall, narrow bays are left. */
static int
is_bay(const struct scene *scene, const struct matte *matte, int x, int y)
{
	return scene->inside[y * scene->cols + x] <= 0 &&
	    (is_between(scene, matte, x, y, 1, 0) ||
	    is_between(scene, matte, x, y, 0, 1) ||
	    is_between(scene, matte, x, y, 1, 1) ||
	    is_between(scene, matte, x, y, 1, -1));
}

static double
torn(const struct scene *scene, const struct matte *matte)
{
	double count = 0;

	for (int y = 0; y < scene->rows; y++) {
		if (shape_down(&scene->shape, y) < CLOTHES)
			continue;
		for (int x = 0; x < scene->cols; x++)
			count += fabs(x + 0.5 - scene->shape.chin_x) >
			    CLOTHES_ASIDE * scene->shape.unit &&
			    is_bay(scene, matte, x, y);
	}
	return count / (scene->shape.unit * scene->shape.unit);
}

/* Wall with clothing above and below it is a bite from aside. */
static double
notched(const struct scene *scene)
{
	int count = 0;

	for (int x = 0; x < scene->cols; x++) {
		int clothing = 0, wall = 0;

		for (int y = 0; y < scene->rows; y++) {
			if (shape_down(&scene->shape, y) < OVERHANG)
				continue;
			if (scene->inside[y * scene->cols + x] <= 0) {
				wall += clothing;
				continue;
			}
			count += wall;
			wall = 0;
			clothing = 1;
		}
	}
	return count / (scene->shape.unit * scene->shape.unit);
}

/* By how much a row of the chest ends too near to the middle, cells. */
static double
lacking(const struct scene *scene, int y, int step)
{
	const float *row = scene->inside + y * scene->cols;
	int x = (int)fmin(fmax(scene->shape.chin_x, 0), scene->cols - 1);
	double half = CHEST_HALF * scene->shape.unit;
	double begin = x;

	while (x >= 0 && x < scene->cols && row[x] > 0)
		x += step;
	return x < 0 || x >= scene->cols ? 0 : fmax(half - fabs(x - begin), 0);
}

/* Of the side that is worse. */
static double
narrow(const struct scene *scene)
{
	double left = 0, right = 0, rows = 0;

	for (int y = 0; y < scene->rows; y++) {
		double down = shape_down(&scene->shape, y);

		if (down < CHEST || down > CHEST_END)
			continue;
		left += lacking(scene, y, -1);
		right += lacking(scene, y, 1);
		rows++;
	}
	return fmax(left, right) / fmax(rows, 1) / scene->shape.unit;
}

static void
find_doubt(const struct scene *scene, const struct matte *matte,
    struct doubt *doubt)
{
	double part[KINDS] = { 0 }, whole[KINDS] = { 0 };

	for (int y = 0; y < scene->rows; y++)
		for (int x = 0; x < scene->cols; x++)
			doubt_at(scene, matte, x, y, part, whole);
	doubt->apart = doubt->stacked = 0;
	doubt->torn = torn(scene, matte);
	doubt->notched = notched(scene);
	doubt->narrow = narrow(scene);
	for (int x = 0; x < scene->cols; x++)
		doubt->stacked += stacked(scene, x) / scene->shape.unit;
	for (int y = 0; y < scene->rows; y++)
		if (shape_down(&scene->shape, y) < 0.7)
			doubt->apart += apart_in_row(scene, y) /
			    (scene->shape.unit * scene->shape.unit);
	doubt->border = share(part[0], whole[0]);
	doubt->soiled = share(part[1], whole[1]);
	doubt->weak = share(part[2], whole[2]);
	doubt->faded = part[7] / scene->shape.unit;
	doubt->bitten = share(part[3], whole[3]);
	doubt->aside = share(part[4], whole[4]);
	doubt->scalped = share(part[5], whole[5]);
	doubt->blurred = share(part[6], whole[6]);
}

/* Let one doubt weigh: how sure it leaves the cut, and in words what it is. */
static void
weigh(struct matte *matte, double *least, double sure, const char *words)
{
	matte->confidence *= sure;
	if (sure < *least) {
		*least = sure;
		matte->doubt = words;
	}
}

/* Person in a row above the head, cells. */
static int
width_at(const struct scene *scene, int y)
{
	int middle = (int)scene->shape.x, half = (int)scene->shape.unit;
	int count = 0;

	for (int x = middle - half; x <= middle + half; x++)
		count += x >= 0 && x < scene->cols && y < scene->rows &&
		    scene->inside[y * scene->cols + x] > 0;
	return count;
}

/* Whether what reaches the upper border is narrow far down, as a post or a cord
 * is, and no head. */
static int
is_strip(const struct scene *scene)
{
	double unit = scene->shape.unit;

	return width_at(scene, 0) > 0 &&
	    width_at(scene, (int)(STRIP_LONG * unit)) < STRIP_WIDE * unit;
}

static double
crown_fits(const struct scene *scene, const struct matte *matte)
{
	double unit = scene->shape.unit * scene->step;
	double crown = (matte->crown - scene->shape.y * scene->step) / unit;

	if (matte->crown < 0 || crown < CROWN_HIGH ||
	    is_strip(scene))
		return 0.15;
	return crown > CROWN_LOW && matte->crown > 0 ? 0.3 : 1;
}

int
judge_cut(const struct scene *scene, struct matte *matte)
{
	struct doubt doubt;
	double least = 1;
	int filled = 0;

	wall_judge(scene, matte);
	matte->crown = find_crown(scene, matte, &filled);
	matte->confidence = 1;
	find_doubt(scene, matte, &doubt);
	weigh(matte, &least, falling(0.02, 0.12, doubt.border),
	    "the head's side of the border is not wall");
	weigh(matte, &least, falling(0.02, 0.10, doubt.aside),
	    "something else is beside the head");
	weigh(matte, &least, falling(0.05, 0.11, doubt.scalped),
	    "a part of the head has the wall's colour");
	weigh(matte, &least, falling(0.10, 0.40, doubt.blurred),
	    "the head's outline is hardly seen against the wall");
	weigh(matte, &least, crown_fits(scene, matte),
	    "the top of the hair is not where it can be");
	if (matte->confidence < CROWN_SURE)
		matte->crown = -1;
	/* From here on the crown is not concerned. */
	weigh(matte, &least, falling(14, 34, isfinite(matte->texture) ?
	    matte->texture : matte->plainness),
	    "the wall is not of one colour");
	weigh(matte, &least, falling(0.01, 0.06, doubt.soiled),
	    "something else is on the wall");
	weigh(matte, &least, falling(0.05, 0.20, doubt.weak),
	    "clothing, skin or a shadow runs into the wall");
	weigh(matte, &least, falling(0.25, 0.55, doubt.faded),
	    "clothing, skin or a shadow runs into the wall");
	weigh(matte, &least, falling(0.04, 0.12, doubt.bitten),
	    "clothing has the wall's colour");
	weigh(matte, &least, falling(0.008, 0.014, doubt.torn),
	    "clothing has the wall's colour");
	weigh(matte, &least, falling(0.008, 0.020, doubt.notched),
	    "clothing has the wall's colour");
	weigh(matte, &least, falling(0.10, 0.30, doubt.narrow),
	    "clothing has the wall's colour");
	weigh(matte, &least, falling(0.06, 0.16, doubt.stacked),
	    "something else is beside the head");
	weigh(matte, &least, falling(0.04, 0.20, doubt.apart),
	    "something else is beside the head");
	return filled;
}
