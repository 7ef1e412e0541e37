#ifndef TC_FEEDBACK_H
#define TC_FEEDBACK_H
/*
 * feedback: tc-export feedback, the workbook 电子图像校对反馈表 for a school, in
 * several volumes when there are many students; see errata.h.
 */
struct kind;

extern const struct kind feedback_kind;

#endif
