#ifndef TC_SCHOOLS_H
#define TC_SCHOOLS_H
/*
 * schools: one school's row of the centre's table of schools (学校信息表).
 *
 * Columns are known by their headings, share/schools.conf.  The table is read in a
 * process of its own, as rosters are.  What a row gives:
 *	"name", "city", "contact", "phone", "address", "postcode"	texts
 *	"feedback", "paid_date"	the day of the stamped form, of the payment
 *	"paid"	what was received, yuan
 *	"set"	values of the profile, "SECTION.KEY": value, that hold for this school
 *	"points"	of rows with a teaching point: "name", "contact", "phone",
 *			"address", "postcode" of each
 *	"outside"	what of its days and hours the profile's [window] does not allow:
 *			sentences
 * each only where the table has it.
 */
struct buf;
struct node;
struct profile;

/* The row of the school with this code; days without a year are of that year.  Returns
 * it (the caller frees it), or NULL with the reason: the file, no such school, two rows
 * that differ, a cell that cannot be read. */
struct node *schools_find(const char *path, const char *code, int year,
    const struct profile *profile, struct buf *err);

/* Whether the table at path has such headings; reads it in this process. */
int schools_is_table(const char *path);

#endif
