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
	struct resent *resent = xcalloc(1, sizeof *resent);

	resent->shelves = xcalloc(students, sizeof *resent->shelves);
	return resent;
}

void
resent_free(struct resent *resent)
{
	free(resent->shelves);
	free(resent->held);
	free(resent->back);
	free(resent);
}

/* Which of the student's pictures has these bytes, plus 1; 0: none. */
static size_t
find_held(const struct resent *resent, const struct shelf *shelf,
    const struct ledger_entry *entry)
{
	size_t i;

	for (i = shelf->first; i > 0; i = resent->held[i - 1].next)
		if (strcmp(resent->held[i - 1].entry->sha256,
		    entry->sha256) == 0)
			break;
	return i;
}

static void
hold(struct resent *resent, struct shelf *shelf, const struct join_photo *candidate)
{
	size_t count = resent->held_count;

	if ((count & (count + 1)) == 0)
		resent->held = xrealloc_array(resent->held, 2 * count + 2,
		    sizeof *resent->held);
	resent->held[count] = (struct held){ candidate->entry, candidate->weak,
	    candidate->doubt, shelf->first };
	shelf->first = ++resent->held_count;
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
resent_is(struct resent *resent, const struct join_photo *candidate, size_t student)
{
	struct shelf *shelf = &resent->shelves[student];
	size_t held, count = resent->back_count;

	if (candidate->entry->sha256[0] == '\0')
		return 0;
	note_here(shelf, candidate);
	held = find_held(resent, shelf, candidate->entry);
	if (held == 0) {
		hold(resent, shelf, candidate);
		return 0;
	}
	if (is_surer(candidate, &resent->held[held - 1])) {
		resent->held[held - 1].entry->match.state = LEDGER_AGAIN;
		resent->held[held - 1].entry = candidate->entry;
		resent->held[held - 1].weak = candidate->weak;
		resent->held[held - 1].doubt = candidate->doubt;
		return 0;
	}
	if (strcmp(shelf->latest->sha256, candidate->entry->sha256) == 0 ||
	    candidate->weak > resent->held[held - 1].weak)
		return 1;
	if ((count & (count + 1)) == 0)
		resent->back = xrealloc_array(resent->back, 2 * count + 2,
		    sizeof *resent->back);
	resent->back[resent->back_count++] = (struct back){ *candidate, student,
	    held - 1 };
	return 1;
}

void
resent_end(struct resent *resent, void (*offer)(void *state,
    const struct join_photo *candidate, size_t student), void *state)
{
	for (size_t i = 0; i < resent->back_count; i++) {
		const struct back *back = &resent->back[i];
		struct shelf *shelf = &resent->shelves[back->student];
		struct held *held = &resent->held[back->held];

		if (shelf->several || held->entry == back->candidate.entry)
			continue;
		held->entry->match.state = LEDGER_AGAIN;
		held->entry = back->candidate.entry;
		held->entry->match.state = LEDGER_SUPERSEDED;
		shelf->latest = held->entry;
		offer(state, &back->candidate, back->student);
	}
	resent->back_count = 0;
}
