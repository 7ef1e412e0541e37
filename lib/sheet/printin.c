#include "lib/sheet/printin.h"

#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mask.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/roster/columns.h"
#include "lib/roster/student.h"
#include "lib/table/table.h"
#include "lib/table/tableapart.h"

enum {
	HEAD_ROWS = 40,		/* so many rows are looked at for headings */
	ID_SHOWN = 4		/* characters of an ID number that the table has */
};

struct printin_key {
	const char *text;
	struct printin_row *row;
};

/* Where the columns are; -1 where there is none. */
struct head {
	size_t sheet, row;
	long columns[PRINTTABLE_COLUMNS];
	int known;
};

/* ---- headings ---- */

/* A heading that the roster's table knows too. */
static int
column_of_field(int field)
{
	switch (field) {
	case STUDENT_STUDENT_NO:
		return PRINTTABLE_STUDENT_NO;
	case STUDENT_NAME:
		return PRINTTABLE_NAME;
	case STUDENT_ID_NUMBER:
	case STUDENT_ID_LAST_FOUR:
		return PRINTTABLE_LAST_FOUR;
	case STUDENT_SCHOOL:
		return PRINTTABLE_SCHOOL;
	case STUDENT_COLLEGE:
		return PRINTTABLE_COLLEGE;
	case STUDENT_CLASS:
		return PRINTTABLE_CLASS;
	default:
		return -1;
	}
}

static void
read_head(const struct table *table, const struct columns *columns,
    size_t sheet, size_t row, struct head *head)
{
	size_t width = table_width(table, sheet, row), i;
	const char *text;
	int column;

	memset(head, 0, sizeof *head);
	head->sheet = sheet;
	head->row = row;
	for (i = 0; i < PRINTTABLE_COLUMNS; i++)
		head->columns[i] = -1;
	for (i = 0; i < width; i++) {
		text = table_text(table, sheet, row, i, NULL);
		column = printtable_find(text);
		if (column < 0 && *text != '\0')
			column = column_of_field(columns_find(columns, text, NULL));
		if (column < 0 || head->columns[column] >= 0)
			continue;
		head->columns[column] = (long)i;
		head->known++;
	}
}

static int
check_head(const struct head *head, struct buf *err)
{
	static const enum printtable_column wanted[] = {
		PRINTTABLE_STUDENT_NO, PRINTTABLE_NAME, PRINTTABLE_LAST_FOUR
	};
	size_t i;

	for (i = 0; i < sizeof wanted / sizeof *wanted; i++)
		if (head->columns[wanted[i]] < 0) {
			buf_addf(err, "the table has no column '%s', by which "
			    "its rows are compared with the records",
			    printtable_heading(wanted[i]));
			return -1;
		}
	return 0;
}

static int
find_head(const struct table *table, struct head *best, struct buf *err)
{
	struct columns *columns = columns_load(NULL, err);
	struct head head;
	size_t sheet, row;

	if (columns == NULL)
		return -1;
	memset(best, 0, sizeof *best);
	for (row = 0; row < PRINTTABLE_COLUMNS; row++)
		best->columns[row] = -1;
	for (sheet = 0; sheet < table_sheets(table); sheet++)
		for (row = 0; row < table_rows(table, sheet) && row < HEAD_ROWS;
		    row++) {
			read_head(table, columns, sheet, row, &head);
			if (head.known > best->known)
				*best = head;
		}
	columns_free(columns);
	return check_head(best, err);
}

/* ---- rows ---- */

static void
refuse(struct printin_row *row, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* For the first thing that is wrong with it. */
static void
refuse(struct printin_row *row, const char *format, ...)
{
	struct buf reason = BUF_INIT;
	va_list args;

	if (row->state == ROW_REFUSED)
		return;
	va_start(args, format);
	buf_vaddf(&reason, format, args);
	va_end(args);
	row->state = ROW_REFUSED;
	row->reason = buf_detach(&reason);
}

static void
read_copies(struct printin_row *row, long copies_max)
{
	const char *text = row->cells[PRINTTABLE_COPIES];
	char *end;

	row->copies = -1;
	if (*text == '\0')
		return;
	errno = 0;
	row->copies = strtol(text, &end, 10);
	if (errno != 0 || *end != '\0' || row->copies < 0 ||
	    row->copies > copies_max)
		refuse(row, "its number of copies is none from 0 to %ld",
		    copies_max);
}

static int
read_row(const struct table *table, const struct head *head, size_t at,
    long copies_max, struct printin_row *row)
{
	int i, flags, damaged = 0, said = 0;

	memset(row, 0, sizeof *row);
	row->number = table_row_number(table, head->sheet, at);
	for (i = 0; i < PRINTTABLE_COLUMNS; i++) {
		row->cells[i] = "";
		if (head->columns[i] < 0)
			continue;
		flags = 0;
		row->cells[i] = table_text(table, head->sheet, at,
		    (size_t)head->columns[i], &flags);
		damaged |= flags & TABLE_DAMAGED;
		said |= *row->cells[i] != '\0' && i != PRINTTABLE_INDEX;
	}
	if (!said)
		return 0;
	if (damaged)
		refuse(row, "a number in it has lost its last digits: it was "
		    "not saved as text");
	read_copies(row, copies_max);
	if (*row->cells[PRINTTABLE_TOKEN] == '\0' &&
	    *row->cells[PRINTTABLE_STUDENT_NO] == '\0')
		refuse(row, "it has no student number");
	return 1;
}

static int
by_key(const void *a, const void *b)
{
	const struct printin_key *one = a, *other = b;
	int order = strcmp(one->text, other->text);

	if (order != 0)
		return order;
	return (one->row > other->row) - (one->row < other->row);
}

/* By the token, else by the student number; of rows with one key the first
 * counts. */
static void
make_keys(struct printin *in)
{
	struct printin_row *row;
	size_t i;

	in->keys = xcalloc(in->count, sizeof *in->keys);
	for (i = 0; i < in->count; i++) {
		row = &in->rows[i];
		in->keys[i].row = row;
		in->keys[i].text = row->cells[
		    *row->cells[PRINTTABLE_TOKEN] != '\0' ? PRINTTABLE_TOKEN :
		    PRINTTABLE_STUDENT_NO];
	}
	mem_sort(in->keys, in->count, sizeof *in->keys, by_key);
	for (i = 1; i < in->count; i++)
		if (*in->keys[i].text != '\0' && strcmp(in->keys[i].text,
		    in->keys[i - 1].text) == 0)
			refuse(in->keys[i].row, "it repeats another row");
}

int
printin_read(const char *path, long copies_max, const struct profile *profile,
    struct printin *in, struct buf *err)
{
	struct head head;
	size_t rows, at;

	memset(in, 0, sizeof *in);
	in->table = tableapart_read(path, profile, err);
	if (in->table == NULL || find_head(in->table, &head, err) != 0)
		return -1;
	rows = table_rows(in->table, head.sheet);
	in->rows = xcalloc(rows, sizeof *in->rows);
	for (at = head.row + 1; at < rows; at++)
		in->count += (size_t)read_row(in->table, &head, at, copies_max,
		    &in->rows[in->count]);
	make_keys(in);
	return 0;
}

void
printin_release(struct printin *in)
{
	size_t i;

	for (i = 0; i < in->count; i++)
		free(in->rows[i].reason);
	free(in->rows);
	free(in->keys);
	table_free(in->table);
	memset(in, 0, sizeof *in);
}

/* ---- rows and records ---- */

static struct printin_row *
find_key(const struct printin *in, const char *text)
{
	size_t low = 0, high = in->count, middle;

	if (text == NULL || *text == '\0')
		return NULL;
	while (low < high) {
		middle = low + (high - low) / 2;
		if (strcmp(in->keys[middle].text, text) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return low < in->count && strcmp(in->keys[low].text, text) == 0 ?
	    in->keys[low].row : NULL;
}

static int
same_field(enum student_field field, const char *cell, const char *said)
{
	struct buf one = BUF_INIT, other = BUF_INIT;
	int same;

	student_tidy(field, cell, &one);
	student_tidy(field, said != NULL ? said : "", &other);
	same = strcmp(one.data, other.data) == 0;
	buf_release(&one);
	buf_release(&other);
	return same;
}

/* A whole number in the cell must be the whole one. */
static int
same_id(const char *cell, const struct node *student)
{
	const char *number = node_text(student, "id_number");
	struct buf one = BUF_INIT, other = BUF_INIT;
	int same;

	if (strlen(cell) > ID_SHOWN && number != NULL)
		return same_field(STUDENT_ID_NUMBER, cell, number);
	mask_id_last_four(cell, &one);
	if (number == NULL)
		number = node_text(student, "id_last_four");
	if (number != NULL)
		mask_id_last_four(number, &other);
	same = strcmp(one.data, other.data) == 0;
	buf_release(&one);
	buf_release(&other);
	return same;
}

struct printin_row *
printin_take(struct printin *in, const struct node *photo)
{
	const struct node *student = node_get(photo, "student");
	const char *number = node_text(student, "student_no");
	struct printin_row *row = find_key(in, node_text(photo, "id"));

	if (row == NULL)
		row = find_key(in, number);
	/* a row that another record of that number took is no longer to be had */
	if (row == NULL || row->state != ROW_OPEN)
		return NULL;
	if (!same_field(STUDENT_STUDENT_NO,
	    row->cells[PRINTTABLE_STUDENT_NO], number))
		refuse(row, "its student number is not the record's");
	else if (!same_field(STUDENT_NAME, row->cells[PRINTTABLE_NAME],
	    node_text(student, "name")))
		refuse(row, "its name is not the record's");
	else if (!same_id(row->cells[PRINTTABLE_LAST_FOUR], student))
		refuse(row, "its ID number is not the record's");
	if (row->state == ROW_REFUSED)
		return NULL;
	row->state = ROW_TAKEN;
	return row;
}

void
printin_override(const struct printin_row *row, struct node *student)
{
	static const struct {
		enum printtable_column column;
		enum student_field field;
	} words[] = {
		{ PRINTTABLE_SCHOOL, STUDENT_SCHOOL },
		{ PRINTTABLE_COLLEGE, STUDENT_COLLEGE },
		{ PRINTTABLE_CLASS, STUDENT_CLASS },
	};
	struct buf text = BUF_INIT;
	size_t i;

	for (i = 0; i < sizeof words / sizeof *words; i++) {
		buf_clear(&text);
		student_tidy(words[i].field, row->cells[words[i].column], &text);
		if (text.len > 0)
			node_set_text(student,
			    student_field_name(words[i].field), text.data);
	}
	buf_release(&text);
}

void
printin_refuse_rest(struct printin *in)
{
	size_t i;

	for (i = 0; i < in->count; i++)
		if (in->rows[i].state == ROW_OPEN)
			refuse(&in->rows[i], "it names no record of the batch");
}
