#include "lib/sheet/template.h"

#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/ini.h"
#include "lib/base/share.h"

/* The format: every key, its place and its range. */
enum kind { REAL, WHOLE, WORD };

struct key {
	const char *section, *name;
	enum kind kind;
	size_t offset;
	double min, max;
	const char *words[4];	/* of a WORD, in the order of its enum */
};

#define MEMBER(member) offsetof(struct template, member)

static const struct key keys[] = {
	{ "paper", "width", REAL, MEMBER(paper_width), 50, 1200, { NULL } },
	{ "paper", "height", REAL, MEMBER(paper_height), 50, 1200, { NULL } },
	{ "paper", "safe", REAL, MEMBER(safe), 0, 50, { NULL } },
	{ "grid", "rows", WHOLE, MEMBER(rows), 1, 50, { NULL } },
	{ "grid", "columns", WHOLE, MEMBER(columns), 1, 50, { NULL } },
	{ "grid", "gutter_x", REAL, MEMBER(gutter_x), 0, 50, { NULL } },
	{ "grid", "gutter_y", REAL, MEMBER(gutter_y), 0, 50, { NULL } },
	{ "grid", "fill", WORD, MEMBER(fill), 0, 0, { "row", "cells" } },
	{ "grid", "new_class", WORD, MEMBER(new_class), 0, 0,
	    { "page", "row", "none" } },
	{ "grid", "strip", WORD, MEMBER(strip), 0, 0, { "no", "yes" } },
	{ "grid", "label_width", REAL, MEMBER(label_width), 0, 100, { NULL } },
	{ "marks", "tick_length", REAL, MEMBER(tick_length), 0, 20, { NULL } },
	{ "marks", "tick_width", REAL, MEMBER(tick_width), 0.01, 1, { NULL } },
	{ "marks", "tick_gap", REAL, MEMBER(tick_gap), 0.05, 10, { NULL } },
	{ "marks", "ruler", REAL, MEMBER(ruler), 0, 500, { NULL } },
	{ "marks", "register", REAL, MEMBER(register_size), 0, 20, { NULL } },
	{ "marks", "cut", WORD, MEMBER(cut), 0, 0, { "image", "print" } },
	{ "heading", "place", WORD, MEMBER(heading), 0, 0, { "top", "sides" } },
	{ "heading", "height", REAL, MEMBER(heading_height), 0, 50, { NULL } },
	{ "heading", "size", REAL, MEMBER(heading_size), 4.5, 72, { NULL } },
	{ "label", "size", REAL, MEMBER(label_size), 4.5, 72, { NULL } },
	{ "strip", "size", REAL, MEMBER(strip_size), 4.5, 72, { NULL } },
	{ "strip", "padding", REAL, MEMBER(strip_padding), 0, 10, { NULL } },
};

enum { KEYS = sizeof keys / sizeof *keys };
_Static_assert(KEYS <= 64, "one bit a key");

struct reading {
	struct template template;
	uint64_t seen;		/* bit for each key */
};

static int
set_number(const struct key *key, const char *value, void *member,
    struct buf *err)
{
	char *end;
	double number = strtod(value, &end);

	if (end == value || *end != '\0' || !isfinite(number) ||
	    (key->kind == WHOLE && floor(number) != number)) {
		buf_addf(err, "'%s' is not a %snumber", value,
		    key->kind == WHOLE ? "whole " : "");
		return -1;
	}
	if (number < key->min || number > key->max) {
		buf_addf(err, "'%s' must be from %g to %g", key->name, key->min,
		    key->max);
		return -1;
	}
	if (key->kind == WHOLE)
		*(int *)member = (int)number;
	else
		*(double *)member = number;
	return 0;
}

static int
set_word(const struct key *key, const char *value, void *member,
    struct buf *err)
{
	int i;

	for (i = 0; key->words[i] != NULL; i++)
		if (strcmp(key->words[i], value) == 0) {
			*(int *)member = i;
			return 0;
		}
	buf_addf(err, "'%s' cannot be '%s', only", key->name, value);
	for (i = 0; key->words[i] != NULL; i++)
		buf_addf(err, "%s '%s'", i > 0 ? " or" : "", key->words[i]);
	return -1;
}

static int
take_key(void *state, const char *section, const char *name,
    const char *value, struct buf *err)
{
	struct reading *reading = state;
	void *member;
	size_t i;

	for (i = 0; i < KEYS; i++)
		if (strcmp(keys[i].section, section) == 0 &&
		    strcmp(keys[i].name, name) == 0)
			break;
	if (i == KEYS) {
		buf_addf(err, "unknown key '%s' in section '%s'", name, section);
		return -1;
	}
	if (reading->seen >> i & 1) {
		buf_addf(err, "key '%s' is repeated", name);
		return -1;
	}
	reading->seen |= (uint64_t)1 << i;
	member = (char *)&reading->template + keys[i].offset;
	if (keys[i].kind == WORD)
		return set_word(&keys[i], value, member, err);
	return set_number(&keys[i], value, member, err);
}

int
template_load(struct template *template, const char *name, struct buf *err)
{
	struct reading reading = { .seen = 0 };
	struct buf path = BUF_INIT, file = BUF_INIT;
	int result = -1;
	size_t i;

	if (strchr(name, '/') != NULL) {
		buf_adds(&path, name);
	} else {
		buf_addf(&file, "templates/%s.conf", name);
		share_path(file.data, &path);
	}
	if (strchr(name, '/') == NULL && access(path.data, F_OK) != 0) {
		buf_addf(err, "there is no template '%s'", name);
		share_suggest("templates", name, err);
		goto out;
	}
	if (ini_read(path.data, take_key, &reading, err) != 0)
		goto out;
	for (i = 0; i < KEYS; i++)
		if (!(reading.seen >> i & 1)) {
			buf_addf(err, "%s: key '%s' of section '%s' is missing",
			    path.data, keys[i].name, keys[i].section);
			goto out;
		}
	*template = reading.template;
	result = 0;
out:
	buf_release(&path);
	buf_release(&file);
	return result;
}

static int
add_line(const char *name, struct buf *out, struct buf *err)
{
	struct template template;

	if (template_load(&template, name, err) != 0)
		return -1;
	buf_addf(out, "%-8s %g x %g mm, %d x %d, %s\n", name, template.paper_width,
	    template.paper_height, template.rows, template.columns,
	    template.strip ? "image and strip" : "image only");
	return 0;
}

int
template_list(struct buf *out, struct buf *err)
{
	struct buf names = BUF_INIT;
	char *at, *end;
	int result = 0;

	share_names("templates", &names);
	for (at = names.data; result == 0 && *at != '\0'; at = end) {
		end = at + strcspn(at, " ");
		if (*end != '\0')
			*end++ = '\0';
		result = add_line(at, out, err);
	}
	buf_release(&names);
	return result;
}
