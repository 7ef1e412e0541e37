#ifndef TC_PRINTIN_H
#define TC_PRINTIN_H
/*
 * printin: 排版冲印数据 as a school sends it back (printtable.h).
 *
 * Its rows give order and copies, and may replace the names of school, college and
 * class.  A row names its record by the token, or by the student number where the
 * token is missing; student number, name and ID must be the record's, or the row is
 * refused: a print under another name is worse than none.  Reasons name rows, never
 * a person.  Headings may also have the spellings of share/columns.conf.
 */
#include <stddef.h>	/* size_t */

#include "lib/sheet/printtable.h"

struct buf;
struct node;
struct profile;
struct table;

enum printin_state { ROW_OPEN, ROW_TAKEN, ROW_REFUSED };

struct printin_row {
	long number;		/* in the file, from 1 */
	const char *cells[PRINTTABLE_COLUMNS];	/* "" where empty */
	long copies;		/* -1: as many as the profile says */
	enum printin_state state;
	char *reason;		/* of a refused row, else NULL */
};

struct printin {
	struct table *table;	/* holds the texts */
	struct printin_row *rows;
	size_t count;
	struct printin_key *keys;	/* of rows, sorted */
};

/* Read the table, as tableapart_read does.  What is wrong with one row refuses that row.
 * 0, or -1 with the reason.  Release with printin_release either way. */
int printin_read(const char *path, long copies_max, const struct profile *profile,
    struct printin *in, struct buf *err);
void printin_release(struct printin *in);

/* The row of a photo record, which is then taken, or NULL.  A row that does not
 * agree with the record is refused, and the record has none. */
struct printin_row *printin_take(struct printin *in, const struct node *photo);

/* Put the row's words into a student. */
void printin_override(const struct printin_row *row, struct node *student);

/* Refuse what no record took.  Call when all records have been seen. */
void printin_refuse_rest(struct printin *in);

#endif
