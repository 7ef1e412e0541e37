#ifndef TC_RECALL_H
#define TC_RECALL_H
/*
 * recall: the sheets of the workbook 重拍名单, and who is on which.
 */
#include "lib/record/notices.h"

struct node;
struct profile;
struct recall;
struct workbook_extra;
struct xlsx;

enum recall_sheet {
	RECALL_NEW, RECALL_STILL, RECALL_MISSING, RECALL_LOCKED, RECALL_SHEETS,
	RECALL_NONE		/* not to be called back */
};

/* Where a photo belongs; known is whether it was told on an earlier day. */
enum recall_sheet recall_place(const struct node *photo,
    const struct profile *profile, int known);

/* The four sheets of a workbook, with headings; rows are then added in any order
 * of sheets.  Of the columns that extra names only those that the school has are
 * there.  deadline is a date or "". */
struct recall *recall_new(struct xlsx *xlsx, const struct profile *profile,
    const struct workbook_extra *extra, const char *deadline);
void recall_add(struct recall *recall, enum recall_sheet sheet,
    const struct node *photo, const struct notice *notice);
/* Finish the sheets and free; NULL is fine. */
void recall_end(struct recall *recall);

#endif
