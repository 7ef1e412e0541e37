#ifndef TC_RECALL_H
#define TC_RECALL_H
/*
 * recall: the workbook 更正名单: pictures that were delivered or printed and are now
 * known to be wrong: whose, why, what replaces each, and when it was delivered or printed.
 *
 * A picture is wrong when the student has another one now, or when it was rejected after
 * it had been delivered.  From the journal.
 */
struct kind;

extern const struct kind recall_kind;

#endif
