#ifndef TC_CUT_H
#define TC_CUT_H
/*
 * cut: label the cells of a plane in two kinds at the least total cost.
 *
 * Each cell has a cost for either label, each pair of the eight neighbours a
 * cost for being labelled apart.  The labelling found is the cheapest of all:
 * a minimum cut by augmenting paths, with two search trees that are kept from
 * path to path (Boykov, Kolmogorov 2004).  Costs are whole numbers, so that the
 * result does not depend on rounding.
 */
struct cut;

enum { CUT_SIDE_MAX = 8192, CUT_COST_MAX = 1 << 20 };

/* A plane of width * height cells without costs.  Free with cut_free. */
struct cut *cut_new(int width, int height);
void cut_free(struct cut *cut);

/* The cost of label 0 and of label 1 for a cell, 0 .. CUT_COST_MAX. */
void cut_cell(struct cut *cut, int x, int y, int zero, int one);
/* The label is known: the cell takes part through its neighbours only. */
void cut_fix(struct cut *cut, int x, int y, int label);
/* The cost of labelling (x, y) and its neighbour apart; the neighbour is to
 * the right, below, or below to the right or left, and must be inside. */
enum cut_side { CUT_RIGHT, CUT_BELOW, CUT_BELOW_RIGHT, CUT_BELOW_LEFT };
void cut_pair(struct cut *cut, int x, int y, enum cut_side side, int cost);

/* Solve, once; then ask for labels. */
void cut_solve(struct cut *cut);
int cut_label(const struct cut *cut, int x, int y);

#endif
