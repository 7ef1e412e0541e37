#include "lib/roster/slip.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/hash.h"
#include "lib/base/mem.h"
#include "lib/base/text.h"
#include "lib/table/jsonin.h"
#include "lib/table/table.h"
#include "lib/table/tablein.h"

enum { HEADINGS_WITHIN = 20, NONE = -1 };	/* rows from the top */

/* Folded, as text_fold leaves them. */
static const struct {
	enum slip_column column;
	const char *heading;
} headings[] = {
	{ SLIP_TOKEN, "标识" }, { SLIP_TOKEN, "TOKEN" },
	{ SLIP_TOKEN, "记录号" },
	{ SLIP_STUDENT, "学号" }, { SLIP_STUDENT, "STUDENT_NO" },
	{ SLIP_STUDENT, "STUDENTNO" },
	{ SLIP_TARGET, "关联学号" }, { SLIP_TARGET, "LINKTO" },
	{ SLIP_CHECKS, "检查项" }, { SLIP_CHECKS, "免检项" },
	{ SLIP_CHECKS, "CHECKS" },
	{ SLIP_CATEGORY, "类别代码" }, { SLIP_CATEGORY, "CATEGORY" },
	{ SLIP_WHO, "批准人" }, { SLIP_WHO, "确认人" }, { SLIP_WHO, "经办人" },
	{ SLIP_WHO, "APPROVEDBY" }, { SLIP_WHO, "WHO" },
	{ SLIP_WHO, "审核人" }, { SLIP_WHO, "校对人" },
	{ SLIP_RESULT, "校对结果" }, { SLIP_RESULT, "RESULT" },
	{ SLIP_VERDICT, "审核结果" }, { SLIP_VERDICT, "复核结果" },
	{ SLIP_VERDICT, "VERDICT" },
	{ SLIP_SHOULD_BE, "应改为" }, { SLIP_SHOULD_BE, "SHOULDBE" },
	{ SLIP_REMARK, "说明" }, { SLIP_REMARK, "REMARK" },
	{ SLIP_PICTURE, "图片" }, { SLIP_PICTURE, "PICTURE" },
	{ SLIP_BEFORE, "原状态" }, { SLIP_BEFORE, "BEFORE" },
	{ SLIP_SETTLE, "处理结果" }, { SLIP_SETTLE, "SETTLE" },
	{ SLIP_MATTER, "事项" }, { SLIP_MATTER, "MATTER" },
	{ SLIP_TIME, "时间" }, { SLIP_TIME, "TIME" },
	{ SLIP_REASON, "原因" }, { SLIP_REASON, "REASON" },
	{ SLIP_COPIES, "份数" }, { SLIP_COPIES, "COPIES" },
	{ SLIP_UNLOCK, "申请解锁" }, { SLIP_UNLOCK, "解锁原因" },
	{ SLIP_UNLOCK, "解锁" }, { SLIP_UNLOCK, "UNLOCK" },
	{ SLIP_PARCEL, "寄送编号" }, { SLIP_PARCEL, "PARCEL" },
	{ SLIP_CARRIER, "快递公司" }, { SLIP_CARRIER, "物流公司" },
	{ SLIP_CARRIER, "CARRIER" },
	{ SLIP_TRACKING, "快递单号" }, { SLIP_TRACKING, "运单号" },
	{ SLIP_TRACKING, "物流单号" }, { SLIP_TRACKING, "TRACKING" },
};

struct slip {
	struct table *table;
	size_t sheet, row;		/* row: index of the present one */
	long column[SLIP_COLUMNS];
	struct buf text[SLIP_COLUMNS];	/* of the present row */
	int damaged[SLIP_COLUMNS];
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
is_heading(struct slip *slip, size_t sheet, size_t row, unsigned int needed)
{
	size_t width = table_width(slip->table, sheet, row);
	unsigned int found = 0;
	int column;

	for (size_t i = 0; i < SLIP_COLUMNS; i++)
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
find_heading(struct slip *slip, unsigned int needed)
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
first_heading(enum slip_column column)
{
	size_t i = 0;

	while (headings[i].column != column)
		i++;
	return headings[i].heading;
}

struct slip *
slip_read(const char *path, unsigned int needed, struct buf *err)
{
	struct slip *slip = xcalloc(1, sizeof *slip);
	const char *slash = strrchr(path, '/');

	for (size_t i = 0; i < SLIP_COLUMNS; i++)
		buf_init(&slip->text[i]);
	slip->name = xstrdup(slash != NULL ? slash + 1 : path);
	if (hash_file(path, slip->hash, err) != 0)
		goto fail;
	slip->table = jsonin_is(path) ? jsonin_read(path, err) :
	    tablein_read(path, err);
	if (slip->table == NULL)
		goto fail;
	if (find_heading(slip, needed) == 0)
		return slip;
	buf_addf(err, "'%s' has no row of headings with", path);
	for (int i = 0; i < SLIP_COLUMNS; i++)
		if ((needed & 1u << i) != 0)
			buf_addf(err, " '%s'",
			    first_heading((enum slip_column)i));
fail:
	slip_free(slip);
	return NULL;
}

void
slip_free(struct slip *slip)
{
	if (slip == NULL)
		return;
	for (size_t i = 0; i < SLIP_COLUMNS; i++)
		buf_release(&slip->text[i]);
	table_free(slip->table);
	free(slip->name);
	free(slip);
}

const char *
slip_file(const struct slip *slip)
{
	return slip->hash;
}

const char *
slip_file_name(const struct slip *slip)
{
	return slip->name;
}

int
slip_next(struct slip *slip)
{
	int flags, any = 0;

	while (!any && ++slip->row < table_rows(slip->table, slip->sheet)) {
		slip->lacks_value = 0;
		for (int i = 0; i < SLIP_COLUMNS; i++) {
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

const char slip_no_value[] = "a cell is a formula without a stored value: save the "
    "file in a spreadsheet program";

int
slip_lacks_value(const struct slip *slip)
{
	return slip->lacks_value;
}

long
slip_row(const struct slip *slip)
{
	return table_row_number(slip->table, slip->sheet, slip->row);
}

const char *
slip_text(const struct slip *slip, enum slip_column column, int *damaged)
{
	if (damaged != NULL)
		*damaged = slip->damaged[column];
	return slip->text[column].data;
}
