#ifndef TC_VOICES_H
#define TC_VOICES_H
/*
 * voices: the last answer of each person to one question, and what they say together.
 *
 * A voice is a person in a role.  Also here: which event an answer of the journal is.
 */
#include <stddef.h>	/* size_t */

#include "lib/decision/machine.h"

struct journal_answer;

enum { VOICES_MAX = 32 };	/* an answer of one more voice is refused */

/* Oldest first; zero-initialised it is empty. */
struct voices {
	const struct journal_answer *said[VOICES_MAX];
	size_t count;
};

/* The role in which an answer was given; in old journals it follows from the kind. */
enum role voices_role(const struct journal_answer *answer);
/* EVENTS when the answer changes no state. */
enum event voices_event(const struct journal_answer *answer);

/* Whether there is no room for the answer, because it is of one more voice. */
int voices_full(const struct voices *voices, const struct journal_answer *answer);
/* Add the answer, instead of an earlier one of that voice; without room it is dropped.
 * Returns whether anything changed: there was none, or a different one. */
int voices_hear(struct voices *voices, const struct journal_answer *answer);
/* Drop the confirmations of schools: a reviewer's answer replaces them. */
void voices_drop_confirmed(struct voices *voices);
/* NULL when there is none. */
const struct journal_answer *voices_latest(const struct voices *voices);

/* Whether others answered the opposite about a picture; the state that all answers about
 * it give together. */
int voices_oppose(const struct voices *voices,
    const struct journal_answer *answer);
enum state voices_state(const struct voices *voices);
/* Whether others claim another value than the answer does; the value that an answer
 * claims, NULL when it confirms what is there. */
int voices_contest(const struct voices *voices,
    const struct journal_answer *answer);
const char *voices_value(const struct journal_answer *answer);

/* Whether two spellings are one value; NULL is "". */
int voices_agree(const char *a, const char *b);

#endif
