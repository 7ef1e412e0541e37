#include "lib/office/due.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/product/kind.h"
#include "lib/profile/profile.h"
#include "lib/profile/workdays.h"
#include "lib/province/debt.h"
#include "lib/province/survey.h"
#include "lib/table/csvout.h"
#include "lib/table/ruled.h"
#include "lib/table/xlsx.h"

static const struct ruled_column debt_columns[] = {
	{ "院校代码", 9 }, { "院校名称", 22 }, { "城市", 8 }, { "责任方", 12 },
	{ "事项", 26 }, { "人数", 7 }, { "起始日", 11 }, { "应办结日", 11 },
	{ "状态", 17 }, { "说明", 20 }, { "联系人", 9 }, { "联系电话", 15 }
};

static const struct ruled_column text_columns[] = {
	{ "院校代码", 9 }, { "院校名称", 22 }, { "联系人", 9 }, { "联系电话", 15 },
	{ "提醒文字", 84 }
};

struct debts {
	struct debt *items;
	size_t count;
};

/* ---- what is owed ---- */

/* One day is enough to say it. */
static void
tell_unknown_year(const struct survey *survey, const struct workdays *workdays,
    const struct debts *debts)
{
	const char *unknown = NULL;

	if (!workdays_knows(workdays, survey->date))
		unknown = survey->date;
	for (size_t i = 0; i < debts->count && unknown == NULL; i++)
		if (*debts->items[i].due != '\0' &&
		    !workdays_knows(workdays, debts->items[i].due))
			unknown = debts->items[i].due;
	if (unknown != NULL)
		msg_warn("share/holidays.conf does not have the year of %s: five-day "
		    "weeks are counted", unknown);
}

/* told: whether days in years without holidays are worth a word. */
static int
collect(const struct survey *survey, int told, struct debts *debts, struct buf *err)
{
	struct workdays *workdays = workdays_load(NULL, err);

	if (workdays == NULL)
		return -1;
	debts->items = xcalloc(survey->count * DEBT_MAX, sizeof *debts->items);
	for (size_t i = 0; i < survey->count; i++) {
		const struct survey_school *school = &survey->schools[i];

		if (debt_check_profile(school->profile, err) != 0)
			break;
		debts->count += debt_list(school, survey->date, workdays,
		    debts->items + debts->count);
	}
	mem_sort(debts->items, debts->count, sizeof *debts->items, debt_compare);
	if (told)
		tell_unknown_year(survey, workdays, debts);
	workdays_free(workdays);
	return err->len > 0 ? -1 : 0;
}

/* ---- the sheets ---- */

static void
add_debt(struct ruled *ruled, const struct debt *debt)
{
	unsigned int alert = *debt->due != '\0' && debt->late > 0 ? XLSX_ALERT : 0;
	struct buf state = BUF_INIT, note = BUF_INIT;

	debt_add_state(debt, LANGUAGE_CHINESE, &state);
	if (debt->money > 0)
		buf_addf(&note, "未缴 %.2f 元", debt->money);
	ruled_row(ruled);
	ruled_text(ruled, debt->school->code, XLSX_CENTRE);
	ruled_text(ruled, debt->school->name, 0);
	ruled_text(ruled, survey_text(debt->school, "city"), XLSX_CENTRE);
	ruled_text(ruled, debt_owner_name(debt, LANGUAGE_CHINESE), XLSX_CENTRE);
	ruled_text(ruled, debt->what[LANGUAGE_CHINESE], 0);
	ruled_count(ruled, debt->count, 0);
	ruled_text(ruled, debt->since, XLSX_CENTRE);
	ruled_text(ruled, debt->due, XLSX_CENTRE | alert);
	ruled_text(ruled, state.data, XLSX_CENTRE | alert);
	ruled_text(ruled, note.data, 0);
	ruled_text(ruled, survey_text(debt->school, "contact"), XLSX_CENTRE);
	ruled_text(ruled, survey_text(debt->school, "phone"), XLSX_CENTRE);
	buf_release(&note);
	buf_release(&state);
}

/* One clause a matter that the school or its students owe. */
static void
add_clauses(const struct debts *debts, const struct survey_school *school,
    struct buf *out)
{
	for (size_t i = 0; i < debts->count; i++) {
		const struct debt *debt = &debts->items[i];

		if (debt->school != school || (debt->owner != DEBT_SCHOOL &&
		    debt->owner != DEBT_STUDENT))
			continue;
		buf_addf(out, "%s%s", out->len > 0 ? "；" : "",
		    debt->what[LANGUAGE_CHINESE]);
		if (debt->money > 0)
			buf_addf(out, " %.2f 元", debt->money);
		else if (debt->count > 0)
			buf_addf(out, " %ld 人", debt->count);
		if (*debt->due != '\0' && debt->late > 0)
			buf_addf(out, "，应于 %s 前办结，已逾期 %ld 个工作日", debt->due,
			    debt->late);
		else if (*debt->due != '\0')
			buf_addf(out, "，请于 %s 前办结", debt->due);
	}
}

static void
add_reminder(struct ruled *ruled, const struct debts *debts,
    const struct survey *survey, const struct survey_school *school)
{
	struct buf clauses = BUF_INIT, text = BUF_INIT;

	add_clauses(debts, school, &clauses);
	if (clauses.len > 0) {
		buf_addf(&text, "%s：截至 %s，贵校 %s 届毕业生图像采集尚有以下事项：%s。"
		    "如已办理请忽略。%s", school->name, survey->date, school->class,
		    clauses.data, profile_text(school->profile, "feedback",
		    "collector"));
		ruled_row(ruled);
		ruled_text(ruled, school->code, XLSX_CENTRE);
		ruled_text(ruled, school->name, 0);
		ruled_text(ruled, survey_text(school, "contact"), XLSX_CENTRE);
		ruled_text(ruled, survey_text(school, "phone"), XLSX_CENTRE);
		ruled_text(ruled, text.data, 0);
	}
	buf_release(&text);
	buf_release(&clauses);
}

static int
due_write(struct survey *survey, struct buf *err)
{
	struct debts debts = { NULL, 0 };
	struct xlsx *xlsx = NULL;
	struct ruled ruled;
	int result = -1;

	if (collect(survey, 1, &debts, err) == 0)
		xlsx = survey_workbook(survey, err);
	if (xlsx != NULL) {
		ruled_begin(&ruled, xlsx, "催办", debt_columns,
		    sizeof debt_columns / sizeof debt_columns[0]);
		for (size_t i = 0; i < debts.count; i++)
			add_debt(&ruled, &debts.items[i]);
		ruled_end(&ruled, XLSX_LANDSCAPE);
		ruled_begin(&ruled, xlsx, "各校提醒", text_columns,
		    sizeof text_columns / sizeof text_columns[0]);
		for (size_t i = 0; i < survey->count; i++)
			add_reminder(&ruled, &debts, survey, &survey->schools[i]);
		ruled_end(&ruled, XLSX_LANDSCAPE);
		result = xlsx_close(xlsx, err);
	}
	free(debts.items);
	return result;
}

static void *
due_start(const struct kind_options *options)
{
	return survey_new(options, &due_kind, due_write);
}

const struct kind due_kind = {
	.name = "due",
	.what = "what is due for each school, overdue first, workbook",
	.title = "催办表",
	.extension = ".xlsx",
	.filter = &survey_filter,
	.start = due_start,
	.stop = survey_stop
};

/* ---- the same as a table ---- */

/* In the language of the school's profile. */
static void
add_line(struct csvout *csv, const struct debt *debt)
{
	enum language language = reasons_of_profile(debt->school->profile);

	csvout_text(csv, debt->due);
	csvout_text(csv, debt->since);
	csvout_text(csv, debt_owner_name(debt, language));
	csvout_text(csv, debt->what[language]);
	csvout_number(csv, (double)debt->count, 0);
	csvout_number(csv, debt->money, 2);
	csvout_text(csv, debt->school->code);
	csvout_text(csv, debt->school->name);
	csvout_row(csv);
}

static int
table_write(struct survey *survey, struct buf *err)
{
	static const char *const headings[] = { "应办结日", "起始日", "责任方", "事项",
	    "人数", "未缴金额", "院校代码", "院校名称" };
	struct debts debts = { NULL, 0 };
	struct buf text = BUF_INIT;
	struct csvout csv = { &text, 0 };
	int result = collect(survey, 0, &debts, err);

	csvout_begin(&csv);
	for (size_t i = 0; i < sizeof headings / sizeof headings[0]; i++)
		csvout_text(&csv, headings[i]);
	csvout_row(&csv);
	for (size_t i = 0; i < debts.count; i++)
		add_line(&csv, &debts.items[i]);
	if (result == 0)
		result = io_product_write(&survey->product, text.data, text.len, err);
	buf_release(&text);
	free(debts.items);
	return result;
}

static void *
table_start(const struct kind_options *options)
{
	return survey_new(options, &due_table_kind, table_write);
}

const struct kind due_table_kind = {
	.name = "due-table",
	.what = "the same as a table, for programs",
	.title = "催办数据",
	.extension = ".csv",
	.filter = &survey_filter,
	.start = table_start,
	.stop = survey_stop
};
