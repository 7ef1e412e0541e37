#ifndef TC_HEADING_H
#define TC_HEADING_H
/*
 * heading: where in a table the students are: sheet, row of headings, columns.
 *
 * The row of headings is the one in which most columns are known, of those that
 * name at least one number by which students are told apart.  One column per
 * heading; several columns may give one field, in the order of preference.
 */
#include <stddef.h>	/* size_t */

struct buf;
struct columns;
struct table;

enum {
	HEADING_ROWS = 40,	/* so many rows of a sheet are looked at */
	HEADING_COLUMNS_MAX = 128
};

struct heading {
	size_t sheet, row;
	int known;		/* columns that were recognised, ignored included */
	size_t count;
	struct heading_column {
		int field;	/* enum student_field */
		int rank;	/* lower is preferred */
		size_t column;
	} columns[HEADING_COLUMNS_MAX];
};

/* Find it; sheet and header_row as in roster_options.  Sentences about what the
 * operator should know are appended to notes, each with a line feed.  0, or -1
 * with the reason. */
int heading_find(const struct table *table, const struct columns *columns,
    const char *sheet, long header_row, struct heading *heading,
    struct buf *notes, struct buf *err);

/* Whether a row below repeats the headings (a second line of codes, the top of
 * another page). */
int heading_is_repeated(const struct heading *heading,
    const struct table *table, const struct columns *columns, size_t row);

#endif
