#ifndef TC_STATS_H
#define TC_STATS_H
/*
 * stats: tc-export stats, the workbook 统计表 of all manifests in the input.
 *
 * A school counts with the last of its manifests.  When there are several of one
 * batch they are its days, in order: the sheet 进度 has a row for each, which for
 * several schools is the sum over the n-th manifest of each (the last one of those
 * that have fewer).
 */
struct kind;

extern const struct kind stats_kind;

#endif
