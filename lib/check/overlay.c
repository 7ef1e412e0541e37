#include "lib/check/overlay.h"

#include <math.h>
#include <stdlib.h>

#include "lib/base/box.h"
#include "lib/base/mem.h"
#include "lib/check/measure.h"
#include "lib/check/shapes.h"
#include "lib/picture/scale.h"

enum {
	AROUND = 12,		/* pixels each way that a stroke is held against */
	TALL_LEAST = 7,		/* pixels of a letter */
	TALL_MOST = 64,
	AREA_LEAST = 8,
	LETTERS_MAX = 1500
};

#define WIDE_MOST 1.8		/* of a letter, in its height */
#define EVEN 0.6		/* deviation of its contrast, in the contrast */
/* Neighbours of one line: ratio of heights and of strokes, from middle to middle in
 * heights, and how far off the line. */
#define ALIKE 1.35
#define STROKES_ALIKE 1.6
#define LEVELS_ALIKE 26
#define APART_LEAST 0.25
#define APART_MOST 1.9
#define OFF_LINE 0.22

struct letter {
	double x, y, tall, wide, stroke, level;
};

static int
is_letter(const struct shape *shape, struct letter *letter)
{
	int rim = shape->area - shape->inner;

	letter->tall = shape->bottom - shape->top + 1;
	letter->wide = shape->right - shape->left + 1;
	letter->x = (shape->left + shape->right) / 2.0;
	letter->y = (shape->top + shape->bottom) / 2.0;
	letter->level = shape->level;
	letter->stroke = 2.0 * shape->area / rim;
	return letter->tall >= TALL_LEAST && letter->tall <= TALL_MOST &&
	    letter->wide <= WIDE_MOST * letter->tall && shape->area >= AREA_LEAST &&
	    letter->stroke < letter->tall / 2 && shape->deviation < EVEN * shape->contrast;
}

static int
in_face(const struct measure_face *face, double factor, const struct letter *letter)
{
	double x = letter->x / factor, y = letter->y / factor;
	double eyes = (face->left_eye.y + face->right_eye.y) / 2;
	double down = face->chin.y - eyes;

	return x > face->left && x < face->right && y > eyes - 1.2 * down &&
	    y < face->chin.y;
}

static int
find_letters(const struct shape *shapes, size_t count, int lighter,
    const struct measure_face *face, double factor, struct letter *letters)
{
	int found = 0;

	for (size_t i = 0; i < count && found < LETTERS_MAX; i++)
		found += shapes[i].lighter == lighter &&
		    is_letter(&shapes[i], &letters[found]) &&
		    !in_face(face, factor, &letters[found]);
	return found;
}

static int
similar(double one, double other, double ratio)
{
	return one <= ratio * other && other <= ratio * one;
}

static int
alike(const struct letter *one, const struct letter *other)
{
	return similar(one->tall, other->tall, ALIKE) &&
	    similar(one->stroke, other->stroke, STROKES_ALIKE) &&
	    fabs(one->level - other->level) < LEVELS_ALIKE;
}

/* How many follow from the letter at along a direction.  Letters are in order from left
 * to right: none on the line is a height or more outside of where its ends are. */
static int
count_line(const struct letter *letters, int count, int at, double dx, double dy)
{
	const struct letter *first = &letters[at];
	double tall = first->tall, last = 0, along, across, next;
	int line = 1, i, found = 1, from = at;

	while (from > 0 && letters[from - 1].x > first->x - tall)
		from--;
	while (found) {
		found = 0;
		next = last + APART_MOST * tall;
		while (letters[from].x - first->x < last * dx - tall)
			from++;
		for (i = from; i < count && letters[i].x - first->x < next + tall; i++) {
			along = (letters[i].x - first->x) * dx +
			    (letters[i].y - first->y) * dy;
			across = (letters[i].y - first->y) * dx -
			    (letters[i].x - first->x) * dy;
			if (along > last + APART_LEAST * tall && along < next &&
			    fabs(across) < OFF_LINE * tall &&
			    alike(first, &letters[i])) {
				next = along;
				found = 1;
			}
		}
		line += found;
		last = next;
	}
	return line;
}

static int
by_place(const void *left, const void *right)
{
	double one = ((const struct letter *)left)->x;
	double other = ((const struct letter *)right)->x;

	return (one > other) - (one < other);
}

/* Of lines that rise or fall by at most 50 degrees.  Puts the letters in order. */
static int
longest_across(struct letter *letters, int count)
{
	int most = count > 0, i, j, line;
	double dx, dy, far, reach;

	mem_sort(letters, (size_t)count, sizeof *letters, by_place);
	for (i = 0; i < count; i++) {
		reach = 3 * APART_MOST * letters[i].tall;
		for (j = i + 1; j < count; j++) {
			dx = letters[j].x - letters[i].x;
			if (dx > reach)
				break;
			dy = letters[j].y - letters[i].y;
			far = hypot(dx, dy);
			if (dx <= 0 || far > reach ||
			    far < APART_LEAST * letters[i].tall ||
			    fabs(dy) > 1.2 * dx || !alike(&letters[i], &letters[j]))
				continue;
			line = count_line(letters, count, i, dx / far, dy / far);
			most = line > most ? line : most;
		}
	}
	return most;
}

/* The picture turned over its diagonal, so that lines downwards are lines across; letters
 * that are too narrow to be seen from the side go.  Returns how many are left. */
static int
turn_letters(struct letter *letters, int count)
{
	int i, left = 0;

	for (i = 0; i < count; i++) {
		const struct letter *from = &letters[i];
		struct letter turned = { from->y, from->x, from->wide, from->tall,
			from->stroke, from->level };

		if (turned.tall >= TALL_LEAST && turned.wide <= WIDE_MOST * turned.tall &&
		    turned.stroke < turned.tall / 2)
			letters[left++] = turned;
	}
	return left;
}

/* Letters are sought twice, and in fewer rows downwards too, where the strokes of one Chinese
 * character have become one letter. */
struct scan {
	int rows;
	int contrast;		/* levels from what is around */
	int downwards;
};

static const struct scan scans[] = { { 640, 14, 0 }, { 320, 10, 1 } };

/* Changes the letters. */
static int
longest_line(const struct scan *scan, struct letter *letters, int count)
{
	int across = longest_across(letters, count), down = 0;

	if (scan->downwards)
		down = longest_across(letters, turn_letters(letters, count));
	return across > down ? across : down;
}

/* What letters of any colour differ in from what is behind, though this be light in one
 * place and dark in another: red, blue, and the purity of colour. */
enum { RED, BLUE, PURITY, VALUES };

static unsigned char
value_of(const unsigned char *p, int which)
{
	int most = p[0] > p[1] ? p[0] : p[1], least = p[0] < p[1] ? p[0] : p[1];

	if (which != PURITY)
		return p[which == RED ? 0 : 2];
	most = p[2] > most ? p[2] : most;
	least = p[2] < least ? p[2] : least;
	return (unsigned char)(most - least);
}

/* A picture that has been brought down for a scan. */
struct reduced {
	unsigned char *pixels;
	int width, height;
	double factor;		/* its pixels per pixel of the picture */
};

/* The longest line in one value of a picture. */
static int
line_in(const unsigned char *values, const struct reduced *reduced, const struct scan *scan,
    const struct measure_face *face, struct letter *letters)
{
	const struct shapes_wanted wanted = { AROUND, scan->contrast };
	struct shape *shapes;
	size_t count = shapes_find(values, reduced->width, reduced->height, &wanted, &shapes);
	int most = 0, lighter, line;

	for (lighter = 0; lighter < 2; lighter++) {
		line = longest_line(scan, letters, find_letters(shapes, count, lighter, face,
		    reduced->factor, letters));
		most = line > most ? line : most;
	}
	free(shapes);
	return most;
}

static void
reduce(const struct scale_picture *from, int rows, struct reduced *to)
{
	struct box all = { 0, 0, from->width, from->height };

	to->factor = from->height > rows ? (double)rows / from->height : 1;
	to->width = (int)fmax(from->width * to->factor, 1);
	to->height = (int)fmax(from->height * to->factor, 1);
	to->pixels = xmalloc(3 * (size_t)to->width * (size_t)to->height);
	scale_part(from, &all, to->width, to->height, to->pixels);
}

static int
scan_picture(const struct scale_picture *from, const struct measure_face *face,
    const struct scan *scan, struct letter *letters)
{
	struct reduced reduced;
	unsigned char *values;
	int most = 0, which, line;
	size_t count, i;

	reduce(from, scan->rows, &reduced);
	count = (size_t)reduced.width * (size_t)reduced.height;
	values = xmalloc(count);
	for (which = RED; which < VALUES; which++) {
		for (i = 0; i < count; i++)
			values[i] = value_of(reduced.pixels + 3 * i, which);
		line = line_in(values, &reduced, scan, face, letters);
		most = line > most ? line : most;
	}
	free(values);
	free(reduced.pixels);
	return most;
}

double
overlay_letters(const unsigned char *pixels, int width, int height,
    const struct measure_face *face)
{
	struct scale_picture from = { pixels, width, height };
	struct letter *letters = xcalloc(LETTERS_MAX, sizeof *letters);
	int most = 0, line;
	size_t i;

	for (i = 0; i < sizeof scans / sizeof *scans; i++) {
		line = scan_picture(&from, face, &scans[i], letters);
		most = line > most ? line : most;
	}
	free(letters);
	return most;
}
