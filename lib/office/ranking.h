#ifndef TC_RANKING_H
#define TC_RANKING_H
/*
 * ranking: tc-export ranking, the workbook 优秀组织单位: schools ranked by how well they
 * organised the collection, the numbers behind each rank, and the list for the notice (通报).
 *
 * Six scores from 0 to 100, weighted by the profile's [ranking]; a score that a school
 * cannot have yet (feedback before it is due) is left out with its weight.
 */
struct kind;

extern const struct kind ranking_kind;

#endif
