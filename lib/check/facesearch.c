#include "lib/check/facesearch.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/mem.h"
#include "lib/check/subject.h"
#include "lib/picture/scale.h"

/* Tried in this order when nothing is found: first larger, then turned. */
static const int turns[] = { 35, -35, 90, -90, 180 };

/* Luma, brought down to the height in which faces are sought. */
void
facesearch_init(struct facesearch *seek, const unsigned char *pixels, int width, int height,
    int wanted)
{
	struct scale_picture from = { pixels, width, height };
	struct box all = { 0, 0, width, height };
	unsigned char *reduced = NULL;
	int across = width, down = height;
	size_t count, i;

	memset(seek, 0, sizeof *seek);
	if (height > wanted) {
		down = wanted;
		across = (int)lround((double)width * wanted / height);
		across = across > 0 ? across : 1;
	}
	seek->factor = (double)height / down;
	count = (size_t)across * (size_t)down;
	if (down != height) {
		reduced = xmalloc(count * 3);
		scale_part(&from, &all, across, down, reduced);
		pixels = reduced;
	}
	seek->pixels = xmalloc(count);
	for (i = 0; i < count; i++, pixels += 3)
		seek->pixels[i] = (unsigned char)((pixels[0] * 19595 +
		    pixels[1] * 38470 + pixels[2] * 7471 + 32768) >> 16);
	free(reduced);
	seek->grey = (struct face_grey){ seek->pixels, across, down, (size_t)across };
	seek->from_width = across;
	seek->from_height = down;
}

void
facesearch_release(struct facesearch *seek)
{
	free(seek->pixels);
	seek->pixels = NULL;
}

struct point
facesearch_back(const struct facesearch *seek, struct point point)
{
	double angle = seek->turn * M_PI / 180;
	double x = point.x - seek->grey.width / 2.0;
	double y = point.y - seek->grey.height / 2.0;
	struct point back = {
		x * cos(angle) + y * sin(angle) + seek->from_width / 2.0,
		y * cos(angle) - x * sin(angle) + seek->from_height / 2.0,
	};

	return back;
}

/* The nearest pixels are enough to find a face; outside the picture it is grey. */
static void
turn_grey(const struct facesearch *from, int turn, struct facesearch *turned)
{
	double angle = turn * M_PI / 180;
	double across = fabs(cos(angle)), down = fabs(sin(angle));
	int width = (int)(from->grey.width * across + from->grey.height * down + 0.5);
	int height = (int)(from->grey.width * down + from->grey.height * across + 0.5);
	unsigned char *pixels = xmalloc((size_t)width * (size_t)height);
	int x, y, column, row;
	struct point at;

	*turned = *from;
	turned->turn = turn;
	turned->pixels = pixels;
	turned->grey = (struct face_grey){ pixels, width, height, (size_t)width };
	for (y = 0; y < height; y++)
		for (x = 0; x < width; x++) {
			at = facesearch_back(turned, (struct point){ x + 0.5, y + 0.5 });
			column = (int)floor(at.x);
			row = (int)floor(at.y);
			*pixels++ = column < 0 || row < 0 || column >= from->grey.width ||
			    row >= from->grey.height ? 128 :
			    from->grey.pixels[(size_t)row * from->grey.stride +
			    (size_t)column];
		}
}

static int
find(struct facesearch *seek, const struct subject_search *search, double threshold,
    struct buf *err)
{
	seek->count = face_find(search->finder, &seek->grey, threshold, seek->found,
	    FACESEARCH_FACES_MAX, err);
	while (seek->count > 1 &&
	    seek->found[seek->count - 1].confidence < search->other)
		seek->count--;
	return seek->count < 0 ? -1 : 0;
}

/* Put other in seek's place when its face is surer, and let go the one not kept. */
static void
keep_surer(struct facesearch *seek, struct facesearch *other)
{
	struct facesearch worse = *other;

	if (other->count > 0 && (seek->count == 0 ||
	    other->found[0].confidence > seek->found[0].confidence)) {
		worse = *seek;
		*seek = *other;
	}
	facesearch_release(&worse);
}

static int
find_turned(struct facesearch *seek, const struct subject_search *search, struct buf *err)
{
	struct facesearch best = { .count = 0 }, turned;
	size_t i;
	int result = 0;

	for (i = 0; result == 0 && i < sizeof turns / sizeof *turns; i++) {
		turn_grey(seek, turns[i], &turned);
		result = find(&turned, search, search->turned, err);
		keep_surer(&best, &turned);
	}
	if (best.count > 0)
		keep_surer(seek, &best);
	return result;
}

int
facesearch_faces(struct facesearch *seek, const struct subject_search *search,
    const unsigned char *pixels, int width, int height, struct buf *err)
{
	struct facesearch larger;
	int result;

	facesearch_init(seek, pixels, width, height, search->height);
	result = find(seek, search, search->threshold, err);
	if (result == 0 && seek->count == 0 && height > search->height) {
		facesearch_init(&larger, pixels, width, height, 2 * search->height);
		result = find(&larger, search, search->other, err);
		keep_surer(seek, &larger);
	}
	if (result == 0 && seek->count == 0)
		result = find_turned(seek, search, err);
	return result;
}
