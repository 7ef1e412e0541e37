#ifndef TC_MATCHLIST_H
#define TC_MATCHLIST_H
/*
 * matchlist: 待关联名单, the photos without a student and the students without a photo.
 *
 * A workbook that a person fills in (关联学号) and answers.h reads back: sheet
 * 待关联照片 with a small picture of each, sheet 未采集学生 to look numbers up in,
 * sheet 填写说明.  A name that ends in ".csv" gets the first sheet as CSV, without
 * pictures.  It holds names and numbers: it is for those who must know them.
 */
struct batch;
struct buf;
struct join_photo;
struct ledger;
struct profile;

struct matchlist {
	const struct batch *batch;
	const struct profile *profile;
	const struct ledger *ledger;
	const struct join_photo *photos;
	int jobs;		/* worker processes that make the small pictures */
	int force;		/* replace a file with other bytes */
};

/* Write and publish the list at path.  0, or -1 with the reason. */
int matchlist_write(const struct matchlist *wanted, const char *path,
    struct buf *err);

#endif
