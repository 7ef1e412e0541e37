#include "lib/office/settlement.h"

#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/product/kind.h"
#include "lib/profile/profile.h"
#include "lib/province/bill.h"
#include "lib/province/survey.h"
#include "lib/table/ruled.h"
#include "lib/table/xlsx.h"

static const struct ruled_column school_columns[] = {
	{ "院校代码", 9 }, { "院校名称", 24 }, { "城市", 9 }, { "届", 7 },
	{ "收费方式", 10 }, { "计费依据", 10 }, { "计费人数", 9 },
	{ "单价（元）", 10 }, { "应缴（元）", 13 }, { "已收（元）", 13 },
	{ "未缴（元）", 13 }, { "到账日期", 11 }, { "备注", 20 }
};

static const struct ruled_column city_columns[] = {
	{ "城市", 14 }, { "学校数", 9 }, { "计费人数", 11 }, { "应缴（元）", 15 },
	{ "已收（元）", 15 }, { "未缴（元）", 15 }
};

struct sum {
	long schools, persons;
	double due, paid, open;
};

static void
add_to(struct sum *sum, const struct bill *bill)
{
	sum->schools++;
	sum->persons += bill->persons;
	sum->due += bill->due;
	sum->paid += bill->paid;
	sum->open += bill->open;
}

static void
add_money(struct ruled *ruled, double due, double paid, double open,
    unsigned int style)
{
	ruled_number(ruled, due, style | XLSX_MONEY);
	ruled_number(ruled, paid, style | XLSX_MONEY);
	ruled_number(ruled, open, style | XLSX_MONEY | (open > 0 ? XLSX_ALERT : 0));
}

static const char *
note_of(const struct bill *bill)
{
	return bill->by_student ? "学生拍摄时已自缴" : bill->open < 0 ? "多缴，应退" :
	    bill->open > 0 ? "" : "已结清";
}

static void
add_school(struct ruled *ruled, const struct survey_school *school,
    const struct bill *bill)
{
	int passed = strcmp(profile_text(school->profile, "fee", "counts"),
	    "passed") == 0;

	ruled_row(ruled);
	ruled_text(ruled, school->code, XLSX_CENTRE);
	ruled_text(ruled, school->name, 0);
	ruled_text(ruled, survey_text(school, "city"), XLSX_CENTRE);
	ruled_text(ruled, school->class, XLSX_CENTRE);
	ruled_text(ruled, bill->by_student ? "学生自缴" : "学校统缴", XLSX_CENTRE);
	ruled_text(ruled, passed ? "合格人数" : "实采人数", XLSX_CENTRE);
	ruled_number(ruled, (double)bill->persons, 0);
	ruled_number(ruled, bill->price, XLSX_MONEY);
	add_money(ruled, bill->due, bill->paid, bill->open, 0);
	ruled_text(ruled, survey_text(school, "paid_date"), XLSX_CENTRE);
	ruled_text(ruled, note_of(bill), 0);
}

static void
add_schools(const struct survey *survey, struct xlsx *xlsx)
{
	struct sum sum = { 0, 0, 0, 0, 0 };
	struct ruled ruled;
	struct bill bill;

	ruled_begin(&ruled, xlsx, "结算单", school_columns,
	    sizeof school_columns / sizeof school_columns[0]);
	for (size_t i = 0; i < survey->count; i++) {
		bill_of(&survey->schools[i], &bill);
		add_school(&ruled, &survey->schools[i], &bill);
		add_to(&sum, &bill);
	}
	ruled_end(&ruled, XLSX_LANDSCAPE);
	ruled_row(&ruled);
	ruled_text(&ruled, "合计", XLSX_BOLD);
	for (int i = 1; i < 6; i++)
		ruled_text(&ruled, "", 0);
	ruled_number(&ruled, (double)sum.persons, XLSX_BOLD);
	ruled_text(&ruled, "", 0);
	add_money(&ruled, sum.due, sum.paid, sum.open, XLSX_BOLD);
	ruled_text(&ruled, "", 0);
	ruled_text(&ruled, "", 0);
}

static void
add_city(struct ruled *ruled, const char *name, const struct sum *sum,
    unsigned int style)
{
	ruled_row(ruled);
	ruled_text(ruled, name, style | XLSX_CENTRE);
	ruled_number(ruled, (double)sum->schools, style);
	ruled_number(ruled, (double)sum->persons, style);
	add_money(ruled, sum->due, sum->paid, sum->open, style);
}

static void
add_cities(const struct survey *survey, struct xlsx *xlsx)
{
	struct sum all = { 0, 0, 0, 0, 0 };
	struct ruled ruled;
	struct bill bill;
	const char *city;

	ruled_begin(&ruled, xlsx, "各市", city_columns,
	    sizeof city_columns / sizeof city_columns[0]);
	for (size_t c = 0; (city = survey_city_at(survey, c)) != NULL; c++) {
		struct sum sum = { 0, 0, 0, 0, 0 };

		for (size_t i = 0; i < survey->count; i++) {
			if (strcmp(survey_city(&survey->schools[i]), city) != 0)
				continue;
			bill_of(&survey->schools[i], &bill);
			add_to(&sum, &bill);
			add_to(&all, &bill);
		}
		add_city(&ruled, city, &sum, 0);
	}
	ruled_end(&ruled, XLSX_PORTRAIT);
	add_city(&ruled, "全省合计", &all, XLSX_BOLD);
}

static int
settlement_write(struct survey *survey, struct buf *err)
{
	struct xlsx *xlsx = survey_workbook(survey, err);

	if (xlsx == NULL)
		return -1;
	add_schools(survey, xlsx);
	if (survey->count > 1)
		add_cities(survey, xlsx);
	return xlsx_close(xlsx, err);
}

static void *
settlement_start(const struct kind_options *options)
{
	return survey_new(options, &settlement_kind, settlement_write);
}

const struct kind settlement_kind = {
	.name = "settlement",
	.what = "what is due, received and open, by school and city, workbook",
	.title = "结算单",
	.extension = ".xlsx",
	.filter = &survey_filter,
	.start = settlement_start,
	.stop = survey_stop
};
