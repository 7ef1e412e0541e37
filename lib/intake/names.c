#include "lib/intake/names.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/archive/entryname.h"
#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/text.h"

enum kind { NAME, GROUP };

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
	size_t rows;
	int sorted;
};

/* One word of a path: called for each. */
struct visit {
	const struct names *names;
	enum kind kind;
	struct names_found *found;	/* of NAME */
	size_t row;			/* of GROUP */
	int own, other;			/* groups met */
	int like_name;
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

void
names_add(struct names *names, const char *name, const char *college,
    const char *class)
{
	add(names, NAME, name);
	add(names, GROUP, college);
	add(names, GROUP, class);
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
	    begins_names(visit->names, folded.data, first)))) {
		look_up(&group, piece);
		visit->like_name |= !group.other;
	}
	buf_release(&folded);
}

int
names_has_name(const struct names *names, const char *path)
{
	struct visit visit = { .names = names };

	each_word(entryname_base(path), OVER_BLANKS, judge_word, &visit);
	return visit.like_name;
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
