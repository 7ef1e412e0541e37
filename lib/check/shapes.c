#include "lib/check/shapes.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

#include "lib/base/mem.h"

/* Of a pixel; a shape is of one of them. */
enum mark { NONE, DARKER, LIGHTER };

struct plane {
	const unsigned char *values;
	int width, height, reach;
	int parts;		/* of a level in off: pixels of the square around */
	int32_t *off;		/* from the mean around */
	unsigned char *mark;	/* with a frame of one pixel */
};

/* Pixels of a row that follow each other, left to right, and what they belong to. */
struct run {
	int left, right, mark;
	size_t piece;
};

/* A shape while it grows; one that was found to be part of an earlier one points there. */
struct piece {
	int left, right, top, bottom, area, inner, mark;
	int64_t value, off, squares;
	size_t whole;
};

struct pieces {
	struct piece *of;
	size_t count, room;
	struct run *above, *here;	/* of a row and the next */
	int above_count, here_count;
};

static int
clamp(int value, int low, int high)
{
	return value < low ? low : value > high ? high : value;
}

/* ---- what stands out ---- */

static const unsigned char *
row_at(const struct plane *plane, int y)
{
	return plane->values + (size_t)clamp(y, 0, plane->height - 1) * (size_t)plane->width;
}

static void
add_rows(int32_t *restrict column, const unsigned char *restrict comes,
    const unsigned char *restrict goes, int width)
{
	for (int x = 0; x < width; x++)
		column[x] += comes[x] - goes[x];
}

/* The columns' sums have reach more on either side. */
static void
compare_row(const struct plane *plane, int y, int32_t *columns)
{
	const unsigned char *values = row_at(plane, y);
	int32_t *off = plane->off + (size_t)y * (size_t)plane->width, sum = 0;
	int side = 2 * plane->reach + 1, width = plane->width, x;

	for (x = 0; x < plane->reach; x++) {
		columns[x] = columns[plane->reach];
		columns[plane->reach + width + x] = columns[plane->reach + width - 1];
	}
	for (x = 0; x < side - 1; x++)
		sum += columns[x];
	for (x = 0; x < width; x++) {
		sum += columns[x + side - 1];
		off[x] = plane->parts * values[x] - sum;
		sum -= columns[x];
	}
}

static void
mark_row(const struct plane *plane, int y, int32_t contrast)
{
	const int32_t *off = plane->off + (size_t)y * (size_t)plane->width;
	unsigned char *mark = plane->mark + ((size_t)y + 1) * ((size_t)plane->width + 2) + 1;

	for (int x = 0; x < plane->width; x++)
		mark[x] = (unsigned char)((off[x] > contrast ? LIGHTER : 0) |
		    (off[x] < -contrast ? DARKER : 0));
}

static void
mark_plane(struct plane *plane, int contrast)
{
	int32_t *columns = xcalloc((size_t)plane->width + 2 * (size_t)plane->reach,
	    sizeof *columns), *sums = columns + plane->reach;
	unsigned char *none = xcalloc((size_t)plane->width, 1);
	int y, reach = plane->reach;

	for (y = -reach; y < reach; y++)
		add_rows(sums, row_at(plane, y), none, plane->width);
	for (y = 0; y < plane->height; y++) {
		add_rows(sums, row_at(plane, y + reach),
		    y > 0 ? row_at(plane, y - reach - 1) : none, plane->width);
		compare_row(plane, y, columns);
		mark_row(plane, y, plane->parts * contrast);
	}
	free(columns);
	free(none);
}

/* ---- what belongs together ---- */

static size_t
whole_of(struct pieces *pieces, size_t piece)
{
	struct piece *of = pieces->of;

	while (of[piece].whole != piece) {
		of[piece].whole = of[of[piece].whole].whole;
		piece = of[piece].whole;
	}
	return piece;
}

static size_t
new_piece(struct pieces *pieces, const struct run *run, int y)
{
	if (pieces->count == pieces->room) {
		pieces->room = 2 * pieces->room + 256;
		pieces->of = xrealloc_array(pieces->of, pieces->room, sizeof *pieces->of);
	}
	pieces->of[pieces->count] = (struct piece){ .left = run->left, .right = run->right,
		.top = y, .bottom = y, .mark = run->mark, .whole = pieces->count };
	return pieces->count++;
}

/* Two wholes become one, the earlier of them. */
static size_t
join(struct pieces *pieces, size_t one, size_t other)
{
	struct piece *to = pieces->of + (one < other ? one : other);
	struct piece *from = pieces->of + (one < other ? other : one);

	if (one == other)
		return one;
	from->whole = to->whole;
	to->left = from->left < to->left ? from->left : to->left;
	to->right = from->right > to->right ? from->right : to->right;
	to->bottom = from->bottom > to->bottom ? from->bottom : to->bottom;
	to->area += from->area;
	to->inner += from->inner;
	to->value += from->value;
	to->off += from->off;
	to->squares += from->squares;
	return to->whole;
}

static void
add_run(const struct plane *plane, const struct run *run, int y, const unsigned char *inner,
    struct piece *to)
{
	const unsigned char *values = row_at(plane, y);
	const int32_t *off = plane->off + (size_t)y * (size_t)plane->width;

	to->left = run->left < to->left ? run->left : to->left;
	to->right = run->right > to->right ? run->right : to->right;
	to->bottom = y;
	to->area += run->right - run->left + 1;
	for (int x = run->left; x <= run->right; x++) {
		to->inner += inner[x] != NONE;
		to->value += values[x];
		to->off += off[x];
		to->squares += (int64_t)off[x] * off[x];
	}
}

/* Give a run to what it touches in the row above, of which no run before first can be
 * touched by it or what follows it. */
static void
place_run(struct pieces *pieces, struct run *run, int y, int *first)
{
	const struct run *above = pieces->above;
	int found = 0;

	while (*first < pieces->above_count && above[*first].right < run->left - 1)
		++*first;
	for (int i = *first; i < pieces->above_count && above[i].left <= run->right + 1; i++) {
		if (above[i].mark != run->mark)
			continue;
		run->piece = found ? join(pieces, whole_of(pieces, run->piece),
		    whole_of(pieces, above[i].piece)) : whole_of(pieces, above[i].piece);
		found = 1;
	}
	if (!found)
		run->piece = new_piece(pieces, run, y);
}

/* Where all nine around a pixel, with itself, have one mark. */
static void
find_inner(const unsigned char *restrict mark, size_t stride, int width,
    unsigned char *restrict down, unsigned char *restrict inner)
{
	int x;

	for (x = 0; x < width + 2; x++)
		down[x] = mark[x] & mark[x + stride] & mark[x + 2 * stride];
	for (x = 0; x < width; x++)
		inner[x] = down[x] & down[x + 1] & down[x + 2];
}

static void
gather_row(const struct plane *plane, int y, struct pieces *pieces, unsigned char *scratch)
{
	size_t stride = (size_t)plane->width + 2;
	const unsigned char *mark = plane->mark + ((size_t)y + 1) * stride + 1;
	unsigned char *inner = scratch + stride;
	int x = 0, first = 0, width = plane->width;
	struct run *run;

	find_inner(mark - 1 - stride, stride, width, scratch, inner);
	pieces->here_count = 0;
	while (x < width) {
		if (mark[x] == NONE) {
			x++;
			continue;
		}
		run = pieces->here + pieces->here_count++;
		run->mark = mark[x];
		run->left = x;
		while (mark[x] == run->mark)	/* ends at the frame */
			x++;
		run->right = x - 1;
		place_run(pieces, run, y, &first);
		add_run(plane, run, y, inner, pieces->of + run->piece);
	}
}

static void
gather(const struct plane *plane, struct pieces *pieces)
{
	unsigned char *scratch = xcalloc((size_t)plane->width + 2, 2);
	struct run *swap;

	pieces->above = xcalloc((size_t)plane->width, sizeof *pieces->above);
	pieces->here = xcalloc((size_t)plane->width, sizeof *pieces->here);
	for (int y = 0; y < plane->height; y++) {
		gather_row(plane, y, pieces, scratch);
		swap = pieces->above;
		pieces->above = pieces->here;
		pieces->above_count = pieces->here_count;
		pieces->here = swap;
	}
	free(pieces->above);
	free(pieces->here);
	free(scratch);
}

/* ---- all of it ---- */

static void
describe(const struct piece *piece, double parts, struct shape *shape)
{
	double mean = (double)piece->off / parts / piece->area;
	double squares = (double)piece->squares / parts / parts / piece->area;

	*shape = (struct shape){ .left = piece->left, .right = piece->right,
		.top = piece->top, .bottom = piece->bottom, .area = piece->area,
		.inner = piece->inner, .lighter = piece->mark == LIGHTER,
		.level = (double)piece->value / piece->area, .contrast = fabs(mean),
		.deviation = sqrt(fmax(squares - mean * mean, 0)) };
}

size_t
shapes_find(const unsigned char *values, int width, int height,
    const struct shapes_wanted *wanted, struct shape **shapes)
{
	int side = 2 * wanted->reach + 1;
	struct plane plane = { values, width, height, wanted->reach, side * side, NULL, NULL };
	struct pieces pieces = { 0 };
	size_t i, count = 0;

	assert(wanted->reach <= SHAPES_REACH_MAX);
	plane.off = xmalloc((size_t)width * (size_t)height * sizeof *plane.off);
	plane.mark = xcalloc((size_t)width + 2, (size_t)height + 2);
	mark_plane(&plane, wanted->contrast);
	gather(&plane, &pieces);
	*shapes = xcalloc(pieces.count, sizeof **shapes);
	for (i = 0; i < pieces.count; i++)
		if (pieces.of[i].whole == i)
			describe(&pieces.of[i], plane.parts, &(*shapes)[count++]);
	free(pieces.of);
	free(plane.off);
	free(plane.mark);
	return count;
}
