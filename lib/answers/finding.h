#ifndef TC_FINDING_H
#define TC_FINDING_H
/*
 * finding: one answer of a person about one student, as the forms and pages offer them.
 */
#include "lib/decision/machine.h"

enum finding_kind {
	FINDING_RIGHT, FINDING_PASS, FINDING_RETAKE, FINDING_NOT_SELF,
	FINDING_NAME, FINDING_ID_NUMBER, FINDING_STUDENT_NO, FINDING_OTHER,
	FINDING_ACCEPT, FINDING_DISMISS		/* the operator, of what is open */
};

/* Texts are borrowed, NULL where there is none. */
struct finding {
	enum finding_kind kind;
	enum role role;		/* by the column in which it stands */
	const char *word;	/* as it was written */
	const char *matter;	/* of ACCEPT and DISMISS: which, or NULL: the one
				 * that is open */
	long student;		/* in the ledger */
	long target;		/* of NOT_SELF: whose photo it is, or -1 */
	long row;		/* of those that were read, from 1 */
	const char *place;	/* in the file, "row 3" */
	const char *picture;	/* SHA-256 of the student's photo */
	const char *after, *reason, *before, *who;
	int refused;
};

/* The kind that a word in any column stands for, and which roles may give that answer
 * (bits by enum role); returns 0 when it is none. */
int finding_parse(const char *word, enum finding_kind *kind, unsigned int *roles);
/* The member of the student that it is about, or "photo", "other"; NULL: the one that the
 * operator names. */
const char *finding_field(enum finding_kind kind);
/* Whether it is about the picture, not about the student's name and numbers. */
int finding_is_of_picture(enum finding_kind kind);
/* Whether both are about the same matter of one student and differ. */
int finding_contradicts(const struct finding *a, const struct finding *b);

#endif
