#ifndef TC_RETAKESHEET_H
#define TC_RETAKESHEET_H
/*
 * retakesheet: the sheets of the workbook 重拍名单, and who is on which.
 */
#include "lib/batch/notices.h"

struct node;
struct profile;
struct retakesheet;
struct workbook_extra;
struct xlsx;

enum retake_sheet {
	RETAKE_NEW, RETAKE_STILL, RETAKE_MISSING, RETAKE_LOCKED, RETAKE_SHEETS,
	RETAKE_NONE		/* not to be called back */
};

/* The sheet of a photo; known: it was listed on an earlier day. */
enum retake_sheet retakesheet_place(const struct node *photo,
    const struct profile *profile, int known);

/* The four sheets of a workbook, with headings; rows are then added in any order
 * of sheets.  Of the columns that extra names only those that the school has are
 * there.  deadline is a date or "". */
struct retakesheet *retakesheet_new(struct xlsx *xlsx, const struct profile *profile,
    const struct workbook_extra *extra, const char *deadline);
void retakesheet_add(struct retakesheet *retakesheet, enum retake_sheet sheet,
    const struct node *photo, const struct notice *notice);
/* Finish the sheets and free; NULL is fine. */
void retakesheet_end(struct retakesheet *retakesheet);

#endif
