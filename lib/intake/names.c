#include "lib/intake/names.h"

#include <stdint.h>
#include <string.h>

#include "lib/archive/entryname.h"
#include "lib/base/buf.h"
#include "lib/base/pool.h"
#include "lib/base/text.h"
#include "lib/intake/names_parts.h"
#include "lib/intake/pathwords.h"
#include "lib/intake/photowords.h"

enum {
	EXTENSION_MAX = 5,
	COVER_MAX = 120			/* bytes */
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

static const char *
text_of(const struct names *names, uint32_t text)
{
	return pool_text(names->pool, text);
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
		if (names->words[i].kind == NAMES_GROUP)
			return 1;
	return 0;
}

/* Whether a word that was looked up in vain is written as groups are. */
static int
has_form(const struct names *names, const char *word)
{
	struct buf form = BUF_INIT;
	int has = 0;

	names_add_form(word, &form);
	for (size_t i = first_of(names, form.data); !has &&
	    is_text(names, i, form.data); i++)
		has = names->words[i].kind == NAMES_FORM;
	buf_release(&form);
	return has;
}

static void
look_for_group(void *state, const char *word)
{
	struct visit *visit = state;
	const struct names *names = visit->names;
	const struct names_row *row = visit->row < names->row_count ?
	    &names->rows[visit->row] : NULL;
	struct buf text = BUF_INIT;
	int own = 0, other = 0;

	text_fold(word, &text);
	for (size_t i = first_of(names, text.data);
	    is_text(names, i, text.data); i++) {
		if (names->words[i].kind != NAMES_GROUP)
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
		if (names->words[i].kind == NAMES_NAME) {
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
		if (names->words[i].kind == NAMES_NAME)
			return 1;
	return 0;
}

const char *
names_own(const struct names *names, size_t row)
{
	return names->rows[row].name == 0 ? NULL :
	    text_of(names, names->rows[row].name);
}
