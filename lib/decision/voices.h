#ifndef TC_VOICES_H
#define TC_VOICES_H
/*
 * voices: which event an answer of the journal is, and what several people together
 * say to one question.
 *
 * A voice is a person in a role; its last word counts.
 */
#include <stddef.h>	/* size_t */

#include "lib/decision/machine.h"

struct journal_answer;

enum { VOICES_MAX = 32 };	/* one more is refused: what was said stays said */

/* Oldest first; zero-initialised it is empty. */
struct voices {
	const struct journal_answer *said[VOICES_MAX];
	size_t count;
};

/* Who speaks in an answer; old ones do not say, and their kind does. */
enum role saying_role(const struct journal_answer *answer);
/* EVENTS when the answer is only reported. */
enum event saying_event(const struct journal_answer *answer);

/* Whether there is no room for the answer: it is of yet another voice. */
int voices_full(const struct voices *voices, const struct journal_answer *answer);
/* The answer takes the place of that voice's before; where there is no room it is not
 * heard.  Returns whether that was another one, or none. */
int voices_hear(struct voices *voices, const struct journal_answer *answer);
/* A reviewer's word takes the place of what schools confirmed. */
void voices_drop_confirmed(struct voices *voices);
/* NULL when there is none. */
const struct journal_answer *voices_latest(const struct voices *voices);

/* Whether others say of a picture the opposite of the answer; what all say of it
 * together. */
int voices_oppose(const struct voices *voices,
    const struct journal_answer *answer);
enum state voices_state(const struct voices *voices);
/* Whether others say another value than the answer; the value that an answer
 * claims, NULL when it confirms what is there. */
int voices_contest(const struct voices *voices,
    const struct journal_answer *answer);
const char *voices_value(const struct journal_answer *answer);

/* Whether two spellings are one value; NULL is "". */
int voices_agree(const char *a, const char *b);

#endif
