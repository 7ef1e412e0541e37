#ifndef TC_ANSWERTABLE_H
#define TC_ANSWERTABLE_H
/*
 * answertable: a table that a person filled in, whatever program saved it.
 *
 * XLSX, XLS, CSV in any encoding (tablein.h), a review page's JSON (jsonin.h).
 * The row of headings is found by content; headings of several spellings stand
 * for a column.  Values are tidied; a number whose last digits the spreadsheet
 * lost is reported as damaged, and the row's token is there for that.
 */
#include <stddef.h>	/* size_t */

struct buf;
struct answertable;
struct profile;

enum answertable_column {
	ANSWERTABLE_TOKEN,		/* 标识, 记录号 */
	ANSWERTABLE_STUDENT,		/* 学号 */
	ANSWERTABLE_TARGET,		/* 关联学号: to whom the photo of the row belongs */
	ANSWERTABLE_CHECKS,		/* 检查项 */
	ANSWERTABLE_CATEGORY,		/* 类别代码 */
	ANSWERTABLE_WHO,		/* 批准人, 确认人, 经办人, 审核人, 校对人 */
	ANSWERTABLE_REASON,		/* 原因 */
	ANSWERTABLE_RESULT,		/* 校对结果: what a school says */
	ANSWERTABLE_VERDICT,		/* 审核结果: what a reviewer says */
	ANSWERTABLE_SHOULD_BE,		/* 应改为 */
	ANSWERTABLE_REMARK,		/* 说明 */
	ANSWERTABLE_PICTURE,		/* 图片: SHA-256 */
	ANSWERTABLE_BEFORE,		/* 原状态 */
	ANSWERTABLE_SETTLE,		/* 处理结果: what the operator says */
	ANSWERTABLE_MATTER,		/* 事项: of what */
	ANSWERTABLE_TIME,		/* 时间: when the row was answered */
	ANSWERTABLE_COPIES,		/* 份数 */
	ANSWERTABLE_UNLOCK,		/* 申请解锁: only shows what the table is for */
	ANSWERTABLE_PARCEL,		/* 寄送编号 */
	ANSWERTABLE_CARRIER,		/* 快递公司 */
	ANSWERTABLE_TRACKING,		/* 快递单号 */
	ANSWERTABLE_COLUMNS
};

/* Read the table at path, as tableapart_read does.  The columns whose bits are in needed
 * must be there: a sheet with all of them is looked for.  NULL with the reason. */
struct answertable *answertable_read(const char *path, unsigned int needed,
    const struct profile *profile, struct buf *err);
void answertable_free(struct answertable *slip);	/* NULL is fine */

/* SHA-256 of the file, and the last component of its name, borrowed. */
const char *answertable_file(const struct answertable *slip);
const char *answertable_file_name(const struct answertable *slip);

/* Go to the next row below the headings that has any text; 0 at the end. */
int answertable_next(struct answertable *slip);
/* Whether a cell of the row is a formula whose value was not stored. */
int answertable_lacks_value(const struct answertable *slip);
extern const char answertable_no_value[];	/* a clause that says so */
/* The row's number in the file, and a cell's text, "" when there is none,
 * borrowed until answertable_next.  *damaged (may be NULL): digits were lost. */
long answertable_row(const struct answertable *slip);
const char *answertable_text(const struct answertable *slip, enum answertable_column column,
    int *damaged);

#endif
