#include "lib/lists/retakesheet.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/decision/account.h"
#include "lib/decision/advice.h"
#include "lib/decision/grounds.h"
#include "lib/decision/reasons.h"
#include "lib/decision/status.h"
#include "lib/product/workbook.h"
#include "lib/profile/profile.h"
#include "lib/table/xlsx.h"

enum {
	HEADING_POINTS = 28, ROW_POINTS = 20, LINE_POINTS = 15,
	LINE_CHARACTERS = 26, REASON_CHARACTERS = 10	/* Chinese ones, in their columns */
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

static const char *const names[RETAKE_SHEETS] = {
	[RETAKE_NEW] = "今日新增", [RETAKE_STILL] = "仍未重拍",
	[RETAKE_MISSING] = "未采集", [RETAKE_LOCKED] = "需解锁"
};

struct retakesheet {
	struct xlsx *xlsx;
	const struct profile *profile;
	const char *deadline;
	int places[COLUMNS];		/* of columns; -1: the school has none */
	int last;			/* the last place */
	int sheets[RETAKE_SHEETS];
	int rows[RETAKE_SHEETS];	/* the next of each */
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

/* As the record has it; one of a profile without [attempts] lock, by its reasons. */
static int
is_locked(const struct node *photo, const struct profile *profile)
{
	const char *state = node_text(node_get(photo, "account"), "state");

	return state != NULL && profile_flag(profile, "attempts", "lock") ?
	    strcmp(state, "locked") == 0 : account_locks(photo, profile);
}

/* A student whose photo was another's has to come again, and is told why. */
static int
is_disowned(const struct node *photo)
{
	struct buf ignored = BUF_INIT;
	int disowned = grounds_rejected(photo, LANGUAGE_CHINESE, "", &ignored) > 0;

	buf_release(&ignored);
	return disowned;
}

enum retake_sheet
retakesheet_place(const struct node *photo, const struct profile *profile, int known)
{
	enum status status = status_of(photo);

	if (status == STATUS_MISSING && !is_disowned(photo))
		return RETAKE_MISSING;
	if (status != STATUS_REJECT && status != STATUS_UNREADABLE &&
	    status != STATUS_MISSING)
		return RETAKE_NONE;
	if (is_locked(photo, profile))
		return RETAKE_LOCKED;
	return known ? RETAKE_STILL : RETAKE_NEW;
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
add_cell(struct retakesheet *book, int row, enum column column, const char *text,
    unsigned int style)
{
	if (book->places[column] >= 0)
		xlsx_text(book->xlsx, row, book->places[column], text,
		    style | XLSX_BOX);
}

struct retakesheet *
retakesheet_new(struct xlsx *xlsx, const struct profile *profile,
    const struct workbook_extra *extra, const char *deadline)
{
	struct retakesheet *book = xcalloc(1, sizeof *book);
	int sheet, i;

	book->xlsx = xlsx;
	book->profile = profile;
	book->deadline = deadline;
	book->last = place_columns(book->places, extra);
	for (sheet = 0; sheet < RETAKE_SHEETS; sheet++) {
		book->sheets[sheet] = xlsx_sheet(xlsx, names[sheet]);
		book->rows[sheet] = 1;
		xlsx_height(xlsx, 0, HEADING_POINTS);
		for (i = 0; i < COLUMNS; i++) {
			if (book->places[i] >= 0)
				xlsx_width(xlsx, book->places[i],
				    columns[i].width);
			add_cell(book, 0, (enum column)i, columns[i].heading,
			    XLSX_BOLD | XLSX_HEAD | XLSX_CENTRE);
		}
	}
	return book;
}

static void
add_name(const struct profile *profile, const char *name, struct buf *out)
{
	profile_add_name(profile, name,
	    strcmp(profile_text(profile, "retake", "names"), "full") == 0, out);
}

/* The names of the failed checks, and what people and the register said. */
static void
add_reason(const struct node *photo, struct buf *out)
{
	const struct node *checks = node_get(photo, "checks"), *check;
	struct buf said = BUF_INIT;
	size_t i;

	for (i = 0; i < node_count(checks); i++) {
		check = node_at(checks, i);
		if (!is_failed(check) || node_text(check, "id") == NULL)
			continue;
		if (out->len > 0)
			buf_adds(out, "、");
		reasons_name(node_text(check, "id"), LANGUAGE_CHINESE, out);
	}
	if (grounds_rejected(photo, LANGUAGE_CHINESE, "；", &said) > 0)
		buf_addf(out, "%s%s", out->len > 0 ? "；" : "", said.data);
	if (out->len == 0)
		buf_adds(out, status_of(photo) == STATUS_MISSING ? "未采集" :
		    "人工审核未通过");
	buf_release(&said);
}

/* What the account asks for first. */
static void
add_account(const struct node *photo, struct buf *out)
{
	const struct node *account = node_get(photo, "account");
	const char *until = node_text(account, "until");

	if (until != NULL)
		buf_addf(out, "已连续 %lld 次未通过，请于 %s 起再重拍。\n",
		    node_integer(account, "failures", 0), until);
	if (node_true(node_get(photo, "match"), "held"))
		buf_adds(out, "此后上传的照片已保存，暂不审核。\n");
}

static void
add_advice(const struct node *photo, struct buf *out)
{
	struct buf checks = BUF_INIT;
	int said;

	add_account(photo, out);
	said = grounds_advice(photo, LANGUAGE_CHINESE, "\n", out);

	if (status_of(photo) == STATUS_MISSING && said == 0) {
		buf_adds(out, "尚未收到照片，请在截止日前完成拍摄。");
	} else if (status_of(photo) != STATUS_MISSING &&
	    advice_all(photo, LANGUAGE_CHINESE, "\n", &checks) > 0) {
		/* What a person said comes first; what it repeats is said once. */
		if (strstr(out->data, checks.data) == NULL)
			buf_addf(out, "%s%s", said > 0 ? "\n" : "", checks.data);
	} else if (said == 0) {
		buf_adds(out, "请按采集要求重拍。");
	}
	buf_release(&checks);
}

static int
count_lines(const char *text, int characters)
{
	int lines = 1, in_line = 0;

	for (; *text != '\0'; text++) {
		if (((unsigned char)*text & 0xc0) == 0x80)
			continue;
		if (*text == '\n' || ++in_line > characters) {
			lines++;
			in_line = 0;
		}
	}
	return lines;
}

static void
add_value(struct retakesheet *book, int row, enum column column, const char *text)
{
	add_cell(book, row, column, text, XLSX_WRAP |
	    (column == REASON || column == ADVICE ? 0 : XLSX_CENTRE));
}

void
retakesheet_add(struct retakesheet *book, enum retake_sheet sheet,
    const struct node *photo, const struct notice *notice)
{
	const struct node *student = node_get(photo, "student");
	struct buf name = BUF_INIT, reason = BUF_INIT, advice = BUF_INIT;
	int row = book->rows[sheet]++, lines;

	add_name(book->profile, node_text(student, "name"), &name);
	add_reason(photo, &reason);
	add_advice(photo, &advice);
	lines = count_lines(advice.data, LINE_CHARACTERS);
	if (count_lines(reason.data, REASON_CHARACTERS) > lines)
		lines = count_lines(reason.data, REASON_CHARACTERS);
	xlsx_sheet_select(book->xlsx, book->sheets[sheet]);
	xlsx_height(book->xlsx, row, lines * LINE_POINTS > ROW_POINTS ?
	    lines * LINE_POINTS + 4 : ROW_POINTS);
	add_value(book, row, COLLEGE, node_text(student, "college"));
	add_value(book, row, POINT, node_text(student, "teaching_point"));
	add_value(book, row, SEASON, node_text(student, "season"));
	add_value(book, row, CLASS, node_text(student, "class"));
	add_value(book, row, STUDENT_NO, node_text(student, "student_no"));
	add_value(book, row, NAME, name.data);
	add_value(book, row, REASON, reason.data);
	add_value(book, row, ADVICE, advice.data);
	if (sheet == RETAKE_MISSING)
		add_value(book, row, TIMES, "");
	else
		xlsx_number(book->xlsx, row, book->places[TIMES],
		    notice->times, XLSX_BOX | XLSX_CENTRE);
	add_value(book, row, FIRST, notice->first);
	add_value(book, row, DEADLINE, book->deadline);
	buf_release(&advice);
	buf_release(&reason);
	buf_release(&name);
}

void
retakesheet_end(struct retakesheet *book)
{
	int sheet;

	if (book == NULL)
		return;
	for (sheet = 0; sheet < RETAKE_SHEETS; sheet++) {
		xlsx_sheet_select(book->xlsx, book->sheets[sheet]);
		if (book->rows[sheet] == 1)
			xlsx_span(book->xlsx, book->rows[sheet]++, 0,
			    book->last, "（无）",
			    XLSX_BOX | XLSX_QUIET | XLSX_CENTRE);
		xlsx_heading(book->xlsx, book->rows[sheet] - 1, book->last, 0);
		xlsx_page(book->xlsx, XLSX_LANDSCAPE);
	}
	free(book);
}
