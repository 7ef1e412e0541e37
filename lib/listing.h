#ifndef TC_LISTING_H
#define TC_LISTING_H
/*
 * listing: a bundle's table, as CSV for machines and as a workbook for people.
 *
 * One row a photo, columns by the register's names (register.h), all cells text.
 * Both forms go to temporary files in the batch directory while rows are added,
 * so memory does not grow with rows.
 */
struct batch;
struct buf;
struct listing;
struct node;
struct profile;

/* Begin a listing with the columns of the profile's list at section, key.  NULL
 * with the reason: a column that the register does not have. */
struct listing *listing_new(const struct batch *batch,
    const struct profile *profile, const char *section, const char *key,
    struct buf *err);

/* Add a photo's row; image is its file name in the bundle. */
int listing_add(struct listing *listing, const struct node *photo,
    const char *image, struct buf *err);

/* Finish both forms and give them as open files, which listing keeps. */
int listing_end(struct listing *listing, int *csv, int *xlsx, struct buf *err);

void listing_free(struct listing *listing);	/* NULL is fine */

#endif
