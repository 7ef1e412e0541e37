#ifndef TC_PRINTINDEX_H
#define TC_PRINTINDEX_H
/*
 * printindex: on which sheet each student's prints are, and how many prints there are.
 *
 * A table for whoever packs, hands out and bills: a row for each student in the
 * order of printing, totals by class and by paper, and the students who have no
 * prints, with the reason.  As a workbook of three sheets, or as CSV in which the
 * first column says which sheet a row is of.  Names are masked.  No ID number is in it.
 */
struct batch;
struct buf;
struct printindex;

/* Begin; .xlsx or .csv in path decides.  NULL with the reason. */
struct printindex *printindex_new(const char *path, const struct batch *batch,
    int chinese, struct buf *err);

struct printindex_row {
	const char *file;
	long sheet, row;	/* from 1 */
	const char *student_no, *name;	/* the name masked */
	const char *class;	/* all levels */
	long copies;
	const char *remark;
};
/* In the order of printing. */
void printindex_print(struct printindex *index,
    const struct printindex_row *row);
/* A student without prints; remark says why. */
void printindex_left(struct printindex *index, const struct printindex_row *row);
/* Add to the totals: that many sheets and prints on a paper. */
void printindex_paper(struct printindex *index, const char *paper, long sheets,
    long prints);

/* Add where prints go: school, address, recipient; once each. */
void printindex_address(struct printindex *index, const char *address);

/* Complete and put in place.  0, or -1 with the reason. */
int printindex_publish(struct printindex *index, int replace, struct buf *err);
void printindex_free(struct printindex *index);	/* NULL is fine */

#endif
