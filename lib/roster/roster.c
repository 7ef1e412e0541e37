#include "lib/roster/roster.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/pool.h"
#include "lib/roster/columns.h"
#include "lib/roster/heading.h"
#include "lib/roster/rosterkeys.h"
#include "lib/table/table.h"
#include "lib/table/tablein.h"

struct reading {
	struct roster *roster;
	struct table *table;
	struct columns *columns;
	struct heading heading;
	struct rosterkeys *keys;
	struct buf value;		/* of the field that is read */
	struct buf notes;		/* of the student that is read */
	struct buf reason;
	size_t student_room, refused_room, repeated_room;
};

/* What a row below the headings is. */
enum row_kind { ROW_NONE, ROW_KEYLESS, ROW_STUDENT };

/* ---- results ---- */

static void *
grown(void *array, size_t count, size_t *room, size_t size)
{
	if (count < *room)
		return array;
	*room = *room > 0 ? *room * 3 / 2 + 1 : 64;
	return xrealloc_array(array, *room, size);
}

static void
add_refusal(struct roster_refusal **list, size_t *count, size_t *room, long row,
    long other, const char *reason)
{
	*list = grown(*list, *count, room, sizeof **list);
	(*list)[(*count)++] = (struct roster_refusal){
		row, other, xstrdup(reason)
	};
}

static void
refuse(struct reading *reading, long row, long other, const char *reason)
{
	struct roster *roster = reading->roster;

	add_refusal(&roster->refused, &roster->refused_count,
	    &reading->refused_room, row, other, reason);
}

static void
add_roster_note(struct roster *roster, const char *text, size_t len)
{
	roster->notes = xrealloc_array(roster->notes, roster->note_count + 1,
	    sizeof *roster->notes);
	roster->notes[roster->note_count++] = xstrndup(text, len);
}

/* Text of several notes, each ended by a line feed. */
static void
add_roster_notes(struct roster *roster, const char *text)
{
	const char *end;

	for (; (end = strchr(text, '\n')) != NULL; text = end + 1)
		add_roster_note(roster, text, (size_t)(end - text));
}

/* Notes are joined by "; " and so end in it until the student is complete. */
static void
set_notes(struct student *student, const struct buf *notes)
{
	if (notes->len > 2)
		student->notes = xstrndup(notes->data, notes->len - 2);
}

static void
add_note(struct student *student, const char *note)
{
	struct buf notes = BUF_INIT;

	if (student->notes != NULL)
		buf_addf(&notes, "%s; ", student->notes);
	buf_adds(&notes, note);
	free(student->notes);
	student->notes = buf_detach(&notes);
}

/* ---- one row ---- */

/* What a formula that failed leaves behind, "#N/A" and the like. */
static int
is_formula_error(const char *text)
{
	static const char *const errors[] = {
		"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!",
		"#NULL!"
	};

	for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
		if (strcmp(text, errors[i]) == 0)
			return 1;
	return 0;
}

/* Tidy a cell into reading->value, which stays empty when the cell gives no value;
 * a cell that cannot be used leaves a note. */
static void
read_value(struct reading *reading, size_t row, size_t column, int field)
{
	const char *name = student_field_name(field), *text;
	int flags;

	buf_clear(&reading->value);
	text = table_text(reading->table, reading->heading.sheet, row, column,
	    &flags);
	if (*text == '\0')
		return;
	if (flags & TABLE_DAMAGED) {
		buf_addf(&reading->notes, "%s was stored as a number of more "
		    "than 15 digits, the last of which are lost: enter it as "
		    "text; ", name);
		return;
	}
	if (is_formula_error(text)) {
		buf_addf(&reading->notes, "%s holds the formula error %s; ",
		    name, text);
		return;
	}
	student_tidy(field, text, &reading->value);
	if (strstr(reading->value.data, "\xEF\xBF\xBD") != NULL)
		buf_addf(&reading->notes, "%s holds a damaged character; ",
		    name);
}

/* An ID number of which digits are hidden is no key, but its end is known. */
static void
hide_masked_id(struct reading *reading, struct student *student)
{
	const char *id = student->fields[STUDENT_ID_NUMBER];
	size_t len;

	if (id == NULL || strchr(id, '*') == NULL)
		return;
	student->fields[STUDENT_ID_NUMBER] = NULL;
	len = strlen(id);
	if (student->fields[STUDENT_ID_LAST_FOUR] == NULL && len > 4 &&
	    strchr(id + len - 4, '*') == NULL)
		student->fields[STUDENT_ID_LAST_FOUR] = pool_text(
		    reading->roster->pool, pool_add(reading->roster->pool,
		    id + len - 4, 4));
}

static void
read_fields(struct reading *reading, size_t row, struct student *student)
{
	const struct heading *heading = &reading->heading;
	const struct heading_column *column;
	struct pool *pool = reading->roster->pool;

	memset(student, 0, sizeof *student);
	student->row = table_row_number(reading->table, heading->sheet, row);
	buf_clear(&reading->notes);
	for (size_t i = 0; i < heading->count; i++) {
		column = &heading->columns[i];
		if (student->fields[column->field] != NULL)
			continue;
		read_value(reading, row, column->column, column->field);
		if (reading->value.len > 0)
			student->fields[column->field] = pool_text(pool,
			    pool_add(pool, reading->value.data,
			    reading->value.len));
	}
	hide_masked_id(reading, student);
}

static int
has_key(const struct student *student)
{
	return student->fields[STUDENT_ID_NUMBER] != NULL ||
	    student->fields[STUDENT_STUDENT_NO] != NULL ||
	    student->fields[STUDENT_EXAM_NO] != NULL;
}

/* Whether any column that is kept has a text of the row's own. */
static int
is_blank_row(const struct reading *reading, size_t row)
{
	const struct heading *heading = &reading->heading;
	const char *text;
	int flags;

	for (size_t i = 0; i < heading->count; i++) {
		text = table_text(reading->table, heading->sheet, row,
		    heading->columns[i].column, &flags);
		if (!(flags & TABLE_MERGED) && text[strspn(text, " \t")] != '\0')
			return 0;
	}
	return 1;
}

static const char *
first_text(const struct reading *reading, size_t row)
{
	size_t sheet = reading->heading.sheet, column;
	size_t width = table_width(reading->table, sheet, row);
	const char *text = "";
	int flags;

	for (column = 0; column < width && *text == '\0'; column++) {
		text = table_text(reading->table, sheet, row, column, &flags);
		if (flags & TABLE_MERGED)
			text = "";
	}
	return text;
}

static enum row_kind
row_kind(const struct reading *reading, size_t row,
    const struct student *student)
{
	if (is_blank_row(reading, row) ||
	    columns_is_total(reading->columns, first_text(reading, row)) ||
	    heading_is_repeated(&reading->heading, reading->table,
	    reading->columns, row))
		return ROW_NONE;
	return has_key(student) ? ROW_STUDENT : ROW_KEYLESS;
}

/* ---- all rows ---- */

/* "row 7 repeats row 3, with another class". */
static void
note_repeated(struct reading *reading, const struct student *old,
    const struct student *new)
{
	struct roster *roster = reading->roster;
	const char *a, *b;

	buf_clear(&reading->reason);
	buf_addf(&reading->reason, "it repeats row %ld", old->row);
	for (int i = 0; i < STUDENT_FIELD_COUNT; i++) {
		a = old->fields[i];
		b = new->fields[i];
		if (b == NULL || (a != NULL && strcmp(a, b) == 0))
			continue;
		buf_addf(&reading->reason, ", with another %s, which is not "
		    "used", student_field_name(i));
		break;
	}
	add_refusal(&roster->repeated, &roster->repeated_count,
	    &reading->repeated_room, new->row, old->row, reading->reason.data);
}

static void
note_namesake(struct student *one, struct student *two)
{
	char note[96];

	snprintf(note, sizeof note, "the same ID number is in row %ld with "
	    "another name", two->row);
	add_note(one, note);
	snprintf(note, sizeof note, "the same ID number is in row %ld with "
	    "another name", one->row);
	add_note(two, note);
}

/* One note says enough, however many rows follow. */
static void
note_refused(struct student *student, long row)
{
	static const char sign[] = "has its number as well";
	char note[96];

	if (student->notes != NULL && strstr(student->notes, sign) != NULL)
		return;
	snprintf(note, sizeof note, "row %ld %s and was refused", row, sign);
	add_note(student, note);
}

static void
add_student(struct reading *reading, struct student *student)
{
	struct roster *roster = reading->roster;
	size_t index = roster->count, other = 0, namesake;

	student_check_id(student->fields, &reading->notes);
	if (student->fields[STUDENT_NAME] == NULL)
		buf_adds(&reading->notes, "it has no name; ");
	roster->students = grown(roster->students, index,
	    &reading->student_room, sizeof *roster->students);
	roster->students[index] = *student;
	buf_clear(&reading->reason);
	switch (rosterkeys_add(reading->keys, roster->students, index, &other,
	    &namesake, &reading->reason)) {
	case ROSTERKEYS_REPEATED:
		note_repeated(reading, &roster->students[other], student);
		return;
	case ROSTERKEYS_CONFLICT:
		refuse(reading, student->row, roster->students[other].row,
		    reading->reason.data);
		note_refused(&roster->students[other], student->row);
		return;
	case ROSTERKEYS_NEW:
		break;
	}
	roster->count++;
	set_notes(&roster->students[index], &reading->notes);
	if (namesake != index)
		note_namesake(&roster->students[index],
		    &roster->students[namesake]);
}

static void
read_rows(struct reading *reading)
{
	size_t rows = table_rows(reading->table, reading->heading.sheet), row;
	struct student student;

	for (row = reading->heading.row + 1; row < rows; row++) {
		read_fields(reading, row, &student);
		switch (row_kind(reading, row, &student)) {
		case ROW_NONE:
			break;
		case ROW_KEYLESS:
			buf_clear(&reading->reason);
			buf_addf(&reading->reason, "%sit has neither ID number "
			    "nor student number nor exam number",
			    reading->notes.data);
			refuse(reading, student.row, 0, reading->reason.data);
			break;
		case ROW_STUDENT:
			add_student(reading, &student);
			break;
		}
	}
}

/* What is noted of rows, told once for all that have the same note. */
enum { MARKS_MAX = 16 };

struct mark {
	const char *text;
	size_t len, rows;
	long first;
};

static void
count_mark(struct mark marks[static MARKS_MAX], const char *text, size_t len,
    long row)
{
	size_t i;

	for (i = 0; i < MARKS_MAX && marks[i].rows > 0; i++)
		if (marks[i].len == len && memcmp(marks[i].text, text, len) == 0)
			break;
	if (i == MARKS_MAX)
		return;
	if (marks[i].rows++ == 0) {
		marks[i].text = text;
		marks[i].len = len;
		marks[i].first = row;
	}
}

static void
summarise_notes(struct reading *reading)
{
	struct mark marks[MARKS_MAX] = { { NULL, 0, 0, 0 } };
	const struct roster *roster = reading->roster;
	struct buf *reason = &reading->reason;
	const char *text, *end;

	for (size_t i = 0; i < roster->count; i++)
		for (text = roster->students[i].notes; text != NULL;
		    text = end != NULL ? end + 2 : NULL) {
			end = strstr(text, "; ");
			count_mark(marks, text, end != NULL ?
			    (size_t)(end - text) : strlen(text),
			    roster->students[i].row);
		}
	for (size_t i = 0; i < MARKS_MAX && marks[i].rows > 0; i++) {
		buf_clear(reason);
		if (marks[i].rows > 1)
			buf_addf(reason, "in %zu rows, first in row %ld: %.*s",
			    marks[i].rows, marks[i].first, (int)marks[i].len,
			    marks[i].text);
		else
			buf_addf(reason, "row %ld: %.*s", marks[i].first,
			    (int)marks[i].len, marks[i].text);
		add_roster_note(reading->roster, reason->data, reason->len);
	}
}

static void
describe(struct reading *reading)
{
	struct roster *roster = reading->roster;
	const struct heading *heading = &reading->heading;
	const struct table *table = reading->table;

	roster->kind = xstrdup(table_kind(table));
	roster->sheet = xstrdup(table_sheet_name(table, heading->sheet));
	roster->header_row = table_row_number(table, heading->sheet,
	    heading->row);
	if (table_damaged_bytes(table) == 0)
		return;
	buf_clear(&reading->reason);
	buf_addf(&reading->reason, "%zu bytes of the file stand for no "
	    "character", table_damaged_bytes(table));
	add_roster_note(roster, reading->reason.data, reading->reason.len);
}

static void
release(struct reading *reading)
{
	rosterkeys_free(reading->keys);
	columns_free(reading->columns);
	table_free(reading->table);
	buf_release(&reading->value);
	buf_release(&reading->notes);
	buf_release(&reading->reason);
}

int
roster_read(const char *path, const struct roster_options *options,
    struct roster *roster, struct buf *err)
{
	struct reading reading = {
		.roster = roster, .value = BUF_INIT, .notes = BUF_INIT,
		.reason = BUF_INIT
	};
	int result = -1;

	memset(roster, 0, sizeof *roster);
	reading.columns = columns_load(options->columns, err);
	if (reading.columns == NULL)
		goto out;
	reading.table = tablein_read(path, err);
	if (reading.table == NULL)
		goto out;
	if (heading_find(reading.table, reading.columns, options->sheet,
	    options->header_row, &reading.heading, &reading.notes,
	    &reading.reason) == -1) {
		buf_addf(err, "'%s': %s", path, reading.reason.data);
		goto out;
	}
	add_roster_notes(roster, reading.notes.data);
	roster->pool = pool_new();
	reading.keys = rosterkeys_new();
	describe(&reading);
	read_rows(&reading);
	summarise_notes(&reading);
	result = 0;
out:
	release(&reading);
	return result;
}

static void
release_refusals(struct roster_refusal *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		free(list[i].reason);
	free(list);
}

void
roster_release(struct roster *roster)
{
	size_t i;

	for (i = 0; i < roster->count; i++)
		free(roster->students[i].notes);
	for (i = 0; i < roster->note_count; i++)
		free(roster->notes[i]);
	free(roster->students);
	free(roster->notes);
	release_refusals(roster->refused, roster->refused_count);
	release_refusals(roster->repeated, roster->repeated_count);
	free(roster->kind);
	free(roster->sheet);
	pool_free(roster->pool);
	memset(roster, 0, sizeof *roster);
}
