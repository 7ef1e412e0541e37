#ifndef TC_STANDING_H
#define TC_STANDING_H
/*
 * standing: the states of one record's matters, by the table of machine.h.
 *
 * The journal's answers about the record are its events, in their order.  Answers about
 * a picture that is no longer the student's are left out: a new picture ends what was
 * answered about the old one.
 *
 * Texts are the journal's and the caller's.  Pure.  About 3.5 KB, on the stack.
 */
#include <stddef.h>	/* size_t */

#include "lib/decision/machine.h"
#include "lib/decision/voices.h"

struct journal;
struct journal_answer;
struct node;

/* Members of a student that can be claimed, and more exemptions than there are checks:
 * one more is refused. */
enum { STANDING_CLAIMS = 6, STANDING_EXEMPTIONS = 128 };

/* What is claimed of one member of the student. */
struct standing_claim {
	const char *field;
	enum state state;
	int differs;		/* the roster says neither before nor after */
	struct voices voices;
	const struct journal_answer *accepted;	/* SETTLED, OUTDATED */
};

struct standing {
	const char *picture;	/* the student's, or NULL */
	const struct node *student;
	enum state of[MATTERS];	/* not of MATTER_CLAIM and MATTER_EXEMPTION */
	/* The answer that brought each of these into its state, or NULL. */
	const struct journal_answer *by[MATTERS];
	struct voices voices;	/* about the picture */
	struct standing_claim claims[STANDING_CLAIMS];
	size_t claim_count;
	const struct journal_answer *exemptions[STANDING_EXEMPTIONS];
	size_t exemption_count;
};

/* The record to begin with: picture and student may be NULL; failed: the checks reject
 * the picture. */
struct standing_of {
	const char *record, *picture;
	const struct node *student;
	int failed;
};

/* The states before any answer. */
void standing_begin(const struct standing_of *of, struct standing *standing);
/* After the last answer: compare what is claimed with the roster. */
void standing_roster(struct standing *standing);
/* All of that for a record's answers in the journal. */
void standing_derive(const struct journal *journal, const struct standing_of *of,
    struct standing *standing);

/* Apply one more answer.  NULL, and whether it made any difference in *changed; or a
 * static clause why it is refused, and then nothing has changed. */
const char *standing_say(struct standing *standing,
    const struct journal_answer *answer, int *changed);

/* Whether a later picture has to wait for this one. */
int standing_locks(const struct standing *standing);

#endif
