#include "lib/feedback.h"

#include <stdlib.h>
#include <string.h>

#include "lib/batch.h"
#include "lib/buf.h"
#include "lib/form.h"
#include "lib/img.h"
#include "lib/io.h"
#include "lib/jpg.h"
#include "lib/kind.h"
#include "lib/mask.h"
#include "lib/mem.h"
#include "lib/node.h"
#include "lib/profile.h"
#include "lib/reasons.h"
#include "lib/status.h"
#include "lib/stream.h"
#include "lib/thumb.h"
#include "lib/xlsx.h"

enum {
	REASONS_WIDTH = 46,
	ROW_POINTS = 66,	/* a thumbnail and a little air */
	HEADING_POINTS = 36,
	LINE_POINTS = 13,	/* of the small letters of the reasons */
	LINE_CHARACTERS = 24,	/* Chinese ones, in the reasons' column */
	AIR_X = 7, AIR_Y = 4	/* pixels around a thumbnail */
};

enum column {
	PICTURE, STUDENT_NO, NAME, ID_LAST_FOUR, COLLEGE, CLASS, STATUS, REASONS,
	RESULT, SHOULD_BE, REMARK, TOKEN, COLUMNS
};

static const struct {
	const char *heading;
	double width;		/* in characters, 0: hidden */
} columns[COLUMNS] = {
	[PICTURE] = { "照片", 10 },
	[STUDENT_NO] = { "学号", 16 },
	[NAME] = { "姓名", 10 },
	[ID_LAST_FOUR] = { "证件号码后四位", 11 },
	[COLLEGE] = { "学院", 18 },
	[CLASS] = { "班级", 16 },
	[STATUS] = { "状态", 13 },
	[REASONS] = { "原因", REASONS_WIDTH },
	[RESULT] = { "校对结果", 15 },
	[SHOULD_BE] = { "应改为", 22 },
	[REMARK] = { "说明", 24 },
	[TOKEN] = { "记录号", 0 }
};

static const char picked[] = "请从下拉列表中选择。";

struct feedback {
	const struct kind_options *options;
	const struct segment *segment;
	struct io_product product;
	struct xlsx *xlsx;
	int form, errata, help;	/* sheets */
	int row;		/* the next of the errata */
	int img_started;
	long images;		/* that the school proofs */
};

/* ---- 勘误 ---- */

static unsigned int
status_style(enum status status)
{
	switch (status) {
	case STATUS_PASS:
		return 0;
	case STATUS_REVIEW:
		return XLSX_CAUTION;
	case STATUS_REJECT:
	case STATUS_UNREADABLE:
		return XLSX_ALERT;
	default:
		return XLSX_QUIET;
	}
}

static void
add_text(struct feedback *feedback, enum column column, const char *text,
    unsigned int style)
{
	xlsx_text(feedback->xlsx, feedback->row, (int)column, text,
	    style | XLSX_BOX | XLSX_WRAP);
}

static void
add_heading(struct feedback *feedback)
{
	int i;

	xlsx_sheet_select(feedback->xlsx, feedback->errata);
	xlsx_heights(feedback->xlsx, ROW_POINTS);
	xlsx_height(feedback->xlsx, 0, HEADING_POINTS);
	for (i = 0; i < COLUMNS; i++) {
		xlsx_width(feedback->xlsx, i, columns[i].width);
		add_text(feedback, (enum column)i, columns[i].heading,
		    XLSX_BOLD | XLSX_HEAD | XLSX_CENTRE);
	}
	feedback->row = 1;
}

static void
add_student(struct feedback *feedback, const struct node *student)
{
	const struct profile *profile = feedback->segment->profile;
	int rule = mask_rule_parse(profile_text(profile, "mask", "name"));
	const char *name = node_text(student, "name");
	const char *id_number = node_text(student, "id_number");
	struct buf text = BUF_INIT;

	add_text(feedback, STUDENT_NO, node_text(student, "student_no"),
	    XLSX_CENTRE);
	if (name != NULL)
		mask_name(name, rule < 0 ? MASK_FIRST_LAST : (enum mask_rule)rule,
		    &text);
	add_text(feedback, NAME, text.data, XLSX_CENTRE);
	buf_clear(&text);
	if (id_number != NULL)
		mask_id_last_four(id_number, &text);
	else if (node_text(student, "id_last_four") != NULL)
		buf_adds(&text, node_text(student, "id_last_four"));
	add_text(feedback, ID_LAST_FOUR, text.data, XLSX_CENTRE);
	add_text(feedback, COLLEGE, node_text(student, "college"), XLSX_CENTRE);
	add_text(feedback, CLASS, node_text(student, "class"), XLSX_CENTRE);
	buf_release(&text);
}

static void
add_verdict(struct feedback *feedback, const struct node *photo,
    const char *reasons)
{
	enum status status = status_of(photo);

	add_text(feedback, STATUS, status == STATUS_COUNT ? "" :
	    status_chinese(status), XLSX_CENTRE | status_style(status));
	add_text(feedback, REASONS, reasons, XLSX_SMALL);
}

/* A row is as high as its picture, or higher for many reasons. */
static void
set_height(struct feedback *feedback, const char *reasons)
{
	int lines = 1, in_line = 0;

	for (; *reasons != '\0'; reasons++) {
		if (((unsigned char)*reasons & 0xc0) == 0x80)
			continue;
		if (*reasons == '\n' || ++in_line > LINE_CHARACTERS) {
			lines++;
			in_line = 0;
		}
	}
	if (lines * LINE_POINTS > ROW_POINTS)
		xlsx_height(feedback->xlsx, feedback->row, lines * LINE_POINTS);
}

/* The picture, or words in its place. */
static int
add_picture(struct feedback *feedback, const struct node *photo, struct buf *err)
{
	const struct node *normalized = node_get(photo, "normalized");
	const char *name = node_text(normalized, "path");
	const char *sum = node_text(normalized, "sha256");
	const char *words = "（无图像）";
	struct jpg_coded thumb = { 0 };
	struct buf path = BUF_INIT;
	int result = 0;

	if (status_of(photo) == STATUS_MISSING)
		words = "（未采集）";
	if (name != NULL && sum != NULL) {
		batch_path(feedback->segment->batch, name, &path);
		result = thumb_make(path.data, sum, &thumb, err);
	}
	if (thumb.bytes != NULL)
		words = "";
	add_text(feedback, PICTURE, words, XLSX_QUIET | XLSX_CENTRE);
	if (thumb.bytes != NULL)
		xlsx_image(feedback->xlsx, feedback->row, PICTURE, thumb.bytes,
		    thumb.len, AIR_X, AIR_Y);
	jpg_release(&thumb);
	buf_release(&path);
	return result;
}

/* Photos that no student claims have no row. */
static int
is_row(const struct node *photo)
{
	const char *state = node_text(node_get(photo, "match"), "state");

	return node_is_object(node_get(photo, "student")) &&
	    (state == NULL || (strcmp(state, "unmatched") != 0 &&
	    strcmp(state, "superseded") != 0));
}

static int
feedback_collect(void *state, struct node *photo, size_t index, struct buf *err)
{
	struct feedback *feedback = state;
	struct buf reasons = BUF_INIT;
	int result, i;

	(void)index;
	if (!is_row(photo))
		return 0;
	reasons_all(photo, LANGUAGE_CHINESE, "\n", &reasons);
	set_height(feedback, reasons.data);
	result = add_picture(feedback, photo, err);
	add_student(feedback, node_get(photo, "student"));
	add_verdict(feedback, photo, reasons.data);
	for (i = RESULT; i <= REMARK; i++)
		add_text(feedback, (enum column)i, "", XLSX_ANSWER);
	xlsx_text(feedback->xlsx, feedback->row, TOKEN, node_text(photo, "id"), 0);
	if (status_of(photo) == STATUS_PASS &&
	    node_true(node_get(photo, "normalized"), "conforms"))
		feedback->images++;
	feedback->row++;
	buf_release(&reasons);
	return result;
}

static void
finish_errata(struct feedback *feedback)
{
	struct xlsx *xlsx = feedback->xlsx;
	int last = feedback->row - 1;

	xlsx_sheet_select(xlsx, feedback->errata);
	xlsx_choices(xlsx, RESULT, 1, last, form_answers, picked);
	xlsx_heading(xlsx, last, REMARK, NAME + 1);
	xlsx_protect(xlsx);
	xlsx_page(xlsx, XLSX_LANDSCAPE);
}

/* ---- begin and end ---- */

static int
open_workbook(struct feedback *feedback, struct buf *err)
{
	const struct batch *batch = feedback->segment->batch;
	struct buf directory = BUF_INIT;

	batch_path(batch, "tmp", &directory);
	feedback->xlsx = xlsx_new(feedback->product.part, directory.data,
	    batch_time(batch), feedback_kind.title, err);
	buf_release(&directory);
	if (feedback->xlsx == NULL)
		return -1;
	feedback->form = xlsx_sheet(feedback->xlsx, "反馈表");
	feedback->errata = xlsx_sheet(feedback->xlsx, "勘误");
	feedback->help = xlsx_sheet(feedback->xlsx, "填写说明");
	return 0;
}

static int
feedback_begin(void *state, struct segment *segment, struct buf *err)
{
	struct feedback *feedback = state;

	feedback->segment = segment;
	feedback->row = 0;
	feedback->images = 0;
	if (!feedback->img_started && img_start(err) != 0)
		return -1;
	feedback->img_started = 1;
	if (kind_open(&feedback_kind, feedback->options, segment,
	    &(const struct kind_part){ .volume = 1 }, &feedback->product, err) != 0 || open_workbook(feedback, err) != 0)
		return -1;
	add_heading(feedback);
	return 0;
}

static int
feedback_publish(void *state, struct buf *err)
{
	struct feedback *feedback = state;

	if (feedback->product.part == NULL)
		return 0;
	return kind_publish(feedback->options, &feedback->product, err);
}

static int
feedback_end(void *state, struct segment *segment, struct buf *err)
{
	struct feedback *feedback = state;
	struct xlsx *xlsx = feedback->xlsx;

	finish_errata(feedback);
	xlsx_sheet_select(xlsx, feedback->form);
	form_add(xlsx, segment, feedback->images);
	xlsx_sheet_select(xlsx, feedback->help);
	form_add_help(xlsx, segment);
	feedback->xlsx = NULL;
	if (xlsx_close(xlsx, err) != 0)
		return -1;
	return kind_publishes_each(feedback->options) ?
	    feedback_publish(feedback, err) : 0;
}

/* ---- state ---- */

static void *
feedback_start(const struct kind_options *options)
{
	struct feedback *feedback = xcalloc(1, sizeof *feedback);

	feedback->options = options;
	feedback->product.fd = -1;
	return feedback;
}

static void
feedback_stop(void *state)
{
	struct feedback *feedback = state;
	struct buf ignored = BUF_INIT;

	xlsx_close(feedback->xlsx, &ignored);
	io_product_release(&feedback->product);
	buf_release(&ignored);
	free(feedback);
}

static const struct stream_filter filter = {
	.tool = "tc-export",
	.begin = feedback_begin,
	.collect = feedback_collect,
	.end = feedback_end,
	.publish = feedback_publish
};

const struct kind feedback_kind = {
	.name = "feedback",
	.title = "电子图像校对反馈表",
	.extension = ".xlsx",
	.filter = &filter,
	.start = feedback_start,
	.stop = feedback_stop
};
