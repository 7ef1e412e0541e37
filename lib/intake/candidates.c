#include "lib/intake/candidates.h"

#include <stdlib.h>
#include <string.h>

#include "lib/archive/entryname.h"
#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/text.h"
#include "lib/intake/names.h"

enum {
	MOBILE_DIGITS = 11, MOMENT_DIGITS = 13,
	MATCH_NUMBER_MAX = 32, ID_CHARACTERS = 18,
	ALIKE = 3		/* digits with which numbers of one form begin */
};

/* What a key of a row looks like. */
struct form {
	unsigned char len;		/* 0: the row has no such key */
	char start[ALIKE];
};

enum { KEYS = 3 };			/* ID number, exam number, student number */

struct candidates {
	struct match_index *numbers;
	struct names *names;
	struct form (*forms)[KEYS];	/* of each row */
	size_t rows, cap;
};

struct candidates *
candidates_new(void)
{
	struct candidates *whose = xcalloc(1, sizeof *whose);

	whose->numbers = match_index_new();
	whose->names = names_new();
	return whose;
}

void
candidates_free(struct candidates *whose)
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
candidates_add(struct candidates *whose, const struct match_keys *keys,
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
candidates_ready(struct candidates *whose)
{
	names_sort(whose->names);
}

int
candidates_same_person(const struct candidates *whose, size_t row, size_t other)
{
	return match_person(whose->numbers, row) ==
	    match_person(whose->numbers, other);
}

/* Whether a number is written as one of the row's, but for what it is: as long and
 * begun alike, or as long as an ID number where the row has one. */
static int
is_like(const struct candidates *whose, size_t row, const char *number, size_t len)
{
	for (int i = 0; i < KEYS; i++) {
		const struct form *form = &whose->forms[row][i];

		if (form->len == len && (len == ID_CHARACTERS ||
		    strncmp(form->start, number, ALIKE) == 0))
			return 1;
	}
	return 0;
}

/* What the numbers of a name that no student has mean for these rows. */
struct strangers {
	const struct candidates *whose;
	const size_t *rows;
	size_t count;
	int rival;		/* it could be theirs */
	int strange;		/* it could be somebody's */
};

static int
is_mobile(const char *number, size_t len)
{
	return len == MOBILE_DIGITS && number[0] == '1' && number[1] >= '3';
}

/* Milliseconds since 1970, as messengers name what they save. */
static int
is_moment(const char *number, size_t len)
{
	return len == MOMENT_DIGITS && number[0] == '1';
}

static void
judge_number(void *state, const char *number, size_t len, int dated)
{
	struct strangers *strangers = state;

	for (size_t i = 0; i < strangers->count; i++)
		strangers->rival |= is_like(strangers->whose,
		    strangers->rows[i], number, len);
	strangers->strange |= !dated && !is_mobile(number, len) &&
	    !is_moment(number, len);
}

static void
find_strangers(const struct candidates *whose, const char *path,
    const struct match *match, struct strangers *strangers)
{
	size_t rows[MATCH_ROWS_MAX];

	for (size_t i = 0; i < match->count; i++)
		rows[i] = match->rows[i].row;
	*strangers = (struct strangers){ whose, rows, match->count, 0, 0 };
	match_unknowns(whose->numbers, entryname_base(path), judge_number,
	    strangers);
	strangers->rows = NULL;
}

static int
is_named(const struct candidates *whose, const struct names_found *found,
    size_t row)
{
	for (size_t i = 0; i < found->count; i++)
		if (candidates_same_person(whose, found->rows[i], row))
			return 1;
	return 0;
}

static void
refuse(struct match *match, const char *reason)
{
	match->count = 0;
	match->reason = reason;
}

/* Of several students of one name the path may tell which by class or college. */
static void
take_name(const struct candidates *whose, const char *path,
    const struct names_found *found, struct match *match)
{
	enum names_group best = NAMES_GROUP_OTHER, group[NAMES_FOUND_MAX];
	struct strangers strangers;

	for (size_t i = 0; i < found->count; i++) {
		group[i] = names_group(whose->names, path, found->rows[i]);
		if (group[i] == NAMES_GROUP_OWN ||
		    (group[i] == NAMES_GROUP_NONE && best == NAMES_GROUP_OTHER))
			best = group[i];
	}
	for (size_t i = 0; i < found->count && best != NAMES_GROUP_OTHER; i++)
		if (group[i] == best && match->count < MATCH_ROWS_MAX)
			match->rows[match->count++] = (struct match_row){
			    found->rows[i], MATCH_NAME, MATCH_WEAK_NAME };
	for (size_t i = 0; i < match->count; i++)
		if (!candidates_same_person(whose, match->rows[i].row,
		    match->rows[0].row)) {
			refuse(match, "the name in its name is of several "
			    "students");
			return;
		}
	find_strangers(whose, path, match, &strangers);
	if (match->count == 0)
		match->reason = "its folder or class is not that of the "
		    "student with this name";
	else if (strangers.strange || strangers.rival)
		refuse(match, "it holds a student's name, and a number that "
		    "no student has");
}

/* Nobody's name beside a number is the student's with an error in it, or a stranger's
 * with the wrong number.  Words beside what could be a date are a camera's. */
static void
take_beside(const struct candidates *whose, const char *path, struct match *match)
{
	enum names_beside beside = names_beside(whose->names, path,
	    match->rows[0].row);

	if (beside == NAMES_OTHER)
		refuse(match, "beside a student's number it holds a name that "
		    "is not the student's");
	else if (beside != NAMES_NONE && match->doubt == MATCH_DOUBT_DATE)
		match->count = 0;
	else if (beside == NAMES_ALIKE)
		match->doubt = MATCH_DOUBT_NAME;
}

static void
confirm(const struct candidates *whose, const char *path,
    const struct names_found *found, struct match *match)
{
	struct strangers strangers;

	if (found->count > 0 && !found->overflow &&
	    !is_named(whose, found, match->rows[0].row)) {
		refuse(match, "the number in its name is one student's and "
		    "the name another's");
		return;
	}
	find_strangers(whose, path, match, &strangers);
	if (strangers.rival)
		refuse(match, "beside a student's number it holds one like "
		    "it that no student has");
	else if (found->count == 0)
		take_beside(whose, path, match);
	else if (!found->overflow)
		match->doubt = MATCH_SURE;
}

void
candidates_path(const struct candidates *whose, const char *path, struct match *match)
{
	struct names_found found;

	match_name(whose->numbers, entryname_base(path), match);
	if (match->count == 0 && match->reason != NULL)
		return;
	names_find(whose->names, path, &found);
	if (match->count > 0)
		confirm(whose, path, &found, match);
	else if (found.overflow)
		match->reason = "the name in its name is of several students";
	else if (found.count > 0)
		take_name(whose, path, &found, match);
}
