#include "lib/roster/heading.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/roster/columns.h"
#include "lib/roster/student.h"
#include "lib/table/table.h"

/* Whether a field tells students apart. */
static int
is_key(int field)
{
	return field == STUDENT_ID_NUMBER || field == STUDENT_STUDENT_NO ||
	    field == STUDENT_EXAM_NO;
}

static int
has_key(const struct heading *heading)
{
	for (size_t i = 0; i < heading->count; i++)
		if (is_key(heading->columns[i].field))
			return 1;
	return 0;
}

static void
read_row(const struct table *table, const struct columns *columns, size_t sheet,
    size_t row, struct heading *heading)
{
	size_t width = table_width(table, sheet, row), column;
	int field, rank = 0, flags;
	const char *text;

	heading->sheet = sheet;
	heading->row = row;
	heading->known = 0;
	heading->count = 0;
	for (column = 0; column < width; column++) {
		text = table_text(table, sheet, row, column, &flags);
		if (*text == '\0')
			continue;
		field = columns_find(columns, text, &rank);
		/* a title over several columns names none of them */
		if (field == COLUMN_NONE)
			continue;
		heading->known++;
		if (field < 0 || heading->count == HEADING_COLUMNS_MAX)
			continue;
		heading->columns[heading->count++] = (struct heading_column){
			field, rank, column
		};
	}
}

static void
find_in_sheet(const struct table *table, const struct columns *columns,
    size_t sheet, struct heading *best)
{
	size_t rows = table_rows(table, sheet), row;
	struct heading found;

	best->known = 0;
	best->count = 0;
	for (row = 0; row < rows && row < HEADING_ROWS; row++) {
		read_row(table, columns, sheet, row, &found);
		if (has_key(&found) && found.known > best->known)
			*best = found;
	}
}

static int
find_row(const struct table *table, const struct columns *columns, size_t sheet,
    long number, struct heading *heading, struct buf *err)
{
	size_t rows = table_rows(table, sheet), row;

	for (row = 0; row < rows; row++)
		if (table_row_number(table, sheet, row) == number)
			break;
	if (row == rows) {
		buf_addf(err, "there is no row %ld", number);
		return -1;
	}
	read_row(table, columns, sheet, row, heading);
	if (has_key(heading))
		return 0;
	buf_addf(err, "row %ld heads no column as 学号, 考生号 or 身份证号",
	    number);
	return -1;
}

enum { SHEETS_NAMED = 20 };

/* The sheet of that name, or of that number from 1. */
static int
sheet_by_name(const struct table *table, const char *name, size_t *sheet,
    struct buf *err)
{
	size_t count = table_sheets(table), i;
	char *end;
	unsigned long number;

	for (i = 0; i < count; i++)
		if (strcmp(table_sheet_name(table, i), name) == 0)
			break;
	number = strtoul(name, &end, 10);
	if (i == count && *name != '\0' && *end == '\0' && number >= 1 &&
	    number <= count)
		i = number - 1;
	if (i == count) {
		buf_addf(err, "there is no sheet '%s'; there is", name);
		for (i = 0; i < count && i < SHEETS_NAMED; i++)
			buf_addf(err, "%s '%s'", i > 0 ? "," : "",
			    table_sheet_name(table, i));
		return -1;
	}
	*sheet = i;
	return 0;
}

static int
compare_columns(const void *a, const void *b)
{
	const struct heading_column *one = a, *two = b;

	if (one->field != two->field)
		return one->field < two->field ? -1 : 1;
	if (one->rank != two->rank)
		return one->rank < two->rank ? -1 : 1;
	return (one->column > two->column) - (one->column < two->column);
}

/* The same heading twice: of a key or a name it means that students stand side by
 * side, and half of them would be lost. */
static int
check_twice(const struct table *table, const struct heading *heading,
    struct buf *notes, struct buf *err)
{
	const struct heading_column *one, *two;
	struct buf *out;
	int flags, grave = 0;

	for (size_t i = 1; i < heading->count; i++) {
		one = &heading->columns[i - 1];
		two = &heading->columns[i];
		table_text(table, heading->sheet, heading->row, two->column,
		    &flags);
		if (one->field != two->field || one->rank != two->rank ||
		    (flags & TABLE_MERGED))
			continue;
		grave = is_key(two->field) || two->field == STUDENT_NAME;
		out = grave ? err : notes;
		buf_addf(out, "columns ");
		table_column_name(one->column, out);
		buf_adds(out, " and ");
		table_column_name(two->column, out);
		buf_addf(out, " are both headed '%s'", table_text(table,
		    heading->sheet, heading->row, two->column, NULL));
		if (grave) {
			buf_adds(out, ": put all students below each other");
			return -1;
		}
		buf_adds(out, ": the first that has a value counts\n");
	}
	return 0;
}

static size_t
rows_below(const struct table *table, const struct heading *heading)
{
	return table_rows(table, heading->sheet) - heading->row - 1;
}

/* Over all sheets; others that look like rosters are named, so that nobody is
 * left out silently. */
static void
find_in_all(const struct table *table, const struct columns *columns,
    struct heading *best, struct buf *notes)
{
	size_t count = table_sheets(table), i;
	struct heading found;

	best->known = 0;
	for (i = 0; i < count; i++) {
		find_in_sheet(table, columns, i, &found);
		if (found.known > best->known || (found.known > 0 &&
		    found.known == best->known &&
		    rows_below(table, &found) > rows_below(table, best)))
			*best = found;
	}
	for (i = 0; i < count && best->known > 0; i++) {
		find_in_sheet(table, columns, i, &found);
		if (i == best->sheet || found.known == 0 ||
		    rows_below(table, &found) == 0)
			continue;
		buf_addf(notes, "sheet '%s' has %zu rows below headings as well "
		    "and was not read: only sheet '%s' was\n",
		    table_sheet_name(table, i), rows_below(table, &found),
		    table_sheet_name(table, best->sheet));
	}
}

int
heading_find(const struct table *table, const struct columns *columns,
    const char *sheet, long header_row, struct heading *heading,
    struct buf *notes, struct buf *err)
{
	size_t index = 0;

	if (table_sheets(table) == 0) {
		buf_adds(err, "there is no visible sheet");
		return -1;
	}
	if (sheet != NULL && sheet_by_name(table, sheet, &index, err) == -1)
		return -1;
	if (header_row > 0) {
		if (find_row(table, columns, index, header_row, heading,
		    err) == -1)
			return -1;
	} else if (sheet != NULL) {
		find_in_sheet(table, columns, index, heading);
	} else {
		find_in_all(table, columns, heading, notes);
	}
	if (heading->known == 0) {
		buf_addf(err, "no row of headings was found in the first %d "
		    "rows: one column must be headed 学号, 考生号 or 身份证号 "
		    "(columns.conf tells what else is known)", HEADING_ROWS);
		return -1;
	}
	qsort(heading->columns, heading->count, sizeof *heading->columns,
	    compare_columns);
	return check_twice(table, heading, notes, err);
}

int
heading_is_repeated(const struct heading *heading, const struct table *table,
    const struct columns *columns, size_t row)
{
	const struct heading_column *column;
	const char *text;
	int same = 0;

	for (size_t i = 0; i < heading->count; i++) {
		column = &heading->columns[i];
		text = table_text(table, heading->sheet, row, column->column,
		    NULL);
		if (*text == '\0')
			continue;
		if (columns_find(columns, text, NULL) != column->field)
			return 0;
		same++;
	}
	return same > 1 || (same == 1 && heading->count == 1);
}
