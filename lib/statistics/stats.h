#ifndef TC_STATS_H
#define TC_STATS_H
/*
 * stats: tc-export stats, the workbook 统计表 of all manifests in the input.
 *
 * The last manifest of each school counts.  Several manifests of one batch are its days,
 * in order: the sheet 进度 has a row for each, which for several schools is the sum over
 * the n-th manifest of each (the last one where a school has fewer).
 */
struct kind;

extern const struct kind stats_kind;

#endif
