#include "lib/roster/answertable.h"

#include <stdlib.h>
#include <string.h>

#include "lib/archive/entrymask.h"
#include "lib/base/buf.h"
#include "lib/base/hash.h"
#include "lib/base/mem.h"
#include "lib/base/text.h"
#include "lib/roster/unread.h"
#include "lib/table/table.h"
#include "lib/table/tableapart.h"

enum { HEADINGS_WITHIN = 20, NONE = -1 };	/* rows from the top */

/* Folded, as text_fold leaves them. */
static const struct {
	enum answertable_column column;
	const char *heading;
} headings[] = {
	{ ANSWERTABLE_TOKEN, "标识" }, { ANSWERTABLE_TOKEN, "TOKEN" },
	{ ANSWERTABLE_TOKEN, "记录号" },
	{ ANSWERTABLE_STUDENT, "学号" }, { ANSWERTABLE_STUDENT, "STUDENT_NO" },
	{ ANSWERTABLE_STUDENT, "STUDENTNO" },
	{ ANSWERTABLE_TARGET, "关联学号" }, { ANSWERTABLE_TARGET, "LINKTO" },
	{ ANSWERTABLE_CHECKS, "检查项" }, { ANSWERTABLE_CHECKS, "免检项" },
	{ ANSWERTABLE_CHECKS, "CHECKS" },
	{ ANSWERTABLE_CATEGORY, "类别代码" }, { ANSWERTABLE_CATEGORY, "CATEGORY" },
	{ ANSWERTABLE_WHO, "批准人" }, { ANSWERTABLE_WHO, "确认人" }, { ANSWERTABLE_WHO, "经办人" },
	{ ANSWERTABLE_WHO, "APPROVEDBY" }, { ANSWERTABLE_WHO, "WHO" },
	{ ANSWERTABLE_WHO, "审核人" }, { ANSWERTABLE_WHO, "校对人" },
	{ ANSWERTABLE_RESULT, "校对结果" }, { ANSWERTABLE_RESULT, "RESULT" },
	{ ANSWERTABLE_VERDICT, "审核结果" }, { ANSWERTABLE_VERDICT, "复核结果" },
	{ ANSWERTABLE_VERDICT, "VERDICT" },
	{ ANSWERTABLE_SHOULD_BE, "应改为" }, { ANSWERTABLE_SHOULD_BE, "SHOULDBE" },
	{ ANSWERTABLE_REMARK, "说明" }, { ANSWERTABLE_REMARK, "REMARK" },
	{ ANSWERTABLE_PICTURE, "图片" }, { ANSWERTABLE_PICTURE, "PICTURE" },
	{ ANSWERTABLE_BEFORE, "原状态" }, { ANSWERTABLE_BEFORE, "BEFORE" },
	{ ANSWERTABLE_SETTLE, "处理结果" }, { ANSWERTABLE_SETTLE, "SETTLE" },
	{ ANSWERTABLE_MATTER, "事项" }, { ANSWERTABLE_MATTER, "MATTER" },
	{ ANSWERTABLE_TIME, "时间" }, { ANSWERTABLE_TIME, "TIME" },
	{ ANSWERTABLE_REASON, "原因" }, { ANSWERTABLE_REASON, "REASON" },
	{ ANSWERTABLE_COPIES, "份数" }, { ANSWERTABLE_COPIES, "COPIES" },
	{ ANSWERTABLE_UNLOCK, "申请解锁" }, { ANSWERTABLE_UNLOCK, "解锁原因" },
	{ ANSWERTABLE_UNLOCK, "解锁" }, { ANSWERTABLE_UNLOCK, "UNLOCK" },
	{ ANSWERTABLE_PARCEL, "寄送编号" }, { ANSWERTABLE_PARCEL, "PARCEL" },
	{ ANSWERTABLE_CARRIER, "快递公司" }, { ANSWERTABLE_CARRIER, "物流公司" },
	{ ANSWERTABLE_CARRIER, "CARRIER" },
	{ ANSWERTABLE_TRACKING, "快递单号" }, { ANSWERTABLE_TRACKING, "运单号" },
	{ ANSWERTABLE_TRACKING, "物流单号" }, { ANSWERTABLE_TRACKING, "TRACKING" },
};

struct answertable {
	struct table *table;
	unsigned int *needed;		/* see answertable_read */
	size_t sheets;			/* that have them */
	size_t sheet, row;		/* indexes of the present row */
	size_t judged;			/* sheets, once the rows are read */
	int *meanings;			/* of the sheet's columns, or NONE */
	size_t width;
	struct buf text[ANSWERTABLE_COLUMNS];	/* of the present row */
	size_t from[ANSWERTABLE_COLUMNS];	/* the column in which it stands */
	int damaged[ANSWERTABLE_COLUMNS];
	struct buf shown, place, fault, lists;
	char hash[HASH_TEXT];
	char *name;
};

/* ---- headings ---- */

static int
column_of(const char *heading)
{
	struct buf folded = BUF_INIT;
	int column = NONE;

	text_fold(heading, &folded);
	for (size_t i = 0; i < sizeof headings / sizeof headings[0]; i++)
		if (strcmp(headings[i].heading, folded.data) == 0)
			column = (int)headings[i].column;
	buf_release(&folded);
	return column;
}

/* Note what the columns of a row of headings mean; whether those that are needed are
 * there. */
static int
is_heading(struct answertable *answers, size_t sheet, size_t row)
{
	unsigned int found = 0;

	answers->width = table_width(answers->table, sheet, row);
	answers->meanings = xrealloc_array(answers->meanings, answers->width + 1,
	    sizeof *answers->meanings);
	for (size_t i = 0; i < answers->width; i++) {
		int column = column_of(table_text(answers->table, sheet, row, i, NULL));

		answers->meanings[i] = column;
		if (column != NONE)
			found |= ANSWERTABLE_BIT(column);
	}
	for (const unsigned int *one = answers->needed; *one != 0; one++)
		if ((found & *one) == 0)
			return 0;
	return 1;
}

/* Where the sheet's row of headings is, or HEADINGS_WITHIN. */
static size_t
heading_row(struct answertable *answers, size_t sheet)
{
	size_t rows = table_rows(answers->table, sheet);

	for (size_t row = 0; row < rows && row < HEADINGS_WITHIN; row++)
		if (is_heading(answers, sheet, row))
			return row;
	return HEADINGS_WITHIN;
}

/* Go to the row of headings of that sheet, or of one behind it; 0 when none of those
 * that are read has one. */
static int
find_heading(struct answertable *answers, size_t sheet)
{
	size_t end = table_sheets(answers->table), row;

	for (; sheet < end; sheet++) {
		row = heading_row(answers, sheet);
		if (row == HEADINGS_WITHIN)
			continue;
		answers->sheet = sheet;
		answers->row = row;
		return 1;
	}
	return 0;
}

static void
count_sheets(struct answertable *answers)
{
	for (size_t sheet = 0; find_heading(answers, sheet); sheet = answers->sheet + 1)
		answers->sheets++;
	find_heading(answers, 0);
}

/* ---- the file ---- */

/* "'标识'/'学号'": the first heading of each. */
static void
add_headings(unsigned int columns, struct buf *out)
{
	const char *before = " ";

	for (size_t i = 0; i < sizeof headings / sizeof headings[0]; i++) {
		if ((columns & ANSWERTABLE_BIT(headings[i].column)) == 0)
			continue;
		columns &= ~ANSWERTABLE_BIT(headings[i].column);
		buf_addf(out, "%s'%s'", before, headings[i].heading);
		before = "/";
	}
}

static void
add_needed(const struct answertable *answers, struct buf *out)
{
	for (const unsigned int *one = answers->needed; *one != 0; one++)
		add_headings(*one, out);
}

static int
open_table(struct answertable *answers, const char *path, const struct profile *profile,
    struct buf *err)
{
	if (hash_file(path, answers->hash, err) != 0)
		return -1;
	answers->table = tableapart_read(path, profile, err);
	if (answers->table == NULL)
		return -1;
	count_sheets(answers);
	if (answers->sheets > 0)
		return 0;
	buf_addf(err, "'%s' has no row of headings with", answers->shown.data);
	add_needed(answers, err);
	return -1;
}

static void
copy_needed(struct answertable *answers, const unsigned int *needed)
{
	size_t count = 0;

	while (needed[count] != 0)
		count++;
	answers->needed = xcalloc(count + 1, sizeof *needed);
	for (size_t i = 0; i < count; i++)
		answers->needed[i] = needed[i];
}

struct answertable *
answertable_read(const char *path, const unsigned int *needed,
    const struct profile *profile, struct buf *err)
{
	struct answertable *answers = xcalloc(1, sizeof *answers);
	const char *slash = strrchr(path, '/');

	for (size_t i = 0; i < ANSWERTABLE_COLUMNS; i++)
		buf_init(&answers->text[i]);
	buf_init(&answers->shown);
	buf_init(&answers->place);
	buf_init(&answers->fault);
	buf_init(&answers->lists);
	copy_needed(answers, needed);
	answers->name = xstrdup(slash != NULL ? slash + 1 : path);
	entrymask_file(answers->name, &answers->shown);
	if (open_table(answers, path, profile, err) == 0)
		return answers;
	answertable_free(answers);
	return NULL;
}

void
answertable_free(struct answertable *answers)
{
	if (answers == NULL)
		return;
	for (size_t i = 0; i < ANSWERTABLE_COLUMNS; i++)
		buf_release(&answers->text[i]);
	buf_release(&answers->shown);
	buf_release(&answers->place);
	buf_release(&answers->fault);
	buf_release(&answers->lists);
	table_free(answers->table);
	free(answers->needed);
	free(answers->meanings);
	free(answers->name);
	free(answers);
}

const char *
answertable_file(const struct answertable *answers)
{
	return answers->hash;
}

const char *
answertable_file_name(const struct answertable *answers)
{
	return answers->name;
}

const char *
answertable_shown(const struct answertable *answers)
{
	return answers->shown.data;
}

size_t
answertable_sheets(const struct answertable *answers)
{
	return answers->sheets;
}

/* ---- rows ---- */

static void
clear_row(struct answertable *answers)
{
	buf_clear(&answers->place);
	buf_clear(&answers->fault);
	for (int i = 0; i < ANSWERTABLE_COLUMNS; i++) {
		buf_clear(&answers->text[i]);
		answers->damaged[i] = 0;
	}
}

static void
set_place(struct answertable *answers)
{
	if (answers->sheets > 1)
		buf_addf(&answers->place, "sheet '%s' ",
		    table_sheet_name(answers->table, answers->sheet));
	buf_addf(&answers->place, "row %ld", table_row_number(answers->table,
	    answers->sheet, answers->row));
}

static void
set_differing(struct answertable *answers, size_t one, size_t other)
{
	struct buf first = BUF_INIT, second = BUF_INIT;

	table_column_name(one, &first);
	table_column_name(other, &second);
	buf_clear(&answers->fault);
	buf_addf(&answers->fault, "columns %s and %s have the same meaning and "
	    "different values", first.data, second.data);
	buf_release(&first);
	buf_release(&second);
}

/* Of several persons the first is named. */
static void
take_cell(struct answertable *answers, int meaning, size_t column)
{
	struct buf *text = &answers->text[meaning], tidy = BUF_INIT;
	int flags;

	text_tidy(table_text(answers->table, answers->sheet, answers->row, column,
	    &flags), &tidy);
	if ((flags & TABLE_FORMULA) != 0) {
		buf_clear(&answers->fault);
		buf_adds(&answers->fault, "a cell is a formula without a stored value: "
		    "save the file in a spreadsheet program");
	} else if (tidy.len > 0 && text->len == 0) {
		buf_adds(text, tidy.data);
		answers->from[meaning] = column;
		answers->damaged[meaning] = (flags & TABLE_DAMAGED) != 0;
	} else if (tidy.len > 0 && strcmp(text->data, tidy.data) != 0 &&
	    meaning != ANSWERTABLE_WHO) {
		set_differing(answers, answers->from[meaning], column);
	}
	buf_release(&tidy);
}

/* Whether it has any text. */
static int
read_row(struct answertable *answers)
{
	int any = 0;

	clear_row(answers);
	for (size_t i = 0; i < answers->width; i++)
		if (answers->meanings[i] != NONE)
			take_cell(answers, answers->meanings[i], i);
	for (int i = 0; i < ANSWERTABLE_COLUMNS; i++)
		any |= answers->text[i].len > 0;
	set_place(answers);
	return any || answers->fault.len > 0;
}

/* Why a sheet that people may have answered in is not read. */
static void
judge_sheet(struct answertable *answers, size_t sheet)
{
	int read = sheet < table_sheets(answers->table);
	int headed = heading_row(answers, sheet) < HEADINGS_WITHIN;
	struct buf names = BUF_INIT;
	size_t students;

	if (!read && headed)
		buf_adds(&answers->fault, "it is hidden and was not read");
	if (!read || headed || !(answers->needed[0] & ANSWERTABLE_BIT(ANSWERTABLE_STUDENT)))
		return;
	students = unread_students(answers->table, sheet);
	if (students == 0)
		return;
	if (unread_is_list(answers->table, sheet)) {
		buf_addf(&answers->lists, "%s'%s'", answers->lists.len > 0 ? ", " : "",
		    table_sheet_name(answers->table, sheet));
		return;
	}
	add_needed(answers, &names);
	buf_addf(&answers->fault, "it lacks headings with%s, and %zu of its "
	    "rows look like students'", names.data, students);
	buf_release(&names);
}

/* A sheet that is not read stands for one row that cannot be read. */
static int
next_sheet(struct answertable *answers)
{
	clear_row(answers);
	while (answers->fault.len == 0 && answers->judged < table_all_sheets(answers->table))
		judge_sheet(answers, answers->judged++);
	if (answers->fault.len > 0)
		buf_addf(&answers->place, "sheet '%s'", table_sheet_name(answers->table,
		    answers->judged - 1));
	return answers->fault.len > 0;
}

int
answertable_next(struct answertable *answers)
{
	size_t end = table_sheets(answers->table);

	while (answers->sheet < end) {
		while (++answers->row < table_rows(answers->table, answers->sheet))
			if (read_row(answers))
				return 1;
		if (!find_heading(answers, answers->sheet + 1))
			answers->sheet = end;
	}
	return next_sheet(answers);
}

const char *
answertable_place(const struct answertable *answers)
{
	return answers->place.data;
}

const char *
answertable_fault(const struct answertable *answers)
{
	return answers->fault.len > 0 ? answers->fault.data : NULL;
}

const char *
answertable_text(const struct answertable *answers, enum answertable_column column,
    int *damaged)
{
	if (damaged != NULL)
		*damaged = answers->damaged[column];
	return answers->text[column].data;
}

const char *
answertable_lists(const struct answertable *answers)
{
	return answers->lists.len > 0 ? answers->lists.data : NULL;
}
