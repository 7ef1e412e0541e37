#ifndef TC_DUE_H
#define TC_DUE_H
/*
 * due: tc-export due, the workbook 催办表: what is still to be done about each school, by
 * whom, since when, until when, overdue first; and a text of a reminder for each school.
 * tc-export due-table: the same as CSV, with the day in the first column.
 */
struct kind;

extern const struct kind due_kind, due_table_kind;

#endif
