#ifndef TC_SAYING_H
#define TC_SAYING_H
/*
 * saying: builds the journal's answers from findings, and reports them.
 */
#include "lib/answers/answerlist.h"
#include "lib/base/buf.h"

struct finding;
struct findings;

struct saying {
	const struct findings *findings;
	struct answerlist said;
	struct buf note;	/* about the finding in work */
};

/* Add an answer about a student, with who and why from the finding; the pointer is valid
 * until the next call. */
struct journal_answer *saying_add(struct saying *saying, enum journal_kind kind,
    long student, const struct finding *finding);
/* The student's photo, or NULL; the student's record, kept. */
const char *saying_picture(const struct findings *findings, long student);
const char *saying_record(struct saying *saying, long student);
/* The student of a record of this batch, or PEOPLE_NOBODY. */
long saying_student(const struct findings *findings, const char *record);

/* Keep the sentence about what happens to a photo, or about a claim, masked; it is
 * reported once the answers are accepted. */
void saying_note(struct saying *saying, const struct finding *finding,
    const char *what);
extern const char saying_accepted[];
void saying_note_claim(struct saying *saying, const struct finding *finding,
    const char *field, const char *before, const char *after, const char *what);

/* The value that is claimed of a field, tidy, or NULL. */
const char *saying_tidy(struct saying *saying, const char *field, const char *value);
/* Whether a value may be accepted: an ID number with a wrong check digit is a claim, but
 * not one to accept. */
int saying_is_sound(const char *field, const char *value);

#endif
