#ifndef TC_SCHOOLINFO_H
#define TC_SCHOOLINFO_H
/*
 * schoolinfo: the batch's school in the table of schools.
 *
 * The row is kept in the batch as school.json, so that a run without the table
 * says the same.
 */
struct batch;
struct buf;
struct node;
struct profile;

/* Read the school's row from the table at path, or the one that was kept when path is NULL;
 * *particulars is NULL when there is none; the caller frees it.  A school without a name
 * gets the table's.  0, or -1 with the reason. */
int schoolinfo_take(struct batch *batch, const char *path,
    const struct profile *profile, struct node **particulars, struct buf *err);

#endif
