#include "lib/roster/rosterfile.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/pool.h"
#include "lib/roster/classname.h"
#include "lib/roster/columns.h"
#include "lib/roster/heading.h"
#include "lib/roster/roster.h"
#include "lib/roster/rosterrow.h"
#include "lib/roster/unread.h"
#include "lib/table/table.h"
#include "lib/table/tablein.h"

enum { SHEETS_NAMED = 20, EXAMPLE_ROWS = 3, YEAR = 4 };

struct reading {
	struct roster *roster;
	const struct roster_options *options;
	struct table *table;
	struct columns *columns;
	struct heading heading;		/* of the list that is read */
	size_t list, first_student;
	long line;			/* of the line before */
	struct rosterrow row;
	struct buf reason;
};

/* ---- what the list is of ---- */

static int
title_year(const struct reading *reading, const char *sheet)
{
	const struct heading *heading = &reading->heading;
	int year = classname_year(sheet);

	for (size_t row = 0; row < heading->first && year == 0; row++)
		for (size_t i = 0; i < table_width(reading->table,
		    heading->sheet, row) && year == 0; i++)
			year = classname_year(table_text(reading->table,
			    heading->sheet, row, i, NULL));
	return year;
}

/* The first characters of a field if all students' are the same, else 0. */
static uint32_t
common(const struct reading *reading, enum student_field field, size_t len)
{
	const struct roster *roster = reading->roster;
	const char *first = NULL, *text;

	for (size_t i = reading->first_student; i < roster->count; i++) {
		text = roster_field(roster, i, field);
		if (text == NULL)
			continue;
		if (first == NULL)
			first = text;
		if (strncmp(first, text, len) != 0)
			return 0;
	}
	return first == NULL ? 0 : pool_add(roster->pool, first,
	    strnlen(first, len));
}

static int
shows_example(const struct reading *reading, const char *sheet)
{
	const struct roster *roster = reading->roster;
	const char *name;

	if (columns_is_example(reading->columns, sheet))
		return 1;
	if (roster->count == reading->first_student ||
	    roster->count - reading->first_student > EXAMPLE_ROWS)
		return 0;
	for (size_t i = reading->first_student; i < roster->count; i++) {
		name = roster_field(roster, i, STUDENT_NAME);
		if (name == NULL || !columns_is_example(reading->columns, name))
			return 0;
	}
	return 1;
}

static void
end_list(struct reading *reading, size_t first, size_t end)
{
	struct roster *roster = reading->roster;
	struct roster_list *list = &roster->lists[reading->list];
	const char *date;

	list->count = roster->count - reading->first_student;
	date = pool_text(roster->pool, common(reading,
	    STUDENT_GRADUATION_DATE, YEAR));
	if (strlen(date) == YEAR)
		list->year = (int)strtol(date, NULL, 10);
	list->school = common(reading, STUDENT_SCHOOL_CODE, SIZE_MAX);
	list->example = shows_example(reading, list->sheet);
	unread_columns(roster, reading->table, reading->columns,
	    &reading->heading, first, end);
}

/* ---- lines ---- */

static void
begin_list(struct reading *reading, const char *sheet)
{
	struct roster *roster = reading->roster;
	const struct heading *heading = &reading->heading;
	struct roster_list *list = roster_add_list(roster, sheet);

	reading->list = roster->list_count - 1;
	reading->first_student = roster->count;
	reading->row.short_list = reading->row.begun = 0;
	list->header_row = table_row_number(reading->table, heading->sheet,
	    heading->row);
	list->last_row = list->header_row;
	list->fields = heading_fields(heading);
	list->year = title_year(reading, sheet);
	reading->line = list->header_row;
}

/* Lines that are not in the table, because nothing stands there, or that have only
 * blanks; blank lines in a row are one gap. */
static void
skip_blank(struct reading *reading, long first, long last)
{
	struct roster *roster = reading->roster;
	struct roster_gap *gap = roster->gap_count == 0 ? NULL :
	    &roster->gaps[roster->gap_count - 1];
	int dbf = strncmp(table_kind(reading->table), "DBF", 3) == 0;

	if (first > last)
		return;
	if (gap == NULL || gap->kind != ROSTER_SKIPPED ||
	    gap->list != (long)reading->list || gap->last != first - 1 ||
	    *gap->text != '\0')
		gap = roster_add_gap(roster, ROSTER_SKIPPED,
		    (long)reading->list, first, NULL, dbf ?
		    "it is marked as deleted, or blank" : "it is blank");
	gap->last = last;
}

static void
add_line(struct reading *reading, enum rosterrow_kind kind, long number)
{
	struct roster *roster = reading->roster;
	struct rosterrow *row = &reading->row;
	struct roster_gap *gap;

	if (kind == ROSTERROW_STUDENT) {
		row->student.list = (uint32_t)reading->list;
		*roster_add_student(roster, row->values) = row->student;
		return;
	}
	gap = roster_add_gap(roster, kind == ROSTERROW_REFUSED ?
	    ROSTER_REFUSED : ROSTER_SKIPPED, (long)reading->list, number,
	    row->text.data, row->reason.data);
	gap->error = kind == ROSTERROW_REFUSED;
	gap->says = row->says;
	roster->lists[reading->list].refused += kind == ROSTERROW_REFUSED;
}

/* A row that is no student's may be headings: the same again, or those of another
 * list below this one, which is then begun. */
static int
take_headings(struct reading *reading, size_t sheet, size_t index,
    size_t *first)
{
	struct heading found;

	if (!heading_at(reading->table, reading->columns, sheet, index, &found))
		return 0;
	if (heading_repeats(&reading->heading, &found)) {
		buf_clear(&reading->row.reason);
		buf_adds(&reading->row.reason, "the headings again");
		buf_clear(&reading->row.text);
		heading_text(reading->table, &found, found.columns[0].column,
		    &reading->row.text);
		add_line(reading, ROSTERROW_SKIPPED, table_row_number(
		    reading->table, sheet, index));
		return 1;
	}
	end_list(reading, *first, index);
	reading->heading = found;
	*first = index + 1;
	begin_list(reading, table_sheet_name(reading->table, sheet));
	return 1;
}

static void
read_line(struct reading *reading, size_t sheet, size_t index, size_t *first)
{
	long number = table_row_number(reading->table, sheet, index);
	enum rosterrow_kind kind = rosterrow_read(&reading->row,
	    reading->table, &reading->heading, reading->columns, index,
	    reading->roster->pool);

	if (kind == ROSTERROW_SKIPPED && reading->row.text.len == 0)
		return;
	skip_blank(reading, reading->line + 1, number - 1);
	reading->line = number;
	if (kind == ROSTERROW_STUDENT ||
	    !take_headings(reading, sheet, index, first))
		add_line(reading, kind, number);
	reading->roster->lists[reading->list].last_row = number;
}

static void
note_hidden_rows(struct reading *reading, size_t sheet)
{
	size_t hidden = table_hidden_rows(reading->table, sheet);

	if (hidden == 0)
		return;
	buf_clear(&reading->reason);
	buf_addf(&reading->reason, "%zu rows of the sheet '%s' are hidden and "
	    "were read as well", hidden, table_sheet_name(reading->table,
	    sheet));
	roster_add_note(reading->roster, reading->reason.data,
	    reading->reason.len);
}

/* The lists of a sheet whose first headings were found. */
static int
read_sheet(struct reading *reading, size_t sheet, struct buf *err)
{
	size_t rows = table_rows(reading->table, sheet), index;
	size_t first = reading->heading.row + 1;
	struct buf notes = BUF_INIT;
	const char *line, *end;

	if (heading_check(reading->table, &reading->heading, &notes,
	    err) == -1) {
		buf_release(&notes);
		return -1;
	}
	for (line = notes.data; (end = strchr(line, '\n')) != NULL;
	    line = end + 1)
		roster_add_note(reading->roster, line, (size_t)(end - line));
	buf_release(&notes);
	begin_list(reading, table_sheet_name(reading->table, sheet));
	for (index = first; index < rows; index++)
		read_line(reading, sheet, index, &first);
	end_list(reading, first, rows);
	note_hidden_rows(reading, sheet);
	return 0;
}

/* ---- sheets ---- */

/* The sheet of that name, or of that number from 1. */
static int
sheet_by_name(const struct table *table, const char *name, size_t *sheet,
    struct buf *err)
{
	size_t count = table_sheets(table), i;
	char *end;
	unsigned long number;

	for (i = 0; i < table_all_sheets(table); i++)
		if (strcmp(table_sheet_name(table, i), name) == 0) {
			*sheet = i;
			return 0;
		}
	number = strtoul(name, &end, 10);
	if (*name != '\0' && *end == '\0' && number >= 1 && number <= count) {
		*sheet = number - 1;
		return 0;
	}
	buf_addf(err, "there is no sheet '%s'; there is", name);
	for (i = 0; i < count && i < SHEETS_NAMED; i++)
		buf_addf(err, "%s '%s'", i > 0 ? "," : "",
		    table_sheet_name(table, i));
	return -1;
}

static void
leave_sheet(struct reading *reading, size_t sheet, const char *reason,
    int error)
{
	struct roster_gap *gap = roster_add_gap(reading->roster, ROSTER_SHEET,
	    -1, 0, table_sheet_name(reading->table, sheet), reason);

	gap->file = (uint32_t)reading->roster->file_count - 1;
	gap->error = error;
}

/* Without headings nobody knows what stands where, but whether it is students. */
static void
leave_without_headings(struct reading *reading, size_t sheet)
{
	size_t students = unread_students(reading->table, sheet);

	if (table_rows(reading->table, sheet) == 0)
		return;
	buf_clear(&reading->reason);
	if (students > 0)
		buf_addf(&reading->reason, "no row of headings was found in it, "
		    "and %zu of its rows look like students'", students);
	else
		buf_adds(&reading->reason, "no row of headings was found in it");
	leave_sheet(reading, sheet, reading->reason.data, students > 0);
}

static void
leave_hidden(struct reading *reading)
{
	struct heading heading;
	size_t count = table_all_sheets(reading->table), students;

	for (size_t i = table_sheets(reading->table); i < count; i++) {
		students = unread_students(reading->table, i);
		if (table_rows(reading->table, i) == 0)
			continue;
		buf_clear(&reading->reason);
		if (students == 0)
			buf_adds(&reading->reason, "it is hidden");
		else if (heading_find(reading->table, reading->columns, i, &heading))
			buf_addf(&reading->reason, "it is hidden, and %zu of "
			    "its rows look like students': --sheet reads it",
			    students);
		else
			buf_addf(&reading->reason, "it is hidden and has no "
			    "headings, and %zu of its rows look like students'",
			    students);
		leave_sheet(reading, i, reading->reason.data, 0);
	}
}

static int
none_found(const struct reading *reading, struct buf *err)
{
	buf_addf(err, "no row of headings was found in the first %d rows: one "
	    "column must be headed 学号, 考生号 or 身份证号 (columns.conf tells "
	    "what else is known)", HEADING_ROWS);
	unread_hint(reading->table, err);
	return -1;
}

static int
read_all_sheets(struct reading *reading, struct buf *err)
{
	size_t count = table_sheets(reading->table), found = 0;

	for (size_t i = 0; i < count; i++)
		if (heading_find(reading->table, reading->columns, i,
		    &reading->heading)) {
			found++;
			if (read_sheet(reading, i, err) == -1)
				return -1;
		}
	if (found == 0)
		return none_found(reading, err);
	for (size_t i = 0; i < count; i++)
		if (!heading_find(reading->table, reading->columns, i,
		    &reading->heading))
			leave_without_headings(reading, i);
	leave_hidden(reading);
	return 0;
}

static int
read_one_sheet(struct reading *reading, size_t sheet, struct buf *err)
{
	const struct roster_options *options = reading->options;

	if (options->header_row > 0) {
		if (heading_of_row(reading->table, reading->columns, sheet,
		    options->header_row, &reading->heading, err) == -1)
			return -1;
	} else if (!heading_find(reading->table, reading->columns, sheet,
	    &reading->heading)) {
		return none_found(reading, err);
	}
	if (read_sheet(reading, sheet, err) == -1)
		return -1;
	for (size_t i = 0; i < table_sheets(reading->table); i++)
		if (i != sheet && table_rows(reading->table, i) > 0)
			leave_sheet(reading, i, options->sheet != NULL ?
			    "--sheet chose another" :
			    "--header-row is of the first sheet", 0);
	return 0;
}

static int
read_table(struct reading *reading, struct buf *err)
{
	const struct roster_options *options = reading->options;
	struct roster *roster = reading->roster;
	struct roster_file *file = &roster->files[roster->file_count - 1];
	size_t sheet = 0;

	free(file->kind);
	file->kind = xstrdup(table_kind(reading->table));
	if (table_damaged_bytes(reading->table) > 0) {
		buf_addf(&reading->reason, "%zu bytes of the file stand for no "
		    "character", table_damaged_bytes(reading->table));
		roster_add_note(roster, reading->reason.data,
		    reading->reason.len);
	}
	if (table_sheets(reading->table) == 0) {
		buf_adds(err, "there is no visible sheet");
		return -1;
	}
	if (options->sheet != NULL && sheet_by_name(reading->table,
	    options->sheet, &sheet, err) == -1)
		return -1;
	return options->sheet != NULL || options->header_row > 0 ?
	    read_one_sheet(reading, sheet, err) :
	    read_all_sheets(reading, err);
}

int
rosterfile_read(const char *path, const struct roster_options *options,
    struct roster *roster, struct buf *err)
{
	struct reading reading = {
		.roster = roster, .options = options, .reason = BUF_INIT
	};
	struct buf reason = BUF_INIT;
	int result = -1;

	rosterrow_init(&reading.row);
	reading.row.masked = options->masked;
	reading.columns = columns_load(options->columns, err);
	if (reading.columns != NULL)
		reading.table = tablein_read(path, err);
	if (reading.table != NULL) {
		result = read_table(&reading, &reason);
		if (result == -1)
			buf_addf(err, "'%s': %s", path, reason.data);
	}
	rosterrow_release(&reading.row);
	columns_free(reading.columns);
	table_free(reading.table);
	buf_release(&reading.reason);
	buf_release(&reason);
	return result;
}
