#include "lib/intake/whose.h"

#include <stdlib.h>
#include <string.h>

#include "lib/archive/entryname.h"
#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/text.h"
#include "lib/intake/names.h"

enum {
	MOBILE_DIGITS = 11, DATE_DIGITS = 8, TIME_DIGITS = 6,
	MATCH_NUMBER_MAX = 32, ID_CHARACTERS = 18,
	ALIKE = 3		/* digits with which numbers of one form begin */
};

/* What a key of a row looks like. */
struct form {
	unsigned char len;		/* 0: the row has no such key */
	char start[ALIKE];
};

enum { KEYS = 3 };			/* ID number, exam number, student number */

struct whose {
	struct match_index *numbers;
	struct names *names;
	struct form (*forms)[KEYS];	/* of each row */
	size_t rows, cap;
};

struct whose *
whose_new(void)
{
	struct whose *whose = xcalloc(1, sizeof *whose);

	whose->numbers = match_index_new();
	whose->names = names_new();
	return whose;
}

void
whose_free(struct whose *whose)
{
	if (whose == NULL)
		return;
	match_index_free(whose->numbers);
	names_free(whose->names);
	free(whose->forms);
	free(whose);
}

static struct form
form_of(const char *key)
{
	struct form form = { 0 };
	struct buf folded = BUF_INIT;

	if (key != NULL)
		text_fold(key, &folded);
	if (folded.len >= MATCH_KEY_MIN && folded.len <= MATCH_NUMBER_MAX) {
		form.len = (unsigned char)folded.len;
		memcpy(form.start, folded.data, ALIKE);
	}
	buf_release(&folded);
	return form;
}

void
whose_add(struct whose *whose, const struct match_keys *keys,
    const char *college, const char *class)
{
	const char *const texts[KEYS] = { keys->id_number, keys->exam_no,
	    keys->student_no };

	if (whose->rows == whose->cap) {
		whose->cap = whose->cap > 0 ? 2 * whose->cap : 1024;
		whose->forms = xrealloc_array(whose->forms, whose->cap,
		    sizeof *whose->forms);
	}
	for (int i = 0; i < KEYS; i++)
		whose->forms[whose->rows][i] = form_of(texts[i]);
	whose->rows++;
	match_index_add(whose->numbers, keys);
	names_add(whose->names, keys->name, college, class);
}

void
whose_ready(struct whose *whose)
{
	names_sort(whose->names);
}

int
whose_same_person(const struct whose *whose, size_t row, size_t other)
{
	return match_person(whose->numbers, row) ==
	    match_person(whose->numbers, other);
}

static size_t
digits_at(const char *text)
{
	return strspn(text, "0123456789");
}

/* Whether the name holds a number that could be a student's, though none of the
 * roster's: then the person meant may be somebody else of that name. */
static int
has_strange_number(const char *path)
{
	struct buf folded = BUF_INIT;
	const char *base;
	size_t len;
	int strange = 0;

	text_fold(entryname_base(path), &folded);
	for (base = folded.data; !strange && *base != '\0'; base += len > 0 ? len : 1) {
		len = digits_at(base);
		if (len < MATCH_KEY_MIN)
			continue;
		if (len == MOBILE_DIGITS && base[0] == '1' && base[1] >= '3')
			continue;
		if (len == DATE_DIGITS && (base[len] == '_' ||
		    base[len] == '-') &&
		    digits_at(base + len + 1) == TIME_DIGITS) {
			len += 1 + TIME_DIGITS;
			continue;
		}
		strange = 1;
	}
	buf_release(&folded);
	return strange;
}

/* Whether a number is written as one of the row's, but for what it is: as long and
 * begun alike, or as long as an ID number where the row has one. */
static int
is_like(const struct whose *whose, size_t row, const char *number, size_t len)
{
	for (int i = 0; i < KEYS; i++) {
		const struct form *form = &whose->forms[row][i];

		if (form->len == len && (len == ID_CHARACTERS ||
		    strncmp(form->start, number, ALIKE) == 0))
			return 1;
	}
	return 0;
}

/* Blanks part numbers; text_fold would join them. */
static void
fold_apart(const char *base, struct buf *out)
{
	static const char wide[] = "\xe3\x80\x80";
	struct buf apart = BUF_INIT;

	for (; *base != '\0'; base++) {
		int blank = strncmp(base, wide, sizeof wide - 1) == 0;

		buf_addc(&apart, blank || *base == ' ' ? '_' : *base);
		if (blank)
			base += sizeof wide - 2;
	}
	text_fold(apart.data, out);
	buf_release(&apart);
}

/* Whether beside the number that was found stands one that could be the student's
 * and that nobody has. */
static int
has_rival(const struct whose *whose, const char *path,
    const struct match *match)
{
	struct buf folded = BUF_INIT;
	const char *at;
	size_t len;
	int rival = 0;

	fold_apart(entryname_base(path), &folded);
	for (at = folded.data; *at != '\0'; at += len > 0 ? len : 1) {
		char number[MATCH_NUMBER_MAX + 1] = "";
		struct match one;

		len = digits_at(at);
		if (len == ID_CHARACTERS - 1 && at[len] == 'X')
			len++;
		if (len < MATCH_KEY_MIN || len > MATCH_NUMBER_MAX)
			continue;
		memcpy(number, at, len);
		match_name(whose->numbers, number, &one);
		for (size_t i = 0; one.count == 0 && i < match->count; i++)
			rival |= is_like(whose, match->rows[i].row, number,
			    len);
	}
	buf_release(&folded);
	return rival;
}

static int
is_named(const struct whose *whose, const struct names_found *found,
    size_t row)
{
	for (size_t i = 0; i < found->count; i++)
		if (whose_same_person(whose, found->rows[i], row))
			return 1;
	return 0;
}

static void
take_name(const struct whose *whose, const char *path,
    const struct names_found *found, struct match *match)
{
	size_t contradicted = 0;

	for (size_t i = 0; i < found->count; i++) {
		if (!whose_same_person(whose, found->rows[i],
		    found->rows[0])) {
			match->reason = "the name in its name is of several "
			    "students";
			return;
		}
		contradicted += (size_t)names_contradict(whose->names, path,
		    found->rows[i]);
	}
	if (contradicted == found->count) {
		match->reason = "its folder or class is not that of the "
		    "student with this name";
		return;
	}
	if (has_strange_number(path)) {
		match->reason = "it holds a student's name, and a number that "
		    "no student has";
		return;
	}
	for (size_t i = 0; i < found->count; i++)
		match->rows[i] = (struct match_row){ found->rows[i],
		    MATCH_NAME, MATCH_WEAK_NAME };
	match->count = found->count;
}

/* Nobody's name beside a number is the student's with an error in it, or a stranger's
 * with the wrong number. */
static void
take_beside(const struct whose *whose, const char *path, struct match *match)
{
	enum names_beside beside = names_beside(whose->names, path,
	    match->rows[0].row);

	match->doubt = beside == NAMES_ALIKE;
	if (beside != NAMES_OTHER)
		return;
	match->count = 0;
	match->reason = "beside a student's number it holds a name that is not "
	    "the student's";
}

void
whose_path(const struct whose *whose, const char *path, struct match *match)
{
	struct names_found found;

	match_name(whose->numbers, entryname_base(path), match);
	if (match->count == 0 && match->reason != NULL)
		return;
	names_find(whose->names, path, &found);
	if (match->count == 0 && found.overflow) {
		match->reason = "the name in its name is of several students";
	} else if (match->count == 0 && found.count > 0) {
		take_name(whose, path, &found, match);
	} else if (match->count > 0 && found.count > 0 && !found.overflow &&
	    !is_named(whose, &found, match->rows[0].row)) {
		match->count = 0;
		match->reason = "the number in its name is one student's and "
		    "the name another's";
	} else if (match->count > 0 && has_rival(whose, path, match)) {
		match->count = 0;
		match->reason = "beside a student's number it holds one like "
		    "it that no student has";
	} else if (match->count > 0 && found.count == 0) {
		take_beside(whose, path, match);
	}
}
