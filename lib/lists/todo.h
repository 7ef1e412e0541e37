#ifndef TC_TODO_H
#define TC_TODO_H
/*
 * todo: the workbook 待办表, a sheet for each role that must act (duty.h): record, what is
 * open, for how many working days (workdays.h), and what to do.  The operator's sheet has
 * columns to answer in, which tc-ingest --corrections reads.
 *
 * Memory: 40 bytes a row, and the workbook.
 */
struct kind;

extern const struct kind todo_kind;

#endif
