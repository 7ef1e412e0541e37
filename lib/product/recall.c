#include "lib/product/recall.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mask.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/product/workbook.h"
#include "lib/record/advice.h"
#include "lib/record/profile.h"
#include "lib/record/reasons.h"
#include "lib/record/status.h"
#include "lib/table/xlsx.h"

enum {
	HEADING_POINTS = 28, ROW_POINTS = 20, LINE_POINTS = 15,
	LINE_CHARACTERS = 26	/* Chinese ones, in the advice's column */
};

enum column {
	COLLEGE, POINT, SEASON, CLASS, STUDENT_NO, NAME, REASON, ADVICE, TIMES, FIRST, DEADLINE,
	COLUMNS
};

static const struct {
	const char *heading;
	double width;
} columns[COLUMNS] = {
	[COLLEGE] = { "学院", 20 }, [POINT] = { "教学点", 20 },
	[SEASON] = { "毕业季", 8 }, [CLASS] = { "班级", 15 },
	[STUDENT_NO] = { "学号", 15 }, [NAME] = { "姓名", 10 },
	[REASON] = { "原因", 22 }, [ADVICE] = { "重拍要求", 54 },
	[TIMES] = { "第几次", 7 }, [FIRST] = { "首次通知日", 12 },
	[DEADLINE] = { "本校截止日", 12 }
};

static const char *const names[RECALL_SHEETS] = {
	[RECALL_NEW] = "今日新增", [RECALL_STILL] = "仍未重拍",
	[RECALL_MISSING] = "未采集", [RECALL_LOCKED] = "需解锁"
};

struct recall {
	struct xlsx *xlsx;
	const struct profile *profile;
	const char *deadline;
	int places[COLUMNS];		/* of columns; -1: the school has none */
	int last;			/* the last place */
	int sheets[RECALL_SHEETS];
	int rows[RECALL_SHEETS];	/* the next of each */
};

/* ---- who is where ---- */

static int
is_failed(const struct node *check)
{
	const char *verdict = node_text(check, "verdict");
	const char *level = node_text(check, "level");

	return verdict != NULL && strcmp(verdict, "fail") == 0 &&
	    (level == NULL || strcmp(level, "info") != 0);
}

/* A check of [retake] unlock_checks, or one below it. */
static int
locks(const struct profile *profile, const char *id)
{
	struct buf item = BUF_INIT;
	size_t i;
	int found = 0;

	for (i = 0; !found && profile_item(profile, "retake", "unlock_checks", i,
	    &item); i++) {
		found = strncmp(id, item.data, item.len) == 0 &&
		    (id[item.len] == '\0' || id[item.len] == '.');
		buf_clear(&item);
	}
	buf_release(&item);
	return found;
}

static int
is_locked(const struct node *photo, const struct profile *profile)
{
	const struct node *checks = node_get(photo, "checks"), *check;
	const char *id;
	size_t i;

	for (i = 0; i < node_count(checks); i++) {
		check = node_at(checks, i);
		id = node_text(check, "id");
		if (id != NULL && is_failed(check) && locks(profile, id))
			return 1;
	}
	return 0;
}

enum recall_sheet
recall_place(const struct node *photo, const struct profile *profile, int known)
{
	enum status status = status_of(photo);

	if (status == STATUS_MISSING)
		return RECALL_MISSING;
	if (status != STATUS_REJECT && status != STATUS_UNREADABLE)
		return RECALL_NONE;
	if (is_locked(photo, profile))
		return RECALL_LOCKED;
	return known ? RECALL_STILL : RECALL_NEW;
}

/* ---- sheets ---- */

/* The last column's place. */
static int
place_columns(int places[static COLUMNS], const struct workbook_extra *extra)
{
	int column, place = 0;

	for (column = 0; column < COLUMNS; column++)
		places[column] = (column == POINT && !extra->teaching_point) ||
		    (column == SEASON && !extra->season) ? -1 : place++;
	return place - 1;
}

static void
add_cell(struct recall *recall, int row, enum column column, const char *text,
    unsigned int style)
{
	if (recall->places[column] >= 0)
		xlsx_text(recall->xlsx, row, recall->places[column], text,
		    style | XLSX_BOX);
}

struct recall *
recall_new(struct xlsx *xlsx, const struct profile *profile,
    const struct workbook_extra *extra, const char *deadline)
{
	struct recall *recall = xcalloc(1, sizeof *recall);
	int sheet, i;

	recall->xlsx = xlsx;
	recall->profile = profile;
	recall->deadline = deadline;
	recall->last = place_columns(recall->places, extra);
	for (sheet = 0; sheet < RECALL_SHEETS; sheet++) {
		recall->sheets[sheet] = xlsx_sheet(xlsx, names[sheet]);
		recall->rows[sheet] = 1;
		xlsx_height(xlsx, 0, HEADING_POINTS);
		for (i = 0; i < COLUMNS; i++) {
			if (recall->places[i] >= 0)
				xlsx_width(xlsx, recall->places[i],
				    columns[i].width);
			add_cell(recall, 0, (enum column)i, columns[i].heading,
			    XLSX_BOLD | XLSX_HEAD | XLSX_CENTRE);
		}
	}
	return recall;
}

static void
add_name(const struct profile *profile, const char *name, struct buf *out)
{
	int rule = mask_rule_parse(profile_text(profile, "mask", "name"));

	if (name == NULL)
		return;
	if (strcmp(profile_text(profile, "retake", "names"), "full") == 0)
		buf_adds(out, name);
	else
		mask_name(name, rule < 0 ? MASK_FIRST_LAST : (enum mask_rule)rule,
		    out);
}

/* The names of the failed checks. */
static void
add_reason(const struct node *photo, struct buf *out)
{
	const struct node *checks = node_get(photo, "checks"), *check;
	size_t i;

	for (i = 0; i < node_count(checks); i++) {
		check = node_at(checks, i);
		if (!is_failed(check) || node_text(check, "id") == NULL)
			continue;
		if (out->len > 0)
			buf_adds(out, "、");
		reasons_name(node_text(check, "id"), LANGUAGE_CHINESE, out);
	}
	if (out->len == 0)
		buf_adds(out, status_of(photo) == STATUS_MISSING ? "未采集" :
		    "人工审核未通过");
}

static void
add_advice(const struct node *photo, struct buf *out)
{
	if (status_of(photo) == STATUS_MISSING)
		buf_adds(out, "尚未收到照片，请在截止日前完成拍摄。");
	else if (advice_all(photo, LANGUAGE_CHINESE, "\n", out) == 0)
		buf_adds(out, "请按采集要求重拍。");
}

static int
count_lines(const char *text)
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
	return lines;
}

static void
add_value(struct recall *recall, int row, enum column column, const char *text)
{
	add_cell(recall, row, column, text, XLSX_WRAP |
	    (column == REASON || column == ADVICE ? 0 : XLSX_CENTRE));
}

void
recall_add(struct recall *recall, enum recall_sheet sheet,
    const struct node *photo, const struct notice *notice)
{
	const struct node *student = node_get(photo, "student");
	struct buf name = BUF_INIT, reason = BUF_INIT, advice = BUF_INIT;
	int row = recall->rows[sheet]++, lines;

	add_name(recall->profile, node_text(student, "name"), &name);
	add_reason(photo, &reason);
	add_advice(photo, &advice);
	lines = count_lines(advice.data);
	xlsx_sheet_select(recall->xlsx, recall->sheets[sheet]);
	xlsx_height(recall->xlsx, row, lines * LINE_POINTS > ROW_POINTS ?
	    lines * LINE_POINTS + 4 : ROW_POINTS);
	add_value(recall, row, COLLEGE, node_text(student, "college"));
	add_value(recall, row, POINT, node_text(student, "teaching_point"));
	add_value(recall, row, SEASON, node_text(student, "season"));
	add_value(recall, row, CLASS, node_text(student, "class"));
	add_value(recall, row, STUDENT_NO, node_text(student, "student_no"));
	add_value(recall, row, NAME, name.data);
	add_value(recall, row, REASON, reason.data);
	add_value(recall, row, ADVICE, advice.data);
	if (sheet == RECALL_MISSING)
		add_value(recall, row, TIMES, "");
	else
		xlsx_number(recall->xlsx, row, recall->places[TIMES],
		    notice->times, XLSX_BOX | XLSX_CENTRE);
	add_value(recall, row, FIRST, notice->first);
	add_value(recall, row, DEADLINE, recall->deadline);
	buf_release(&advice);
	buf_release(&reason);
	buf_release(&name);
}

void
recall_end(struct recall *recall)
{
	int sheet;

	if (recall == NULL)
		return;
	for (sheet = 0; sheet < RECALL_SHEETS; sheet++) {
		xlsx_sheet_select(recall->xlsx, recall->sheets[sheet]);
		if (recall->rows[sheet] == 1)
			xlsx_span(recall->xlsx, recall->rows[sheet]++, 0,
			    recall->last, "（无）",
			    XLSX_BOX | XLSX_QUIET | XLSX_CENTRE);
		xlsx_heading(recall->xlsx, recall->rows[sheet] - 1, recall->last, 0);
		xlsx_page(recall->xlsx, XLSX_LANDSCAPE);
	}
	free(recall);
}
