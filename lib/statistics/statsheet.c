#include "lib/statistics/statsheet.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/decision/reasons.h"
#include "lib/table/xlsx.h"

enum {
	HEADING = XLSX_BOLD | XLSX_HEAD | XLSX_BOX | XLSX_CENTRE | XLSX_WRAP,
	TEXT = XLSX_BOX | XLSX_WRAP, NUMBER = XLSX_BOX | XLSX_RIGHT,
	HEADING_POINTS = 30, ROW_POINTS = 20
};

/* Of 合格, 待审, 需重拍 and 未采集; and of 需重拍 and 待审. */
static const unsigned int colours[] = { 0x2e8b57, 0xe0a030, 0xc0392b, 0x9aa5b3 };
static const unsigned int reason_colours[] = { 0xc0392b, 0xe0a030 };

static const struct {
	const char *heading;
	double width;
} counts[] = {
	{ "应采", 8 }, { "实采", 8 }, { "合格", 8 }, { "待审", 8 },
	{ "需重拍", 8 }, { "未采集", 8 }, { "重拍人次", 9 }, { "采集率", 9 },
	{ "合格率", 9 }, { "一次合格率", 11 }
};

enum {
	COUNTS = sizeof counts / sizeof *counts,
	PASSED = 2, MISSING = 5,	/* of counts, what 应采 is made of */
	NAMES_MAX = 4, CHART_ROWS_MAX = 40,
	BARS_MAX = 15	/* reasons in the chart: what a page holds beside the table */
};

struct heading {
	const char *text;
	double width;
};

/* ---- a table ---- */

static void
add_headings(struct xlsx *xlsx, const char *name, const struct heading *names,
    int name_count)
{
	int i;

	xlsx_sheet(xlsx, name);
	xlsx_height(xlsx, 0, HEADING_POINTS);
	for (i = 0; i < name_count; i++) {
		xlsx_width(xlsx, i, names[i].width);
		xlsx_text(xlsx, 0, i, names[i].text, HEADING);
	}
}

static void
add_count_headings(struct xlsx *xlsx, int column)
{
	int i;

	for (i = 0; i < COUNTS; i++) {
		xlsx_width(xlsx, column + i, counts[i].width);
		xlsx_text(xlsx, 0, column + i, counts[i].heading, HEADING);
	}
}

static void
add_share(struct xlsx *xlsx, int row, int column, long part, long whole,
    unsigned int style)
{
	double share = figures_share(part, whole);

	if (share < 0)
		xlsx_text(xlsx, row, column, "—", style | XLSX_BOX | XLSX_RIGHT);
	else
		xlsx_number(xlsx, row, column, share,
		    style | NUMBER | XLSX_PERCENT);
}

static void
add_counts(struct xlsx *xlsx, int row, int column,
    const struct figures_line *line, unsigned int style)
{
	const long values[] = { line->expected, line->taken, line->passed,
	    line->review, line->rejected, line->missing, line->retakes };
	size_t i;

	for (i = 0; i < sizeof values / sizeof *values; i++)
		xlsx_number(xlsx, row, column++, (double)values[i],
		    style | NUMBER);
	add_share(xlsx, row, column++, line->taken, line->expected, style);
	add_share(xlsx, row, column++, line->passed, line->taken, style);
	add_share(xlsx, row, column, line->first, line->taken, style);
}

static void
add_row(struct xlsx *xlsx, int row, const char *const *names, int name_count,
    const struct figures_line *line, unsigned int style)
{
	int i;

	xlsx_height(xlsx, row, ROW_POINTS);
	for (i = 0; i < name_count; i++)
		xlsx_text(xlsx, row, i, names[i], style | TEXT);
	add_counts(xlsx, row, name_count, line, style);
}

/* count is of the rows between heading and sum. */
static void
finish(struct xlsx *xlsx, size_t count, int columns)
{
	if (count > 0)
		xlsx_heading(xlsx, (int)count, columns - 1, 0);
	xlsx_page(xlsx, XLSX_LANDSCAPE);
}

/* 合格, 待审, 需重拍 and 未采集 are 应采: one bar each, where there are not too many to
 * read. */
static void
add_chart(struct xlsx *xlsx, const char *title, size_t count, int names,
    int columns)
{
	if (count < 2 || count > CHART_ROWS_MAX)
		return;
	xlsx_chart(xlsx, &(struct xlsx_chart){ .kind = XLSX_STACK, .title = title,
	    .first = columns + PASSED, .last = columns + MISSING, .names = names,
	    .last_row = (int)count, .colours = colours, .row = (int)count + 3 });
}

/* A sum below the rows; its first cell says so. */
static void
add_sum(struct xlsx *xlsx, size_t count, int name_count,
    const struct figures_line *sum)
{
	const char *names[NAMES_MAX] = { "合计", "", "", "" };

	add_row(xlsx, (int)count + 1, names, name_count, sum, XLSX_BOLD);
}

/* ---- sheets ---- */

void
statsheet_schools(struct xlsx *xlsx, const struct statsheet_school *schools,
    size_t count)
{
	static const struct heading names[] = {
		{ "院校代码", 10 }, { "院校名称", 26 }, { "届", 8 }
	};
	struct figures_line sum = { 0 };
	size_t i;

	add_headings(xlsx, "学校", names, 3);
	add_count_headings(xlsx, 3);
	for (i = 0; i < count; i++) {
		const char *own[] = { schools[i].code, schools[i].name,
		    schools[i].class };

		add_row(xlsx, (int)i + 1, own, 3, &schools[i].figures.total, 0);
		figures_sum(&sum, &schools[i].figures.total);
	}
	finish(xlsx, count, 3 + COUNTS);
	add_sum(xlsx, count, 3, &sum);
	add_chart(xlsx, "各校采集情况（人）", count, 1, 3);
}

/* The lines of one kind, of all schools: the school, and one or two names. */
struct lines {
	const char *sheet, *chart;
	const struct heading *headings;
	int names;		/* the school's included */
	const struct figures_line *(*of)(const struct figures *figures,
	    size_t *count);
};

/* What a chart calls the row, in a hidden column: its names, the school's only where
 * there are several. */
static void
add_label(struct xlsx *xlsx, int row, const char *const *names, int count,
    int column)
{
	struct buf label = BUF_INIT;

	for (int i = 0; i < count; i++)
		buf_addf(&label, "%s%s", label.len > 0 && *names[i] != '\0' ?
		    " " : "", names[i]);
	xlsx_text(xlsx, row, column, label.data, 0);
	buf_release(&label);
}

static void
add_lines(struct xlsx *xlsx, const struct lines *lines,
    const struct statsheet_school *schools, size_t count)
{
	struct figures_line sum = { 0 };
	size_t rows = 0, line_count;

	add_headings(xlsx, lines->sheet, lines->headings, lines->names);
	add_count_headings(xlsx, lines->names);
	xlsx_width(xlsx, lines->names + COUNTS, 0);
	for (size_t i = 0; i < count; i++) {
		const struct figures_line *line =
		    lines->of(&schools[i].figures, &line_count);

		for (size_t k = 0; k < line_count; k++, line++) {
			const char *own[] = { schools[i].name, line->college,
			    line->class };

			add_row(xlsx, (int)++rows, own, lines->names, line, 0);
			add_label(xlsx, (int)rows, own + (count == 1),
			    lines->names - (count == 1),
			    lines->names + COUNTS);
			figures_sum(&sum, line);
		}
	}
	finish(xlsx, rows, lines->names + COUNTS);
	add_sum(xlsx, rows, lines->names, &sum);
	if (lines->chart != NULL)
		add_chart(xlsx, lines->chart, rows, lines->names + COUNTS,
		    lines->names);
}

static const struct figures_line *
colleges_of(const struct figures *figures, size_t *count)
{
	*count = figures->college_count;
	return figures->colleges;
}

static const struct figures_line *
points_of(const struct figures *figures, size_t *count)
{
	int has = figures->extra.teaching_point || figures->extra.season;

	*count = has ? figures->point_count : 0;
	return figures->points;
}

static const struct figures_line *
classes_of(const struct figures *figures, size_t *count)
{
	*count = figures->class_count;
	return figures->classes;
}

void
statsheet_colleges(struct xlsx *xlsx, const struct statsheet_school *schools,
    size_t count)
{
	static const struct heading headings[] = {
		{ "院校名称", 26 }, { "学院", 26 }
	};
	static const struct lines lines = { "学院", "各学院采集情况（人）", headings,
	    2, colleges_of };

	add_lines(xlsx, &lines, schools, count);
}

void
statsheet_points(struct xlsx *xlsx, const struct statsheet_school *schools,
    size_t count)
{
	static const struct heading headings[] = {
		{ "院校名称", 24 }, { "教学点", 26 }, { "毕业季", 10 }
	};
	static const struct lines lines = { "教学点", "各教学点采集情况（人）",
	    headings, 3, points_of };
	size_t i = 0;

	while (i < count && !schools[i].figures.extra.teaching_point &&
	    !schools[i].figures.extra.season)
		i++;
	if (i < count)
		add_lines(xlsx, &lines, schools, count);
}

void
statsheet_classes(struct xlsx *xlsx, const struct statsheet_school *schools,
    size_t count)
{
	static const struct heading headings[] = {
		{ "院校名称", 24 }, { "学院", 24 }, { "班级", 18 }
	};
	static const struct lines lines = { "班级", NULL, headings, 3, classes_of };

	add_lines(xlsx, &lines, schools, count);
}

static void
add_reason(struct xlsx *xlsx, int row, const struct figures_reason *reason)
{
	struct buf name = BUF_INIT;

	if (*reason->check != '\0')
		reasons_name(reason->check, LANGUAGE_CHINESE, &name);
	else
		buf_adds(&name, "人工判定、待核或未能检测");
	xlsx_height(xlsx, row, ROW_POINTS);
	xlsx_text(xlsx, row, 0, name.data, TEXT);
	xlsx_number(xlsx, row, 1, (double)reason->rejected, NUMBER);
	xlsx_number(xlsx, row, 2, (double)reason->review, NUMBER);
	buf_release(&name);
}

void
statsheet_reasons(struct xlsx *xlsx, const struct statsheet_school *schools,
    size_t count)
{
	static const struct heading headings[] = { { "原因", 34 }, { "需重拍", 10 },
	    { "待审", 10 } };
	struct figures all = { .reason_count = 0 };
	int rows;

	for (size_t i = 0; i < count; i++)
		figures_merge_reasons(&all, &schools[i].figures);
	figures_sort_reasons(&all);
	rows = (int)all.reason_count;
	add_headings(xlsx, "原因", headings, 3);
	for (int i = 0; i < rows; i++)
		add_reason(xlsx, i + 1, &all.reasons[i]);
	if (rows == 0)
		xlsx_span(xlsx, 1, 0, 2, "（无）", XLSX_BOX | XLSX_QUIET |
		    XLSX_CENTRE);
	finish(xlsx, (size_t)rows, 3);
	if (rows > 0)
		xlsx_chart(xlsx, &(struct xlsx_chart){ .kind = XLSX_BARS,
		    .title = "未通过的原因（人，一人可有多项）", .first = 1, .last = 2,
		    .names = 0, .last_row = rows < BARS_MAX ? rows : BARS_MAX,
		    .colours = reason_colours, .row = 1, .column = 4,
		    .beside = rows });
	figures_release(&all);
}

static void
add_fee(struct xlsx *xlsx, int row, const struct statsheet_school *school,
    long persons, double amount, unsigned int style)
{
	xlsx_height(xlsx, row, ROW_POINTS);
	xlsx_text(xlsx, row, 0, school->code, style | TEXT);
	xlsx_text(xlsx, row, 1, school->name, style | TEXT);
	xlsx_text(xlsx, row, 2, school->class, style | TEXT);
	xlsx_text(xlsx, row, 3, school->by_student ?
	    "学生自缴" : school->id != NULL ? "学校统缴" : "", style | TEXT);
	xlsx_text(xlsx, row, 4, school->id == NULL ? "" : school->by_passed ?
	    "合格人数" : "实采人数", style | TEXT);
	xlsx_number(xlsx, row, 5, (double)persons, style | NUMBER);
	if (school->id != NULL)
		xlsx_number(xlsx, row, 6, school->price,
		    style | NUMBER | XLSX_MONEY);
	else
		xlsx_text(xlsx, row, 6, "", style | TEXT);
	xlsx_number(xlsx, row, 7, amount, style | NUMBER | XLSX_MONEY);
	xlsx_text(xlsx, row, 8, school->by_student ?
	    "学生拍摄时已自缴，学校应缴为 0" : "", style | TEXT);
}

void
statsheet_fees(struct xlsx *xlsx, const struct statsheet_school *schools,
    size_t count)
{
	static const struct heading names[] = {
		{ "院校代码", 10 }, { "院校名称", 26 }, { "届", 8 },
		{ "收费方式", 12 }, { "计费依据", 12 }, { "计费人数", 10 },
		{ "单价（元）", 11 }, { "学校应缴（元）", 16 }, { "备注", 30 }
	};
	const struct statsheet_school sum = {
		.code = (char *)"合计", .name = (char *)"", .class = (char *)""
	};
	const struct figures_line *total;
	long persons, all = 0;
	double amount, due = 0;
	size_t i;
	int row = 1;

	add_headings(xlsx, "结算单", names, 9);
	for (i = 0; i < count; i++) {
		total = &schools[i].figures.total;
		persons = schools[i].by_passed ? total->passed : total->taken;
		amount = schools[i].by_student ? 0 :
		    (double)persons * schools[i].price;
		add_fee(xlsx, row++, &schools[i], persons, amount, 0);
		all += persons;
		due += amount;
	}
	add_fee(xlsx, row++, &sum, all, due, XLSX_BOLD);
	xlsx_page(xlsx, XLSX_LANDSCAPE);
}

void
statsheet_days(struct xlsx *xlsx, const struct statsheet_day *days,
    size_t count)
{
	static const struct heading names[] = { { "日期", 14 } };
	size_t i;

	add_headings(xlsx, "进度", names, 1);
	add_count_headings(xlsx, 1);
	for (i = 0; i < count; i++) {
		const char *own[] = { days[i].name };

		add_row(xlsx, (int)i + 1, own, 1, &days[i].sum, 0);
	}
	xlsx_chart(xlsx, &(struct xlsx_chart){ .kind = XLSX_LINES,
	    .title = "采集进度（人）", .first = 1, .last = 3, .names = 0,
	    .last_row = (int)count, .row = (int)count + 2 });
	xlsx_page(xlsx, XLSX_LANDSCAPE);
}
