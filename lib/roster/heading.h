#ifndef TC_HEADING_H
#define TC_HEADING_H
/*
 * heading: where in a sheet the students are: row of headings, columns.
 *
 * The row of headings is the one in which most columns are known, of those that
 * name at least one number that identifies students.  Headings may take
 * two rows (证件 over 号码).  One column per heading; several columns may give one
 * field, in the order of preference.
 */
#include <stddef.h>	/* size_t */
#include <stdint.h>	/* uint64_t */

struct buf;
struct columns;
struct table;

enum {
	HEADING_ROWS = 40,	/* so many rows of a sheet are looked at */
	HEADING_COLUMNS_MAX = 128
};

struct heading {
	size_t sheet;
	size_t first, row;	/* its first and last row */
	int known;		/* columns that were recognised, ignored included */
	size_t texts;		/* cells with a text of their own */
	size_t count;
	struct heading_column {
		int field;	/* enum student_field */
		int rank;	/* lower is preferred */
		size_t column;
	} columns[HEADING_COLUMNS_MAX];
};

/* The best one near a sheet's top; 0 when there is none. */
int heading_find(const struct table *table, const struct columns *columns,
    size_t sheet, struct heading *heading);
/* The one whose last row has the number that the caller gives.  0, or -1 with the
 * reason. */
int heading_of_row(const struct table *table, const struct columns *columns,
    size_t sheet, long number, struct heading *heading, struct buf *err);
/* Whether a row further down is one: most of its cells are headings, one of them
 * of a number.  It is then read into *heading. */
int heading_at(const struct table *table, const struct columns *columns,
    size_t sheet, size_t row, struct heading *heading);
/* Whether every column of again is one of heading's: the top of another page, a
 * second line of codes. */
int heading_repeats(const struct heading *heading, const struct heading *again);

/* Whether every text of a row explains a heading: 必填, 文本格式. */
int heading_is_explained(const struct table *table, const struct columns *columns,
    size_t sheet, size_t row);

/* Append sentences about columns with the same heading to notes, each with a line feed; -1
 * with the reason when two students stand in one row, of which one would be lost. */
int heading_check(const struct table *table, const struct heading *heading,
    struct buf *notes, struct buf *err);

/* Append a column's heading as it was read: of two rows joined. */
void heading_text(const struct table *table, const struct heading *heading,
    size_t column, struct buf *out);

/* The fields that its columns give except remarks, a bit each, to compare the headings of
 * two tables. */
uint64_t heading_fields(const struct heading *heading);
/* Whether a field identifies students. */
int heading_is_key(int field);
/* Whether it has a column of that field. */
int heading_has(const struct heading *heading, int field);

#endif
