#include "lib/intake/names.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/archive/entryname.h"
#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/text.h"

enum kind {
	NAME,
	GROUP,
	FORM		/* a group with each digit as '0' */
};

enum { NAME_MIN = 2, NAME_MAX = 5 };	/* characters without a dot */

struct word {
	size_t text;		/* offset in texts, folded */
	uint32_t row;
	enum kind kind;
};

struct names {
	struct buf texts;	/* NUL-ended */
	struct word *words;
	size_t count, cap;
	size_t *own;		/* of each row: its name in texts plus 1, 0: none */
	size_t rows, row_cap;
	int sorted;
};

/* One word of a path: called for each. */
struct visit {
	const struct names *names;
	enum kind kind;
	struct names_found *found;	/* of NAME */
	size_t row;			/* of GROUP */
	int own, other;			/* groups met */
	const char *name;		/* the row's, folded, or NULL */
	int like_name, alike;
};

struct names *
names_new(void)
{
	struct names *names = xcalloc(1, sizeof *names);

	buf_init(&names->texts);
	return names;
}

void
names_free(struct names *names)
{
	if (names == NULL)
		return;
	buf_release(&names->texts);
	free(names->words);
	free(names->own);
	free(names);
}

static int
is_lost(uint32_t code)
{
	return code == '?' || code == 0xff1f || code == 0xfffd;
}

static int
has_lost(const char *text)
{
	size_t len = strlen(text), size;
	uint32_t code;

	for (; len > 0; text += size, len -= size) {
		size = text_char(text, len, &code);
		if (size == 0 || is_lost(code))
			return 1;
	}
	return 0;
}

static void
add(struct names *names, enum kind kind, const char *text)
{
	size_t start = names->texts.len;

	if (text == NULL || *text == '\0' || has_lost(text))
		return;
	text_fold(text, &names->texts);
	if (names->texts.len == start)
		return;
	buf_addc(&names->texts, '\0');
	if (names->count == names->cap) {
		names->cap = names->cap > 0 ? 2 * names->cap : 1024;
		names->words = xrealloc_array(names->words, names->cap,
		    sizeof *names->words);
	}
	names->words[names->count++] = (struct word){
		start, (uint32_t)names->rows, kind
	};
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

static void
add_group(struct names *names, const char *text)
{
	struct buf form = BUF_INIT;

	add(names, GROUP, text);
	if (text != NULL)
		add_form(text, &form);
	if (strcspn(form.data, "0") < form.len &&
	    strspn(form.data, "0") < form.len)
		add(names, FORM, form.data);
	buf_release(&form);
}

void
names_add(struct names *names, const char *name, const char *college,
    const char *class)
{
	size_t start = names->texts.len;

	if (names->rows == names->row_cap) {
		names->row_cap = names->row_cap > 0 ? 2 * names->row_cap : 1024;
		names->own = xrealloc_array(names->own, names->row_cap,
		    sizeof *names->own);
	}
	add(names, NAME, name);
	names->own[names->rows] = names->texts.len > start ? start + 1 : 0;
	add(names, GROUP, college);
	add_group(names, class);
	names->rows++;
	names->sorted = 0;
}

static int
by_text(const void *a, const void *b, void *texts)
{
	const struct word *left = a, *right = b;
	int order = strcmp((char *)texts + left->text,
	    (char *)texts + right->text);

	return order != 0 ? order :
	    (left->row > right->row) - (left->row < right->row);
}

void
names_sort(struct names *names)
{
	if (names->count > 0)
		qsort_r(names->words, names->count, sizeof *names->words,
		    by_text, names->texts.data);
	names->sorted = 1;
}

/* The first word that is not before text. */
static size_t
lower_bound(const struct names *names, const char *text)
{
	size_t low = 0, high = names->count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (strcmp(names->texts.data + names->words[middle].text,
		    text) < 0)
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

/* Whether a word that was looked up in vain is written as groups are. */
static int
has_form(const struct names *names, const struct buf *piece)
{
	struct buf form = BUF_INIT;
	size_t i;
	int has = 0;

	add_form(piece->data, &form);
	for (i = lower_bound(names, form.data); !has && form.len > 0 &&
	    i < names->count && strcmp(names->texts.data +
	    names->words[i].text, form.data) == 0; i++)
		has = names->words[i].kind == FORM;
	buf_release(&form);
	return has;
}

static void
look_up(struct visit *visit, const struct buf *piece)
{
	const struct names *names = visit->names;
	struct buf text = BUF_INIT;
	int own = 0, other = 0;
	size_t i;

	text_fold(piece->data, &text);
	for (i = lower_bound(names, text.data); text.len > 0 &&
	    i < names->count && strcmp(names->texts.data +
	    names->words[i].text, text.data) == 0; i++) {
		const struct word *word = &names->words[i];

		if (word->kind != visit->kind)
			continue;
		if (word->kind == NAME)
			note_row(visit->found, word->row);
		else if (word->row == visit->row)
			own = 1;
		else
			other = 1;
	}
	if (visit->kind == GROUP && !own && !other)
		other = has_form(names, piece);
	visit->other |= other && !own;
	buf_release(&text);
}

/* ---- words of a path ---- */

static int
is_blank(uint32_t code)
{
	return code == ' ' || code == '\t' || code == 0xa0 || code == 0x3000;
}

/* Letters of names: all but ASCII, full-width ASCII and common signs; the dots
 * inside minority names are letters. */
static int
is_letter(uint32_t code)
{
	if (code == 0xb7 || code == 0x2022 || code == 0x2027 || code == 0x30fb)
		return 1;
	return (code >= 0x3400 && code <= 0x9fff) || code == 0x3007 ||
	    (code >= 0xe000 && code <= 0xfaff) || code >= 0x20000;
}

/* Signs that part the words of a path; digits and letters do not. */
static int
is_sign(uint32_t code)
{
	return is_blank(code) || (code < 0x80 && code != '\0' &&
	    strchr("/\\_-+.,;()[]{}#&@!~=", (int)code) != NULL) ||
	    code == 0xff08 || code == 0xff09 || code == 0x3010 ||
	    code == 0x3011 || code == 0xff0c || code == 0x3001 ||
	    code == 0xff3f || code == 0xff0d || code == 0x2014;
}

enum split {
	AT_NON_LETTERS,		/* blanks part words */
	OVER_BLANKS,		/* blanks are passed over: padded names */
	AT_SIGNS,
	AT_SLASHES
};

static int
parts(uint32_t code, enum split split)
{
	switch (split) {
	case AT_NON_LETTERS:
		return !is_letter(code);
	case OVER_BLANKS:
		return !is_letter(code) && !is_blank(code);
	case AT_SIGNS:
		return is_sign(code);
	default:
		return code == '/' || code == '\\';
	}
}

static void
each_word(const char *path, enum split split,
    void (*each)(struct visit *, const struct buf *), struct visit *visit)
{
	struct buf piece = BUF_INIT;
	size_t len = strlen(path), size;
	uint32_t code;

	for (; len > 0; path += size, len -= size) {
		size = text_char(path, len, &code);
		if (size == 0)
			size = 1, code = 0xfffd;
		if (parts(code, split)) {
			each(visit, &piece);
			buf_clear(&piece);
		} else {
			buf_add(&piece, path, size);
		}
	}
	each(visit, &piece);
	buf_release(&piece);
}

/* Whether the character begins the name of anybody in the roster. */
static int
begins_names(const struct names *names, const char *letter, size_t size)
{
	char text[8] = "";
	size_t i;

	memcpy(text, letter, size);
	for (i = lower_bound(names, text); i < names->count &&
	    strncmp(names->texts.data + names->words[i].text, text, size) == 0;
	    i++)
		if (names->words[i].kind == NAME)
			return 1;
	return 0;
}

/* Begun as names are, and none. */
static int
is_photo_word(const char *text)
{
	static const char *const words[] = {
		"白底", "蓝底", "红底", "白色", "蓝色", "高清", "原图", "原件",
		"毕业", "毕业照", "毕业证", "单人", "单人照", "全部", "明信片",
		"新版", "成品", "金色", "方形", "水印"
	};

	for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
		if (strcmp(text, words[i]) == 0)
			return 1;
	return 0;
}

/* Whether two folded texts have a character beyond ASCII in common. */
static int
share_letter(const char *one, const char *other)
{
	char letter[8] = "";
	size_t size;
	uint32_t code;

	for (; *one != '\0'; one += size) {
		size = text_char(one, strlen(one), &code);
		if (size == 0)
			return 0;
		memcpy(letter, one, size);
		letter[size] = '\0';
		if (code >= 0x3400 && strstr(other, letter) != NULL)
			return 1;
	}
	return 0;
}

static void
judge_word(struct visit *visit, const struct buf *piece)
{
	struct visit group = { .names = visit->names, .kind = GROUP,
	    .row = SIZE_MAX };
	struct buf folded = BUF_INIT;
	size_t letters = 0, size, first = 0;
	uint32_t code;
	int dot = 0;

	text_fold(piece->data, &folded);
	for (const char *at = folded.data; *at != '\0'; at += size) {
		size = text_char(at, strlen(at), &code);
		if (size == 0)
			break;
		if (letters++ == 0)
			first = size;
		dot |= code == 0xb7;
	}
	if (letters >= NAME_MIN && (dot || (letters <= NAME_MAX &&
	    begins_names(visit->names, folded.data, first))) &&
	    !is_photo_word(folded.data)) {
		look_up(&group, piece);
		visit->like_name |= !group.other;
		visit->alike |= !group.other && (visit->name == NULL ||
		    share_letter(folded.data, visit->name));
	}
	buf_release(&folded);
}

enum names_beside
names_beside(const struct names *names, const char *path, size_t row)
{
	struct visit visit = { .names = names };

	if (names->own[row] != 0)
		visit.name = names->texts.data + names->own[row] - 1;
	each_word(entryname_base(path), OVER_BLANKS, judge_word, &visit);
	return !visit.like_name ? NAMES_NONE :
	    visit.alike ? NAMES_ALIKE : NAMES_OTHER;
}

static void
whole_stem(struct visit *visit, const char *base)
{
	const char *dot = strrchr(base, '.');
	struct buf stem = BUF_INIT;

	buf_add(&stem, base, dot != NULL ? (size_t)(dot - base) : strlen(base));
	look_up(visit, &stem);
	buf_release(&stem);
}

void
names_find(const struct names *names, const char *path,
    struct names_found *found)
{
	struct visit visit = { .names = names, .kind = NAME, .found = found };
	const char *base = entryname_base(path);

	found->count = 0;
	found->overflow = 0;
	if (has_lost(base))
		return;
	whole_stem(&visit, base);
	each_word(base, AT_NON_LETTERS, look_up, &visit);
	if (found->count == 0)
		each_word(base, OVER_BLANKS, look_up, &visit);
}

int
names_contradict(const struct names *names, const char *path, size_t row)
{
	struct visit visit = { .names = names, .kind = GROUP, .row = row };

	each_word(path, AT_SLASHES, look_up, &visit);
	each_word(path, AT_SIGNS, look_up, &visit);
	return visit.other;
}
