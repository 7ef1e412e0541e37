#ifndef TC_PREFILL_H
#define TC_PREFILL_H
/*
 * prefill: tc-export layout-table, the workbook 排版冲印数据 with everything filled
 * in; a school puts it in order and tc-layout reads it (printtable.h).
 *
 * A row for each student who has an image to print, in the order of lists
 * (students.h).
 */
struct kind;

extern const struct kind prefill_kind;

#endif
