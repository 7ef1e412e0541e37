#include "lib/intake/join.h"

#include <stdlib.h>
#include <string.h>

#include "lib/archive/entryname.h"
#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/batch/journal.h"
#include "lib/decision/decide.h"
#include "lib/decision/standing.h"
#include "lib/intake/candidates.h"
#include "lib/intake/codes.h"
#include "lib/intake/folders.h"
#include "lib/intake/held.h"
#include "lib/intake/ledger.h"
#include "lib/intake/resent.h"

/* What people said about one picture and one student. */
struct said {
	const char *picture;
	size_t student;
	int linked;			/* or unlinked */
	const struct journal_answer *link;	/* a person's last word, or NULL */
	const struct journal_answer *lock;	/* delivered or confirmed, or NULL */
	int passed, rejected;		/* by the one who spoke last */
};

struct join {
	const struct ledger *ledger;
	struct candidates *candidates;
	struct codes *codes;		/* NULL: not known by codes */
	struct folders *folders;	/* of the upload that is looked at */
	struct said *said;		/* by picture */
	size_t said_count;
	struct join_photo *photos;
	struct resent *again;
	struct held *held;
};

/* ---- what people said ---- */

static struct said *
said_of(struct join *join, size_t first, const char *picture, size_t student)
{
	struct said *said;

	for (size_t i = first; i < join->said_count; i++)
		if (strcmp(join->said[i].picture, picture) == 0)
			return &join->said[i];
	if ((join->said_count & (join->said_count + 1)) == 0)
		join->said = xrealloc_array(join->said,
		    2 * join->said_count + 2, sizeof *join->said);
	said = &join->said[join->said_count++];
	memset(said, 0, sizeof *said);
	said->picture = picture;
	said->student = student;
	return said;
}

/* All answers about one student's pictures; those before first are others'. */
static void
hear_student(struct join *join, const struct journal *journal,
    const char *record, size_t student)
{
	const struct journal_answer *answer = NULL, *lock;
	size_t first = join->said_count;
	struct said *said;

	while ((answer = journal_next(journal, record, answer)) != NULL) {
		if (answer->picture == NULL)
			continue;
		said = said_of(join, first, answer->picture, student);
		if (answer->kind == JOURNAL_LINK ||
		    answer->kind == JOURNAL_UNLINK) {
			said->link = answer;
			said->linked = answer->kind == JOURNAL_LINK;
		} else if (answer->kind == JOURNAL_REVIEW) {
			said->rejected = strcmp(answer->after, "reject") == 0;
			said->passed = !said->rejected;
		}
	}
	lock = decide_lock(journal, record);
	if (lock == NULL)
		return;
	said_of(join, first, lock->picture, student)->lock = lock;
}

static int
by_picture(const void *a, const void *b)
{
	const struct said *left = a, *right = b;
	int order = strcmp(left->picture, right->picture);

	return order != 0 ? order :
	    (left->student > right->student) - (left->student < right->student);
}

static void
hear(struct join *join, const struct journal *journal, const char *batch)
{
	struct buf record = BUF_INIT;

	for (size_t i = 0; i < join->ledger->student_count; i++) {
		const struct ledger_student *student =
		    &join->ledger->students[i];

		if (student->n == 0 || (student->removed && !student->kept))
			continue;
		buf_clear(&record);
		buf_addf(&record, "%s-%ld", batch, student->n);
		held_hear(join->held, journal, record.data, i);
		hear_student(join, journal, record.data, i);
	}
	mem_sort(join->said, join->said_count, sizeof *join->said,
	    by_picture);
	buf_release(&record);
}

/* The first of what was said about a picture; *count is how many there are. */
static const struct said *
about(const struct join *join, const char *picture, size_t *count)
{
	size_t low = 0, high = join->said_count, middle;

	*count = 0;
	if (*picture == '\0')
		return NULL;
	while (low < high) {
		middle = low + (high - low) / 2;
		if (strcmp(join->said[middle].picture, picture) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	while (low + *count < join->said_count &&
	    strcmp(join->said[low + *count].picture, picture) == 0)
		++*count;
	return *count > 0 ? &join->said[low] : NULL;
}

/* ---- the students ---- */

static void
add_students(struct join *join)
{
	for (size_t i = 0; i < join->ledger->student_count; i++) {
		const struct ledger_student *student =
		    &join->ledger->students[i];
		struct match_keys keys = { 0 };
		struct node *node = NULL;

		if (!student->removed || student->kept)
			node = ledger_get_student(join->ledger, student);
		keys.id_number = node_text(node, "id_number");
		keys.exam_no = node_text(node, "exam_no");
		keys.student_no = node_text(node, "student_no");
		keys.capture_code = node_text(node, "capture_code");
		if (join->codes != NULL) {
			candidates_add(join->candidates, &keys, NULL, NULL);
			codes_add(join->codes, node);
		} else {
			keys.name = node_text(node, "name");
			candidates_add(join->candidates, &keys,
			    node_text(node, "college"),
			    node_text(node, "class"));
		}
		node_free(node);
	}
	candidates_ready(join->candidates);
	if (join->codes != NULL)
		codes_ready(join->codes, join->ledger, join->candidates);
}

/* ---- whose an entry is ---- */

/* What the entry's name says, and its folder's. */
static void
look_up(const struct join *join, const struct ledger_entry *entry,
    struct match *match)
{
	if (join->codes != NULL)
		codes_match(join->codes, entry, match);
	else {
		candidates_path(join->candidates, entry->name, match);
		folders_match(join->folders, join->candidates, entry, match);
	}
}

/* Answers stand in the order in which they were given. */
static int
is_later(const struct journal_answer *a, const struct journal_answer *b)
{
	return b == NULL || a > b;
}

/* Whether somebody linked it knowing that others disagreed: what was said before
 * is settled. */
static const struct journal_answer *
last_settled(const struct said *said, size_t count)
{
	const struct journal_answer *settled = NULL;

	for (size_t i = 0; i < count; i++)
		if (said[i].linked && said[i].link->before != NULL &&
		    strcmp(said[i].link->before, JOIN_CONFLICT) == 0 &&
		    is_later(said[i].link, settled))
			settled = said[i].link;
	return settled;
}

static const struct said *
last_linked(const struct said *said, size_t count)
{
	const struct said *last = NULL;

	for (size_t i = 0; i < count; i++)
		if (said[i].linked && is_later(said[i].link,
		    last != NULL ? last->link : NULL))
			last = &said[i];
	return last;
}

/* Whether a lock keeps the picture with its student: a delivery is no person's
 * word, and what a person said after it counts. */
static int
keeps(const struct join *join, const struct said *said, const struct said *last)
{
	return said->lock != NULL && (last == NULL ||
	    is_later(said->lock, last->link) ||
	    candidates_same_person(join->candidates, said->student, last->student));
}

/* Whether two links cannot both be so: by two people, to two persons, and not
 * because the office had the last word. */
static int
contradict(const struct join *join, const struct said *said,
    const struct said *last)
{
	return !candidates_same_person(join->candidates, said->student, last->student) &&
	    strcmp(said->link->who, last->link->who) != 0 &&
	    (voices_role(said->link) != ROLE_SCHOOL ||
	    voices_role(last->link) == ROLE_SCHOOL);
}

static void
add_row(struct match *match, size_t student)
{
	if (match->count < MATCH_ROWS_MAX)
		match->rows[match->count++] = (struct match_row){ student,
		    MATCH_PERSON, 0 };
}

/* The students to whom people linked the picture, or under whom it was delivered. */
static void
take_links(const struct join *join, const struct said *said, size_t count,
    struct ledger_entry *entry, struct match *match)
{
	const struct journal_answer *settled = last_settled(said, count);
	const struct said *last = last_linked(said, count);
	int kept = 0;

	*match = (struct match){ .count = 0 };
	for (size_t i = 0; i < count; i++)
		if (keeps(join, &said[i], last)) {
			add_row(match, said[i].student);
			kept = 1;
		}
	for (size_t i = 0; last != NULL && i < count; i++) {
		if (!said[i].linked || said[i].lock != NULL)
			continue;
		if (candidates_same_person(join->candidates, said[i].student, last->student)) {
			if (!kept || keeps(join, &said[i], last))
				add_row(match, said[i].student);
		} else if (!kept && (settled == NULL ||
		    is_later(said[i].link, settled)) &&
		    contradict(join, &said[i], last)) {
			match->count = 0;
			match->reason = "people linked it to different "
			    "students";
			entry->match.said[0] = said[i].link;
			entry->match.said[1] = last->link;
			return;
		}
	}
}

/* Take over how the file's own name joins a row, if it does. */
static void
take_own(const struct match *own, size_t row, int delivered,
    struct match *match)
{
	for (size_t i = 0; i < own->count; i++) {
		if (own->rows[i].row != row ||
		    (own->rows[i].by == MATCH_NAME && !delivered))
			continue;
		for (size_t k = 0; k < match->count; k++)
			if (match->rows[k].row == row)
				match->rows[k] = own->rows[i];
		match->doubt = delivered ? own->doubt : MATCH_SURE;
	}
}

/* A lock keeps a join, it is not what made it: where the name of the file still
 * says so, that is what joined.  What the school confirmed is beyond doubt. */
static void
name_field(const struct join *join, const struct said *said, size_t count,
    const struct ledger_entry *entry, struct match *match)
{
	struct match own;
	int looked = 0;

	for (size_t i = 0; i < count; i++) {
		if (said[i].lock == NULL || said[i].linked)
			continue;
		if (!looked++)
			look_up(join, entry, &own);
		take_own(&own, said[i].student,
		    said[i].lock->kind == JOURNAL_DELIVERY, match);
	}
}

static void
drop_unlinked(const struct said *said, size_t count, struct match *match)
{
	size_t kept = 0;

	for (size_t i = 0; i < match->count; i++) {
		size_t k;

		for (k = 0; k < count; k++)
			if (said[k].link != NULL && !said[k].linked &&
			    said[k].student == match->rows[i].row)
				break;
		if (k == count)
			match->rows[kept++] = match->rows[i];
	}
	if (kept == 0 && match->count > 0)
		match->reason = "a person answered that it is not the photo of "
		    "the student with this number or name";
	match->count = kept;
}

/* Whom a reviewer passed it for, when its name speaks of nobody any more. */
static void
take_passed(const struct join *join, const struct said *said, size_t count,
    struct match *match)
{
	const struct said *one = NULL;

	for (size_t i = 0; i < count; i++) {
		if (!said[i].passed || (said[i].link != NULL &&
		    !said[i].linked))
			continue;
		if (one != NULL && !candidates_same_person(join->candidates,
		    one->student, said[i].student))
			return;
		one = &said[i];
	}
	if (one == NULL)
		return;
	match->rows[0] = (struct match_row){ one->student, MATCH_PERSON, 0 };
	match->count = 1;
	match->reason = NULL;
}

/* What may be a student's photo, or what came in its place; texts and tables are about
 * photos. */
static int
is_candidate(const struct ledger_entry *entry)
{
	return entry->kind == LEDGER_PICTURE ||
	    entry->kind == LEDGER_UNREADABLE || entry->kind == LEDGER_EMPTY ||
	    (entry->kind == LEDGER_REFUSED && !entryname_is_table(entry->name));
}

/* Whether a candidate takes the place of the photo chosen so far; candidates come
 * in the order of their arrival. */
static int
is_better(const struct join_photo *candidate, const struct join_photo *chosen)
{
	int readable = candidate->entry->kind == LEDGER_PICTURE;

	if (chosen->entry == NULL)
		return 1;
	if (candidate->locked != chosen->locked)
		return candidate->locked;
	if (readable != (chosen->entry->kind == LEDGER_PICTURE))
		return readable;
	if (candidate->weak != chosen->weak)
		return candidate->weak < chosen->weak;
	return candidate->rejected <= chosen->rejected;
}

static void
offer(void *state, const struct join_photo *candidate, size_t student)
{
	struct join *join = state;
	struct join_photo *chosen = &join->photos[student];

	if (held_is(join->held, candidate, student)) {
		chosen->held = 1;
		candidate->entry->match.held = 1;
	} else if (is_better(candidate, chosen))
		*chosen = *candidate;
	else if (chosen->locked &&
	    strcmp(chosen->entry->sha256, candidate->entry->sha256) != 0)
		chosen->later = 1;
}

/* ---- every entry ---- */

static void
place(struct join *join, struct ledger_upload *upload,
    struct ledger_entry *entry)
{
	int again = 1;
	struct match match;
	size_t count, first = 0;
	const struct said *said = about(join, entry->sha256, &count);

	entry->match = (struct ledger_match){ .state = LEDGER_UNMATCHED };
	if (join->codes != NULL && entry->pair.is_code) {
		entry->match.state = LEDGER_CODE;
		entry->match.reason = entry->pair.trouble;
		return;
	}
	take_links(join, said, count, entry, &match);
	name_field(join, said, count, entry, &match);
	if (match.count == 0 && match.reason == NULL) {
		look_up(join, entry, &match);
		drop_unlinked(said, count, &match);
		if (match.count == 0)
			take_passed(join, said, count, &match);
	}
	entry->match.reason = match.reason;
	for (size_t i = 0; i < match.count; i++) {
		struct join_photo candidate = { upload, entry,
		    (int)match.rows[i].by, match.rows[i].weak, 0, 0,
		    match.doubt, 0, 0 };

		for (size_t k = 0; k < count; k++)
			if (said[k].student == match.rows[i].row) {
				candidate.locked = said[k].lock != NULL;
				candidate.rejected = said[k].rejected;
			}
		if (resent_is(join->again, &candidate, match.rows[i].row))
			continue;
		again = 0;
		offer(join, &candidate, match.rows[i].row);
	}
	while (first + 1 < match.count && match.rows[first].weak)
		first++;
	if (match.count > 0) {
		entry->match.state = again ? LEDGER_AGAIN :
		    LEDGER_SUPERSEDED;
		entry->match.by = (int)match.rows[first].by;
		entry->match.student = match.rows[first].row;
		entry->match.doubt = match.doubt;
	}
}

struct join_photo *
join_run(const struct ledger *ledger, const struct journal *journal,
    const char *batch)
{
	struct join join = { .ledger = ledger };

	join.photos = xcalloc(ledger->student_count, sizeof *join.photos);
	join.again = resent_new(ledger->student_count);
	join.held = held_new(ledger);
	join.candidates = candidates_new();
	join.codes = ledger->by_code ? codes_new() : NULL;
	add_students(&join);
	hear(&join, journal, batch);
	for (size_t i = 0; i < ledger->upload_count; i++) {
		struct ledger_upload *upload = &ledger->uploads[i];

		join.folders = folders_new(upload);
		for (size_t k = 0; k < upload->count; k++)
			if (is_candidate(&upload->entries[k]))
				place(&join, upload, &upload->entries[k]);
		resent_end(join.again, offer, &join);
		folders_free(join.folders);
	}
	for (size_t i = 0; i < ledger->student_count; i++)
		if (join.photos[i].entry != NULL)
			join.photos[i].entry->match.state = LEDGER_CHOSEN;
	candidates_free(join.candidates);
	codes_free(join.codes);
	free(join.said);
	resent_free(join.again);
	held_free(join.held);
	return join.photos;
}
