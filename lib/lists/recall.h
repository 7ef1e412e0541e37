#ifndef TC_RECALL_H
#define TC_RECALL_H
/*
 * recall: the workbook 更正名单: pictures that were delivered or printed and are now
 * known to be wrong, for whom, why, what replaces each, and when that was delivered
 * or printed.
 *
 * A picture is wrong when another one is the student's now, or when it was
 * rejected after it had left.  From the journal.
 */
struct kind;

extern const struct kind recall_kind;

#endif
