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
	struct candidates *candidates = xcalloc(1, sizeof *candidates);

	candidates->numbers = match_index_new();
	candidates->names = names_new();
	return candidates;
}

void
candidates_free(struct candidates *candidates)
{
	if (candidates == NULL)
		return;
	match_index_free(candidates->numbers);
	names_free(candidates->names);
	free(candidates->forms);
	free(candidates);
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
candidates_add(struct candidates *candidates, const struct match_keys *keys,
    const char *college, const char *class)
{
	const char *const texts[KEYS] = { keys->id_number, keys->exam_no,
	    keys->student_no };

	if (candidates->rows == candidates->cap) {
		candidates->cap = candidates->cap > 0 ? 2 * candidates->cap : 1024;
		candidates->forms = xrealloc_array(candidates->forms, candidates->cap,
		    sizeof *candidates->forms);
	}
	for (int i = 0; i < KEYS; i++)
		candidates->forms[candidates->rows][i] = form_of(texts[i]);
	candidates->rows++;
	match_index_add(candidates->numbers, keys);
	names_add(candidates->names, keys->name, college, class);
}

void
candidates_ready(struct candidates *candidates)
{
	names_sort(candidates->names);
}

int
candidates_same_person(const struct candidates *candidates, size_t row, size_t other)
{
	return match_person(candidates->numbers, row) ==
	    match_person(candidates->numbers, other);
}

/* Whether a number is written as one of the row's, but for what it is: as long and
 * begun alike, or as long as an ID number where the row has one. */
static int
is_like(const struct candidates *candidates, size_t row, const char *number, size_t len)
{
	for (int i = 0; i < KEYS; i++) {
		const struct form *form = &candidates->forms[row][i];

		if (form->len == len && (len == ID_CHARACTERS ||
		    strncmp(form->start, number, ALIKE) == 0))
			return 1;
	}
	return 0;
}

/* What the numbers of a name that no student has mean for these rows. */
struct unknown_numbers {
	const struct candidates *candidates;
	const size_t *rows;
	size_t count;
	int similar;		/* to one of theirs: it could be theirs */
	int possible;		/* as a number of some student */
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
	struct unknown_numbers *unknown = state;

	for (size_t i = 0; i < unknown->count; i++)
		unknown->similar |= is_like(unknown->candidates,
		    unknown->rows[i], number, len);
	unknown->possible |= !dated && !is_mobile(number, len) &&
	    !is_moment(number, len);
}

static void
find_unknown_numbers(const struct candidates *candidates, const char *path,
    const struct match *match, struct unknown_numbers *unknown)
{
	size_t rows[MATCH_ROWS_MAX];

	for (size_t i = 0; i < match->count; i++)
		rows[i] = match->rows[i].row;
	*unknown = (struct unknown_numbers){ candidates, rows, match->count, 0, 0 };
	match_unknowns(candidates->numbers, entryname_base(path), judge_number,
	    unknown);
	unknown->rows = NULL;
}

static int
is_named(const struct candidates *candidates, const struct names_found *found,
    size_t row)
{
	for (size_t i = 0; i < found->count; i++)
		if (candidates_same_person(candidates, found->rows[i], row))
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
take_name(const struct candidates *candidates, const char *path,
    const struct names_found *found, struct match *match)
{
	enum names_group best = NAMES_GROUP_OTHER, group[NAMES_FOUND_MAX];
	struct unknown_numbers unknown;

	for (size_t i = 0; i < found->count; i++) {
		group[i] = names_group(candidates->names, path, found->rows[i]);
		if (group[i] == NAMES_GROUP_OWN ||
		    (group[i] == NAMES_GROUP_NONE && best == NAMES_GROUP_OTHER))
			best = group[i];
	}
	for (size_t i = 0; i < found->count && best != NAMES_GROUP_OTHER; i++)
		if (group[i] == best && match->count < MATCH_ROWS_MAX)
			match->rows[match->count++] = (struct match_row){
			    found->rows[i], MATCH_NAME, MATCH_WEAK_NAME };
	for (size_t i = 0; i < match->count; i++)
		if (!candidates_same_person(candidates, match->rows[i].row,
		    match->rows[0].row)) {
			refuse(match, "the name in its name is of several "
			    "students");
			return;
		}
	find_unknown_numbers(candidates, path, match, &unknown);
	if (match->count == 0)
		match->reason = "its folder or class is not that of the "
		    "student with this name";
	else if (unknown.possible || unknown.similar)
		refuse(match, "it holds a student's name, and a number that "
		    "no student has");
}

/* A name that no student has, beside a number: the student's with an error in it, or that
 * of somebody who has the wrong number.  Words beside what could be a date are a camera's. */
static void
take_beside(const struct candidates *candidates, const char *path, struct match *match)
{
	enum names_beside beside = names_beside(candidates->names, path,
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
confirm(const struct candidates *candidates, const char *path,
    const struct names_found *found, struct match *match)
{
	struct unknown_numbers unknown;

	if (found->count > 0 && !found->overflow &&
	    !is_named(candidates, found, match->rows[0].row)) {
		refuse(match, "the number in its name belongs to one "
		    "student and the name to another");
		return;
	}
	find_unknown_numbers(candidates, path, match, &unknown);
	if (unknown.similar)
		refuse(match, "beside a student's number it holds one like "
		    "it that no student has");
	else if (found->count == 0)
		take_beside(candidates, path, match);
	else if (!found->overflow)
		match->doubt = MATCH_SURE;
}

void
candidates_path(const struct candidates *candidates, const char *path, struct match *match)
{
	struct names_found found;

	match_name(candidates->numbers, entryname_base(path), match);
	if (match->count == 0 && match->reason != NULL)
		return;
	names_find(candidates->names, path, &found);
	if (match->count > 0)
		confirm(candidates, path, &found, match);
	else if (found.overflow)
		match->reason = "the name in its name is of several students";
	else if (found.count > 0)
		take_name(candidates, path, &found, match);
}

int
candidates_another(const struct candidates *candidates, const char *path, size_t row)
{
	struct names_found found;

	names_find(candidates->names, path, &found);
	if (found.count > 0)
		return !found.overflow && !is_named(candidates, &found, row);
	return names_beside(candidates->names, path, row) == NAMES_OTHER;
}
