#ifndef TC_FLOOD_H
#define TC_FLOOD_H
/*
 * flood: from marked cells of a grid to neighbours that pass a test, and on from those.
 *
 * A cell is a number, row * cols + column.  Each cell is taken once, in the order in
 * which it is reached, so the same grid gives the same queue.
 */
struct flood {
	int cols, rows;
	unsigned char *mark;	/* cols * rows, not 0 where a cell was taken */
	int *queue;		/* room for cols * rows: cells in the order taken */
	/* Whether a cell that is not marked is taken from one of its neighbours. */
	int (*takes)(void *state, int from, int to);
	void *state;
};

enum flood_reach { FLOOD_SIDES = 4, FLOOD_CORNERS = 8 };

/* Put all marked cells into the queue; returns their number. */
int flood_begin(const struct flood *flood);
/* Go on from the first count cells of the queue, which are marked.  Returns how many
 * cells are then in the queue. */
int flood_run(const struct flood *flood, int count, enum flood_reach reach);

#endif
