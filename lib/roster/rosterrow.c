#include "lib/roster/rosterrow.h"

#include <string.h>

#include "lib/base/hash.h"
#include "lib/base/pool.h"
#include "lib/base/text.h"
#include "lib/roster/columns.h"
#include "lib/roster/heading.h"
#include "lib/roster/rowwords.h"
#include "lib/roster/value.h"
#include "lib/table/shortened.h"
#include "lib/table/table.h"

#define BLANKS " \t\n\r"

enum {
	SHORT_KEY = 5,		/* characters: shorter numbers are everywhere */
	DIGITS_KEPT = 15	/* by a spreadsheet's numbers */
};

void
rosterrow_init(struct rosterrow *row)
{
	memset(row, 0, sizeof *row);
	buf_init(&row->reason);
	buf_init(&row->text);
	buf_init(&row->value);
	buf_init(&row->notes);
	buf_init(&row->doubts);
}

void
rosterrow_release(struct rosterrow *row)
{
	buf_release(&row->reason);
	buf_release(&row->text);
	buf_release(&row->value);
	buf_release(&row->notes);
	buf_release(&row->doubts);
}

/* ---- cells ---- */

/* What a formula that failed leaves behind, "#N/A" and the like. */
static int
is_formula_error(const char *text)
{
	static const char *const errors[] = {
		"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NUM!",
		"#NULL!", "Err:502", "Err:508", "Err:504"
	};

	for (size_t i = 0; i < sizeof errors / sizeof *errors; i++)
		if (strcmp(text, errors[i]) == 0)
			return 1;
	return 0;
}

/* What identifies a student, or is shown with the photo. */
static int
is_weighty(int field)
{
	return heading_is_key(field) || field == STUDENT_NAME;
}

/* A note about a value; a doubt as well where it matters. */
static void
note(struct rosterrow *row, int field, const char *clause, int doubt)
{
	const char *name = student_field_name((enum student_field)field);

	buf_addf(&row->notes, "%s %s; ", name, clause);
	if (doubt)
		buf_addf(&row->doubts, "%s %s; ", name, clause);
}

/* What is wrong with the cell itself, whatever it says; NULL when nothing is. */
static const char *
cell_trouble(const char *text, int flags)
{
	if (flags & TABLE_FORMULA)
		return "holds a formula without a stored value: open the file "
		    "in a spreadsheet program and save it";
	if ((flags & TABLE_DAMAGED) && !shortened(text))
		return "was stored as a number of more than 15 digits, the last "
		    "of which are lost: enter it as text";
	if (strncmp(text, "###", 3) == 0 && text[strspn(text, "#")] == '\0')
		return "holds only # signs, as a column that is too narrow";
	return NULL;
}

/* Numbers that a program wrote with a fraction of nothing: "2022010101.0". */
static void
drop_fraction(struct buf *text)
{
	char *point = strchr(text->data, '.');

	if (point == NULL || point[1] == '\0' ||
	    point - text->data > DIGITS_KEPT ||
	    point[1 + strspn(point + 1, "0")] != '\0' ||
	    strspn(text->data, "0123456789") !=
	    (size_t)(point - text->data))
		return;
	*point = '\0';
	text->len = (size_t)(point - text->data);
}

static int
has_words(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text >= 0x80)
			return 1;
	return 0;
}

/* Whether a cell is one of the words under a list ("辅导员：") and nothing else; 男 may
 * have slipped there from the next column. */
static int
is_footer(const struct columns *columns, const char *text)
{
	struct buf word = BUF_INIT;
	uint32_t code;
	int is_word;

	text_fold(text, &word);
	if (word.len > 0 && word.data[word.len - 1] == ':')
		word.data[--word.len] = '\0';
	is_word = text_char(word.data, word.len, &code) < word.len &&
	    columns_is_word(columns, word.data);
	buf_release(&word);
	return is_word;
}

static void
read_number(struct rosterrow *row, int field, const char *text)
{
	struct buf tidied = BUF_INIT;
	const char *trouble;
	enum value_kind kind;

	student_tidy((enum student_field)field, text, &row->value);
	drop_fraction(&row->value);
	text_tidy(text, &tidied);
	kind = value_number(row->value.len > 0 ? row->value.data : tidied.data,
	    field == STUDENT_ID_NUMBER, &trouble);
	if (trouble != NULL)
		note(row, field, trouble, 1);
	row->wordy |= kind == VALUE_NONE && trouble != NULL;
	row->footer |= kind == VALUE_NONE && text + strspn(text, BLANKS) == row->first &&
	    is_footer(row->columns, tidied.data);
	row->damaged |= kind == VALUE_DAMAGED;
	if (kind <= VALUE_DAMAGED) {
		buf_clear(&row->value);
	} else if (value_is_date(row->value.data)) {
		row->dates++;
	} else if (has_words(row->value.data)) {
		row->words++;
	} else if (row->value.len < SHORT_KEY) {
		row->short_keys++;
	} else if (strchr(row->value.data, '*') == NULL) {
		row->keys++;
	}
	buf_release(&tidied);
}

/* A name that is none ("无") is dropped, a doubtful one is kept to be asked about. */
static void
read_name(struct rosterrow *row, const char *text)
{
	size_t len = strcspn(text, "\r\n");
	const char *trouble;

	student_tidy(STUDENT_NAME, text, &row->value);
	row->name = (int)value_name(row->value.data, &trouble);
	if (row->name == VALUE_NONE)
		buf_clear(&row->value);
	if (row->name == VALUE_GOOD && text[len] != '\0' &&
	    text[len + strspn(text + len, " \t\r\n")] != '\0' && len > 0) {
		trouble = "has two lines";
		row->name = VALUE_DOUBTFUL;
	}
	if (row->name == VALUE_GOOD && !row->masked && value_is_masked(row->value.data))
		trouble = "is masked";
	if (trouble != NULL)
		note(row, STUDENT_NAME, trouble, 1);
}

static int
is_printed(int field)
{
	return field == STUDENT_COLLEGE || field == STUDENT_CLASS ||
	    field == STUDENT_MAJOR || field == STUDENT_SCHOOL ||
	    field == STUDENT_TEACHING_POINT || field == STUDENT_RECIPIENT ||
	    field == STUDENT_ADDRESS;
}

/* Tidy a cell into row->value, which stays empty when the cell gives no value; a
 * cell that cannot be used leaves a note. */
static void
read_value(struct rosterrow *row, int field, const char *text, int flags)
{
	const char *trouble = cell_trouble(text, flags);

	buf_clear(&row->value);
	if (trouble != NULL) {
		note(row, field, trouble, is_weighty(field));
		row->damaged |= heading_is_key(field);
	} else if (value_is_ditto(text)) {
		note(row, field, "says only that it is as above: write it out",
		    is_weighty(field) || is_printed(field));
	} else if (is_formula_error(text)) {
		buf_addf(&row->reason, "holds the formula error %s", text);
		note(row, field, row->reason.data, is_weighty(field));
		buf_clear(&row->reason);
	} else if (heading_is_key(field)) {
		read_number(row, field, text);
	} else if (field == STUDENT_NAME) {
		read_name(row, text);
	} else {
		student_tidy((enum student_field)field, text, &row->value);
		if (is_printed(field) && value_has_lost(row->value.data))
			note(row, field, "holds a character that was lost", 1);
		else if (strstr(row->value.data, "\xEF\xBF\xBD") != NULL)
			note(row, field, "holds a character that was lost", 0);
	}
	if (!heading_is_key(field) && field != STUDENT_NAME &&
	    (flags & TABLE_OTHER))
		return;
	if ((flags & TABLE_OTHER) && row->value.len > 0)
		note(row, field, "is a number whose format shows something "
		    "else: enter it as text", 1);
}

/* An ID number of which digits are hidden is no key, but its end is known. */
static void
hide_masked_id(uint32_t *values, struct pool *pool)
{
	const char *id = pool_text(pool, values[STUDENT_ID_NUMBER]);
	size_t len = strlen(id);

	if (strchr(id, '*') == NULL)
		return;
	values[STUDENT_ID_NUMBER] = 0;
	if (values[STUDENT_ID_LAST_FOUR] == 0 && len > 4 &&
	    strchr(id + len - 4, '*') == NULL)
		values[STUDENT_ID_LAST_FOUR] = pool_add(pool,
		    id + len - 4, 4);
}

/* Cells that are merged into another say nothing of their own about who it is. */
static void
read_fields(struct rosterrow *row, const struct table *table,
    const struct heading *heading, size_t index, struct pool *pool)
{
	const struct heading_column *column;
	const char *text;
	int flags;

	for (size_t i = 0; i < heading->count; i++) {
		column = &heading->columns[i];
		if (row->values[column->field] != 0)
			continue;
		text = table_text(table, heading->sheet, index, column->column,
		    &flags);
		if (*text == '\0' || ((flags & TABLE_MERGED) &&
		    is_weighty(column->field)))
			continue;
		read_value(row, column->field, text, flags);
		if (row->value.len > 0)
			row->values[column->field] = pool_add(pool,
			    row->value.data, row->value.len);
	}
	hide_masked_id(row->values, pool);
}

/* ---- what the row is ---- */

/* The row's first cell with a text of its own; "" when it has none. */
static const char *
first_text(const struct table *table, size_t sheet, size_t index)
{
	size_t width = table_width(table, sheet, index);
	const char *text;
	int flags;

	for (size_t column = 0; column < width; column++) {
		text = table_text(table, sheet, index, column, &flags);
		if (!(flags & TABLE_MERGED) && text[strspn(text, BLANKS)] != '\0' &&
		    strcmp(text, "　") != 0)
			return text + strspn(text, BLANKS);
	}
	return "";
}

/* Positive, as JSON's integers are. */
static uint64_t
hash_cells(const struct table *table, size_t sheet, size_t index)
{
	struct hash *hash = hash_new();
	char text[HASH_TEXT];

	for (size_t i = 0; i < table_width(table, sheet, index); i++)
		hash_add_text(hash, table_text(table, sheet, index, i, NULL));
	hash_end(hash, text);
	return hash_word(text, 15);
}

static enum rosterrow_kind
skip(struct rosterrow *row, const char *reason)
{
	buf_clear(&row->reason);
	buf_adds(&row->reason, reason);
	return ROSTERROW_SKIPPED;
}

static enum rosterrow_kind
refuse(struct rosterrow *row, const char *reason)
{
	buf_clear(&row->reason);
	buf_addf(&row->reason, "%s%s", row->notes.data, reason);
	return ROSTERROW_REFUSED;
}

/* Whether the row says of a student more than who it is: a class, a college. */
static int
has_more(const struct rosterrow *row)
{
	for (int i = 0; i < STUDENT_FIELD_COUNT; i++)
		if (row->values[i] != 0 && i != STUDENT_NAME && !heading_is_key(i))
			return 1;
	return 0;
}

static int
is_label(const char *text)
{
	return strchr(text, ':') != NULL || strstr(text, "：") != NULL;
}

/* Whether somebody is named: without a number, what also begins footers names
 * nobody. */
static int
has_name(const struct rosterrow *row, const struct columns *columns,
    const char *name)
{
	return row->name > VALUE_NONE && (row->keys > 0 ||
	    !(columns_is_word(columns, name) || value_is_framed(name)));
}

static enum rosterrow_kind
judge(struct rosterrow *row, const struct heading *heading,
    const struct columns *columns, const char *name)
{
	int named = has_name(row, columns, name);
	/* "合计, 12": a short number is a student's where all are short ones */
	int strong = row->keys > 0 || (row->short_keys > 0 &&
	    row->short_list && !columns_is_total(columns, row->first));

	/* "小教2201" alone is a class over its students, a date a footer */
	if ((strong || row->short_keys > 0 || row->words > 0 ||
	    row->dates > 0) && (named || !heading_has(heading, STUDENT_NAME)))
		return ROSTERROW_STUDENT;
	if (strong && !row->wordy)
		return ROSTERROW_STUDENT;
	if (row->keys > 0)
		return refuse(row, "a number stands there, but no name");
	if (row->footer && !row->damaged && (is_label(row->first) || !has_more(row)))
		return skip(row, "it is a total or a note");
	if (named || row->damaged)
		return refuse(row, "it has neither ID number nor student number "
		    "nor exam number that can be used");
	if (columns_is_total(columns, row->first))
		return skip(row, "it is a total or a note");
	if (row->short_keys > 0 && (row->short_list || !row->begun || has_more(row)))
		return refuse(row, "a short number stands there, but no name");
	return skip(row, "neither a number nor a name stands there");
}

static void
finish(struct rosterrow *row, const struct heading *heading, struct pool *pool)
{
	const char *texts[STUDENT_FIELD_COUNT];
	struct roster_student *student = &row->student;

	for (int i = 0; i < STUDENT_FIELD_COUNT; i++)
		texts[i] = row->values[i] != 0 ?
		    pool_text(pool, row->values[i]) : NULL;
	student_check_id(texts, &row->notes, &row->doubts);
	if (texts[STUDENT_NAME] == NULL &&
	    heading_has(heading, STUDENT_NAME)) {
		buf_adds(&row->notes, "it has no name; ");
		buf_adds(&row->doubts, "it has no name; ");
	}
	if (row->notes.len > 2)
		student->notes = pool_add(pool, row->notes.data,
		    row->notes.len - 2);
	if (row->doubts.len > 2)
		student->doubts = pool_add(pool, row->doubts.data,
		    row->doubts.len - 2);
	row->short_list = row->keys == 0;
	row->begun = 1;
}

enum rosterrow_kind
rosterrow_read(struct rosterrow *row, const struct table *table,
    const struct heading *heading, const struct columns *columns,
    size_t index, struct pool *pool)
{
	enum rosterrow_kind kind;

	memset(&row->student, 0, sizeof row->student);
	memset(row->values, 0, sizeof row->values);
	row->keys = row->short_keys = row->words = 0;
	row->damaged = row->wordy = row->dates = row->footer = 0;
	row->columns = columns;
	row->first = first_text(table, heading->sheet, index);
	row->says = 0;
	row->name = VALUE_NONE;
	buf_clear(&row->reason);
	buf_clear(&row->text);
	buf_clear(&row->notes);
	buf_clear(&row->doubts);
	row->student.row = (uint32_t)table_row_number(table, heading->sheet,
	    index);
	if (*row->first == '\0')
		return skip(row, "it is blank");
	read_fields(row, table, heading, index, pool);
	kind = judge(row, heading, columns, pool_text(pool, row->values[STUDENT_NAME]));
	if (kind == ROSTERROW_STUDENT)
		finish(row, heading, pool);
	else
		rowwords_add(row->first, columns, &row->text);
	if (kind == ROSTERROW_REFUSED)
		row->says = hash_cells(table, heading->sheet, index);
	if (kind != ROSTERROW_STUDENT && row->keys == 0 &&
	    heading_is_explained(table, columns, heading->sheet, index))
		return skip(row, "it explains the headings");
	return kind;
}
