#ifndef TC_GRID_H
#define TC_GRID_H
/*
 * grid: rows of cells that span others, as web pages and XML write them.
 *
 * A cell goes to the next column that no other cell covers; the ranges are merged when the
 * sheet ends.
 */
#include <stddef.h>	/* size_t */

struct buf;
struct grid;
struct table;

struct grid *grid_new(struct table *table);
void grid_free(struct grid *grid);	/* NULL is fine */

/* Start a row, 0: the next one; put a cell that takes rows and columns (at least 1)
 * at column, -1: the next free one.  -1 with the reason beyond a table's limits. */
int grid_row(struct grid *grid, long number, struct buf *err);
int grid_cell(struct grid *grid, long column, long rows, long columns,
    const char *text, size_t len, int flags, struct buf *err);
/* After the sheet's last row. */
int grid_end(struct grid *grid, struct buf *err);

#endif
