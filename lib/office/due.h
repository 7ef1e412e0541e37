#ifndef TC_DUE_H
#define TC_DUE_H
/*
 * due: tc-export due, the workbook 催办表: who owes what about each school, since when,
 * until when, overdue first; and a text for each school with which it is reminded.
 * tc-export due-table: the same debts as CSV, with the day first.
 */
struct kind;

extern const struct kind due_kind, due_table_kind;

#endif
