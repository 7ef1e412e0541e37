#ifndef TC_ROSTERKEYS_H
#define TC_ROSTERKEYS_H
/*
 * rosterkeys: which students of a roster are the same one.
 *
 * Student numbers and exam numbers belong to one student each.  An ID number
 * belongs to one person, who may be there more than once with different student
 * numbers (a double degree, an upgrade).
 */
#include <stddef.h>	/* size_t */

struct buf;
struct rosterkeys;
struct student;

enum rosterkeys_verdict {
	ROSTERKEYS_NEW,		/* another student */
	ROSTERKEYS_REPEATED,	/* the student at *other again */
	ROSTERKEYS_CONFLICT	/* contradicts the student at *other */
};

struct rosterkeys *rosterkeys_new(void);
void rosterkeys_free(struct rosterkeys *keys);	/* NULL is fine */

/* Compare students[index] with those before it, and remember it when it is new.
 * *other is an index and only set when not new; the reason, a clause without
 * "row", is appended for a conflict.  A new one whose person stands elsewhere
 * under another name sets *namesake to that index, else to index. */
enum rosterkeys_verdict rosterkeys_add(struct rosterkeys *keys,
    const struct student *students, size_t index, size_t *other,
    size_t *namesake, struct buf *reason);

#endif
