#include "lib/table/table.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/pool.h"
#include "lib/table/shortened.h"

struct cell {
	uint32_t text;		/* number in the pool */
	uint16_t column;
	uint16_t flags;
};

struct row {
	uint32_t first, count;	/* of cells */
	uint32_t number;
};

struct sheet {
	char *name;
	struct row *rows;
	size_t count, room;
	size_t hidden;		/* rows */
};

struct table {
	struct sheet *sheets;
	size_t sheet_count;
	size_t hidden;		/* sheets, the last ones */
	struct cell *cells;	/* of all sheets, row after row, by column */
	size_t count, room;
	struct pool *pool;
	char *kind;
	size_t damaged_bytes;
};

struct table *
table_new(void)
{
	struct table *table = xcalloc(1, sizeof *table);

	table->pool = pool_new();
	table->kind = xstrdup("");
	return table;
}

void
table_free(struct table *table)
{
	if (table == NULL)
		return;
	for (size_t i = 0; i < table->sheet_count; i++) {
		free(table->sheets[i].name);
		free(table->sheets[i].rows);
	}
	free(table->sheets);
	free(table->cells);
	free(table->kind);
	pool_free(table->pool);
	free(table);
}

void
table_set_kind(struct table *table, const char *kind)
{
	free(table->kind);
	table->kind = xstrdup(kind);
}

void
table_set_damaged_bytes(struct table *table, size_t bytes)
{
	table->damaged_bytes = bytes;
}

const char *
table_kind(const struct table *table)
{
	return table->kind;
}

size_t
table_damaged_bytes(const struct table *table)
{
	return table->damaged_bytes;
}

size_t
table_sheets(const struct table *table)
{
	return table->sheet_count - table->hidden;
}

size_t
table_all_sheets(const struct table *table)
{
	return table->sheet_count;
}

size_t
table_hidden_rows(const struct table *table, size_t sheet)
{
	return table->sheets[sheet].hidden;
}

const char *
table_sheet_name(const struct table *table, size_t sheet)
{
	return table->sheets[sheet].name;
}

size_t
table_rows(const struct table *table, size_t sheet)
{
	const struct sheet *found = &table->sheets[sheet];

	/* the last row may have been started and stayed empty */
	if (found->count > 0 && found->rows[found->count - 1].count == 0)
		return found->count - 1;
	return found->count;
}

long
table_row_number(const struct table *table, size_t sheet, size_t row)
{
	return (long)table->sheets[sheet].rows[row].number;
}

size_t
table_width(const struct table *table, size_t sheet, size_t row)
{
	const struct row *found = &table->sheets[sheet].rows[row];

	if (found->count == 0)
		return 0;
	return table->cells[found->first + found->count - 1].column + 1u;
}

/* The place of column in a row: its cell, or where it would be. */
static size_t
cell_place(const struct table *table, const struct row *row, size_t column)
{
	size_t low = row->first, high = row->first + row->count, middle;

	while (low < high) {
		middle = low + (high - low) / 2;
		if (table->cells[middle].column < column)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static const struct cell *
find_cell(const struct table *table, const struct row *row, size_t column)
{
	size_t place = cell_place(table, row, column);

	if (place == row->first + row->count ||
	    table->cells[place].column != column)
		return NULL;
	return &table->cells[place];
}

const char *
table_text(const struct table *table, size_t sheet, size_t row, size_t column,
    int *flags)
{
	const struct cell *cell = find_cell(table,
	    &table->sheets[sheet].rows[row], column);

	if (flags != NULL)
		*flags = cell != NULL ? cell->flags : 0;
	return pool_text(table->pool, cell != NULL ? cell->text : 0);
}

void
table_column_name(size_t column, struct buf *out)
{
	if (column >= 26)
		table_column_name(column / 26 - 1, out);
	buf_addc(out, 'A' + (int)(column % 26));
}

/* ---- for the readers ---- */

int
table_add_sheet(struct table *table, const char *name, struct buf *err)
{
	struct sheet *sheet;

	if (table->sheet_count == TABLE_SHEETS_MAX) {
		buf_addf(err, "more than %d sheets", TABLE_SHEETS_MAX);
		return -1;
	}
	table->sheets = xrealloc_array(table->sheets, table->sheet_count + 1,
	    sizeof *table->sheets);
	sheet = &table->sheets[table->sheet_count++];
	memset(sheet, 0, sizeof *sheet);
	sheet->name = xstrdup(name);
	return 0;
}

void
table_hide_sheet(struct table *table)
{
	table->hidden++;
}

void
table_hide_row(struct table *table)
{
	table->sheets[table->sheet_count - 1].hidden++;
}

int
table_add_row(struct table *table, long number, struct buf *err)
{
	struct sheet *sheet = &table->sheets[table->sheet_count - 1];
	struct row *row = sheet->count > 0 ? &sheet->rows[sheet->count - 1] :
	    NULL;

	if (number < 1 || number > TABLE_ROWS_MAX) {
		buf_addf(err, "row %ld is beyond row %d", number,
		    TABLE_ROWS_MAX);
		return -1;
	}
	if (row != NULL && number <= (long)row->number) {
		buf_addf(err, "row %ld stands after row %ld", number,
		    (long)row->number);
		return -1;
	}
	/* a row that stayed empty is left out */
	if (row == NULL || row->count > 0) {
		if (sheet->count == sheet->room) {
			sheet->room = sheet->room > 0 ? 2 * sheet->room : 64;
			sheet->rows = xrealloc_array(sheet->rows, sheet->room,
			    sizeof *sheet->rows);
		}
		row = &sheet->rows[sheet->count++];
	}
	row->first = (uint32_t)table->count;
	row->count = 0;
	row->number = (uint32_t)number;
	return 0;
}

static int
add_cell(struct table *table, struct cell cell, struct buf *err)
{
	struct sheet *sheet = &table->sheets[table->sheet_count - 1];
	struct row *row = &sheet->rows[sheet->count - 1];
	size_t place = cell_place(table, row, cell.column);

	if (find_cell(table, row, cell.column) != NULL) {
		buf_addf(err, "row %ld has column %d twice", (long)row->number,
		    cell.column + 1);
		return -1;
	}
	if (table->count == TABLE_CELLS_MAX) {
		buf_addf(err, "more than %d cells", TABLE_CELLS_MAX);
		return -1;
	}
	if (table->count == table->room) {
		table->room = table->room > 0 ? table->room * 3 / 2 : 1024;
		table->cells = xrealloc_array(table->cells, table->room,
		    sizeof *table->cells);
	}
	memmove(&table->cells[place + 1], &table->cells[place],
	    (table->count - place) * sizeof *table->cells);
	table->cells[place] = cell;
	table->count++;
	row->count++;
	return 0;
}

int
table_keep_text(struct table *table, const char *text, size_t len,
    unsigned *kept, struct buf *err)
{
	if (len > TABLE_CELL_BYTES_MAX) {
		buf_addf(err, "a cell with more than %d bytes of text",
		    TABLE_CELL_BYTES_MAX);
		return -1;
	}
	if (pool_bytes(table->pool) + len > TABLE_TEXT_MAX) {
		buf_addf(err, "more than %d bytes of text", TABLE_TEXT_MAX);
		return -1;
	}
	*kept = pool_add(table->pool, text, len);
	return 0;
}

static int
check_column(size_t column, struct buf *err)
{
	if (column < TABLE_COLUMNS_MAX)
		return 0;
	buf_addf(err, "more than %d columns", TABLE_COLUMNS_MAX);
	return -1;
}

int
table_add_kept(struct table *table, size_t column, unsigned kept,
    struct buf *err)
{
	struct cell cell = { kept, (uint16_t)column, 0 };

	if (shortened(pool_text(table->pool, kept)))
		cell.flags = TABLE_DAMAGED;
	if (check_column(column, err) == -1)
		return -1;
	return kept != 0 ? add_cell(table, cell, err) : 0;
}

int
table_add_cell(struct table *table, size_t column, const char *text, size_t len,
    int flags, struct buf *err)
{
	struct cell cell = { 0, (uint16_t)column, (uint16_t)flags };
	unsigned kept;

	if (check_column(column, err) == -1 ||
	    table_keep_text(table, text, len, &kept, err) == -1)
		return -1;
	cell.text = kept;
	if (shortened(pool_text(table->pool, kept)))
		cell.flags |= TABLE_DAMAGED;
	return kept != 0 ? add_cell(table, cell, err) : 0;
}

/* ---- merged ranges ---- */

static int
compare_ranges(const void *a, const void *b)
{
	const struct table_range *one = a, *two = b;

	if (one->first_row != two->first_row)
		return one->first_row < two->first_row ? -1 : 1;
	return (one->first_column > two->first_column) -
	    (one->first_column < two->first_column);
}

/* A sheet's rows are rebuilt one by one as the last row of the table, so that
 * add_cell can serve.  active are the ranges that reach into the row. */
enum { ACTIVE_MAX = 1024 };

struct active {
	const struct table_range *range;
	struct cell given;	/* what its first cell holds */
};

struct merging {
	struct table *table;
	struct cell *old;	/* the sheet's cells as they were read */
	size_t width;		/* of the sheet: a range may be a whole row */
	struct active active[ACTIVE_MAX];
	size_t active_count;
	struct buf *err;
};

static int
fill_range(struct merging *merging, const struct row *row,
    const struct active *active)
{
	const struct table_range *range = active->range;
	struct cell copy = active->given;
	size_t column;

	if (copy.text == 0)
		return 0;
	copy.flags |= TABLE_MERGED;
	for (column = range->first_column; column <= range->last_column &&
	    column < merging->width; column++) {
		copy.column = (uint16_t)column;
		if (find_cell(merging->table, row, column) == NULL &&
		    add_cell(merging->table, copy, merging->err) == -1)
			return -1;
	}
	return 0;
}

/* Start the ranges that begin at or above the row, drop those that ended. */
static int
update_active(struct merging *merging, const struct row *row,
    const struct table_range **next, const struct table_range *end)
{
	size_t kept = 0, i;
	const struct cell *cell = NULL;

	for (; *next < end && (*next)->first_row <= (long)row->number;
	    ++*next) {
		if (merging->active_count == ACTIVE_MAX) {
			buf_addf(merging->err, "row %ld is in more than %d "
			    "merged ranges", (long)row->number, ACTIVE_MAX);
			return -1;
		}
		cell = (*next)->first_row == (long)row->number ?
		    find_cell(merging->table, row, (*next)->first_column) :
		    NULL;
		merging->active[merging->active_count++] = (struct active){
			*next, cell != NULL ? *cell : (struct cell){ 0, 0, 0 }
		};
	}
	for (i = 0; i < merging->active_count; i++)
		if (merging->active[i].range->last_row >= (long)row->number)
			merging->active[kept++] = merging->active[i];
	merging->active_count = kept;
	return 0;
}

static int
merge_rows(struct merging *merging, struct sheet *sheet,
    const struct table_range *ranges, size_t count)
{
	const struct table_range *next = ranges;
	size_t total = sheet->count, i, k;
	struct row *row, old;

	for (i = 0; i < total; i++) {
		row = &sheet->rows[i];
		old = *row;
		row->first = (uint32_t)merging->table->count;
		row->count = 0;
		sheet->count = i + 1;
		for (k = 0; k < old.count; k++)
			if (add_cell(merging->table,
			    merging->old[old.first + k], merging->err) == -1)
				return -1;
		if (update_active(merging, row, &next, ranges + count) == -1)
			return -1;
		for (k = 0; k < merging->active_count; k++)
			if (fill_range(merging, row,
			    &merging->active[k]) == -1)
				return -1;
	}
	return 0;
}

static size_t
widest_row(const struct table *table, size_t sheet)
{
	size_t widest = 0, i, width;

	for (i = 0; i < table->sheets[sheet].count; i++) {
		width = table_width(table, sheet, i);
		if (width > widest)
			widest = width;
	}
	return widest;
}

int
table_merge(struct table *table, struct table_range *ranges, size_t count,
    struct buf *err)
{
	struct sheet *sheet = &table->sheets[table->sheet_count - 1];
	struct merging *merging;
	size_t i, first;
	int result;

	if (count == 0 || sheet->count == 0)
		return 0;
	mem_sort(ranges, count, sizeof *ranges, compare_ranges);
	merging = xcalloc(1, sizeof *merging);
	merging->table = table;
	merging->err = err;
	merging->width = widest_row(table, table->sheet_count - 1);
	first = sheet->rows[0].first;
	merging->old = xrealloc_array(NULL, table->count - first,
	    sizeof *merging->old);
	if (table->count > first)
		memcpy(merging->old, table->cells + first,
		    (table->count - first) * sizeof *merging->old);
	for (i = 0; i < sheet->count; i++)
		sheet->rows[i].first -= (uint32_t)first;
	table->count = first;
	result = merge_rows(merging, sheet, ranges, count);
	free(merging->old);
	free(merging);
	return result;
}
