#ifndef TC_ROSTER_H
#define TC_ROSTER_H
/*
 * roster: the students of a table file.
 *
 * Sheet and row of headings are found by content (titles above the headings are
 * usual); columns by their headings, share/columns.conf.  A row is a student,
 * refused or repeated, and nothing else: rows below the headings that are blank,
 * totals (合计) or the headings again are no rows.  Reasons and notes name rows
 * and columns, never a person.
 */
#include <stddef.h>	/* size_t */

#include "lib/roster/student.h"

struct buf;

struct roster_options {
	const char *sheet;	/* name, or number from 1; NULL: by content */
	long header_row;	/* from 1; 0: by content */
	const char *columns;	/* file of headings that are looked up before
				 * share/columns.conf, or NULL */
};

struct roster_refusal {
	long row;
	long other;		/* the row that it contradicts or repeats, 0: none */
	char *reason;
};

struct roster {
	struct student *students;
	size_t count;
	struct roster_refusal *refused;
	size_t refused_count;
	struct roster_refusal *repeated;	/* of a student already there */
	size_t repeated_count;
	char **notes;			/* about the roster as a whole */
	size_t note_count;
	char *kind;			/* "XLSX", "CSV in GB18030" ... */
	char *sheet;			/* name, "" when the file has no sheets */
	long header_row;
	struct pool *pool;		/* holds the fields' texts */
};

/* Read a roster.  count + refused_count + repeated_count rows were there.  0, or
 * -1 with the reason; roster_release either way. */
int roster_read(const char *path, const struct roster_options *options,
    struct roster *roster, struct buf *err);
void roster_release(struct roster *roster);

#endif
