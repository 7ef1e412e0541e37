#include "lib/roster/unread.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/text.h"
#include "lib/roster/columns.h"
#include "lib/roster/heading.h"
#include "lib/roster/idnumber.h"
#include "lib/roster/roster.h"
#include "lib/roster/value.h"
#include "lib/table/table.h"

enum {
	ROWS_MAX = 200,		/* so many cells tell what a column holds */
	CODE_MIN = 5,		/* characters of a number that means something */
	NAME_BYTES_MAX = 12	/* four Chinese characters */
};

enum look {
	LOOK_NOTHING, LOOK_ID, LOOK_PHONE, LOOK_NUMBER, LOOK_NAME, LOOK_TEXT,
	LOOK_COUNT
};

static enum look
look_at(const char *cell)
{
	struct buf text = BUF_INIT, folded = BUF_INIT;
	struct idnumber id;
	const char *trouble;
	enum look look = LOOK_TEXT;

	text_tidy(cell, &text);
	text_fold(cell, &folded);
	idnumber_read(folded.data, &id);
	if (value_is_nothing(text.data))
		look = LOOK_NOTHING;
	else if (id.type == ID_RESIDENT || (id.type == ID_RESIDENT_OLD &&
	    id.problem == NULL))
		look = LOOK_ID;
	else if (value_is_phone(folded.data))
		look = LOOK_PHONE;
	else if (value_number(text.data, 0, &trouble) >= VALUE_DAMAGED)
		look = folded.len >= CODE_MIN ? LOOK_NUMBER : LOOK_TEXT;
	else if (text.len <= NAME_BYTES_MAX && strchr(text.data, ' ') == NULL &&
	    (unsigned char)text.data[0] >= 0xE4 &&
	    value_name(text.data, &trouble) == VALUE_GOOD)
		look = LOOK_NAME;
	buf_release(&text);
	buf_release(&folded);
	return look;
}

/* Names are as short as many other words: only their variety is a sign. */
static enum look
most(const size_t counts[static LOOK_COUNT], size_t changes)
{
	size_t all = 0;
	enum look best = LOOK_TEXT;

	for (int i = LOOK_ID; i < LOOK_COUNT; i++) {
		all += counts[i];
		if (counts[i] > counts[best])
			best = (enum look)i;
	}
	if (all == 0)
		return LOOK_NOTHING;
	if (best == LOOK_NAME && 2 * changes < all)
		return LOOK_TEXT;
	return 2 * counts[best] > all ? best : LOOK_TEXT;
}

static enum look
look_at_column(const struct table *table, size_t sheet, size_t column,
    size_t first, size_t end)
{
	size_t counts[LOOK_COUNT] = { 0 }, changes = 0, seen = 0;
	const char *text, *last = "";
	int flags;

	for (size_t row = first; row < end && seen < ROWS_MAX; row++) {
		text = table_text(table, sheet, row, column, &flags);
		if (*text == '\0' || (flags & TABLE_MERGED))
			continue;
		seen++;
		counts[look_at(text)]++;
		changes += strcmp(text, last) != 0;
		last = text;
	}
	return most(counts, changes);
}

static int
is_given(const struct heading *heading, size_t column)
{
	for (size_t i = 0; i < heading->count; i++)
		if (heading->columns[i].column == column)
			return 1;
	return 0;
}

/* The heading, or the column's letters where there is none. */
static void
name_column(const struct table *table, const struct heading *heading,
    size_t column, struct buf *out)
{
	struct buf text = BUF_INIT;

	heading_text(table, heading, column, &text);
	text_tidy(text.data, out);
	if (out->len == 0) {
		buf_adds(out, "column ");
		table_column_name(column, out);
	}
	buf_release(&text);
}

static void
tell(struct roster *roster, const char *name, enum look look, int ignored)
{
	static const char *const reasons[LOOK_COUNT] = {
		[LOOK_ID] = "the heading is not known, and its cells look like "
		    "ID numbers: name it in a file for --columns, as "
		    "id_number = heading",
		[LOOK_PHONE] = "the heading is not known, and its cells look "
		    "like telephone numbers: name it in a file for --columns, "
		    "as phone = heading",
		[LOOK_NUMBER] = "the heading is not known, and its cells look "
		    "like students' numbers or codes: name it in a file for "
		    "--columns, as student_no = heading",
		[LOOK_NAME] = "the heading is not known, and its cells look "
		    "like names: name it in a file for --columns, as name = "
		    "heading",
		[LOOK_TEXT] = "the heading is not known"
	};

	if (look != LOOK_NOTHING)
		roster_add_gap(roster, ignored ? ROSTER_IGNORED : ROSTER_COLUMN,
		    (long)roster->list_count - 1, 0, name, ignored ? "" :
		    reasons[look]);
}

void
unread_columns(struct roster *roster, const struct table *table,
    const struct columns *columns, const struct heading *heading, size_t first,
    size_t end)
{
	size_t width = 0, row, column;
	struct buf name = BUF_INIT;

	for (row = heading->first; row < end; row++)
		if (table_width(table, heading->sheet, row) > width)
			width = table_width(table, heading->sheet, row);
	for (column = 0; column < width; column++) {
		if (is_given(heading, column))
			continue;
		buf_clear(&name);
		name_column(table, heading, column, &name);
		tell(roster, name.data, look_at_column(table, heading->sheet,
		    column, first, end), columns_find(columns, name.data,
		    NULL) == COLUMN_IGNORED);
	}
	buf_release(&name);
}

size_t
unread_students(const struct table *table, size_t sheet)
{
	size_t rows = table_rows(table, sheet), students = 0;
	enum look look;
	int flags, number, name;
	const char *text;

	for (size_t row = 0; row < rows; row++) {
		number = name = 0;
		for (size_t i = 0; i < table_width(table, sheet, row); i++) {
			text = table_text(table, sheet, row, i, &flags);
			if (*text == '\0' || (flags & TABLE_MERGED))
				continue;
			look = look_at(text);
			number |= look == LOOK_ID || look == LOOK_NUMBER;
			name |= look == LOOK_NAME;
		}
		students += (size_t)(number & name);
	}
	return students;
}

/* Whether people may answer in the column: 审核意见, 核对签字. */
static int
may_answer(const char *heading)
{
	static const char *const words[] = { "审核", "核对", "校对", "复核", "确认", "意见", "签", NULL };

	for (const char *const *word = words; *word != NULL; word++)
		if (strstr(heading, *word) != NULL)
			return 1;
	return 0;
}

/* Whether the heading says what all cells of the column are, and that is no remark and no
 * answer. */
static int
is_known(const struct table *table, const struct columns *columns,
    const struct heading *heading, size_t column)
{
	struct buf name = BUF_INIT;
	int field, is_known;

	heading_text(table, heading, column, &name);
	field = columns_find(columns, name.data, NULL);
	is_known = field != COLUMN_NONE && field != STUDENT_REMARK &&
	    !may_answer(name.data);
	buf_release(&name);
	return is_known;
}

static int
holds_only_students(const struct table *table, const struct columns *columns,
    const struct heading *heading)
{
	size_t sheet = heading->sheet;
	int only = 1;

	for (size_t row = heading->row + 1; only && row < table_rows(table, sheet); row++)
		for (size_t i = 0; i < table_width(table, sheet, row); i++)
			only &= *table_text(table, sheet, row, i, NULL) == '\0' ||
			    is_known(table, columns, heading, i);
	return only;
}

int
unread_is_list(const struct table *table, size_t sheet)
{
	struct buf ignored = BUF_INIT;
	struct columns *columns = columns_load(NULL, &ignored);
	struct heading heading;
	int is_list = columns != NULL && heading_find(table, columns, sheet, &heading) &&
	    holds_only_students(table, columns, &heading);

	columns_free(columns);
	buf_release(&ignored);
	return is_list;
}

/* The row above which nothing looks like a number, the headings' as a rule. */
static size_t
row_above_numbers(const struct table *table, size_t sheet)
{
	size_t rows = table_rows(table, sheet), row, i;

	for (row = 0; row < rows && row < HEADING_ROWS; row++)
		for (i = 0; i < table_width(table, sheet, row); i++) {
			enum look look = look_at(table_text(table, sheet, row,
			    i, NULL));

			if (look == LOOK_ID || look == LOOK_NUMBER)
				return row > 0 ? row - 1 : 0;
		}
	return 0;
}

/* Whether no row has a second cell, as where nothing parts the columns that is known. */
static int
has_one_column(const struct table *table)
{
	for (size_t row = 0; row < table_rows(table, 0); row++)
		if (table_width(table, 0, row) > 1)
			return 0;
	return 1;
}

void
unread_hint(const struct table *table, struct buf *out)
{
	size_t rows = table_rows(table, 0), row, i;
	enum look look, heading;

	if (rows < 2)
		return;
	if (has_one_column(table)) {
		buf_adds(out, "; it has one column: commas, tabs, semicolons or | part "
		    "the columns of a text");
		return;
	}
	row = row_above_numbers(table, 0);
	for (i = 0; i < table_width(table, 0, row); i++) {
		look = look_at_column(table, 0, i, row + 1, rows);
		if (look != LOOK_ID && look != LOOK_NUMBER)
			continue;
		/* a row of students is no heading, and is not shown */
		heading = look_at(table_text(table, 0, row, i, NULL));
		buf_adds(out, "; column ");
		table_column_name(i, out);
		if (heading >= LOOK_NAME)
			buf_addf(out, " '%s'", table_text(table, 0, row, i,
			    NULL));
		buf_addf(out, " looks like %s", look == LOOK_ID ?
		    "ID numbers" : "students' numbers");
	}
}
