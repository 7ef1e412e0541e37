#ifndef TC_SLIP_H
#define TC_SLIP_H
/*
 * slip: a table that a person filled in, whatever program saved it.
 *
 * XLSX, XLS, CSV in any encoding (tablein.h), a review page's JSON (jsonin.h).
 * The row of headings is found by content; headings of several spellings stand
 * for a column.  Values are tidied; a number whose last digits the spreadsheet
 * lost is reported as damaged, and the row's token is there for that.
 */
#include <stddef.h>	/* size_t */

struct buf;
struct slip;

enum slip_column {
	SLIP_TOKEN,		/* 标识, 记录号 */
	SLIP_STUDENT,		/* 学号 */
	SLIP_TARGET,		/* 关联学号: to whom the photo of the row belongs */
	SLIP_CHECKS,		/* 检查项 */
	SLIP_CATEGORY,		/* 类别代码 */
	SLIP_WHO,		/* 批准人, 确认人, 经办人, 审核人, 校对人 */
	SLIP_REASON,		/* 原因 */
	SLIP_RESULT,		/* 校对结果: what a school says */
	SLIP_VERDICT,		/* 审核结果: what a reviewer says */
	SLIP_SHOULD_BE,		/* 应改为 */
	SLIP_REMARK,		/* 说明 */
	SLIP_PICTURE,		/* 图片: SHA-256 */
	SLIP_BEFORE,		/* 原状态 */
	SLIP_SETTLE,		/* 处理结果: what the operator says */
	SLIP_MATTER,		/* 事项: of what */
	SLIP_TIME,		/* 时间: when the row was answered */
	SLIP_COPIES,		/* 份数 */
	SLIP_UNLOCK,		/* 申请解锁: only tells what the table is for */
	SLIP_PARCEL,		/* 寄送编号 */
	SLIP_CARRIER,		/* 快递公司 */
	SLIP_TRACKING,		/* 快递单号 */
	SLIP_COLUMNS
};

/* Read the table at path.  The columns whose bits are in needed must be there:
 * a sheet with all of them is looked for.  NULL with the reason. */
struct slip *slip_read(const char *path, unsigned int needed, struct buf *err);
void slip_free(struct slip *slip);	/* NULL is fine */

/* SHA-256 of the file, and the last component of its name, borrowed. */
const char *slip_file(const struct slip *slip);
const char *slip_file_name(const struct slip *slip);

/* Go to the next row below the headings that has any text; 0 at the end. */
int slip_next(struct slip *slip);
/* Whether a cell of the row is a formula whose value was not stored. */
int slip_lacks_value(const struct slip *slip);
extern const char slip_no_value[];	/* a clause that says so */
/* The row's number in the file, and a cell's text, "" when there is none,
 * borrowed until slip_next.  *damaged (may be NULL): digits were lost. */
long slip_row(const struct slip *slip);
const char *slip_text(const struct slip *slip, enum slip_column column,
    int *damaged);

#endif
