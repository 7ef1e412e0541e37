#include "lib/roster/heading.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/roster/columns.h"
#include "lib/roster/student.h"
#include "lib/roster/value.h"
#include "lib/table/table.h"

enum { NUMBER_MIN = 5 };		/* digits: shorter ones stand in titles, too */

int
heading_is_key(int field)
{
	return field == STUDENT_ID_NUMBER || field == STUDENT_STUDENT_NO ||
	    field == STUDENT_EXAM_NO;
}

int
heading_has(const struct heading *heading, int field)
{
	for (size_t i = 0; i < heading->count; i++)
		if (heading->columns[i].field == field)
			return 1;
	return 0;
}

static int
has_key(const struct heading *heading)
{
	return heading_has(heading, STUDENT_ID_NUMBER) ||
	    heading_has(heading, STUDENT_STUDENT_NO) ||
	    heading_has(heading, STUDENT_EXAM_NO);
}

uint64_t
heading_fields(const struct heading *heading)
{
	uint64_t fields = 0;

	for (size_t i = 0; i < heading->count; i++)
		if (heading->columns[i].field != STUDENT_REMARK)
			fields |= (uint64_t)1 << heading->columns[i].field;
	return fields;
}

/* ---- reading a row ---- */

static void
begin(struct heading *heading, size_t sheet, size_t first, size_t row)
{
	heading->sheet = sheet;
	heading->first = first;
	heading->row = row;
	heading->known = 0;
	heading->texts = 0;
	heading->count = 0;
}

/* A column whose heading is known or ignored. */
static void
take(struct heading *heading, size_t column, int field, int rank)
{
	if (field == COLUMN_NONE)
		return;
	heading->known++;
	if (field < 0 || heading->count == HEADING_COLUMNS_MAX)
		return;
	heading->columns[heading->count++] = (struct heading_column){
		field, rank, column
	};
}

static void
read_row(const struct table *table, const struct columns *columns, size_t sheet,
    size_t row, struct heading *heading)
{
	size_t width = table_width(table, sheet, row), column;
	int rank = 0, flags, field;
	const char *text;

	begin(heading, sheet, row, row);
	for (column = 0; column < width; column++) {
		text = table_text(table, sheet, row, column, &flags);
		if (*text == '\0')
			continue;
		heading->texts += !(flags & TABLE_MERGED);
		field = flags & TABLE_CUT ?
		    columns_find_cut(columns, text, &rank) :
		    columns_find(columns, text, &rank);
		take(heading, column, field, rank);
	}
}

/* What two rows say of a column: "证件" over "号码"; "" where the lower one says
 * nothing of its own. */
static void
join(const char *upper, const char *lower, int merged, struct buf *out)
{
	buf_clear(out);
	buf_adds(out, upper);
	if (!merged && *lower != '\0' && strcmp(upper, lower) != 0)
		buf_adds(out, lower);
}

static int
find_pair(const struct columns *columns, const char *upper, const char *lower,
    int merged, int *rank)
{
	struct buf both = BUF_INIT;
	int field;

	join(upper, lower, merged, &both);
	field = columns_find(columns, both.data, rank);
	if (field == COLUMN_NONE && *lower != '\0')
		field = columns_find(columns, lower, rank);
	if (field == COLUMN_NONE && (merged || *lower == '\0'))
		field = columns_find(columns, upper, rank);
	buf_release(&both);
	return field;
}

/* Headings of two rows.  Where ranges are not merged, an upper one stands for what
 * follows it without one. */
static void
read_pair(const struct table *table, const struct columns *columns,
    size_t sheet, size_t row, struct heading *heading)
{
	size_t width = table_width(table, sheet, row), column;
	size_t below = table_width(table, sheet, row + 1);
	const char *upper, *lower, *last = "";
	int rank = 0, flags, field;

	begin(heading, sheet, row, row + 1);
	for (column = 0; column < (width > below ? width : below); column++) {
		upper = table_text(table, sheet, row, column, NULL);
		lower = table_text(table, sheet, row + 1, column, &flags);
		if (*upper != '\0')
			last = upper;
		else if (*lower != '\0')
			upper = last;
		if (*upper == '\0' && *lower == '\0')
			continue;
		heading->texts += !(flags & TABLE_MERGED);
		field = find_pair(columns, upper, lower,
		    (flags & TABLE_MERGED) != 0, &rank);
		take(heading, column, field, rank);
	}
}

/* A row of students below one row of headings is no second row of headings. */
static int
may_be_second(const struct table *table, size_t sheet, size_t row)
{
	size_t width = table_width(table, sheet, row);
	const char *text;
	int flags;

	for (size_t column = 0; column < width; column++) {
		text = table_text(table, sheet, row, column, &flags);
		if (!(flags & TABLE_MERGED) &&
		    strpbrk(text, "0123456789") != NULL)
			return 0;
	}
	return 1;
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

static void
sort(struct heading *heading)
{
	mem_sort(heading->columns, heading->count, sizeof *heading->columns,
	    compare_columns);
}

/* Whether a number that identifies a student stands in a row below the headings: then
 * the list has begun, and other headings further down are not its first. */
static int
has_begun(const struct table *table, const struct heading *heading, size_t row)
{
	const char *text, *trouble;

	for (size_t i = 0; row > heading->row && i < heading->count; i++) {
		if (!heading_is_key(heading->columns[i].field))
			continue;
		text = table_text(table, heading->sheet, row, heading->columns[i].column,
		    NULL);
		if (strspn(text, "0123456789") >= NUMBER_MIN &&
		    value_number(text, 0, &trouble) == VALUE_GOOD)
			return 1;
	}
	return 0;
}

int
heading_find(const struct table *table, const struct columns *columns,
    size_t sheet, struct heading *heading)
{
	size_t rows = table_rows(table, sheet), row;
	struct heading found;
	int above = 0, below;

	heading->known = 0;
	heading->count = 0;
	for (row = 0; row < rows && row < HEADING_ROWS &&
	    (heading->known == 0 || !has_begun(table, heading, row)); row++) {
		read_row(table, columns, sheet, row, &found);
		below = found.known;
		if (has_key(&found) && found.known > heading->known)
			*heading = found;
		if (row > 0 && may_be_second(table, sheet, row)) {
			read_pair(table, columns, sheet, row - 1, &found);
			if (has_key(&found) && found.known > above &&
			    found.known > below &&
			    found.known > heading->known)
				*heading = found;
		}
		above = below;
	}
	sort(heading);
	return heading->known > 0;
}

int
heading_of_row(const struct table *table, const struct columns *columns,
    size_t sheet, long number, struct heading *heading, struct buf *err)
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
	sort(heading);
	if (has_key(heading))
		return 0;
	buf_addf(err, "row %ld heads no column as 学号, 考生号 or 身份证号",
	    number);
	return -1;
}

int
heading_at(const struct table *table, const struct columns *columns,
    size_t sheet, size_t row, struct heading *heading)
{
	read_row(table, columns, sheet, row, heading);
	sort(heading);
	return has_key(heading) && heading->known > 1 &&
	    2 * (size_t)heading->known > heading->texts;
}

int
heading_repeats(const struct heading *heading, const struct heading *again)
{
	for (size_t i = 0; i < again->count; i++) {
		size_t k;

		for (k = 0; k < heading->count; k++)
			if (heading->columns[k].column ==
			    again->columns[i].column)
				break;
		if (k == heading->count || heading->columns[k].field !=
		    again->columns[i].field)
			return 0;
	}
	return 1;
}

/* ---- what is odd about it ---- */

void
heading_text(const struct table *table, const struct heading *heading,
    size_t column, struct buf *out)
{
	const char *upper = table_text(table, heading->sheet, heading->first,
	    column, NULL), *lower;
	int flags;

	buf_adds(out, upper);
	if (heading->row == heading->first)
		return;
	lower = table_text(table, heading->sheet, heading->row, column, &flags);
	if (!(flags & TABLE_MERGED) && strcmp(upper, lower) != 0)
		buf_adds(out, lower);
}

/* The same heading twice: of a key or a name it means that students stand side by
 * side. */
int
heading_check(const struct table *table, const struct heading *heading,
    struct buf *notes, struct buf *err)
{
	const struct heading_column *one, *two;
	struct buf *out;
	int flags, grave;

	for (size_t i = 1; i < heading->count; i++) {
		one = &heading->columns[i - 1];
		two = &heading->columns[i];
		table_text(table, heading->sheet, heading->row, two->column,
		    &flags);
		if (one->field != two->field || one->rank != two->rank ||
		    (flags & TABLE_MERGED))
			continue;
		grave = heading_is_key(two->field) ||
		    two->field == STUDENT_NAME;
		out = grave ? err : notes;
		buf_adds(out, "columns ");
		table_column_name(one->column, out);
		buf_adds(out, " and ");
		table_column_name(two->column, out);
		buf_adds(out, " are both headed '");
		heading_text(table, heading, two->column, out);
		buf_addc(out, '\'');
		if (grave) {
			buf_adds(out, ": put all students below each other");
			return -1;
		}
		buf_adds(out, ": the first that has a value counts\n");
	}
	return 0;
}

int
heading_is_explained(const struct table *table, const struct columns *columns,
    size_t sheet, size_t row)
{
	size_t width = table_width(table, sheet, row), fillers = 0;
	const char *text;

	for (size_t column = 0; column < width; column++) {
		text = table_text(table, sheet, row, column, NULL);
		if (*text == '\0')
			continue;
		if (!columns_is_filler(columns, text))
			return 0;
		fillers++;
	}
	return fillers > 0;
}
