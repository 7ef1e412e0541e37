#include "lib/base/translate.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/share.h"

enum { PARTS_MAX = 9, DEPTH_MAX = 8, PLACEHOLDER_BYTES = 3 };

struct pair {
	char *english, *other;
	size_t len, literal;	/* bytes of the English; those of no placeholder */
	size_t head, tail;	/* those before the first placeholder, after the last */
	size_t line;		/* order in the file */
	unsigned names;		/* bit n - 1: {n} stands between quotes */
	unsigned places;	/* the same: behind "row ", "column " */
};

struct text {
	const char *start;
	size_t len;
};

struct catalogue {
	struct pair *pairs;	/* the most particular first */
	size_t count;
	int loaded;
};

/* How sentences are joined into one, from the loosest. */
static const struct joint {
	const char *english, *other;
	int label;		/* joins a label and what it is about */
} joints[] = { { "; ", "；", 0 }, { ", ", "，", 0 }, { ": ", "：", 1 } };

static int
placeholder(const char *pattern)
{
	return pattern[0] == '{' && pattern[1] >= '1' && pattern[1] <= '9' &&
	    pattern[2] == '}' ? pattern[1] - '0' : 0;
}

/* A single quote is one unless it stands inside a word, as in "picture's". */
static int
is_quote(const char *start, const char *end, const char *at, int open)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyz"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

	if (*at != '\'')
		return 0;
	if (open ? at + 1 == end : at == start)
		return 1;
	return memchr(letters, open ? at[1] : at[-1], sizeof letters - 1) == NULL;
}

/* ---- catalogue ---- */

/* Whether what stands before a placeholder says that it is a place in a table: "row {1}",
 * "rows {1}-{2}", "column {1}". */
static int
is_place(const char *start, const char *at)
{
	static const char *const words[] = { "row ", "rows ", "}-", "column " };
	size_t len;

	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		len = strlen(words[i]);
		if ((size_t)(at - start) >= len && memcmp(at - len, words[i], len) == 0)
			return 1;
	}
	return 0;
}

static void
study(struct pair *pair)
{
	const char *start = pair->english, *end = start + strlen(start), *at;
	int quoted = 0, which;

	pair->len = (size_t)(end - start);
	for (at = start; at < end; at++) {
		which = placeholder(at);
		if (which == 0) {
			pair->literal++;
			pair->tail++;
			quoted ^= is_quote(start, end, at, quoted);
			continue;
		}
		if (pair->literal == (size_t)(at - start))
			pair->head = pair->literal;
		pair->tail = 0;
		if (quoted)
			pair->names |= 1u << (which - 1);
		if (is_place(start, at))
			pair->places |= 1u << (which - 1);
		at += PLACEHOLDER_BYTES - 1;
	}
}

static void
take_line(struct catalogue *catalogue, const char *line)
{
	struct pair *last;

	if (strncmp(line, "en: ", 4) == 0) {
		catalogue->pairs = xrealloc_array(catalogue->pairs,
		    catalogue->count + 1, sizeof *catalogue->pairs);
		last = &catalogue->pairs[catalogue->count];
		memset(last, 0, sizeof *last);
		last->english = xstrdup(line + 4);
		last->line = catalogue->count++;
		study(last);
	} else if (strncmp(line, "zh: ", 4) == 0 && catalogue->count > 0) {
		last = &catalogue->pairs[catalogue->count - 1];
		if (last->other == NULL)
			last->other = xstrdup(line + 4);
	}
}

static int
by_literal(const void *left, const void *right)
{
	const struct pair *a = left, *b = right;

	if (a->literal != b->literal)
		return a->literal < b->literal ? 1 : -1;
	return a->line < b->line ? -1 : 1;
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
	mem_sort(catalogue->pairs, catalogue->count, sizeof *catalogue->pairs,
	    by_literal);
	buf_release(&path);
	buf_release(&line);
	buf_release(&ignored);
}

/* ---- one pattern ---- */

/* Where the joint stands in the text, outside of quotes; NULL: nowhere. */
static const char *
find_joint(struct text text, const char *joint)
{
	const char *end = text.start + text.len, *at;
	size_t len = strlen(joint);
	int quoted = 0;

	for (at = text.start; (size_t)(end - at) > len; at++) {
		quoted ^= is_quote(text.start, end, at, quoted);
		if (!quoted && at > text.start && memcmp(at, joint, len) == 0)
			return at;
	}
	return NULL;
}

/* Whether text fits pattern; each part is the shortest that lets the rest fit, and
 * none is empty.  What stands between two placeholders is taken where it is first
 * found, so that the work grows with the text and not with its square. */
static int
fits(const char *pattern, struct text text, struct text parts[static PARTS_MAX])
{
	const char *at = text.start, *end = at + text.len, *found, *next;
	size_t len;
	int part = 0;

	for (;;) {
		for (next = pattern; *next != '\0' && placeholder(next) == 0; next++)
			;
		len = (size_t)(next - pattern);
		if ((size_t)(end - at) < len + (part > 0))
			return 0;
		if (part == 0)
			found = memcmp(at, pattern, len) == 0 ? at : NULL;
		else if (*next == '\0')
			found = memcmp(end - len, pattern, len) == 0 ? end - len : NULL;
		else
			found = memmem(at + 1, (size_t)(end - at - 1), pattern, len);
		if (found == NULL)
			return 0;
		if (part > 0) {
			parts[part - 1].start = at;
			parts[part - 1].len = (size_t)(found - at);
		}
		at = found + len;
		if (*next == '\0')
			return at == end;
		part = placeholder(next);
		pattern = next + PLACEHOLDER_BYTES;
	}
}

/* Whether the parts that are places are digits, or capitals as columns have. */
static int
are_places(const struct pair *pair, const struct text parts[static PARTS_MAX])
{
	static const char signs[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

	for (int i = 0; i < PARTS_MAX; i++)
		for (size_t k = 0; (pair->places & 1u << i) != 0 && k < parts[i].len; k++)
			if (memchr(signs, parts[i].start[k], sizeof signs - 1) == NULL)
				return 0;
	return 1;
}

/* Whether the text fits the pair.  A part that begins it is a subject or a number:
 * it does not reach over several sentences. */
static int
is_for(const struct pair *pair, struct text text,
    struct text parts[static PARTS_MAX])
{
	int first = placeholder(pair->english);

	/* Most differ at their ends already, without looking for parts. */
	if (pair->other == NULL || pair->literal > text.len ||
	    memcmp(text.start, pair->english, pair->head) != 0 ||
	    memcmp(text.start + text.len - pair->tail,
	    pair->english + pair->len - pair->tail, pair->tail) != 0)
		return 0;
	memset(parts, 0, PARTS_MAX * sizeof *parts);
	return fits(pair->english, text, parts) && are_places(pair, parts) &&
	    (first == 0 || (find_joint(parts[first - 1], joints[0].english) == NULL &&
	    find_joint(parts[first - 1], joints[1].english) == NULL));
}

/* Whether no name holds a quote, so that none can be several and what is between. */
static int
is_sure(const struct pair *pair, const struct text parts[static PARTS_MAX])
{
	int i;

	for (i = 0; i < PARTS_MAX; i++)
		if ((pair->names & 1u << i) != 0 && parts[i].start != NULL &&
		    memchr(parts[i].start, '\'', parts[i].len) != NULL)
			return 0;
	return 1;
}

/* The pair for the text and its parts; of unsure ones the first, if there is no
 * other. */
static const struct pair *
find_pair(const struct catalogue *catalogue, struct text text,
    struct text parts[static PARTS_MAX])
{
	const struct pair *pair, *unsure = NULL;
	size_t i;

	for (i = 0; i < catalogue->count; i++) {
		pair = &catalogue->pairs[i];
		if (!is_for(pair, text, parts))
			continue;
		if (is_sure(pair, parts))
			return pair;
		if (unsure == NULL)
			unsure = pair;
	}
	return unsure != NULL && is_for(unsure, text, parts) ? unsure : NULL;
}

static int translate_part(const struct catalogue *catalogue, struct text text,
    int depth, struct buf *out);

static void
compose(const struct catalogue *catalogue, const struct pair *pair,
    const struct text parts[static PARTS_MAX], int depth, struct buf *out)
{
	const char *pattern;
	int which;

	for (pattern = pair->other; *pattern != '\0'; pattern++) {
		which = placeholder(pattern);
		if (which == 0 || parts[which - 1].start == NULL) {
			buf_addc(out, *pattern);
			continue;
		}
		if ((pair->names & 1u << (which - 1)) != 0 ||
		    !translate_part(catalogue, parts[which - 1], depth + 1, out))
			buf_add(out, parts[which - 1].start, parts[which - 1].len);
		pattern += PLACEHOLDER_BYTES - 1;
	}
}

/* ---- joined sentences ---- */

/* Translate what is joined, if each piece has a translation; of a label and what
 * it is about, the label may have none. */
static int
translate_joined(const struct catalogue *catalogue, const struct joint *joint,
    struct text text, int depth, struct buf *out)
{
	const char *at, *end = text.start + text.len;
	size_t before = out->len;
	struct text piece = text;
	int known;

	if (find_joint(text, joint->english) == NULL)
		return 0;
	do {
		at = joint->label && piece.start > text.start ? NULL :
		    find_joint(piece, joint->english);
		if (at != NULL)
			piece.len = (size_t)(at - piece.start);
		known = translate_part(catalogue, piece, depth + 1, out);
		if (!known && (!joint->label || at == NULL)) {
			out->len = before;
			out->data[before] = '\0';
			return 0;
		}
		if (!known)
			buf_add(out, piece.start, piece.len);
		if (at != NULL) {
			buf_adds(out, joint->other);
			piece.start = at + strlen(joint->english);
			piece.len = (size_t)(end - piece.start);
		}
	} while (at != NULL);
	return 1;
}

/* Append text's translation; 0 and nothing when there is none. */
static int
translate_part(const struct catalogue *catalogue, struct text text, int depth,
    struct buf *out)
{
	struct text parts[PARTS_MAX];
	const struct pair *pair;
	size_t i;

	if (depth > DEPTH_MAX)
		return 0;
	pair = find_pair(catalogue, text, parts);
	if (pair != NULL) {
		compose(catalogue, pair, parts, depth, out);
		return 1;
	}
	for (i = 0; i < sizeof joints / sizeof *joints; i++)
		if (translate_joined(catalogue, &joints[i], text, depth, out))
			return 1;
	return 0;
}

void
translate(const char *sentence, struct buf *out)
{
	static struct catalogue catalogue;	/* read-only once loaded */
	struct text text = { sentence, strlen(sentence) };

	if (!catalogue.loaded)
		load(&catalogue);
	if (!translate_part(&catalogue, text, 0, out))
		buf_add(out, text.start, text.len);
}
