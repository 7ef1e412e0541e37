#include "lib/picture/orient.h"

#include <stddef.h>
#include <string.h>

#include "lib/base/box.h"
#include "lib/base/mem.h"

int
orient_swaps(int orientation)
{
	return orientation >= 5;
}

/* An orientation is an exchange of the axes and then mirrors of the stored
 * picture's columns and rows. */
static int
mirrors_columns(int orientation)
{
	return orientation == 2 || orientation == 3 || orientation == 7 ||
	    orientation == 8;
}

static int
mirrors_rows(int orientation)
{
	return orientation == 3 || orientation == 4 || orientation == 6 ||
	    orientation == 7;
}

struct box
orient_stored_part(const struct box *part, int orientation, double width,
    double height)
{
	struct box stored = *part;

	if (orient_swaps(orientation))
		stored = (struct box){ part->y, part->x, part->h, part->w };
	if (mirrors_columns(orientation))
		stored.x = width - stored.x - stored.w;
	if (mirrors_rows(orientation))
		stored.y = height - stored.y - stored.h;
	return stored;
}

unsigned char *
orient_upright(const unsigned char *pixels, int width, int height,
    int orientation)
{
	int swaps = orient_swaps(orientation);
	int upright_width = swaps ? height : width;
	int upright_height = swaps ? width : height;
	int x, y, column, row;
	unsigned char *upright, *to;

	upright = to = xmalloc((size_t)width * (size_t)height * 3);
	for (y = 0; y < upright_height; y++)
		for (x = 0; x < upright_width; x++, to += 3) {
			column = swaps ? y : x;
			row = swaps ? x : y;
			if (mirrors_columns(orientation))
				column = width - 1 - column;
			if (mirrors_rows(orientation))
				row = height - 1 - row;
			memcpy(to, pixels + ((size_t)row * (size_t)width +
			    (size_t)column) * 3, 3);
		}
	return upright;
}
