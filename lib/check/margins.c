#include "lib/check/margins.h"

#include <stddef.h>
#include <stdlib.h>

enum {
	SAMPLES = 200,		/* of a line, about */
	SOFT = 2,		/* lines that an edge may be blurred over */
	STEP = 12,		/* sum of three channels that is a step */
	EVEN = 30		/* and within which a line is of one colour */
};

#define REACH 0.25		/* of the picture, from a side */
#define ENDS 0.17		/* of a line, where margins of the other sides may be */
#define ALL 0.92		/* of what is between */

/* Lines along one side, the outermost first. */
struct side {
	const unsigned char *first;
	ptrdiff_t next, along;	/* bytes to the next line, to the next sample of one */
	int lines, samples;
};

static int
sum_at(const struct side *side, int line, int sample)
{
	const unsigned char *pixel = side->first + line * side->next +
	    sample * side->along;

	return pixel[0] + pixel[1] + pixel[2];
}

/* Whether nearly all of a line is of one colour. */
static int
is_even(const struct side *side, int line)
{
	int middle = 0, on = 0, i;

	for (i = 0; i < side->samples; i++)
		middle += sum_at(side, line, i);
	middle /= side->samples;
	for (i = 0; i < side->samples; i++)
		on += abs(sum_at(side, line, i) - middle) < EVEN;
	return on >= ALL * side->samples;
}

/* Whether an edge runs along all of a line: lighter, or darker, everywhere; or either,
 * where the line is of one colour. */
static int
is_edge(const struct side *side, int line)
{
	int lighter = 0, darker = 0, i;

	for (i = 0; i < side->samples; i++) {
		int step = sum_at(side, line + 1 + SOFT, i) - sum_at(side, line, i);

		lighter += step > STEP;
		darker += step < -STEP;
	}
	return lighter >= ALL * side->samples || darker >= ALL * side->samples ||
	    (lighter + darker >= ALL * side->samples && is_even(side, line));
}

/* Lines up to the innermost edge. */
static int
edge_of(const struct side *side)
{
	int line;

	for (line = (int)(REACH * side->lines) - 2 - SOFT; line >= 0; line--)
		if (is_edge(side, line))
			return line + 1;
	return 0;
}

double
margins_widest(const unsigned char *pixels, int width, int height)
{
	int left = (int)(ENDS * width), above = (int)(ENDS * height);
	int x_step = width / SAMPLES + 1, y_step = height / SAMPLES + 1;
	int across = (width - 2 * left) / x_step, down = (height - 2 * above) / y_step;
	ptrdiff_t row = 3 * (ptrdiff_t)width;
	const unsigned char *top = pixels + 3 * (ptrdiff_t)left;
	const unsigned char *side = pixels + above * row;
	const struct side sides[4] = {
		{ top, row, 3 * (ptrdiff_t)x_step, height, across },
		{ top + (height - 1) * row, -row, 3 * (ptrdiff_t)x_step, height, across },
		{ side, 3, row * y_step, width, down },
		{ side + row - 3, -3, row * y_step, width, down },
	};
	int i, widest = 0;

	for (i = 0; i < 4; i++) {
		int lines = edge_of(&sides[i]);

		widest = lines > widest ? lines : widest;
	}
	return 100.0 * widest / (width < height ? width : height);
}
