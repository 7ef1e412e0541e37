#include "lib/lists/recall.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/node.h"
#include "lib/base/text.h"
#include "lib/batch/journal.h"
#include "lib/decision/grounds.h"
#include "lib/decision/status.h"
#include "lib/decision/voices.h"
#include "lib/product/kind.h"
#include "lib/product/listkind.h"
#include "lib/product/workbook.h"
#include "lib/profile/profile.h"
#include "lib/sheet/order.h"
#include "lib/stream/stream.h"
#include "lib/table/xlsx.h"

enum { HEADING_POINTS = 28, ROW_POINTS = 32 };

enum column {
	STUDENT_NO, NAME, COLLEGE, CLASS, WAY, FILE_NAME, WHEN, WHY, INSTEAD,
	AGAIN, AGAIN_FILE, COLUMNS
};

static const struct {
	const char *heading;
	double width;
} columns[COLUMNS] = {
	{ "学号", 16 }, { "姓名", 10 }, { "学院", 18 }, { "班级", 15 },
	{ "已发出", 8 }, { "所在文件", 30 }, { "发出日期", 12 },
	{ "更正原因", 34 }, { "替换情况", 26 }, { "重新发出日期", 12 },
	{ "重新发出文件", 30 }
};

struct recall {
	struct listkind list;
	struct xlsx *xlsx;
	int row;
	long listed, replaced;		/* of all segments */
};

static const char *
picture_of(const struct node *photo)
{
	return node_text(node_get(photo, "source"), "sha256");
}

/* ---- what is wrong ---- */

/* Whether what left is not what counts now. */
static int
is_wrong(const struct node *photo, const struct node *item)
{
	const char *picture = node_text(item, "picture");

	return picture != NULL && (!text_same(picture, picture_of(photo)) ||
	    status_of(photo) == STATUS_REJECT);
}

/* The last answer that spoke against a picture, or NULL. */
static const struct journal_answer *
against(const struct journal *journal, const char *record, const char *picture)
{
	const struct journal_answer *answer = NULL, *found = NULL;

	while ((answer = journal_next(journal, record, answer)) != NULL) {
		enum event event = voices_event(answer);

		if ((event == EVENT_DISOWN || event == EVENT_RETURN ||
		    event == EVENT_REJECT || event == EVENT_REFUSED) &&
		    text_same(answer->picture, picture))
			found = answer;
	}
	return found;
}

static void
add_why(const struct recall *recall, const struct node *photo,
    const char *picture, struct buf *out)
{
	static const char *const words[EVENTS] = {
		[EVENT_DISOWN] = "照片不是本人", [EVENT_RETURN] = "学校要求重拍",
		[EVENT_REJECT] = "人工审核未通过", [EVENT_REFUSED] = "学信网未通过"
	};
	const struct journal_answer *answer = against(recall->list.segment->journal,
	    node_text(photo, "id"), picture);

	if (answer == NULL) {
		buf_adds(out, text_same(picture, picture_of(photo)) ? "检测不合格" :
		    "已更换照片");
		return;
	}
	buf_adds(out, words[voices_event(answer)]);
	if (answer->reason == NULL)
		return;
	buf_adds(out, "：");
	grounds_reason(answer->reason, LANGUAGE_CHINESE, out);
}

/* The first time that the present picture left in the same way. */
static const struct node *
sent_again(const struct node *photo, const struct node *list,
    const struct node *item)
{
	for (size_t i = 0; i < node_count(list); i++) {
		const struct node *other = node_at(list, i);

		if (!text_same(node_text(other, "picture"), node_text(item, "picture")) &&
		    text_same(node_text(other, "picture"), picture_of(photo)))
			return other;
	}
	return NULL;
}

static const char *
instead(const struct node *photo, const struct node *item,
    const struct node *again)
{
	if (text_same(node_text(item, "picture"), picture_of(photo)) ||
	    picture_of(photo) == NULL)
		return "尚无替换照片，等待重拍";
	if (status_of(photo) != STATUS_PASS)
		return "新照片尚未合格";
	return again != NULL ? "已替换并重新发出" : "新照片合格，尚未重新发出";
}

/* ---- the workbook ---- */

static void
add_cell(struct recall *recall, enum column column, const char *text,
    unsigned int style)
{
	xlsx_text(recall->xlsx, recall->row, (int)column, text,
	    style | XLSX_BOX | XLSX_WRAP);
}

static void
add_day(struct recall *recall, enum column column, const char *when)
{
	struct buf day = BUF_INIT;

	buf_addf(&day, "%.10s", when != NULL ? when : "");
	add_cell(recall, column, day.data, XLSX_CENTRE);
	buf_release(&day);
}

static void
add_student(struct recall *recall, const struct node *student)
{
	const struct profile *profile = recall->list.segment->profile;
	int full = strcmp(profile_text(profile, "retake", "names"), "full") == 0;
	struct buf text = BUF_INIT;

	profile_add_name(profile, node_text(student, "name"), full, &text);
	add_cell(recall, STUDENT_NO, node_text(student, "student_no"), XLSX_CENTRE);
	add_cell(recall, NAME, text.data, XLSX_CENTRE);
	add_cell(recall, COLLEGE, node_text(student, "college"), XLSX_CENTRE);
	add_cell(recall, CLASS, node_text(student, "class"), XLSX_CENTRE);
	buf_release(&text);
}

static void
add_row(struct recall *recall, const struct node *photo, const struct node *list,
    const struct node *item, const char *way)
{
	const struct node *again = sent_again(photo, list, item);
	struct buf why = BUF_INIT;

	add_why(recall, photo, node_text(item, "picture"), &why);
	xlsx_height(recall->xlsx, recall->row, ROW_POINTS);
	add_student(recall, node_get(photo, "student"));
	add_cell(recall, WAY, way, XLSX_CENTRE);
	add_cell(recall, FILE_NAME, node_text(item, "file_name"), 0);
	add_day(recall, WHEN, node_text(item, "when"));
	add_cell(recall, WHY, why.data, 0);
	add_cell(recall, INSTEAD, instead(photo, item, again), 0);
	add_day(recall, AGAIN, node_text(again, "when"));
	add_cell(recall, AGAIN_FILE, node_text(again, "file_name"), 0);
	recall->row++;
	recall->listed++;
	recall->replaced += again != NULL;
	buf_release(&why);
}

static const struct {
	enum journal_kind kind;
	const char *way;
} ways[] = { { JOURNAL_DELIVERY, "交付" }, { JOURNAL_PRINT, "冲印" } };

enum { WAYS = sizeof ways / sizeof ways[0] };

/* What left of a record in one way; the caller frees it. */
static struct node *
list_of(const struct recall *recall, const struct node *photo,
    enum journal_kind kind)
{
	const struct journal *journal = recall->list.segment->journal;
	const struct journal_answer *answer = NULL;
	struct node *list = node_array(), *item;

	while ((answer = journal_next(journal, node_text(photo, "id"), answer)) != NULL) {
		if (answer->kind != kind)
			continue;
		item = node_append(list, node_object());
		node_set_text(item, "picture", answer->picture);
		node_set_text(item, "file_name", answer->file_name);
		node_set_text(item, "when", answer->when);
	}
	return list;
}

static int
is_listed(const struct recall *recall, const struct node *photo)
{
	int listed = 0;

	for (size_t i = 0; i < WAYS; i++) {
		struct node *list = list_of(recall, photo, ways[i].kind);

		for (size_t k = 0; k < node_count(list); k++)
			listed |= is_wrong(photo, node_at(list, k));
		node_free(list);
	}
	return listed;
}

static void
add_rows(struct recall *recall, const struct node *photo)
{
	for (size_t i = 0; i < WAYS; i++) {
		struct node *list = list_of(recall, photo, ways[i].kind);

		for (size_t k = 0; k < node_count(list); k++)
			if (is_wrong(photo, node_at(list, k)))
				add_row(recall, photo, list, node_at(list, k),
				    ways[i].way);
		node_free(list);
	}
}

static int
write_book(void *state, const char *path, struct buf *err)
{
	struct recall *recall = state;

	recall->xlsx = workbook_new(recall->list.segment->batch, path, recall_kind.title,
	    NULL, err);
	if (recall->xlsx == NULL)
		return -1;
	xlsx_sheet(recall->xlsx, recall_kind.title);
	xlsx_height(recall->xlsx, 0, HEADING_POINTS);
	recall->row = 0;
	for (int i = 0; i < COLUMNS; i++) {
		xlsx_width(recall->xlsx, i, columns[i].width);
		add_cell(recall, (enum column)i, columns[i].heading,
		    XLSX_BOLD | XLSX_HEAD | XLSX_CENTRE);
	}
	recall->row = 1;
	for (size_t i = 0; i < recall->list.order.count; i++) {
		struct node *photo = stream_held(recall->list.segment,
		    recall->list.order.entries[i].index);

		add_rows(recall, photo);
		node_free(photo);
	}
	if (recall->row == 1)
		xlsx_span(recall->xlsx, recall->row++, 0, COLUMNS - 1, "（无）",
		    XLSX_BOX | XLSX_QUIET | XLSX_CENTRE);
	xlsx_heading(recall->xlsx, recall->row - 1, COLUMNS - 1, NAME + 1);
	xlsx_page(recall->xlsx, XLSX_LANDSCAPE);
	return xlsx_close(recall->xlsx, err);
}

/* ---- the filter ---- */

static int
recall_collect(void *state, const struct node *photo, size_t index,
    struct buf *err)
{
	struct recall *recall = state;

	(void)err;
	if (status_is_students(photo) && is_listed(recall, photo))
		order_add(&recall->list.order, node_get(photo, "student"), index, 0);
	return 0;
}

static void *
recall_start(const struct kind_options *options)
{
	return listkind_new(sizeof(struct recall), &recall_kind, options, write_book);
}

static void
recall_describe(const void *state, struct buf *out)
{
	const struct recall *recall = state;

	buf_addf(out, "%ld deliveries and prints of pictures that are wrong, "
	    "%ld of them replaced since", recall->listed, recall->replaced);
}

static const struct stream_filter filter = {
	.tool = "tc-export",
	.holds = 1,
	.begin = listkind_begin,
	.collect = recall_collect,
	.end = listkind_end,
	.publish = listkind_publish
};

const struct kind recall_kind = {
	.name = "recall",
	.what = "delivered or printed pictures that are wrong, workbook",
	.title = "更正名单",
	.extension = ".xlsx",
	.filter = &filter,
	.start = recall_start,
	.describe = recall_describe,
	.stop = listkind_free
};
