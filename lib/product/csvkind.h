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
struct kind;

extern const struct kind csv_kind;

#endif
