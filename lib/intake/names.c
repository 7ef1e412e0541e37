#include "lib/intake/names.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/archive/entryname.h"
#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/pool.h"
#include "lib/base/text.h"
#include "lib/intake/names_parts.h"
#include "lib/intake/pathwords.h"
#include "lib/intake/photowords.h"

enum kind {
	NAME,
	GROUP,
	FORM		/* a group with each digit as '0' */
};

enum {
	EXTENSION_MAX = 5,
	COVER_MAX = 120			/* bytes */
};

/* Texts are folded, and numbers in the pool; 0: none. */
struct word {
	uint32_t text;
	uint32_t row;		/* of a NAME */
	unsigned char kind;	/* enum kind */
};

struct row {
	uint32_t name, college, class;
};

struct names {
	struct pool *pool;
	struct word *words;	/* once sorted, each GROUP and FORM once */
	size_t count, cap;
	struct row *rows;
	size_t row_count, row_cap;
	struct buf text;	/* working space */
};

/* What the words of a path are looked at for. */
struct visit {
	const struct names *names;
	struct names_found *found;
	size_t row;			/* whose groups are looked for */
	int own, other;			/* groups met */
};

/* A run of characters as a row of words: photowords and names of groups. */
struct cover {
	const struct names *names;
	const char *text;		/* folded as names are */
	size_t len, at;
	unsigned char from[COVER_MAX + 1];	/* what is before is such words */
	unsigned char to[COVER_MAX + 1];	/* what is behind */
};

struct names *
names_new(void)
{
	struct names *names = xcalloc(1, sizeof *names);

	names->pool = pool_new();
	buf_init(&names->text);
	return names;
}

void
names_free(struct names *names)
{
	if (names == NULL)
		return;
	pool_free(names->pool);
	buf_release(&names->text);
	free(names->words);
	free(names->rows);
	free(names);
}

static const char *
text_of(const struct names *names, uint32_t text)
{
	return pool_text(names->pool, text);
}

static void
add_word(struct names *names, enum kind kind, uint32_t text)
{
	if (names->count == names->cap) {
		names->cap = names->cap > 0 ? names->cap + names->cap / 2 : 1024;
		names->words = xrealloc_array(names->words, names->cap,
		    sizeof *names->words);
	}
	names->words[names->count++] = (struct word){ text,
	    (uint32_t)names->row_count, (unsigned char)kind };
}

/* Returns its number, 0 when there is nothing to add.  A group that is the one before
 * is a word already. */
static uint32_t
add(struct names *names, enum kind kind, const char *text, uint32_t before)
{
	uint32_t number;

	if (text == NULL || *text == '\0' || pathwords_lost(text))
		return 0;
	buf_clear(&names->text);
	if (kind == NAME)
		pathwords_fold(text, &names->text);
	else
		text_fold(text, &names->text);
	number = pool_add(names->pool, names->text.data, names->text.len);
	if (number != 0 && number != before)
		add_word(names, kind, number);
	return number;
}

/* 计科2203 and 计科2209 have one form. */
static void
add_form(const char *text, struct buf *out)
{
	size_t start = out->len;

	text_fold(text, out);
	for (size_t i = start; i < out->len; i++)
		if (out->data[i] >= '0' && out->data[i] <= '9')
			out->data[i] = '0';
}

static uint32_t
add_class(struct names *names, const char *text, uint32_t before)
{
	struct buf form = BUF_INIT;
	uint32_t number = add(names, GROUP, text, before);

	if (number == 0 || number == before)
		return number;
	add_form(text, &form);
	if (strcspn(form.data, "0") < form.len &&
	    strspn(form.data, "0") < form.len)
		add(names, FORM, form.data, 0);
	buf_release(&form);
	return number;
}

void
names_add(struct names *names, const char *name, const char *college,
    const char *class)
{
	struct row row, before = { 0, 0, 0 };

	if (names->row_count > 0)
		before = names->rows[names->row_count - 1];
	if (names->row_count == names->row_cap) {
		names->row_cap = names->row_cap > 0 ?
		    names->row_cap + names->row_cap / 2 : 1024;
		names->rows = xrealloc_array(names->rows, names->row_cap,
		    sizeof *names->rows);
	}
	row.name = add(names, NAME, name, 0);
	row.college = add(names, GROUP, college, before.college);
	row.class = add_class(names, class, before.class);
	names->rows[names->row_count++] = row;
}

static int
by_text(const void *a, const void *b, void *pool)
{
	const struct word *left = a, *right = b;
	int order = left->text == right->text ? 0 :
	    strcmp(pool_text(pool, left->text), pool_text(pool, right->text));

	if (order == 0)
		order = left->kind - right->kind;
	return order != 0 ? order :
	    (left->row > right->row) - (left->row < right->row);
}

void
names_sort(struct names *names)
{
	struct word *words = names->words;
	size_t kept = 0;

	if (names->count > 0)
		qsort_r(words, names->count, sizeof *words, by_text,
		    names->pool);
	for (size_t i = 0; i < names->count; i++)
		if (kept == 0 || words[i].kind == NAME ||
		    words[i].kind != words[kept - 1].kind ||
		    words[i].text != words[kept - 1].text)
			words[kept++] = words[i];
	names->count = kept;
}

/* The first word that is not before text. */
static size_t
lower_bound(const struct names *names, const char *text)
{
	size_t low = 0, high = names->count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (strcmp(text_of(names, names->words[middle].text), text) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void
note_row(struct names_found *found, size_t row)
{
	size_t i;

	for (i = 0; i < found->count; i++)
		if (found->rows[i] == row)
			return;
	if (found->count == NAMES_FOUND_MAX) {
		found->overflow = 1;
		return;
	}
	for (i = found->count++; i > 0 && found->rows[i - 1] > row; i--)
		found->rows[i] = found->rows[i - 1];
	found->rows[i] = row;
}

static size_t
first_of(const struct names *names, const char *text)
{
	return *text != '\0' ? lower_bound(names, text) : names->count;
}

static int
is_text(const struct names *names, size_t i, const char *text)
{
	return i < names->count &&
	    strcmp(text_of(names, names->words[i].text), text) == 0;
}

/* ---- groups ---- */

static int
is_group(const struct names *names, const char *text)
{
	size_t i;

	for (i = first_of(names, text); is_text(names, i, text); i++)
		if (names->words[i].kind == GROUP)
			return 1;
	return 0;
}

/* Whether a word that was looked up in vain is written as groups are. */
static int
has_form(const struct names *names, const char *word)
{
	struct buf form = BUF_INIT;
	int has = 0;

	add_form(word, &form);
	for (size_t i = first_of(names, form.data); !has &&
	    is_text(names, i, form.data); i++)
		has = names->words[i].kind == FORM;
	buf_release(&form);
	return has;
}

static void
look_for_group(void *state, const char *word)
{
	struct visit *visit = state;
	const struct names *names = visit->names;
	const struct row *row = visit->row < names->row_count ?
	    &names->rows[visit->row] : NULL;
	struct buf text = BUF_INIT;
	int own = 0, other = 0;

	text_fold(word, &text);
	for (size_t i = first_of(names, text.data);
	    is_text(names, i, text.data); i++) {
		if (names->words[i].kind != GROUP)
			continue;
		own = row != NULL && (row->college == names->words[i].text ||
		    row->class == names->words[i].text);
		other = !own;
	}
	if (!own && !other)
		other = has_form(names, word);
	visit->own |= own;
	visit->other |= other;
	buf_release(&text);
}

int
names_is_group(const struct names *names, const char *word)
{
	struct visit visit = { .names = names, .row = SIZE_MAX };

	look_for_group(&visit, word);
	return visit.other;
}

/* ---- words around a name ---- */

static void
reach_from(void *state, size_t len)
{
	struct cover *cover = state;

	cover->from[cover->at + len] = 1;
}

static void
reach_to(void *state, size_t len)
{
	struct cover *cover = state;

	cover->to[cover->at] |= cover->to[cover->at + len];
}

/* Call reach for every name of a group that the text begins with at cover->at. */
static void
groups_at(struct cover *cover, void (*reach)(void *, size_t))
{
	char text[COVER_MAX + 1];
	size_t len, size;
	uint32_t code;

	for (len = 0; cover->at + len < cover->len; ) {
		size = text_char(cover->text + cover->at + len,
		    cover->len - cover->at - len, &code);
		memcpy(text + len, cover->text + cover->at + len, size);
		len += size;
		text[len] = '\0';
		if (is_group(cover->names, text))
			reach(cover, len);
	}
}

static int
begins_char(char byte)
{
	return (byte & 0xc0) != 0x80;
}

/* 0 when the run is too long to be looked at. */
static int
cover_make(struct cover *cover, const struct names *names,
    const struct buf *folded)
{
	memset(cover, 0, sizeof *cover);
	if (folded->len == 0 || folded->len > COVER_MAX)
		return 0;
	cover->names = names;
	cover->text = folded->data;
	cover->len = folded->len;
	cover->from[0] = cover->to[cover->len] = 1;
	for (cover->at = 0; cover->at < cover->len; cover->at++)
		if (cover->from[cover->at]) {
			photowords_at(cover->text + cover->at, reach_from,
			    cover);
			groups_at(cover, reach_from);
		}
	for (cover->at = cover->len; cover->at-- > 0; )
		if (begins_char(cover->text[cover->at])) {
			photowords_at(cover->text + cover->at, reach_to,
			    cover);
			groups_at(cover, reach_to);
		}
	return 1;
}

int
names_is_covered(const struct names *names, const struct buf *folded)
{
	struct cover cover;

	return cover_make(&cover, names, folded) && cover.from[cover.len];
}

/* A group written together with a name: 外语学院张三. */
static void
look_for_groups_within(void *state, const char *word)
{
	struct visit *visit = state;
	struct buf folded = BUF_INIT;
	struct cover cover;
	char text[COVER_MAX + 1];

	text_fold(word, &folded);
	if (!cover_make(&cover, visit->names, &folded))
		cover.len = 0;
	for (size_t from = 0; from < cover.len; from++)
		for (size_t to = from + 1; to <= cover.len; to++) {
			if ((!cover.from[from] && !cover.to[to]) ||
			    !begins_char(cover.text[from]) ||
			    !begins_char(cover.text[to]))
				continue;
			memcpy(text, cover.text + from, to - from);
			text[to - from] = '\0';
			if (is_group(visit->names, text))
				look_for_group(visit, text);
		}
	buf_release(&folded);
}

enum names_group
names_group(const struct names *names, const char *path, size_t row)
{
	struct visit visit = { .names = names, .row = row };

	pathwords_each(path, PATHWORDS_FOLDERS, look_for_group, &visit);
	pathwords_each(path, PATHWORDS_SIGNS, look_for_group, &visit);
	pathwords_each(entryname_base(path), PATHWORDS_SIGNS,
	    look_for_groups_within, &visit);
	return visit.other ? NAMES_GROUP_OTHER :
	    visit.own ? NAMES_GROUP_OWN : NAMES_GROUP_NONE;
}

/* ---- names ---- */

static int
look_for_name(const struct names *names, const char *text,
    struct names_found *found)
{
	int any = 0;

	for (size_t i = first_of(names, text); is_text(names, i, text); i++)
		if (names->words[i].kind == NAME) {
			note_row(found, names->words[i].row);
			any = 1;
		}
	return any;
}

/* Names with nothing but such words before and behind. */
static void
look_within(const struct names *names, const struct buf *folded,
    struct names_found *found)
{
	char text[COVER_MAX + 1];
	struct cover cover;

	if (!cover_make(&cover, names, folded))
		return;
	for (size_t from = 0; from < cover.len; from++) {
		if (!cover.from[from])
			continue;
		for (size_t to = from + 1; to <= cover.len; to++) {
			if (!cover.to[to] || !begins_char(cover.text[to]))
				continue;
			memcpy(text, cover.text + from, to - from);
			text[to - from] = '\0';
			look_for_name(names, text, found);
		}
	}
}

static void
look_up(void *state, const char *word)
{
	struct visit *visit = state;
	struct buf folded = BUF_INIT;

	pathwords_fold(word, &folded);
	if (folded.len > 0 &&
	    !look_for_name(visit->names, folded.data, visit->found))
		look_within(visit->names, &folded, visit->found);
	buf_release(&folded);
}

void
names_add_stem(const char *path, struct buf *out)
{
	static const char plain[] = "0123456789"
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
	const char *base = entryname_base(path), *dot = strrchr(base, '.');
	size_t len = dot != NULL ? strspn(dot + 1, plain) : 0;

	if (len > 0 && len <= EXTENSION_MAX && dot[len + 1] == '\0')
		buf_add(out, base, (size_t)(dot - base));
	else
		buf_adds(out, base);
}

void
names_find(const struct names *names, const char *path,
    struct names_found *found)
{
	static const enum pathwords_split splits[] = { PATHWORDS_HAN,
	    PATHWORDS_PADDED, PATHWORDS_LATIN };
	struct visit visit = { .names = names, .found = found };
	struct buf stem = BUF_INIT;

	found->count = 0;
	found->overflow = 0;
	names_add_stem(path, &stem);
	if (!pathwords_lost(stem.data)) {
		look_up(&visit, stem.data);
		for (size_t i = 0; i < sizeof splits / sizeof splits[0] &&
		    (i == 0 || found->count == 0); i++)
			pathwords_each(stem.data, splits[i], look_up, &visit);
	}
	buf_release(&stem);
}

/* ---- for names_beside.c ---- */

int
names_begin(const struct names *names, const char *letter, size_t size)
{
	char text[8] = "";
	size_t i;

	memcpy(text, letter, size);
	for (i = lower_bound(names, text); i < names->count &&
	    strncmp(text_of(names, names->words[i].text), text, size) == 0;
	    i++)
		if (names->words[i].kind == NAME)
			return 1;
	return 0;
}

const char *
names_own(const struct names *names, size_t row)
{
	return names->rows[row].name == 0 ? NULL :
	    text_of(names, names->rows[row].name);
}
