#include "lib/forms/errata.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/mask.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"
#include "lib/batch/thumbnail.h"
#include "lib/decision/advice.h"
#include "lib/decision/grounds.h"
#include "lib/decision/reasons.h"
#include "lib/decision/status.h"
#include "lib/forms/form.h"
#include "lib/picture/img.h"
#include "lib/product/students.h"
#include "lib/profile/profile.h"
#include "lib/review/reviewrecord.h"
#include "lib/stream/stream.h"
#include "lib/table/xlsx.h"

enum {
	REASONS_WIDTH = 46,
	FULL_ID_WIDTH = 22,
	ROW_POINTS = 66,	/* a thumbnail and a little air */
	HEADING_POINTS = 36,
	LINE_POINTS = 13,	/* of the small letters of the reasons */
	LINE_CHARACTERS = 24,	/* Chinese ones, in the reasons' column */
	AIR_X = 7, AIR_Y = 4	/* pixels around a thumbnail */
};

enum column {
	PICTURE, STUDENT_NO, NAME, ID_NUMBER, COLLEGE, POINT, SEASON, CLASS, STATUS,
	REASONS,
	RESULT, SHOULD_BE, REMARK, TOKEN, COLUMNS
};

static const struct {
	const char *heading;
	double width;		/* in characters, 0: hidden */
} columns[COLUMNS] = {
	[PICTURE] = { "照片", 10 },
	[STUDENT_NO] = { "学号", 16 },
	[NAME] = { "姓名", 10 },
	[ID_NUMBER] = { "证件号码后四位", 11 },
	[COLLEGE] = { "学院", 18 },
	[POINT] = { "教学点", 18 },
	[SEASON] = { "毕业季", 8 },
	[CLASS] = { "班级", 16 },
	[STATUS] = { "状态", 13 },
	[REASONS] = { "原因", REASONS_WIDTH },
	[RESULT] = { "校对结果", 15 },
	[SHOULD_BE] = { "应改为", 22 },
	[REMARK] = { "说明", 24 },
	[TOKEN] = { "记录号", 0 }
};

static const char picked[] = "请从下拉列表中选择。";

/* A workbook in work. */
struct book {
	const struct errata *errata;
	struct xlsx *xlsx;
	int errata_sheet;
	int places[COLUMNS];	/* of columns; -1: the school has none */
	int row;		/* the next */
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
add_text(struct book *book, enum column column, const char *text,
    unsigned int style)
{
	if (book->places[column] >= 0)
		xlsx_text(book->xlsx, book->row, book->places[column], text,
		    style | XLSX_BOX | XLSX_WRAP);
}

static void
place_columns(struct book *book)
{
	const struct workbook_extra *extra = &book->errata->extra;

	for (int column = 0, place = 0; column < COLUMNS; column++)
		book->places[column] = (column == POINT &&
		    !extra->teaching_point) || (column == SEASON &&
		    !extra->season) ? -1 : place++;
}

static void
add_heading(struct book *book)
{
	int full = book->errata->full_id, i;

	place_columns(book);
	xlsx_sheet_select(book->xlsx, book->errata_sheet);
	xlsx_heights(book->xlsx, ROW_POINTS);
	xlsx_height(book->xlsx, 0, HEADING_POINTS);
	for (i = 0; i < COLUMNS; i++) {
		if (book->places[i] >= 0)
			xlsx_width(book->xlsx, book->places[i],
			    full && i == ID_NUMBER ? FULL_ID_WIDTH :
			    columns[i].width);
		add_text(book, (enum column)i, full && i == ID_NUMBER ?
		    "证件号码" : columns[i].heading,
		    XLSX_BOLD | XLSX_HEAD | XLSX_CENTRE);
	}
	book->row = 1;
}

static void
add_name(const struct errata *errata, const struct node *student,
    struct buf *out)
{
	profile_add_name(errata->segment->profile, node_text(student, "name"),
	    errata->full_names, out);
}

static void
add_id_number(const struct node *student, int full, struct buf *out)
{
	const char *id_number = node_text(student, "id_number");
	const char *last_four = node_text(student, "id_last_four");

	if (id_number != NULL && full)
		buf_adds(out, id_number);
	else if (id_number != NULL)
		mask_id_last_four(id_number, out);
	else if (last_four != NULL)
		buf_adds(out, last_four);
}

static void
add_student(struct book *book, const struct node *student)
{
	struct buf text = BUF_INIT;

	add_text(book, STUDENT_NO, node_text(student, "student_no"),
	    XLSX_CENTRE);
	add_name(book->errata, student, &text);
	add_text(book, NAME, text.data, XLSX_CENTRE);
	buf_clear(&text);
	add_id_number(student, book->errata->full_id, &text);
	add_text(book, ID_NUMBER, text.data, XLSX_CENTRE);
	add_text(book, COLLEGE, node_text(student, "college"), XLSX_CENTRE);
	add_text(book, POINT, node_text(student, "teaching_point"), XLSX_CENTRE);
	add_text(book, SEASON, node_text(student, "season"), XLSX_CENTRE);
	add_text(book, CLASS, node_text(student, "class"), XLSX_CENTRE);
	buf_release(&text);
}

static void
add_verdict(struct book *book, const struct node *photo,
    const char *reasons)
{
	enum status status = status_of(photo);

	add_text(book, STATUS, status == STATUS_COUNT ? "" :
	    status_chinese(status), XLSX_CENTRE | status_style(status));
	add_text(book, REASONS, reasons, XLSX_SMALL);
}

/* A row is as high as its picture, or higher for many reasons. */
static void
set_height(struct book *book, const char *reasons)
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
		xlsx_height(book->xlsx, book->row, lines * LINE_POINTS);
}

/* The picture, or words in its place. */
static void
add_picture(struct book *book, const struct node *photo)
{
	const struct node *normalized = node_get(photo, "normalized");
	const char *words = status_of(photo) == STATUS_MISSING ?
	    "（未采集）" : "（无图像）";
	struct buf thumb = BUF_INIT, reason = BUF_INIT;
	int made = node_text(normalized, "path") != NULL &&
	    thumbnail_get(book->errata->segment->batch, normalized, &thumb,
	    &reason) == 0;

	add_text(book, PICTURE, made ? "" : words, XLSX_QUIET | XLSX_CENTRE);
	if (made)
		xlsx_image(book->xlsx, book->row, PICTURE, thumb.data, thumb.len,
		    AIR_X, AIR_Y);
	buf_release(&thumb);
	buf_release(&reason);
}

/* Who has to come again is told what to do; who waits for a person, why. */
static void
add_findings(const struct node *photo, const struct profile *profile,
    struct buf *out)
{
	enum status status = status_of(photo);

	if (status == STATUS_PASS)
		return;
	if (status == STATUS_REVIEW ||
	    advice_all(photo, LANGUAGE_CHINESE, "\n", out) == 0)
		reasons_all(photo, profile, LANGUAGE_CHINESE, "\n", out);
}

static void
add_more(const struct buf *more, struct buf *out)
{
	if (more->len > 0)
		buf_addf(out, "%s%s", out->len > 0 ? "\n" : "", more->data);
}

/* What people and the register said, then what the checks found. */
static void
add_reasons(const struct node *photo, const struct profile *profile,
    struct buf *out)
{
	struct buf more = BUF_INIT;

	grounds_rejected(photo, LANGUAGE_CHINESE, "\n", out);
	grounds_open(photo, LANGUAGE_CHINESE, "\n", &more);
	add_more(&more, out);
	buf_clear(&more);
	add_findings(photo, profile, &more);
	add_more(&more, out);
	buf_release(&more);
}

static void
add_row(struct book *book, const struct node *photo)
{
	struct buf reasons = BUF_INIT, reference = BUF_INIT;
	int i;

	add_reasons(photo, book->errata->segment->profile, &reasons);
	set_height(book, reasons.data);
	add_picture(book, photo);
	add_student(book, node_get(photo, "student"));
	add_verdict(book, photo, reasons.data);
	for (i = RESULT; i <= REMARK; i++)
		add_text(book, (enum column)i, "", XLSX_ANSWER);
	reviewrecord_add_reference(photo, &reference);
	xlsx_text(book->xlsx, book->row, book->places[TOKEN], reference.data, 0);
	book->row++;
	buf_release(&reference);
	buf_release(&reasons);
}

static void
finish_rows(struct book *book)
{
	int last = book->row - 1;

	xlsx_choices(book->xlsx, book->places[RESULT], 1, last, form_answers,
	    picked);
	xlsx_heading(book->xlsx, last, book->places[REMARK], NAME + 1);
	xlsx_protect(book->xlsx);
	xlsx_page(book->xlsx, XLSX_LANDSCAPE);
}

/* ---- collecting ---- */

static int
read_names(struct errata *errata, int encrypted, struct buf *err)
{
	const char *names = profile_text(errata->segment->profile, "feedback",
	    "names");

	errata->full_names = strcmp(names, "full") == 0 ||
	    (encrypted && strcmp(names, "encrypted") == 0);
	if (errata->full_names || strcmp(names, "encrypted") == 0 ||
	    strcmp(names, "masked") == 0)
		return 0;
	buf_addf(err, "profile '%s': [feedback] names is masked, full or encrypted",
	    profile_name(errata->segment->profile));
	return -1;
}

int
errata_begin(struct errata *errata, struct segment *segment, int encrypted,
    struct buf *err)
{
	errata->segment = segment;
	errata->images = 0;
	memset(&errata->extra, 0, sizeof errata->extra);
	if (read_names(errata, encrypted, err) != 0)
		return -1;
	if (!errata->img_started && img_start(err) != 0)
		return -1;
	errata->img_started = 1;
	return students_order(&errata->order, segment->profile, err);
}

void
errata_release(struct errata *errata)
{
	order_release(&errata->order);
}

void
errata_collect(struct errata *errata, const struct node *photo, size_t index)
{
	if (!status_is_students(photo))
		return;
	order_add(&errata->order, node_get(photo, "student"), index, 0);
	workbook_note(&errata->extra, node_get(photo, "student"));
	if (students_has_image(photo))
		errata->images++;
}

static size_t
rows_of_book(const struct errata *errata)
{
	return (size_t)profile_integer(errata->segment->profile, "feedback",
	    "rows_max");
}

int
errata_sort(struct errata *errata, struct buf *err)
{
	if (profile_integer(errata->segment->profile, "feedback",
	    "rows_max") < 1) {
		buf_addf(err, "profile '%s': [feedback] rows_max is below 1",
		    profile_name(errata->segment->profile));
		return -1;
	}
	order_sort(&errata->order);
	return 0;
}

int
errata_books(const struct errata *errata)
{
	size_t rows = rows_of_book(errata);

	return errata->order.count == 0 ? 1 :
	    (int)((errata->order.count + rows - 1) / rows);
}

/* ---- a workbook ---- */

static void
add_rows(struct book *book, int number)
{
	const struct errata *errata = book->errata;
	size_t rows = rows_of_book(errata), i = rows * (size_t)number;
	size_t end = i + rows;
	struct node *photo;

	if (end > errata->order.count)
		end = errata->order.count;
	for (; i < end; i++) {
		photo = stream_held(errata->segment,
		    errata->order.entries[i].index);
		add_row(book, photo);
		node_free(photo);
	}
}

int
errata_write(const struct errata *errata, int number, const char *path,
    const char *title, struct buf *err)
{
	struct book book = { .errata = errata };
	int form, help, result;

	book.xlsx = workbook_new(errata->segment->batch, path, title, NULL, err);
	if (book.xlsx == NULL)
		return -1;
	form = xlsx_sheet(book.xlsx, "反馈表");
	book.errata_sheet = xlsx_sheet(book.xlsx, "勘误");
	help = xlsx_sheet(book.xlsx, "填写说明");
	add_heading(&book);
	add_rows(&book, number);
	finish_rows(&book);
	xlsx_sheet_select(book.xlsx, form);
	form_add(book.xlsx, errata->segment, errata->images);
	xlsx_sheet_select(book.xlsx, help);
	form_add_help(book.xlsx, errata->segment);
	result = xlsx_close(book.xlsx, err);
	if (result == 0 && fault_noted() != NULL) {
		buf_adds(err, fault_noted());
		result = -1;
	}
	return result;
}
