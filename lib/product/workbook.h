#ifndef TC_WORKBOOK_H
#define TC_WORKBOOK_H
/*
 * workbook: a workbook of one batch, and the columns that not every school has.
 *
 * Each printed page bears title, school, class and date.
 */
struct batch;
struct buf;
struct node;
struct xlsx;

/* Begin a workbook that becomes the file at path; date NULL is the batch's.  NULL
 * with the reason; end with xlsx_close. */
struct xlsx *workbook_new(const struct batch *batch, const char *path,
    const char *title, const char *date, struct buf *err);

/* Columns that only rosters of continuing education have. */
struct workbook_extra {
	int teaching_point;	/* one that is not just the college again */
	int season;
};
/* Set what the student has; zero-initialise extra before the first. */
void workbook_note(struct workbook_extra *extra, const struct node *student);

#endif
