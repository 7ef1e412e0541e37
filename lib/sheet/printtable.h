#ifndef TC_PRINTTABLE_H
#define TC_PRINTTABLE_H
/*
 * printtable: the columns of 排版冲印数据, the table that orders prints.
 *
 * tc-export writes it prefilled, the school puts it in order and may correct
 * school, college and class, and tc-layout reads it back (printin.h).  Student
 * number, name and the ID number's last four are there to be compared with the
 * record, which the token names; no other edit reaches a print.
 */
struct buf;
struct node;

/* In the order in which they are written. */
enum printtable_column {
	PRINTTABLE_INDEX, PRINTTABLE_STUDENT_NO, PRINTTABLE_NAME,
	PRINTTABLE_LAST_FOUR, PRINTTABLE_SCHOOL, PRINTTABLE_COLLEGE,
	PRINTTABLE_CLASS, PRINTTABLE_COPIES,
	PRINTTABLE_TOKEN,	/* the record's id; hide this column */
	PRINTTABLE_COLUMNS
};

/* The sheet's name and the deliverable's. */
extern const char printtable_title[];

const char *printtable_heading(enum printtable_column column);
/* The column of a heading, ignoring blanks at its ends; -1 when it is none. */
int printtable_find(const char *heading);

/* Append what the table has in a column for a photo record, as text; school is used for a
 * student without one.  index (from 1) and copies are the numbers of their columns. */
void printtable_value(enum printtable_column column, const struct node *photo,
    const char *school, long index, long copies, struct buf *out);

#endif
