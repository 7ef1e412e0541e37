#ifndef TC_ROSTERKEYS_H
#define TC_ROSTERKEYS_H
/*
 * rosterkeys: students who are in a roster twice.
 *
 * Student numbers and exam numbers belong to one student each.  An ID number
 * belongs to one person, who may be there more than once with different student
 * numbers (a double degree, an upgrade).
 */
#include <stddef.h>	/* size_t */

struct roster;
struct rosterkeys;

enum rosterkeys_verdict {
	ROSTERKEYS_NEW,		/* another student */
	ROSTERKEYS_REPEATED,	/* the student at other again */
	ROSTERKEYS_CONFLICT	/* contradicts the student at other */
};

struct rosterkeys_found {
	size_t other;		/* where it is not new */
	size_t namesake;	/* a new one whose person stands there under another
				 * name, else the student's own index */
	/* Of a conflict: what both have ("student number") and what differs
	 * ("ID number"), NULL where too many have it. */
	const char *shared, *differs;
};

/* For a roster whose students do not change their places meanwhile. */
struct rosterkeys *rosterkeys_new(struct roster *roster);
void rosterkeys_free(struct rosterkeys *keys);	/* NULL is fine */

/* Compare a student with those added before, and add it when it is new. */
enum rosterkeys_verdict rosterkeys_add(struct rosterkeys *keys, size_t index,
    struct rosterkeys_found *found);

#endif
