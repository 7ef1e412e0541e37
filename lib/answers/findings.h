#ifndef TC_FINDINGS_H
#define TC_FINDINGS_H
/*
 * findings: what people found about students, as answers in the journal.
 *
 * Each change is told, before and after, masked.  All of a file's answers are
 * appended together.
 */
#include <stddef.h>	/* size_t */

struct batch;
struct buf;
struct join_photo;
struct ledger;
struct people;
struct profile;

enum finding_kind {
	FINDING_RIGHT, FINDING_PASS, FINDING_RETAKE, FINDING_NOT_SELF,
	FINDING_NAME, FINDING_ID_NUMBER, FINDING_STUDENT_NO, FINDING_OTHER
};

/* Texts are borrowed, NULL where there is none. */
struct finding {
	enum finding_kind kind;
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
	const struct finding *items;
	size_t count;
	int accept_identity;
	const char *file, *file_name;	/* SHA-256 and name */
};

/* Whether it is about the picture, not about the student's name and numbers. */
int finding_is_of_picture(enum finding_kind kind);
/* Whether both speak of the same matter of one student and differ. */
int finding_contradicts(const struct finding *a, const struct finding *b);

/* *added: lines that are new.  0, or -1 with the reason. */
int findings_append(const struct findings *findings, size_t *added,
    struct buf *err);

#endif
