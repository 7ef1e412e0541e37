#include "lib/translate.h"

#include <stdlib.h>
#include <string.h>

#include "lib/buf.h"
#include "lib/io.h"
#include "lib/mem.h"
#include "lib/share.h"

enum { PARTS_MAX = 9, DEPTH_MAX = 4 };

struct pair {
	char *english, *other;
};

/* The text that stands for {1} ... {9}. */
struct parts {
	const char *start[PARTS_MAX];
	size_t len[PARTS_MAX];
};

struct catalogue {
	struct pair *pairs;
	size_t count;
	int loaded;
};

static void
take_line(struct catalogue *catalogue, const char *line)
{
	struct pair *last;

	if (strncmp(line, "en: ", 4) == 0) {
		catalogue->pairs = xrealloc_array(catalogue->pairs,
		    catalogue->count + 1, sizeof *catalogue->pairs);
		last = &catalogue->pairs[catalogue->count++];
		last->english = xstrdup(line + 4);
		last->other = NULL;
	} else if (strncmp(line, "zh: ", 4) == 0 && catalogue->count > 0) {
		last = &catalogue->pairs[catalogue->count - 1];
		if (last->other == NULL)
			last->other = xstrdup(line + 4);
	}
}

/* A catalogue that cannot be read is an empty one: English is shown. */
static void
load(struct catalogue *catalogue)
{
	struct buf path = BUF_INIT, line = BUF_INIT, ignored = BUF_INIT;
	struct io_lines lines;
	int whole;

	catalogue->loaded = 1;
	share_path("messages.zh", &path);
	if (io_lines_open(&lines, path.data, &ignored) == 0) {
		while (io_lines_next(&lines, &line, &whole, &ignored) > 0)
			take_line(catalogue, line.data);
		io_lines_close(&lines);
	}
	buf_release(&path);
	buf_release(&line);
	buf_release(&ignored);
}

static int
placeholder(const char *pattern)
{
	return pattern[0] == '{' && pattern[1] >= '1' && pattern[1] <= '9' &&
	    pattern[2] == '}' ? pattern[1] - '0' : 0;
}

/* Whether text from its start to end fits pattern; each part is the shortest that
 * lets the rest fit. */
static int
fits(const char *pattern, const char *text, const char *end, struct parts *parts)
{
	const char *stop;
	int which;

	for (; *pattern != '\0'; pattern++, text++) {
		which = placeholder(pattern);
		if (which > 0) {
			for (stop = text + 1; stop <= end; stop++)
				if (fits(pattern + 3, stop, end, parts)) {
					parts->start[which - 1] = text;
					parts->len[which - 1] = (size_t)(stop - text);
					return 1;
				}
			return 0;
		}
		if (text == end || *text != *pattern)
			return 0;
	}
	return text == end;
}

static void translate_part(const struct catalogue *catalogue, const char *text,
    size_t len, int depth, struct buf *out);

static void
compose(const struct catalogue *catalogue, const char *pattern,
    const struct parts *parts, int depth, struct buf *out)
{
	int which;

	for (; *pattern != '\0'; pattern++) {
		which = placeholder(pattern);
		if (which == 0 || parts->start[which - 1] == NULL) {
			buf_addc(out, *pattern);
			continue;
		}
		translate_part(catalogue, parts->start[which - 1],
		    parts->len[which - 1], depth + 1, out);
		pattern += 2;
	}
}

static void
translate_part(const struct catalogue *catalogue, const char *text, size_t len,
    int depth, struct buf *out)
{
	const struct pair *pair;
	struct parts parts;
	size_t i;

	for (i = 0; depth <= DEPTH_MAX && i < catalogue->count; i++) {
		pair = &catalogue->pairs[i];
		memset(&parts, 0, sizeof parts);
		if (pair->other != NULL && fits(pair->english, text, text + len, &parts)) {
			compose(catalogue, pair->other, &parts, depth, out);
			return;
		}
	}
	buf_add(out, text, len);
}

void
translate(const char *sentence, struct buf *out)
{
	static struct catalogue catalogue;	/* read-only once loaded */

	if (!catalogue.loaded)
		load(&catalogue);
	translate_part(&catalogue, sentence, strlen(sentence), 0, out);
}
