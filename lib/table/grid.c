#include "lib/table/grid.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/table/table.h"

struct grid {
	struct table *table;
	long row;			/* number of the present one */
	size_t column;			/* the next */
	long *until;			/* by column: the last row that a cell of
					 * above reaches */
	size_t width;			/* of until */
	struct table_range *ranges;
	size_t count, room;
};

struct grid *
grid_new(struct table *table)
{
	struct grid *grid = xcalloc(1, sizeof *grid);

	grid->table = table;
	return grid;
}

void
grid_free(struct grid *grid)
{
	if (grid == NULL)
		return;
	free(grid->until);
	free(grid->ranges);
	free(grid);
}

int
grid_row(struct grid *grid, long number, struct buf *err)
{
	grid->row = number > 0 ? number : grid->row + 1;
	grid->column = 0;
	return table_add_row(grid->table, grid->row, err);
}

static void
widen(struct grid *grid, size_t width)
{
	if (width <= grid->width)
		return;
	grid->until = xrealloc_array(grid->until, width, sizeof *grid->until);
	memset(grid->until + grid->width, 0,
	    (width - grid->width) * sizeof *grid->until);
	grid->width = width;
}

static void
add_range(struct grid *grid, size_t column, long rows, size_t columns)
{
	if (grid->count == grid->room) {
		grid->room = grid->room > 0 ? 2 * grid->room : 64;
		grid->ranges = xrealloc_array(grid->ranges, grid->room,
		    sizeof *grid->ranges);
	}
	grid->ranges[grid->count++] = (struct table_range){
		grid->row, grid->row + rows - 1, column, column + columns - 1
	};
	if (rows == 1)
		return;
	widen(grid, column + columns);
	for (size_t i = column; i < column + columns; i++)
		grid->until[i] = grid->row + rows - 1;
}

int
grid_cell(struct grid *grid, long column, long rows, long columns,
    const char *text, size_t len, int flags, struct buf *err)
{
	size_t at = column >= 0 ? (size_t)column : grid->column, wide;

	while (column < 0 && at < grid->width && grid->until[at] >= grid->row)
		at++;
	if (at >= TABLE_COLUMNS_MAX) {
		buf_addf(err, "more than %d columns", TABLE_COLUMNS_MAX);
		return -1;
	}
	wide = columns < 1 ? 1 : columns > TABLE_COLUMNS_MAX - (long)at ?
	    TABLE_COLUMNS_MAX - at : (size_t)columns;
	if (rows < 1)
		rows = 1;
	if (rows > TABLE_ROWS_MAX - grid->row)
		rows = TABLE_ROWS_MAX - grid->row + 1;
	grid->column = at + wide;
	if (rows > 1 || wide > 1)
		add_range(grid, at, rows, wide);
	return table_add_cell(grid->table, at, text, len, flags, err);
}

int
grid_end(struct grid *grid, struct buf *err)
{
	int result = table_merge(grid->table, grid->ranges, grid->count, err);

	grid->count = 0;
	grid->row = 0;
	grid->width = 0;
	return result;
}
