#include "lib/matte/cut.h"

#include <assert.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/mem.h"

/*
 * Cells lie in a plane with a margin of one, so that neighbours need no bounds;
 * arc a of a cell leads to cell + reach[a], and a ^ 1 leads back.
 */
enum { ARCS = 8 };
enum tree { TREE_NONE, TREE_ONE, TREE_ZERO, TREE_OUT };
enum parent { PARENT_TERMINAL = ARCS, PARENT_NONE };

struct cut {
	int width, height, stride, cells;
	int reach[ARCS];
	int (*room)[ARCS];	/* what may still flow through an arc */
	int *source;		/* still to come from label 1's terminal, or
				 * when negative to go to label 0's */
	unsigned char *tree;	/* TREE_OUT: fixed, or margin */
	unsigned char *parent;
	unsigned char *label;	/* of fixed cells */
	int *depth, *stamp;	/* steps to the terminal, valid at that time */
	int time;
	int *active, *orphan;	/* rings of cells; one more than cells long */
	int active_head, active_tail, orphan_head, orphan_tail;
	unsigned char *queued;	/* bit 0: is in active */
};

static int
index_of(const struct cut *cut, int x, int y)
{
	assert(x >= 0 && y >= 0 && x < cut->width && y < cut->height);
	return (y + 1) * cut->stride + x + 1;
}

struct cut *
cut_new(int width, int height)
{
	struct cut *cut = xcalloc(1, sizeof(*cut));
	size_t cells;

	assert(width > 0 && width <= CUT_SIDE_MAX);
	assert(height > 0 && height <= CUT_SIDE_MAX);
	cut->width = width;
	cut->height = height;
	cut->stride = width + 2;
	cells = (size_t)cut->stride * (size_t)(height + 2);
	cut->cells = (int)cells;
	for (int a = 0; a < ARCS; a++) {
		static const int across[] = { 1, 0, 1, -1 };
		static const int down[] = { 0, 1, 1, 1 };
		int forth = down[a / 2] * cut->stride + across[a / 2];

		cut->reach[a] = a % 2 == 0 ? forth : -forth;
	}
	cut->room = xcalloc(cells, sizeof(*cut->room));
	cut->source = xcalloc(cells, sizeof(*cut->source));
	cut->tree = xmalloc(cells);
	memset(cut->tree, TREE_OUT, cells);
	cut->parent = xcalloc(cells, 1);
	cut->label = xcalloc(cells, 1);
	cut->queued = xcalloc(cells, 1);
	cut->depth = xcalloc(cells, sizeof(*cut->depth));
	cut->stamp = xcalloc(cells, sizeof(*cut->stamp));
	cut->active = xcalloc(cells + 1, sizeof(*cut->active));
	cut->orphan = xcalloc(cells + 1, sizeof(*cut->orphan));
	return cut;
}

void
cut_free(struct cut *cut)
{
	if (cut == NULL)
		return;
	free(cut->room);
	free(cut->source);
	free(cut->tree);
	free(cut->parent);
	free(cut->label);
	free(cut->queued);
	free(cut->depth);
	free(cut->stamp);
	free(cut->active);
	free(cut->orphan);
	free(cut);
}

void
cut_cell(struct cut *cut, int x, int y, int zero, int one)
{
	int at = index_of(cut, x, y);

	assert(zero >= 0 && zero <= CUT_COST_MAX);
	assert(one >= 0 && one <= CUT_COST_MAX);
	cut->tree[at] = TREE_NONE;
	cut->source[at] = zero - one;
}

void
cut_fix(struct cut *cut, int x, int y, int label)
{
	int at = index_of(cut, x, y);

	cut->tree[at] = TREE_OUT;
	cut->label[at] = label != 0;
}

void
cut_pair(struct cut *cut, int x, int y, enum cut_side side, int cost)
{
	int at = index_of(cut, x, y), arc = 2 * (int)side;

	assert(cost >= 0 && cost <= CUT_COST_MAX);
	cut->room[at][arc] = cost;
	cut->room[at + cut->reach[arc]][arc ^ 1] = cost;
}

int
cut_label(const struct cut *cut, int x, int y)
{
	int at = index_of(cut, x, y);

	return cut->tree[at] == TREE_OUT ? cut->label[at] :
	    cut->tree[at] == TREE_ONE;
}

static void
ring_add(struct cut *cut, int *ring, int *tail, int cell)
{
	ring[*tail] = cell;
	*tail = *tail == cut->cells ? 0 : *tail + 1;
}

static int
ring_take(struct cut *cut, const int *ring, int *head)
{
	int cell = ring[*head];

	*head = *head == cut->cells ? 0 : *head + 1;
	return cell;
}

static void
activate(struct cut *cut, int cell)
{
	if (cut->queued[cell])
		return;
	cut->queued[cell] = 1;
	ring_add(cut, cut->active, &cut->active_tail, cell);
}

static void
make_orphan(struct cut *cut, int cell)
{
	cut->parent[cell] = PARENT_NONE;
	ring_add(cut, cut->orphan, &cut->orphan_tail, cell);
}

/* What may flow between cell and its neighbour over arc, in the direction that
 * cell's tree grows: away from label 1's terminal, towards label 0's. */
static int
outward(const struct cut *cut, int cell, int arc, enum tree tree)
{
	return tree == TREE_ONE ? cut->room[cell][arc] :
	    cut->room[cell + cut->reach[arc]][arc ^ 1];
}

/* Fold fixed neighbours into the terminals, plant the trees. */
static void
plant(struct cut *cut)
{
	for (int i = cut->stride; i < cut->cells - cut->stride; i++) {
		if (cut->tree[i] == TREE_OUT)
			continue;
		for (int a = 0; a < ARCS; a++) {
			int next = i + cut->reach[a];

			if (cut->tree[next] != TREE_OUT)
				continue;
			cut->source[i] += cut->label[next] ?
			    cut->room[i][a] : -cut->room[i][a];
			cut->room[i][a] = 0;
		}
		if (cut->source[i] == 0)
			continue;
		cut->tree[i] = cut->source[i] > 0 ? TREE_ONE : TREE_ZERO;
		cut->parent[i] = PARENT_TERMINAL;
		cut->depth[i] = 1;
		activate(cut, i);
	}
}

/* Follow the tree from a cell to its terminal: the least room on the way. */
static int
narrowest(const struct cut *cut, int cell, int least)
{
	enum tree tree = cut->tree[cell];
	int end;

	while (cut->parent[cell] != PARENT_TERMINAL) {
		int arc = cut->parent[cell], up = cell + cut->reach[arc];
		int room = tree == TREE_ONE ? cut->room[up][arc ^ 1] :
		    cut->room[cell][arc];

		least = room < least ? room : least;
		cell = up;
	}
	end = abs(cut->source[cell]);
	return end < least ? end : least;
}

static void
send_along(struct cut *cut, int cell, int flow)
{
	enum tree tree = cut->tree[cell];

	while (cut->parent[cell] != PARENT_TERMINAL) {
		int arc = cut->parent[cell], up = cell + cut->reach[arc];
		int *forth = tree == TREE_ONE ? &cut->room[up][arc ^ 1] :
		    &cut->room[cell][arc];
		int *back = tree == TREE_ONE ? &cut->room[cell][arc] :
		    &cut->room[up][arc ^ 1];

		*forth -= flow;
		*back += flow;
		if (*forth == 0)
			make_orphan(cut, cell);
		cell = up;
	}
	cut->source[cell] += tree == TREE_ONE ? -flow : flow;
	if (cut->source[cell] == 0)
		make_orphan(cut, cell);
}

/* The trees touch over the arc from cell: send what fits. */
static void
augment(struct cut *cut, int cell, int arc)
{
	int one = cell, zero = cell + cut->reach[arc], flow;

	if (cut->tree[cell] != TREE_ONE) {
		one = zero;
		zero = cell;
		arc ^= 1;
	}
	flow = narrowest(cut, zero, narrowest(cut, one, cut->room[one][arc]));
	cut->room[one][arc] -= flow;
	cut->room[zero][arc ^ 1] += flow;
	send_along(cut, one, flow);
	send_along(cut, zero, flow);
}

/* Steps from a cell to its terminal, INT_MAX when an orphan is on the way. */
static int
rooted(struct cut *cut, int cell)
{
	int steps = 0, depth, at = cell;

	while (cut->stamp[at] != cut->time) {
		if (cut->parent[at] == PARENT_NONE)
			return INT_MAX;
		if (cut->parent[at] == PARENT_TERMINAL) {
			cut->stamp[at] = cut->time;
			cut->depth[at] = 1;
			break;
		}
		at += cut->reach[cut->parent[at]];
		steps++;
	}
	depth = cut->depth[at] + steps;
	for (int d = depth; cut->stamp[cell] != cut->time; d--) {
		cut->stamp[cell] = cut->time;
		cut->depth[cell] = d;
		cell += cut->reach[cut->parent[cell]];
	}
	return depth;
}

/* An orphan without a new parent leaves the tree, and its children with it. */
static void
release(struct cut *cut, int cell, enum tree tree)
{
	for (int a = 0; a < ARCS; a++) {
		int next = cell + cut->reach[a];

		if (cut->tree[next] != tree)
			continue;
		if (outward(cut, next, a ^ 1, tree) > 0)
			activate(cut, next);
		if (cut->parent[next] == (a ^ 1))
			make_orphan(cut, next);
	}
	cut->tree[cell] = TREE_NONE;
}

static void
adopt(struct cut *cut, int cell)
{
	enum tree tree = cut->tree[cell];
	int best = INT_MAX, arc = -1;

	for (int a = 0; a < ARCS; a++) {
		int next = cell + cut->reach[a], depth;

		if (cut->tree[next] != tree ||
		    outward(cut, next, a ^ 1, tree) == 0)
			continue;
		depth = rooted(cut, next);
		if (depth < best) {
			best = depth;
			arc = a;
		}
	}
	if (arc < 0) {
		release(cut, cell, tree);
		return;
	}
	cut->parent[cell] = (unsigned char)arc;
	cut->depth[cell] = best + 1;
	cut->stamp[cell] = cut->time;
}

/* Grow the tree of cell by its neighbours; the arc over which it touches the
 * other tree, or -1. */
static int
grow(struct cut *cut, int cell)
{
	enum tree tree = cut->tree[cell];

	for (int a = 0; a < ARCS; a++) {
		int next = cell + cut->reach[a];

		if (cut->tree[next] == TREE_OUT || cut->tree[next] == tree ||
		    outward(cut, cell, a, tree) == 0)
			continue;
		if (cut->tree[next] != TREE_NONE)
			return a;
		cut->tree[next] = (unsigned char)tree;
		cut->parent[next] = (unsigned char)(a ^ 1);
		cut->depth[next] = cut->depth[cell] + 1;
		cut->stamp[next] = cut->stamp[cell];
		activate(cut, next);
	}
	return -1;
}

void
cut_solve(struct cut *cut)
{
	plant(cut);
	while (cut->active_head != cut->active_tail) {
		int cell = ring_take(cut, cut->active, &cut->active_head), arc;

		cut->queued[cell] = 0;
		while (cut->tree[cell] != TREE_NONE &&
		    (arc = grow(cut, cell)) >= 0) {
			augment(cut, cell, arc);
			cut->time++;
			while (cut->orphan_head != cut->orphan_tail)
				adopt(cut, ring_take(cut, cut->orphan,
				    &cut->orphan_head));
		}
	}
}
