#ifndef TC_FINDINGS_H
#define TC_FINDINGS_H
/*
 * findings: what people found about students, as answers in the journal.
 *
 * Each change is told, before and after, masked.  All of a file's answers are
 * appended together.
 */
#include <stddef.h>	/* size_t */

#include "lib/decision/machine.h"

struct accept;
struct batch;
struct buf;
struct join_photo;
struct ledger;
struct people;
struct profile;

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
	long row;		/* in the file */
	const char *picture;	/* SHA-256 of the student's photo */
	const char *after, *reason, *before, *who;
	int refused;
};

struct findings {
	const struct batch *batch;
	const struct profile *profile;
	const struct ledger *ledger;
	const struct people *people;
	const struct join_photo *photos;
	const struct accept *accept;
	const struct finding *items;
	size_t count;
	int accept_identity;
	const char *file, *file_name;	/* SHA-256 and name */
};

/* The one that is meant by a word in any column, and which roles may say it (bits
 * by enum role); 0 when it is none. */
int finding_parse(const char *word, enum finding_kind *kind, unsigned int *roles);
/* Whether it is about the picture, not about the student's name and numbers. */
int finding_is_of_picture(enum finding_kind kind);
/* Whether both speak of the same matter of one student and differ. */
int finding_contradicts(const struct finding *a, const struct finding *b);

/* Those that cannot be as things stand are told and counted in *refused.  *added:
 * lines that are new.  0, or -1 with the reason. */
int findings_append(const struct findings *findings, size_t *added,
    size_t *refused, struct buf *err);

#endif
