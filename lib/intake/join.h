#ifndef TC_JOIN_H
#define TC_JOIN_H
/*
 * join: which entry is which student's photo.
 *
 * A picture that a person linked belongs to that student, and so does one that was
 * delivered or confirmed, whatever a later roster calls the student.  The path of every
 * other one is looked up among the students (candidates.h), except where a person answered
 * that it is not this student's.  One that no longer refers to anybody stays with
 * the student for whom a reviewer passed it.  Of the pictures of one student
 * one is chosen: the locked one; one that can be read before one that cannot; one
 * that names this very row before one that names the person by another row's
 * number, and that before one that has only a name; one that no reviewer rejected;
 * then the latest upload, then the later entry.  What the checks say of them
 * is for tc-check to weigh.  The same bytes again are no new picture of the student.  A
 * file that is no picture and whose name refers to a student without one is what came
 * in its place.  Pure: the same ledger and journal give the same result.
 */
#include <stddef.h>	/* size_t */

struct journal;
struct ledger;
struct ledger_entry;
struct ledger_upload;

/* `before` of a link that was made after people disagreed: it settles the disagreement. */
#define JOIN_CONFLICT "conflict"

/* The photo of a student, or a file that came and cannot be used: its kind is not
 * LEDGER_PICTURE then.  entry is NULL when there is none. */
struct join_photo {
	struct ledger_upload *upload;
	struct ledger_entry *entry;
	int by;			/* enum match_field */
	int weak;
	int locked;
	int rejected;		/* by a reviewer */
	int doubt;		/* enum match_doubt */
	int later;		/* a locked one was chosen though others came later */
	int held;		/* others came while the account was closed, account.h */
};

/* Choose, and set match in every entry.  Students that are removed and not kept
 * are not looked for.  batch is the batch's id, with which the journal names
 * students who have a number.  Returns an array with a photo for each student,
 * which the caller frees. */
struct join_photo *join_run(const struct ledger *ledger,
    const struct journal *journal, const char *batch);

#endif
