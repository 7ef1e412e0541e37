#ifndef TC_FEEDBACK_H
#define TC_FEEDBACK_H
/*
 * feedback: tc-export feedback, the workbook 电子图像校对反馈表 for a school.
 *
 *	反馈表    the form (forms.md 4), one A4 page to print, stamp and send
 *	勘误      one row a student: picture, what is known, three columns to answer
 *	填写说明  how to fill it in
 *
 * The rows are the students in the manifest's order; photos that no student
 * claims are no rows.  On 勘误 only the answer columns can be written, and the
 * hidden column 记录号 holds the record's id, by which answers find their way
 * back.
 */
struct kind;

extern const struct kind feedback_kind;

#endif
