#ifndef TC_CSVKIND_H
#define TC_CSVKIND_H
/*
 * csvkind: tc-export csv, any members of the photo records as a table.
 *
 * A column is a member's dotted name ("student.student_no", "checks.0.id"), in which a
 * check may stand by its id ("checks.pose.roll.value"; without a member its verdict), or
 * "batch." and a member of the batch record.  Sets of columns have names: share/csv.
 * All batches of the input are one table.
 */
struct buf;
struct kind;
struct node;

extern const struct kind csv_kind;

/* Append the value at a dotted name: a text as it is, anything else as JSON.  Returns
 * whether there is one. */
int csvkind_value(const struct node *record, const char *name, struct buf *out);

#endif
