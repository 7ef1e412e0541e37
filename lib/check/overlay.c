#include "lib/check/overlay.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/box.h"
#include "lib/base/mem.h"
#include "lib/check/detail.h"
#include "lib/check/measure.h"
#include "lib/picture/scale.h"

enum {
	ROWS = 640,		/* at which letters are sought */
	AROUND = 12,		/* pixels each way that a stroke is held against */
	CONTRAST = 14,		/* levels from what is around */
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

struct plane {
	int width, height;
	float *value, *off;	/* and how far it is from what is around */
	float *scratch;
	unsigned char *mark;	/* enum mark, with a frame of one pixel */
	int *stack;
};

enum mark { NONE, MARKED, SEEN };

struct shape {
	int left, right, top, bottom, area, rim;
	double sum, squares, level;
};

/* Mark what differs enough, lighter or darker. */
static void
mark_pixels(struct plane *plane, int sign)
{
	const float *off = plane->off;
	unsigned char *mark = plane->mark + plane->width + 2 + 1;
	int x, y;

	for (y = 0; y < plane->height; y++, off += plane->width, mark += plane->width + 2)
		for (x = 0; x < plane->width; x++)
			mark[x] = (float)sign * off[x] > CONTRAST ? MARKED : NONE;
}

static void
add_pixel(const struct plane *plane, int x, int y, int sign, struct shape *shape)
{
	int at = y * plane->width + x;
	double off = (double)((float)sign * plane->off[at]);

	shape->left = x < shape->left ? x : shape->left;
	shape->right = x > shape->right ? x : shape->right;
	shape->top = y < shape->top ? y : shape->top;
	shape->bottom = y > shape->bottom ? y : shape->bottom;
	shape->area++;
	shape->sum += off;
	shape->squares += off * off;
	shape->level += (double)plane->value[at];
}

/* What is connected with the marked pixel at, counted with the frame. */
static void
follow(struct plane *plane, int at, int sign, struct shape *shape)
{
	int count = 0, row = plane->width + 2, i, next, inside;

	*shape = (struct shape){ .left = plane->width, .top = plane->height };
	plane->mark[at] = SEEN;
	plane->stack[count++] = at;
	while (count > 0) {
		at = plane->stack[--count];
		add_pixel(plane, at % row - 1, at / row - 1, sign, shape);
		for (i = 0, inside = 0; i < 9; i++) {
			next = at + (i / 3 - 1) * row + i % 3 - 1;
			inside += plane->mark[next] != NONE;
			if (plane->mark[next] == MARKED) {
				plane->mark[next] = SEEN;
				plane->stack[count++] = next;
			}
		}
		shape->rim += inside < 9;
	}
}

static int
is_letter(const struct shape *shape, struct letter *letter)
{
	double mean = shape->sum / shape->area;
	double deviation = sqrt(fmax(shape->squares / shape->area - mean * mean, 0));

	letter->tall = shape->bottom - shape->top + 1;
	letter->wide = shape->right - shape->left + 1;
	letter->x = (shape->left + shape->right) / 2.0;
	letter->y = (shape->top + shape->bottom) / 2.0;
	letter->level = shape->level / shape->area;
	letter->stroke = shape->rim > 0 ? 2.0 * shape->area / shape->rim : 0;
	return letter->tall >= TALL_LEAST && letter->tall <= TALL_MOST &&
	    letter->wide <= WIDE_MOST * letter->tall && shape->area >= AREA_LEAST &&
	    letter->stroke < letter->tall / 2 && deviation < EVEN * mean;
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
find_letters(struct plane *plane, int sign, const struct measure_face *face,
    double factor, struct letter *letters)
{
	const unsigned char *mark = plane->mark, *next;
	size_t all = ((size_t)plane->width + 2) * ((size_t)plane->height + 2), at = 0;
	struct shape shape;
	int count = 0;

	mark_pixels(plane, sign);
	while (count < LETTERS_MAX && (next = memchr(mark + at, MARKED, all - at)) != NULL) {
		at = (size_t)(next - mark);
		follow(plane, (int)at, sign, &shape);
		count += is_letter(&shape, &letters[count]) &&
		    !in_face(face, factor, &letters[count]);
	}
	return count;
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

/* Puts the letters in order. */
static int
longest_line(struct letter *letters, int count)
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

/* What letters of any colour differ in from what is behind, though this be light in one
 * place and dark in another: red, blue, and the purity of colour. */
enum { RED, BLUE, PURITY, VALUES };

static float
value_of(const unsigned char *p, int which)
{
	int most = p[0] > p[1] ? p[0] : p[1], least = p[0] < p[1] ? p[0] : p[1];

	if (which != PURITY)
		return p[which == RED ? 0 : 2];
	most = p[2] > most ? p[2] : most;
	least = p[2] < least ? p[2] : least;
	return (float)(most - least);
}

/* Fill a plane with one value of a picture that has its size. */
static void
fill_plane(struct plane *plane, const unsigned char *pixels, int which)
{
	size_t count = (size_t)plane->width * (size_t)plane->height, i;

	for (i = 0; i < count; i++)
		plane->value[i] = value_of(pixels + 3 * i, which);
	detail_blur(plane->value, plane->off, plane->scratch, plane->width,
	    plane->height, AROUND);
	for (i = 0; i < count; i++)
		plane->off[i] = plane->value[i] - plane->off[i];
}

static void
plane_init(struct plane *plane, int width, int height)
{
	size_t count = (size_t)width * (size_t)height;

	plane->width = width;
	plane->height = height;
	plane->value = xcalloc(count, 3 * sizeof *plane->value);
	plane->off = plane->value + count;
	plane->scratch = plane->off + count;
	plane->mark = xcalloc((size_t)width + 2, (size_t)height + 2);
	plane->stack = xcalloc(count, sizeof *plane->stack);
}

static void
plane_release(struct plane *plane)
{
	free(plane->value);
	free(plane->mark);
	free(plane->stack);
}

double
overlay_letters(const unsigned char *pixels, int width, int height,
    const struct measure_face *face)
{
	double factor = height > ROWS ? (double)ROWS / height : 1;
	int across = (int)fmax(width * factor, 1), down = (int)fmax(height * factor, 1);
	struct scale_picture from = { pixels, width, height };
	struct box all = { 0, 0, width, height };
	unsigned char *small = xmalloc(3 * (size_t)across * (size_t)down);
	struct letter *letters = xcalloc(LETTERS_MAX + 1, sizeof *letters);
	int most = 0, which, sign, count, line;
	struct plane plane;

	scale_part(&from, &all, across, down, small);
	plane_init(&plane, across, down);
	for (which = RED; which < VALUES; which++) {
		fill_plane(&plane, small, which);
		for (sign = -1; sign <= 1; sign += 2) {
			count = find_letters(&plane, sign, face, factor, letters);
			line = longest_line(letters, count);
			most = line > most ? line : most;
		}
	}
	plane_release(&plane);
	free(small);
	free(letters);
	return most;
}
