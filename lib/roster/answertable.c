#include "lib/roster/answertable.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/hash.h"
#include "lib/base/mem.h"
#include "lib/base/text.h"
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
	size_t sheet, row;		/* row: index of the present one */
	long column[ANSWERTABLE_COLUMNS];
	struct buf text[ANSWERTABLE_COLUMNS];	/* of the present row */
	int damaged[ANSWERTABLE_COLUMNS];
	int lacks_value;		/* of the present row */
	char hash[HASH_TEXT];
	char *name;
};

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

/* Note the columns of a row of headings; whether all that are needed are there. */
static int
is_heading(struct answertable *slip, size_t sheet, size_t row, unsigned int needed)
{
	size_t width = table_width(slip->table, sheet, row);
	unsigned int found = 0;
	int column;

	for (size_t i = 0; i < ANSWERTABLE_COLUMNS; i++)
		slip->column[i] = NONE;
	for (size_t i = 0; i < width; i++) {
		column = column_of(table_text(slip->table, sheet, row, i, NULL));
		if (column == NONE || slip->column[column] != NONE)
			continue;
		slip->column[column] = (long)i;
		found |= 1u << column;
	}
	return found != 0 && (found & needed) == needed;
}

static int
find_heading(struct answertable *slip, unsigned int needed)
{
	size_t sheets = table_sheets(slip->table);

	for (size_t sheet = 0; sheet < sheets; sheet++)
		for (size_t row = 0; row < table_rows(slip->table, sheet) &&
		    row < HEADINGS_WITHIN; row++)
			if (is_heading(slip, sheet, row, needed)) {
				slip->sheet = sheet;
				slip->row = row;
				return 0;
			}
	return -1;
}

static const char *
first_heading(enum answertable_column column)
{
	size_t i = 0;

	while (headings[i].column != column)
		i++;
	return headings[i].heading;
}

struct answertable *
answertable_read(const char *path, unsigned int needed, const struct profile *profile,
    struct buf *err)
{
	struct answertable *slip = xcalloc(1, sizeof *slip);
	const char *slash = strrchr(path, '/');

	for (size_t i = 0; i < ANSWERTABLE_COLUMNS; i++)
		buf_init(&slip->text[i]);
	slip->name = xstrdup(slash != NULL ? slash + 1 : path);
	if (hash_file(path, slip->hash, err) != 0)
		goto fail;
	slip->table = tableapart_read(path, profile, err);
	if (slip->table == NULL)
		goto fail;
	if (find_heading(slip, needed) == 0)
		return slip;
	buf_addf(err, "'%s' has no row of headings with", path);
	for (int i = 0; i < ANSWERTABLE_COLUMNS; i++)
		if ((needed & 1u << i) != 0)
			buf_addf(err, " '%s'",
			    first_heading((enum answertable_column)i));
fail:
	answertable_free(slip);
	return NULL;
}

void
answertable_free(struct answertable *slip)
{
	if (slip == NULL)
		return;
	for (size_t i = 0; i < ANSWERTABLE_COLUMNS; i++)
		buf_release(&slip->text[i]);
	table_free(slip->table);
	free(slip->name);
	free(slip);
}

const char *
answertable_file(const struct answertable *slip)
{
	return slip->hash;
}

const char *
answertable_file_name(const struct answertable *slip)
{
	return slip->name;
}

int
answertable_next(struct answertable *slip)
{
	int flags, any = 0;

	while (!any && ++slip->row < table_rows(slip->table, slip->sheet)) {
		slip->lacks_value = 0;
		for (int i = 0; i < ANSWERTABLE_COLUMNS; i++) {
			buf_clear(&slip->text[i]);
			slip->damaged[i] = 0;
			if (slip->column[i] == NONE)
				continue;
			text_tidy(table_text(slip->table, slip->sheet,
			    slip->row, (size_t)slip->column[i], &flags),
			    &slip->text[i]);
			slip->damaged[i] = (flags & TABLE_DAMAGED) != 0;
			slip->lacks_value |= (flags & TABLE_FORMULA) != 0;
			any |= slip->text[i].len > 0 || slip->lacks_value;
		}
	}
	return any;
}

const char answertable_no_value[] = "a cell is a formula without a stored value: save the "
    "file in a spreadsheet program";

int
answertable_lacks_value(const struct answertable *slip)
{
	return slip->lacks_value;
}

long
answertable_row(const struct answertable *slip)
{
	return table_row_number(slip->table, slip->sheet, slip->row);
}

const char *
answertable_text(const struct answertable *slip, enum answertable_column column, int *damaged)
{
	if (damaged != NULL)
		*damaged = slip->damaged[column];
	return slip->text[column].data;
}
