#include "lib/intake/resent.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/mem.h"
#include "lib/intake/join.h"
#include "lib/intake/ledger.h"

/* A picture that a student has. */
struct held {
	struct ledger_entry *entry;	/* the latest that counts as its arrival */
	int weak, doubt;
	size_t next;			/* of the student: index plus 1, 0: none */
};

/* What a student has, and what came of it in the upload that is looked at. */
struct shelf {
	size_t first;			/* in held plus 1 */
	const struct ledger_entry *latest;	/* that arrived */
	const struct ledger_upload *upload;
	const struct ledger_entry *here;	/* one of its pictures */
	int several;			/* it has others, too */
};

/* A picture that a student had before a later one, sent again. */
struct back {
	struct join_photo candidate;
	size_t student, held;
};

struct resent {
	struct shelf *shelves;		/* of each student */
	struct held *held;
	size_t held_count;
	struct back *back;		/* in this upload */
	size_t back_count;
};

struct resent *
resent_new(size_t students)
{
	struct resent *again = xcalloc(1, sizeof *again);

	again->shelves = xcalloc(students, sizeof *again->shelves);
	return again;
}

void
resent_free(struct resent *again)
{
	free(again->shelves);
	free(again->held);
	free(again->back);
	free(again);
}

/* Which of the student's pictures has these bytes, plus 1; 0: none. */
static size_t
find_held(const struct resent *again, const struct shelf *shelf,
    const struct ledger_entry *entry)
{
	size_t i;

	for (i = shelf->first; i > 0; i = again->held[i - 1].next)
		if (strcmp(again->held[i - 1].entry->sha256,
		    entry->sha256) == 0)
			break;
	return i;
}

static void
hold(struct resent *again, struct shelf *shelf, const struct join_photo *candidate)
{
	size_t count = again->held_count;

	if ((count & (count + 1)) == 0)
		again->held = xrealloc_array(again->held, 2 * count + 2,
		    sizeof *again->held);
	again->held[count] = (struct held){ candidate->entry, candidate->weak,
	    candidate->doubt, shelf->first };
	shelf->first = ++again->held_count;
	shelf->latest = candidate->entry;
}

static void
note_here(struct shelf *shelf, const struct join_photo *candidate)
{
	if (shelf->upload != candidate->upload) {
		shelf->upload = candidate->upload;
		shelf->here = candidate->entry;
		shelf->several = 0;
	} else if (strcmp(shelf->here->sha256, candidate->entry->sha256) != 0)
		shelf->several = 1;
}

/* Whether its name says better whose the picture is than the name of before. */
static int
is_surer(const struct join_photo *candidate, const struct held *held)
{
	if (candidate->weak != held->weak)
		return candidate->weak < held->weak;
	return held->doubt && !candidate->doubt;
}

int
resent_is(struct resent *again, const struct join_photo *candidate, size_t student)
{
	struct shelf *shelf = &again->shelves[student];
	size_t held, count = again->back_count;

	if (candidate->entry->sha256[0] == '\0')
		return 0;
	note_here(shelf, candidate);
	held = find_held(again, shelf, candidate->entry);
	if (held == 0) {
		hold(again, shelf, candidate);
		return 0;
	}
	if (is_surer(candidate, &again->held[held - 1])) {
		again->held[held - 1].entry->match.state = LEDGER_AGAIN;
		again->held[held - 1].entry = candidate->entry;
		again->held[held - 1].weak = candidate->weak;
		again->held[held - 1].doubt = candidate->doubt;
		return 0;
	}
	if (strcmp(shelf->latest->sha256, candidate->entry->sha256) == 0 ||
	    candidate->weak > again->held[held - 1].weak)
		return 1;
	if ((count & (count + 1)) == 0)
		again->back = xrealloc_array(again->back, 2 * count + 2,
		    sizeof *again->back);
	again->back[again->back_count++] = (struct back){ *candidate, student,
	    held - 1 };
	return 1;
}

void
resent_end(struct resent *again, void (*offer)(void *state,
    const struct join_photo *candidate, size_t student), void *state)
{
	for (size_t i = 0; i < again->back_count; i++) {
		const struct back *back = &again->back[i];
		struct shelf *shelf = &again->shelves[back->student];
		struct held *held = &again->held[back->held];

		if (shelf->several || held->entry == back->candidate.entry)
			continue;
		held->entry->match.state = LEDGER_AGAIN;
		held->entry = back->candidate.entry;
		held->entry->match.state = LEDGER_SUPERSEDED;
		shelf->latest = held->entry;
		offer(state, &back->candidate, back->student);
	}
	again->back_count = 0;
}
