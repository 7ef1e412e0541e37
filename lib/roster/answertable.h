#ifndef TC_ANSWERTABLE_H
#define TC_ANSWERTABLE_H
/*
 * answertable: a table that a person filled in, whatever program saved it.
 *
 * XLSX, XLS, CSV in any encoding (tablein.h), a review page's JSON (jsonin.h).
 * The row of headings is found by content; headings of several spellings stand
 * for a column; each sheet that has such a row is read.  Values are tidied; a number
 * whose last digits the spreadsheet lost is reported as damaged, and the row's token is
 * there for that.
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

/* Bits of columns, for answertable_read. */
#define ANSWERTABLE_BIT(column) (1u << (column))

/* Read the table at path, as tableapart_read does: every visible sheet that has a column
 * of each item of needed, which are bits of one or more and end in 0.  NULL with the
 * reason. */
struct answertable *answertable_read(const char *path, const unsigned int *needed,
    const struct profile *profile, struct buf *err);
void answertable_free(struct answertable *answers);	/* NULL is fine */

/* SHA-256 of the file, the last component of its name, and that name as messages show
 * it, borrowed. */
const char *answertable_file(const struct answertable *answers);
const char *answertable_file_name(const struct answertable *answers);
const char *answertable_shown(const struct answertable *answers);
/* How many sheets are read. */
size_t answertable_sheets(const struct answertable *answers);

/* Go to the next row below the headings that has any text, sheet after sheet, and then to
 * each sheet that people may have answered in and that is not read: a hidden one with such
 * headings, one without them whose rows look like students', where these are what is
 * needed; answertable_fault says so.  0 at the end. */
int answertable_next(struct answertable *answers);
/* Where the row is: "row 3", of several sheets "sheet 'A' row 3".  Borrowed until
 * answertable_next, as is all that follows. */
const char *answertable_place(const struct answertable *answers);
/* A clause why the row cannot be read: a formula without a stored value, two columns of
 * one meaning that differ; or NULL. */
const char *answertable_fault(const struct answertable *answers);
/* Behind the last row: the sheets, quoted, that are lists of students without a column
 * of answers, and are passed over; or NULL. */
const char *answertable_lists(const struct answertable *answers);
/* A cell's text, "" when there is none.  Of several columns of one meaning it is the
 * first that has any.  *damaged (may be NULL): digits were lost. */
const char *answertable_text(const struct answertable *answers,
    enum answertable_column column, int *damaged);

#endif
