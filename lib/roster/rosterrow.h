#ifndef TC_ROSTERROW_H
#define TC_ROSTERROW_H
/*
 * rosterrow: one row below a row of headings, and what it is.
 */
#include <stddef.h>	/* size_t */

#include "lib/base/buf.h"
#include "lib/roster/roster.h"

struct columns;
struct heading;
struct table;

enum rosterrow_kind {
	ROSTERROW_STUDENT,	/* student is filled */
	ROSTERROW_REFUSED,	/* a student's, and of no use: reason */
	ROSTERROW_SKIPPED	/* no student: reason, text */
};

struct rosterrow {
	struct roster_student student;
	uint32_t values[STUDENT_FIELD_COUNT];	/* of it, in the pool */
	struct buf reason;
	struct buf text;	/* first words, fit for a message */
	int masked;		/* names may be, by the caller */
	/* working space */
	const struct columns *columns;
	const char *first;	/* text of the row, without the blanks before it */
	struct buf value, notes, doubts;
	int keys, short_keys, damaged;
	int words;		/* numbers with words in them: 小教2201 */
	int dates;		/* where numbers belong */
	int wordy;		/* columns of numbers that hold words */
	int footer;		/* the first of them is a word that stands under lists */
	int name;		/* enum value_kind */
	int short_list;		/* the list's numbers are short ones */
	int begun;		/* the list has a student */
	uint64_t says;		/* of a refused row: a hash of all its cells */
};

void rosterrow_init(struct rosterrow *row);
void rosterrow_release(struct rosterrow *row);

/* Read the row with that index.  Notes are of the student or of the reason. */
enum rosterrow_kind rosterrow_read(struct rosterrow *row,
    const struct table *table, const struct heading *heading,
    const struct columns *columns, size_t index, struct pool *pool);

#endif
