#include "lib/review/identity.h"

#include "lib/base/buf.h"
#include "lib/base/mask.h"
#include "lib/base/node.h"
#include "lib/base/text.h"
#include "lib/decision/status.h"
#include "lib/product/kind.h"
#include "lib/product/listkind.h"
#include "lib/product/workbook.h"
#include "lib/profile/profile.h"
#include "lib/review/reviewrecord.h"
#include "lib/sheet/order.h"
#include "lib/stream/stream.h"
#include "lib/table/xlsx.h"

enum column {
	STUDENT_NO, NAME, LAST_FOUR, COLLEGE, CLASS, ANSWER, REFUSED, WHEN,
	RESULT, REMARK, TOKEN, COLUMNS
};

enum { HEADING_POINTS = 28, ROW_POINTS = 32 };

static const struct {
	const char *heading;
	double width;		/* in characters, 0: hidden */
} columns[COLUMNS] = {
	{ "学号", 16 }, { "姓名", 10 }, { "证件号码后四位", 16 }, { "学院", 18 },
	{ "班级", 16 }, { "学信网反馈", 26 }, { "未通过次数", 12 },
	{ "反馈日期", 12 }, { "复核结果", 14 }, { "说明", 24 }, { "记录号", 0 }
};

struct identity {
	struct listkind list;
	long listed;			/* of all segments */
};

/* ---- who ---- */

static long
refusals(const struct node *photo)
{
	const struct node *answers = node_get(photo, "register");
	long count = 0;

	for (size_t i = 0; i < node_count(answers); i++)
		count += text_same(node_text(node_at(answers, i), "after"), "rejected");
	return count;
}

/* What the register said last, or NULL. */
static const struct node *
last_answer(const struct node *photo)
{
	const struct node *answers = node_get(photo, "register");
	size_t count = node_count(answers);

	return count > 0 ? node_at(answers, count - 1) : NULL;
}

static int
is_listed(const struct node *photo, const struct profile *profile)
{
	const struct node *answer = last_answer(photo);
	const char *said = node_text(answer, "after");
	const char *picture = node_text(node_get(photo, "source"), "sha256");

	if (said == NULL || !status_is_students(photo) || text_same(said, "accepted"))
		return 0;
	if ((text_same(said, "uncertain") || text_same(said, "abnormal")) &&
	    text_same(node_text(answer, "picture"), picture))
		return 1;
	return refusals(photo) >= profile_integer(profile, "register",
	    "identity_review_after");
}

/* ---- the workbook ---- */

static void
add_row(struct xlsx *xlsx, int row, const struct node *photo,
    const struct profile *profile)
{
	const struct node *student = node_get(photo, "student");
	const struct node *answer = last_answer(photo);
	const char *id_number = node_text(student, "id_number");
	struct buf text[COLUMNS];

	for (int i = 0; i < COLUMNS; i++)
		buf_init(&text[i]);
	profile_add_name(profile, node_text(student, "name"), 0, &text[NAME]);
	if (id_number != NULL)
		mask_id_last_four(id_number, &text[LAST_FOUR]);
	if (node_text(answer, "when") != NULL)
		buf_addf(&text[WHEN], "%.10s", node_text(answer, "when"));
	reviewrecord_add_reference(photo, &text[TOKEN]);
	xlsx_text(xlsx, row, STUDENT_NO, node_text(student, "student_no"),
	    XLSX_BOX | XLSX_CENTRE);
	xlsx_height(xlsx, row, ROW_POINTS);
	xlsx_text(xlsx, row, NAME, text[NAME].data, XLSX_BOX | XLSX_CENTRE | XLSX_WRAP);
	xlsx_text(xlsx, row, LAST_FOUR, text[LAST_FOUR].data, XLSX_BOX | XLSX_CENTRE);
	xlsx_text(xlsx, row, COLLEGE, node_text(student, "college"),
	    XLSX_BOX | XLSX_CENTRE | XLSX_WRAP);
	xlsx_text(xlsx, row, CLASS, node_text(student, "class"),
	    XLSX_BOX | XLSX_CENTRE | XLSX_WRAP);
	xlsx_text(xlsx, row, ANSWER, node_text(answer, "reason"),
	    XLSX_BOX | XLSX_WRAP);
	xlsx_number(xlsx, row, REFUSED, (double)refusals(photo), XLSX_BOX | XLSX_CENTRE);
	xlsx_text(xlsx, row, WHEN, text[WHEN].data, XLSX_BOX | XLSX_CENTRE);
	xlsx_text(xlsx, row, RESULT, "", XLSX_BOX | XLSX_ANSWER);
	xlsx_text(xlsx, row, REMARK, "", XLSX_BOX | XLSX_ANSWER);
	xlsx_text(xlsx, row, TOKEN, text[TOKEN].data, 0);
	for (int i = 0; i < COLUMNS; i++)
		buf_release(&text[i]);
}

static int
write_book(void *state, const char *path, struct buf *err)
{
	static const char *const verdicts[] = { "合格", "需重拍", NULL };
	struct identity *identity = state;
	struct xlsx *xlsx;
	struct node *photo;
	int row = 1;

	xlsx = workbook_new(identity->list.segment->batch, path, identity_kind.title,
	    NULL, err);
	if (xlsx == NULL)
		return -1;
	xlsx_sheet(xlsx, identity_kind.title);
	for (int i = 0; i < COLUMNS; i++) {
		xlsx_width(xlsx, i, columns[i].width);
		xlsx_text(xlsx, 0, i, columns[i].heading, XLSX_BOX | XLSX_BOLD |
		    XLSX_HEAD | XLSX_CENTRE | XLSX_WRAP);
	}
	xlsx_height(xlsx, 0, HEADING_POINTS);
	for (size_t i = 0; i < identity->list.order.count; i++) {
		photo = stream_held(identity->list.segment,
		    identity->list.order.entries[i].index);
		add_row(xlsx, row++, photo, identity->list.segment->profile);
		node_free(photo);
	}
	if (row > 1)
		xlsx_choices(xlsx, RESULT, 1, row - 1, verdicts,
		    "请从下拉列表中选择。");
	else
		xlsx_span(xlsx, row++, 0, REMARK, "（无）", XLSX_BOX | XLSX_QUIET | XLSX_CENTRE);
	xlsx_heading(xlsx, row - 1, REMARK, NAME + 1);
	xlsx_protect(xlsx);
	xlsx_page(xlsx, XLSX_LANDSCAPE);
	return xlsx_close(xlsx, err);
}

/* ---- the filter ---- */

static int
identity_collect(void *state, const struct node *photo, size_t index,
    struct buf *err)
{
	struct identity *identity = state;

	(void)err;
	if (!is_listed(photo, identity->list.segment->profile))
		return 0;
	order_add(&identity->list.order, node_get(photo, "student"), index, 0);
	identity->listed++;
	return 0;
}

static void *
identity_start(const struct kind_options *options)
{
	return listkind_new(sizeof(struct identity), &identity_kind, options, write_book);
}

static void
identity_describe(const void *state, struct buf *out)
{
	const struct identity *identity = state;

	buf_addf(out, "%ld students whose identity is to be reviewed",
	    identity->listed);
}

static const struct stream_filter filter = {
	.tool = "tc-export",
	.needs = stream_checked,
	.holds = 1,
	.begin = listkind_begin,
	.collect = identity_collect,
	.end = listkind_end,
	.publish = listkind_publish
};

const struct kind identity_kind = {
	.name = "identity-review",
	.what = "students whose photo the register doubts, workbook",
	.title = "身份复核名单",
	.extension = ".xlsx",
	.filter = &filter,
	.start = identity_start,
	.describe = identity_describe,
	.stop = listkind_free
};
