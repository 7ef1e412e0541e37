#include "lib/check/clothing.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/mem.h"
#include "lib/check/colour.h"
#include "lib/check/measure.h"
#include "lib/matte/matte.h"

/* The clothes begin this far below the chin, and are looked at to that, in heights
 * from eyes to chin. */
#define FROM 0.9
#define TO 2.2
#define INSIDE 1.9f		/* squares from the edge: nothing but person */

enum {
	PIXELS_LEAST = 400,
	SQUARES_LEAST = 40,
	CHROMA_LEAST = 12,	/* below it a colour has no hue to speak of */
	STEP_LEAST = 14		/* L from a square to the next: an edge */
};

/* A cheek, as light.c's; and how near to it skin is in a and b, and in L. */
#define CHEEK_SIDE 0.3
#define CHEEK_DOWN 0.32
#define SKIN_NEAR 9
#define SKIN_DARKEST 0.7
#define SKIN_LIGHTEST 1.3
#define SKIN_CHROMA 10		/* paler than this it could be any cloth */

/* Whether there are colours in the range: one that cannot be met would say nothing. */
static int
is_range(const struct clothing_range *range)
{
	const double *hue = range->hue, *light = range->light;

	return hue[0] >= 0 && hue[0] <= 360 && hue[1] >= 0 && hue[1] <= 360 &&
	    light[0] >= 0 && light[0] <= light[1] && light[1] <= 100;
}

int
clothing_ranges(const char *text, struct clothing_range ranges[CLOTHING_RANGES_MAX])
{
	int count = 0, used;

	if (strcmp(text, "none") == 0)
		return 0;
	do {
		struct clothing_range *range = &ranges[count];

		if (count == CLOTHING_RANGES_MAX || sscanf(text, "%lf-%lf %lf-%lf %n",
		    &range->hue[0], &range->hue[1], &range->light[0],
		    &range->light[1], &used) != 4 || !is_range(range))
			return -1;
		count++;
		text += used;
	} while (*text++ == ',');
	return text[-1] == '\0' ? count : -1;
}

/* ---- the median of its pixels ---- */

static unsigned char
median(const unsigned histogram[static 256], unsigned count)
{
	unsigned seen = 0;
	int level;

	for (level = 0; level < 255; level++) {
		seen += histogram[level];
		if (2 * seen >= count)
			break;
	}
	return (unsigned char)level;
}

/* Count the colours of a row's pixels that are surely person. */
static unsigned
count_row(const unsigned char *row, const struct matte *matte, int y,
    unsigned histogram[static 3][256])
{
	const struct matte_side *side = matte->side + y / matte->step * matte->cols;
	unsigned count = 0;
	int x, end, i;

	for (x = 0; x < matte->width; x = end, side++) {
		end = x + matte->step < matte->width ? x + matte->step : matte->width;
		if (side->inside < INSIDE)
			continue;
		count += (unsigned)(end - x);
		for (; x < end; x++)
			for (i = 0; i < 3; i++)
				histogram[i][row[3 * x + i]]++;
	}
	return count;
}

static void
find_median(const unsigned char *pixels, const struct matte *matte, int y0, int y1,
    struct clothing *clothing)
{
	unsigned histogram[3][256] = { { 0 } }, count = 0;
	int y, i;

	for (y = y0; y < y1; y++)
		count += count_row(pixels + 3 * (size_t)y * (size_t)matte->width,
		    matte, y, histogram);
	clothing->seen = count >= PIXELS_LEAST;
	for (i = 0; i < 3; i++)
		clothing->median[i] = median(histogram[i], count);
}

/* ---- squares ---- */

static void
square_colour(const unsigned char *pixels, const struct matte *matte, int x, int y,
    int side, double lab[static 3])
{
	const struct colour_part square = { x, y, x + side, y + side };

	colour_mean_lab(pixels, matte->width, matte->height, &square, lab);
}

static void
find_skin(const unsigned char *pixels, const struct matte *matte,
    const struct measure_face *face, double skin[static 3])
{
	const struct point eyes[2] = { face->left_eye, face->right_eye };
	double distant = hypot(eyes[1].x - eyes[0].x, eyes[1].y - eyes[0].y), cheek[3];
	double down = face->chin.y - (eyes[0].y + eyes[1].y) / 2;
	int side = (int)fmax(CHEEK_SIDE * distant, 1), i, c;

	skin[0] = skin[1] = skin[2] = 0;
	for (i = 0; i < 2; i++) {
		square_colour(pixels, matte, (int)eyes[i].x - side / 2,
		    (int)(eyes[i].y + CHEEK_DOWN * down) - side / 2, side, cheek);
		for (c = 0; c < 3; c++)
			skin[c] += cheek[c] / 2;
	}
}

static int
is_skin(const double lab[static 3], const double skin[static 3])
{
	return hypot(skin[1], skin[2]) >= SKIN_CHROMA &&
	    lab[0] >= SKIN_DARKEST * skin[0] && lab[0] <= SKIN_LIGHTEST * skin[0] &&
	    hypot(lab[1] - skin[1], lab[2] - skin[2]) <= SKIN_NEAR;
}

static int
is_unwanted(const double lab[static 3], const struct clothing_range *ranges, int count)
{
	double hue = atan2(lab[2], lab[1]) * 180 / M_PI;
	int i, within;

	if (hypot(lab[1], lab[2]) < CHROMA_LEAST)
		return 0;
	hue += hue < 0 ? 360 : 0;
	for (i = 0; i < count; i++) {
		const double *from = ranges[i].hue, *light = ranges[i].light;

		within = from[0] <= from[1] ? hue >= from[0] && hue <= from[1] :
		    hue >= from[0] || hue <= from[1];
		if (within && lab[0] >= light[0] && lab[0] <= light[1])
			return 1;
	}
	return 0;
}

/* Lab of a row's squares, L below 0 where it is not all person. */
static void
read_row(const unsigned char *pixels, const struct matte *matte, int row, double (*labs)[3])
{
	int column;

	for (column = 0; column < matte->cols; column++)
		if (matte->side[row * matte->cols + column].inside < INSIDE)
			labs[column][0] = -1;
		else
			square_colour(pixels, matte, column * matte->step,
			    row * matte->step, matte->step, labs[column]);
}

static int
is_edge(const double one[static 3], const double other[static 3])
{
	return other[0] >= 0 && fabs(one[0] - other[0]) > STEP_LEAST;
}

static void
count_squares(const unsigned char *pixels, const struct matte *matte, int first, int last,
    const double skin[static 3], const struct clothing_range *ranges, int count,
    struct clothing *clothing)
{
	double (*labs)[3] = xcalloc(2 * (size_t)matte->cols, sizeof *labs);
	double (*above)[3] = labs + matte->cols, (*here)[3] = labs, (*other)[3];
	int row, column, all = 0, unwanted = 0, edges = 0, bare = 0;

	for (column = 0; column < matte->cols; column++)
		above[column][0] = -1;
	for (row = first; row < last; row++, other = above, above = here, here = other) {
		read_row(pixels, matte, row, here);
		for (column = 1; column < matte->cols; column++) {
			if (here[column][0] < 0)
				continue;
			all++;
			unwanted += is_unwanted(here[column], ranges, count);
			bare += is_skin(here[column], skin);
			edges += is_edge(here[column], here[column - 1]) ||
			    is_edge(here[column], above[column]);
		}
	}
	free(labs);
	clothing->unwanted = clothing->pattern = clothing->bare = NAN;
	if (all < SQUARES_LEAST)
		return;
	clothing->unwanted = 100.0 * unwanted / all;
	clothing->pattern = 100.0 * edges / all;
	clothing->bare = 100.0 * bare / all;
}

void
clothing_measure(const unsigned char *pixels, const struct matte *matte,
    const struct measure_face *face, const struct clothing_range *ranges, int count,
    struct clothing *clothing)
{
	double unit = face->chin.y - (face->left_eye.y + face->right_eye.y) / 2;
	int y0 = (int)fmin(fmax(face->chin.y + FROM * unit, 0), matte->height);
	int y1 = (int)fmax(fmin(face->chin.y + TO * unit, matte->height), y0);
	double skin[3];

	find_median(pixels, matte, y0, y1, clothing);
	find_skin(pixels, matte, face, skin);
	count_squares(pixels, matte, y0 / matte->step, y1 / matte->step, skin, ranges,
	    count, clothing);
}
