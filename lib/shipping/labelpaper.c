#include "lib/shipping/labelpaper.h"

#include <math.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/ini.h"
#include "lib/base/share.h"

#define MEMBER(member) offsetof(struct labelpaper, member)

static const struct {
	const char *section, *name;
	size_t offset;
	double min, max;
} keys[] = {
	{ "paper", "width", MEMBER(width), 50, 500 },
	{ "paper", "height", MEMBER(height), 50, 500 },
	{ "grid", "columns", MEMBER(columns), 1, 20 },
	{ "grid", "rows", MEMBER(rows), 1, 50 },
	{ "grid", "left", MEMBER(left), 0, 100 },
	{ "grid", "top", MEMBER(top), 0, 100 },
	{ "grid", "pitch_x", MEMBER(pitch_x), 10, 500 },
	{ "grid", "pitch_y", MEMBER(pitch_y), 10, 500 },
	{ "label", "width", MEMBER(label_width), 20, 500 },
	{ "label", "height", MEMBER(label_height), 20, 500 },
	{ "label", "padding", MEMBER(padding), 0, 20 },
	{ "label", "size", MEMBER(size), 4.5, 72 },
};

enum { KEYS = sizeof keys / sizeof keys[0] };

static const double slack = 0.01;	/* of sums of numbers with two decimals */

struct reading {
	struct labelpaper paper;
	int seen[KEYS];
};

static int
take_key(void *state, const char *section, const char *name, const char *value,
    struct buf *err)
{
	struct reading *reading = state;
	double number;
	char *end;
	size_t i = 0;

	while (i < KEYS && (strcmp(keys[i].section, section) != 0 ||
	    strcmp(keys[i].name, name) != 0))
		i++;
	if (i == KEYS || reading->seen[i]) {
		buf_addf(err, i == KEYS ? "unknown key '%s' in section '%s'" :
		    "key '%s' of section '%s' is repeated", name, section);
		return -1;
	}
	number = strtod(value, &end);
	if (end == value || *end != '\0' || !isfinite(number) ||
	    number < keys[i].min || number > keys[i].max) {
		buf_addf(err, "'%s' must be from %g to %g", name, keys[i].min,
		    keys[i].max);
		return -1;
	}
	reading->seen[i] = 1;
	*(double *)(void *)((char *)&reading->paper + keys[i].offset) = number;
	return 0;
}

static int
is_on_paper(const struct labelpaper *paper)
{
	return floor(paper->columns) == paper->columns &&
	    floor(paper->rows) == paper->rows &&
	    paper->pitch_x >= paper->label_width - slack &&
	    paper->pitch_y >= paper->label_height - slack &&
	    2 * paper->padding < paper->label_width &&
	    2 * paper->padding < paper->label_height &&
	    paper->left + (paper->columns - 1) * paper->pitch_x +
	    paper->label_width <= paper->width + slack &&
	    paper->top + (paper->rows - 1) * paper->pitch_y +
	    paper->label_height <= paper->height + slack;
}

int
labelpaper_load(struct labelpaper *paper, const char *name, struct buf *err)
{
	struct reading reading = { .seen = { 0 } };
	struct buf path = BUF_INIT, file = BUF_INIT;
	int result;

	buf_addf(&file, "labels/%s.conf", name);
	if (strchr(name, '/') != NULL)
		buf_adds(&path, name);
	else
		share_path(file.data, &path);
	result = ini_read(path.data, take_key, &reading, err);
	for (size_t i = 0; i < KEYS && result == 0; i++)
		if (!reading.seen[i]) {
			buf_addf(err, "%s: key '%s' of section '%s' is missing",
			    path.data, keys[i].name, keys[i].section);
			result = -1;
		}
	if (result == 0 && !is_on_paper(&reading.paper)) {
		buf_addf(err, "%s: the labels do not fit on the paper", path.data);
		result = -1;
	}
	*paper = reading.paper;
	buf_release(&path);
	buf_release(&file);
	return result;
}

int
labelpaper_count(const struct labelpaper *paper)
{
	return (int)paper->columns * (int)paper->rows;
}

struct area
labelpaper_area(const struct labelpaper *paper, int index)
{
	int column = index % (int)paper->columns, row = index / (int)paper->columns;

	return (struct area){ paper->left + column * paper->pitch_x + paper->padding,
	    paper->top + row * paper->pitch_y + paper->padding,
	    paper->label_width - 2 * paper->padding,
	    paper->label_height - 2 * paper->padding };
}
