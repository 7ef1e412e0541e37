#ifndef TC_FINDINGS_PARTS_H
#define TC_FINDINGS_PARTS_H
/*
 * findings_parts: what findings.c, exchange.c and settle.c share; nobody else
 * includes this.
 */
#include <stddef.h>	/* size_t */

#include "lib/answers/findings.h"
#include "lib/batch/journal.h"

struct pool;

/* The answers while they are made. */
struct saying {
	const struct findings *findings;
	struct pool *pool;
	struct journal_answer *said;
	size_t count;
};

/* Add an answer about a student, with what the finding says of who and why; the
 * pointer holds until the next. */
struct journal_answer *findings_say(struct saying *saying,
    enum journal_kind kind, long student, const struct finding *finding);
const char *findings_keep(struct saying *saying, const char *text);
/* The student's photo, or NULL; the student's record, kept. */
const char *findings_picture(const struct findings *findings, long student);
const char *findings_record(struct saying *saying, long student);
/* The student of a record of this batch, or PEOPLE_NOBODY. */
long findings_student(const struct findings *findings, const char *record);
/* Tell what becomes of a photo. */
void findings_tell(const struct findings *findings, const struct finding *finding,
    const char *what);
/* Tell a claim, masked. */
void findings_tell_claim(const struct findings *findings,
    const struct finding *finding, const char *field, const char *before,
    const char *after, int accepted);
/* The value that is claimed of a field, tidy, or NULL. */
const char *findings_tidy(struct saying *saying, const char *field,
    const char *value);
/* An ID number that does not hold together is a claim, but not one to accept. */
int findings_is_sound(const char *field, const char *value);

/* exchange.c: 照片不是本人.  The pictures of students who name one another, in this
 * file or before, change places; else the picture is nobody's. */
void exchange_say(struct saying *saying, const struct finding *finding);

/* settle.c: what the operator says of what is open.  A clause why not, or NULL. */
const char *settle_say(struct saying *saying, const struct finding *finding);

#endif
