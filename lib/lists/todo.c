#include "lib/lists/todo.h"

#include <stdio.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mask.h"
#include "lib/base/msg.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"
#include "lib/decision/duty.h"
#include "lib/decision/grounds.h"
#include "lib/decision/reasons.h"
#include "lib/product/kind.h"
#include "lib/product/listkind.h"
#include "lib/product/students.h"
#include "lib/product/workbook.h"
#include "lib/profile/profile.h"
#include "lib/profile/workdays.h"
#include "lib/review/reviewrecord.h"
#include "lib/sheet/order.h"
#include "lib/stream/stream.h"
#include "lib/table/xlsx.h"

enum {
	HEADING_POINTS = 32, ROW_POINTS = 32, LINE_POINTS = 15,
	LINE_CHARACTERS = 17	/* Chinese ones, of what is to be done */
};

enum column {
	STUDENT_NO, NAME, COLLEGE, CLASS, MATTER, WHAT, WHO, SINCE, DAYS, ENDS,
	SETTLE, SHOULD_BE, TOKEN, COLUMNS
};

static const struct {
	const char *heading;
	double width;		/* in characters, 0: hidden */
} columns[COLUMNS] = {
	[STUDENT_NO] = { "学号", 16 }, [NAME] = { "姓名", 10 },
	[COLLEGE] = { "学院", 18 }, [CLASS] = { "班级", 15 },
	[MATTER] = { "事项", 9 }, [WHAT] = { "待办内容", 40 },
	[WHO] = { "提出人", 12 }, [SINCE] = { "起始日", 12 },
	[DAYS] = { "已等待工作日", 12 }, [ENDS] = { "如何办结", 40 },
	[SETTLE] = { "处理结果", 12 }, [SHOULD_BE] = { "应改为", 20 },
	[TOKEN] = { "记录号", 0 }
};

static const char *const sheets[DUTY_ACTORS] = {
	[DUTY_REVIEWER] = "审核人", [DUTY_SCHOOL] = "学校", [DUTY_OPERATOR] = "操作员",
	[DUTY_REGISTER] = "学信网", [DUTY_STUDENT] = "学生"
};

/* What is to be done, where no words of people say it, and what ends it. */
static const struct {
	const char *what, *ends;
} kinds[DUTY_KINDS] = {
	[DUTY_LOOK] = { "待人工审核",
	    "审核页的答复（tc-ingest --corrections）" },
	[DUTY_SETTLE] = { "审核意见不一致",
	    "审核页上再次裁定，或新照片" },
	[DUTY_IDENTITY] = { "学信网存疑",
	    "身份复核名单的复核结果、学信网的新结果，或新照片" },
	[DUTY_OTHER] = { "另一名学生的照片据称是该生本人",
	    "学校对该生的答复（正确，或照片不是本人并填学号），或操作员关联" },
	[DUTY_UNLOCK] = { "账号已锁定（翻拍或修图），等待学校解锁",
	    "解锁申请表：tc-ingest --unlock" },
	[DUTY_CLAIM] = { "勘误待核",
	    "本表处理结果（同意、不同意），或名册更正：tc-ingest -r" },
	[DUTY_NOTE] = { "备注", "本表处理结果填“已处理”" },
	[DUTY_LINK] = { "照片未关联到学生",
	    "待关联名单填学号：tc-ingest --link，或名册更正" },
	[DUTY_ANSWER] = { "已交付，学信网尚无结果",
	    "学信网结果：tc-ingest --register-result" },
	[DUTY_RETAKE] = { "需重拍", "上传新照片" },
	[DUTY_SHOOT] = { "未采集", "上传照片" }
};

static const struct {
	const char *field, *matter;
} matters[] = {
	{ "name", "姓名" }, { "id_number", "证件号" }, { "student_no", "学号" },
	{ "photo", "照片" }, { "other", "其他" }
};

struct todo {
	struct listkind list;
	struct workdays *workdays;
	struct xlsx *xlsx;
	int sheets[DUTY_ACTORS], rows[DUTY_ACTORS];
	char unknown[WORKDAYS_DATE];	/* a day of a year that is not there */
};

/* ---- cells ---- */

/* The operator's sheet alone is answered in. */
static int
is_shown(enum duty_actor actor, enum column column)
{
	return (column != SETTLE && column != SHOULD_BE) || actor == DUTY_OPERATOR;
}

static void
add_cell(struct todo *todo, enum duty_actor actor, enum column column,
    const char *text, unsigned int style)
{
	int place = column == TOKEN && actor != DUTY_OPERATOR ? SETTLE : (int)column;

	if (is_shown(actor, column))
		xlsx_text(todo->xlsx, todo->rows[actor], place, text,
		    style | XLSX_BOX | XLSX_WRAP);
}

static void
add_heading(struct todo *todo, enum duty_actor actor)
{
	todo->sheets[actor] = xlsx_sheet(todo->xlsx, sheets[actor]);
	todo->rows[actor] = 0;
	xlsx_height(todo->xlsx, 0, HEADING_POINTS);
	for (int i = 0; i < COLUMNS; i++) {
		int place = i == TOKEN && actor != DUTY_OPERATOR ? SETTLE : i;

		if (!is_shown(actor, (enum column)i))
			continue;
		xlsx_width(todo->xlsx, place, columns[i].width);
		add_cell(todo, actor, (enum column)i, columns[i].heading,
		    XLSX_BOLD | XLSX_HEAD | XLSX_CENTRE);
	}
	todo->rows[actor] = 1;
}

static const char *
matter_of(const struct duty *duty)
{
	for (size_t i = 0; i < sizeof matters / sizeof matters[0]; i++)
		if (strcmp(matters[i].field, duty->field) == 0)
			return matters[i].matter;
	return duty->field;
}

static void
add_what(const struct duty *duty, const struct node *photo,
    const struct profile *profile, struct buf *out)
{
	const struct node *source = node_get(photo, "source");
	const char *after = node_text(duty->item, "after");

	if (duty->kind == DUTY_RETAKE)
		grounds_rejected(photo, LANGUAGE_CHINESE, "；", out);
	else if (duty->item != NULL)
		grounds_item(duty->item, LANGUAGE_CHINESE, out);
	if (duty->kind == DUTY_CLAIM && after != NULL) {
		buf_adds(out, out->len > 0 ? "，应改为“" : "应改为“");
		reviewrecord_add_value(duty->field, after, node_text(duty->item, "before"),
		    out);
		buf_adds(out, "”");
	}
	if (out->len == 0 && (duty->kind == DUTY_LOOK || duty->kind == DUTY_RETAKE))
		reasons_all(photo, profile, LANGUAGE_CHINESE, "\n", out);
	if (out->len == 0)
		buf_adds(out, kinds[duty->kind].what);
	if (duty->kind == DUTY_LINK && node_text(source, "entry") != NULL) {
		buf_adds(out, "：");
		mask_entry_name(node_text(source, "entry"), NULL, out);
	}
}

static void
add_days(struct todo *todo, enum duty_actor actor, const char *since)
{
	const char *today = todo->list.segment->batch->date;

	if (!workdays_knows(todo->workdays, since))
		memcpy(todo->unknown, since, WORKDAYS_DATE - 1);
	if (!workdays_knows(todo->workdays, today))
		memcpy(todo->unknown, today, WORKDAYS_DATE - 1);
	xlsx_number(todo->xlsx, todo->rows[actor], DAYS,
	    (double)workdays_between(todo->workdays, since, today),
	    XLSX_BOX | XLSX_CENTRE);
}

/* What the operator settles in the workbook itself. */
static int
is_answered(const struct duty *duty)
{
	return duty->kind == DUTY_CLAIM || duty->kind == DUTY_NOTE;
}

static int
height_of(const char *text)
{
	int lines = 1, in_line = 0;

	for (; *text != '\0'; text++) {
		if (((unsigned char)*text & 0xc0) == 0x80)
			continue;
		if (*text == '\n' || ++in_line > LINE_CHARACTERS) {
			lines++;
			in_line = 0;
		}
	}
	return lines * LINE_POINTS > ROW_POINTS - 6 ? lines * LINE_POINTS + 6 :
	    ROW_POINTS;
}

static void
add_duty(struct todo *todo, const struct duty *duty, const struct node *photo)
{
	const struct node *student = node_get(photo, "student");
	const struct profile *profile = todo->list.segment->profile;
	struct buf name = BUF_INIT, what = BUF_INIT, reference = BUF_INIT;
	char since[WORKDAYS_DATE];
	enum duty_actor actor = duty->actor;

	snprintf(since, sizeof since, "%.10s", duty->since != NULL ? duty->since :
	    node_text(todo->list.segment->header, "date"));
	profile_add_name(profile, node_text(student, "name"), 0, &name);
	add_what(duty, photo, profile, &what);
	reviewrecord_add_reference(photo, &reference);
	xlsx_sheet_select(todo->xlsx, todo->sheets[actor]);
	xlsx_height(todo->xlsx, todo->rows[actor], height_of(what.data));
	add_cell(todo, actor, STUDENT_NO, node_text(student, "student_no"),
	    XLSX_CENTRE);
	add_cell(todo, actor, NAME, name.data, XLSX_CENTRE);
	add_cell(todo, actor, COLLEGE, node_text(student, "college"), XLSX_CENTRE);
	add_cell(todo, actor, CLASS, node_text(student, "class"), XLSX_CENTRE);
	add_cell(todo, actor, MATTER, matter_of(duty), XLSX_CENTRE);
	add_cell(todo, actor, WHAT, what.data, 0);
	add_cell(todo, actor, WHO, node_text(duty->item, "who"), XLSX_CENTRE);
	add_cell(todo, actor, SINCE, since, XLSX_CENTRE);
	add_days(todo, actor, since);
	add_cell(todo, actor, ENDS, kinds[duty->kind].ends, XLSX_SMALL);
	add_cell(todo, actor, SETTLE, "", is_answered(duty) ? XLSX_ANSWER : 0);
	add_cell(todo, actor, SHOULD_BE, "", is_answered(duty) ? XLSX_ANSWER : 0);
	add_cell(todo, actor, TOKEN, is_answered(duty) ? reference.data : "", 0);
	todo->rows[actor]++;
	buf_release(&reference);
	buf_release(&what);
	buf_release(&name);
}

/* ---- the workbook ---- */

static void
finish_sheet(struct todo *todo, enum duty_actor actor)
{
	static const char *const answers[] = { "同意", "不同意", "已处理", NULL };
	int last = actor == DUTY_OPERATOR ? SHOULD_BE : ENDS;

	xlsx_sheet_select(todo->xlsx, todo->sheets[actor]);
	if (todo->rows[actor] == 1)
		xlsx_span(todo->xlsx, todo->rows[actor]++, 0, last, "（无）",
		    XLSX_BOX | XLSX_QUIET | XLSX_CENTRE);
	else if (actor == DUTY_OPERATOR)
		xlsx_choices(todo->xlsx, SETTLE, 1, todo->rows[actor] - 1, answers,
		    "请从下拉列表中选择。");
	xlsx_heading(todo->xlsx, todo->rows[actor] - 1, last, NAME + 1);
	if (actor == DUTY_OPERATOR)
		xlsx_protect(todo->xlsx);
	xlsx_page(todo->xlsx, XLSX_LANDSCAPE);
}

static int
write_book(void *state, const char *path, struct buf *err)
{
	struct duty duties[DUTY_MAX];
	struct todo *todo = state;

	todo->xlsx = workbook_new(todo->list.segment->batch, path, todo_kind.title, NULL,
	    err);
	if (todo->xlsx == NULL)
		return -1;
	for (int i = 0; i < DUTY_ACTORS; i++)
		add_heading(todo, (enum duty_actor)i);
	for (size_t i = 0; i < todo->list.order.count; i++) {
		struct node *photo = stream_held(todo->list.segment,
		    todo->list.order.entries[i].index);
		size_t count = duty_list(photo, duties);

		for (size_t k = 0; k < count; k++)
			add_duty(todo, &duties[k], photo);
		node_free(photo);
	}
	for (int i = 0; i < DUTY_ACTORS; i++)
		finish_sheet(todo, (enum duty_actor)i);
	if (todo->unknown[0] != '\0')
		msg_warn("share/holidays.conf does not have the year of %s: five-day "
		    "weeks are counted", todo->unknown);
	return xlsx_close(todo->xlsx, err);
}

/* ---- the filter ---- */

static int
todo_begin(void *state, struct segment *segment, struct buf *err)
{
	struct todo *todo = state;

	if (todo->workdays == NULL)
		todo->workdays = workdays_load(NULL, err);
	return todo->workdays == NULL ? -1 : listkind_begin(state, segment, err);
}

static int
todo_collect(void *state, const struct node *photo, size_t index,
    struct buf *err)
{
	struct duty duties[DUTY_MAX];
	struct todo *todo = state;

	(void)err;
	if (duty_list(photo, duties) > 0)
		order_add(&todo->list.order, node_get(photo, "student"), index, 0);
	return 0;
}

static void *
todo_start(const struct kind_options *options)
{
	return listkind_new(sizeof(struct todo), &todo_kind, options, write_book);
}

static void
todo_stop(void *state)
{
	workdays_free(((struct todo *)state)->workdays);
	listkind_free(state);
}

static const struct stream_filter filter = {
	.tool = "tc-export",
	.holds = 1,
	.begin = todo_begin,
	.collect = todo_collect,
	.end = listkind_end,
	.publish = listkind_publish
};

const struct kind todo_kind = {
	.name = "todo",
	.what = "who has to do what, and since when, workbook",
	.title = "待办表",
	.extension = ".xlsx",
	.filter = &filter,
	.start = todo_start,
	.stop = todo_stop
};
