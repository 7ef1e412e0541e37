#include "lib/product/statsheet.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/table/xlsx.h"

enum {
	HEADING = XLSX_BOLD | XLSX_HEAD | XLSX_BOX | XLSX_CENTRE | XLSX_WRAP,
	TEXT = XLSX_BOX | XLSX_WRAP, NUMBER = XLSX_BOX | XLSX_RIGHT,
	HEADING_POINTS = 30, ROW_POINTS = 20
};

static const struct {
	const char *heading;
	double width;
} counts[] = {
	{ "应采", 8 }, { "实采", 8 }, { "合格", 8 }, { "待审", 8 },
	{ "需重拍", 8 }, { "未采集", 8 }, { "重拍人次", 9 }, { "采集率", 9 },
	{ "合格率", 9 }, { "一次合格率", 11 }
};

enum { COUNTS = sizeof counts / sizeof *counts };

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

static void
finish(struct xlsx *xlsx, int rows, int columns)
{
	if (rows > 1)
		xlsx_heading(xlsx, rows - 1, columns - 1, 0);
	xlsx_page(xlsx, XLSX_LANDSCAPE);
}

/* ---- sheets ---- */

void
statsheet_schools(struct xlsx *xlsx, const struct statsheet_school *schools,
    size_t count)
{
	static const struct heading names[] = {
		{ "院校代码", 10 }, { "院校名称", 26 }, { "届", 8 }
	};
	const char *row_names[3] = { "合计", "", "" };
	struct figures_line sum = { 0 };
	size_t i;
	int row = 1;

	add_headings(xlsx, "学校", names, 3);
	add_count_headings(xlsx, 3);
	for (i = 0; i < count; i++) {
		const char *own[] = { schools[i].code, schools[i].name,
		    schools[i].class };

		add_row(xlsx, row++, own, 3, &schools[i].figures.total, 0);
		figures_sum(&sum, &schools[i].figures.total);
	}
	finish(xlsx, row, 3 + COUNTS);
	if (count > 1)
		add_row(xlsx, row, row_names, 3, &sum, XLSX_BOLD);
}

void
statsheet_colleges(struct xlsx *xlsx, const struct statsheet_school *schools,
    size_t count)
{
	static const struct heading names[] = {
		{ "院校名称", 26 }, { "学院", 26 }
	};
	size_t i, k;
	int row = 1;

	add_headings(xlsx, "学院", names, 2);
	add_count_headings(xlsx, 2);
	for (i = 0; i < count; i++)
		for (k = 0; k < schools[i].figures.college_count; k++) {
			const struct figures_line *line =
			    &schools[i].figures.colleges[k];
			const char *own[] = { schools[i].name, line->college };

			add_row(xlsx, row++, own, 2, line, 0);
		}
	finish(xlsx, row, 2 + COUNTS);
}

void
statsheet_classes(struct xlsx *xlsx, const struct statsheet_school *schools,
    size_t count)
{
	static const struct heading names[] = {
		{ "院校名称", 24 }, { "学院", 24 }, { "班级", 18 }
	};
	size_t i, k;
	int row = 1;

	add_headings(xlsx, "班级", names, 3);
	add_count_headings(xlsx, 3);
	for (i = 0; i < count; i++)
		for (k = 0; k < schools[i].figures.class_count; k++) {
			const struct figures_line *line =
			    &schools[i].figures.classes[k];
			const char *own[] = { schools[i].name, line->college,
			    line->class };

			add_row(xlsx, row++, own, 3, line, 0);
		}
	finish(xlsx, row, 3 + COUNTS);
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
	if (count > 1)
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
	xlsx_chart(xlsx, "采集进度（人）", 1, 3, (int)count);
	xlsx_page(xlsx, XLSX_LANDSCAPE);
}
