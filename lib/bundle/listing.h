#ifndef TC_LISTING_H
#define TC_LISTING_H
/*
 * listing: a bundle's table, in each form that the profile asks for.
 *
 * One row a photo, columns by the register's names (register.h), all cells text.
 * The forms go to unnamed files in the batch directory while rows are added, so
 * memory does not grow with rows.
 */
struct batch;
struct buf;
struct listing;
struct node;
struct profile;

/* "csv" (UTF-8 with a mark), "csv-gb18030", "xlsx", "dbf" (GB18030). */
enum listing_form {
	LISTING_CSV, LISTING_CSV_GB18030, LISTING_XLSX, LISTING_DBF, LISTING_FORMS
};

/* Begin a listing with columns and forms of the profile's [bundle] table_columns
 * and table_forms.  NULL with the reason: a column that the register does not
 * have, a form that is none. */
struct listing *listing_new(const struct batch *batch,
    const struct profile *profile, struct buf *err);

/* Add a photo's row; image is its file name in the bundle. */
int listing_add(struct listing *listing, const struct node *photo,
    const char *image, struct buf *err);

/* Finish all forms. */
int listing_end(struct listing *listing, struct buf *err);
/* After listing_end: a form's file, open for reading, which the listing keeps, or
 * -1 when the profile does not ask for it; and its name ("table.csv"). */
int listing_file(const struct listing *listing, enum listing_form form);
const char *listing_name(enum listing_form form);

void listing_free(struct listing *listing);	/* NULL is fine */

#endif
