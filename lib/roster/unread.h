#ifndef TC_UNREAD_H
#define TC_UNREAD_H
/*
 * unread: the columns of a list that were not read, and what they probably hold.
 *
 * A column whose heading is not known is recognised by the values below it, so that an
 * operator sees that the students' ID numbers are in it.
 */
#include <stddef.h>	/* size_t */

struct buf;
struct columns;
struct heading;
struct roster;
struct table;

/* Add a gap for each column of the roster's last list that has texts in the rows
 * from first to before end and that heading does not give. */
void unread_columns(struct roster *roster, const struct table *table,
    const struct columns *columns, const struct heading *heading, size_t first,
    size_t end);
/* How many rows of a sheet look like students': a number and a name. */
size_t unread_students(const struct table *table, size_t sheet);
/* Whether a sheet is a list of students and nothing else: all that stands below its
 * headings is in columns that share/columns.conf knows, and in none for remarks. */
int unread_is_list(const struct table *table, size_t sheet);
/* Append clauses about the columns of a table without known headings that look like
 * numbers of students, each begun by "; ". */
void unread_hint(const struct table *table, struct buf *out);

#endif
