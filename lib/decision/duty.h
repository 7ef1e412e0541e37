#ifndef TC_DUTY_H
#define TC_DUTY_H
/*
 * duty: who must act on a record, on what, and since when.
 *
 * From the record's status and the members that decide.h made: every state that waits
 * (machine.h) waits for somebody, and so does what the checks leave open.  Every tool
 * counts duties in its summary, tc-export todo lists them.  Pure.
 */
#include <stddef.h>	/* size_t */

struct node;

enum duty_actor {
	DUTY_REVIEWER, DUTY_SCHOOL, DUTY_OPERATOR, DUTY_REGISTER, DUTY_STUDENT,
	DUTY_ACTORS
};

enum duty_kind {
	DUTY_LOOK,		/* the checks leave it to a person */
	DUTY_SETTLE,		/* people disagree about the picture */
	DUTY_IDENTITY,		/* the register doubts it */
	DUTY_OTHER,		/* another's picture is said to be this one's */
	DUTY_UNLOCK,		/* the student's account is locked */
	DUTY_CLAIM, DUTY_NOTE, DUTY_LINK, DUTY_ANSWER, DUTY_RETAKE, DUTY_SHOOT,
	DUTY_KINDS
};

enum { DUTY_MAX = 12 };		/* of one record */

struct duty {
	enum duty_actor actor;
	enum duty_kind kind;
	const char *field;	/* of a claim, "photo", "other" */
	const char *since;	/* YYYY-MM-DD and more, or NULL: unknown */
	const struct node *item;	/* what was answered, or NULL */
};

/* The word in messages, "reviewer". */
const char *duty_actor_name(enum duty_actor actor);

/* Fill duties and return how many there are.  Texts are the record's. */
size_t duty_list(const struct node *photo, struct duty duties[static DUTY_MAX]);

#endif
