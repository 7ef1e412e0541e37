#include "lib/office/ranking.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/product/kind.h"
#include "lib/profile/profile.h"
#include "lib/profile/workdays.h"
#include "lib/province/debt.h"
#include "lib/province/survey.h"
#include "lib/table/ruled.h"
#include "lib/table/xlsx.h"

enum score {
	SCORE_COLLECTED, SCORE_FIRST, SCORE_RETAKES, SCORE_FEEDBACK, SCORE_OVERDUE,
	SCORE_QUALITY, SCORES
};

static const char *const keys[SCORES] = { "collected", "first_pass", "retakes",
    "feedback", "overdue", "quality" };

static const double full = 100, none = -1;	/* none: not counted */

struct place {
	const struct survey_school *school;
	double scores[SCORES], total;
	long overdue;			/* working days */
	int rank;			/* equal totals have one */
	char due[SURVEY_DATE];		/* of the stamped form */
};

struct ranking {
	struct place *places;
	size_t count;
	double weights[SCORES], overdue_points;
	long listed;
};

static const struct ruled_column place_columns[] = {
	{ "名次", 6 }, { "院校代码", 9 }, { "院校名称", 20 }, { "城市", 8 },
	{ "总分", 8 }, { "应采", 7 }, { "实采", 7 }, { "采集率", 9 },
	{ "一次合格率", 10 }, { "重拍人次", 8 }, { "重拍得分", 8 },
	{ "反馈期限", 11 }, { "收到反馈", 11 }, { "反馈得分", 8 },
	{ "逾期工作日", 8 }, { "逾期得分", 8 }, { "合格图像中无提示", 10 },
	{ "质量得分", 8 }
};

static const struct ruled_column weight_columns[] = {
	{ "项目", 16 }, { "权重", 8 }, { "计分办法", 80 }
};

static const struct ruled_column list_columns[] = {
	{ "序号", 8 }, { "院校名称", 40 }, { "城市", 14 }
};

static const char *const score_names[SCORES] = {
	"采集率", "一次合格率", "重拍", "反馈按时", "逾期", "图像质量"
};

static const char *const score_rules[SCORES] = {
	"实采人数 ÷ 应采人数 × 100",
	"第一次上传即合格的人数 ÷ 实采人数 × 100",
	"100 −（重拍人次 ÷ 实采人数 × 100），最低 0",
	"盖章的校对反馈表在期限内收到 100，逾期未收到或逾期收到 0；未到期且未收到不计",
	"逾期扣分，最低 0：学校和学生未办结事项中逾期最久的，和反馈表逾期的",
	"没有任何提示的合格图像 ÷ 合格图像 × 100"
};

/* ---- scores ---- */

static void
score_feedback(struct place *place, const struct survey *survey,
    const struct workdays *workdays)
{
	const struct survey_school *school = place->school;
	const char *came = school->feedback;

	place->scores[SCORE_FEEDBACK] = none;
	if (*school->delivered == '\0')
		return;
	workdays_after(workdays, school->delivered_last, profile_integer(
	    school->profile, "feedback", "answer_days"), place->due);
	if (*came != '\0')
		place->scores[SCORE_FEEDBACK] = strcmp(came, place->due) <= 0 ?
		    full : 0;
	else if (strcmp(place->due, survey->date) < 0)
		place->scores[SCORE_FEEDBACK] = 0;
	if (*came != '\0' && strcmp(came, place->due) > 0)
		place->overdue = workdays_between(workdays, place->due, came);
}

static void
score_overdue(double points, struct place *place, const struct survey *survey,
    const struct workdays *workdays)
{
	struct debt debts[DEBT_MAX];
	size_t count = debt_list(place->school, survey->date, workdays, debts);

	for (size_t i = 0; i < count; i++)
		if ((debts[i].owner == DEBT_SCHOOL ||
		    debts[i].owner == DEBT_STUDENT) && *debts[i].due != '\0' &&
		    debts[i].late > place->overdue)
			place->overdue = debts[i].late;
	place->scores[SCORE_OVERDUE] = fmax(0, full -
	    points * (double)place->overdue);
}

static void
score(struct ranking *ranking, struct place *place, const struct survey *survey,
    const struct workdays *workdays)
{
	const struct figures_line *total = &place->school->figures.total;
	double weight = 0;

	place->scores[SCORE_COLLECTED] = full * survey_share(total->taken,
	    total->expected);
	place->scores[SCORE_FIRST] = full * survey_share(total->first, total->taken);
	place->scores[SCORE_RETAKES] = fmax(0, full - full * survey_share(
	    total->retakes, total->taken));
	place->scores[SCORE_QUALITY] = full * survey_share(place->school->clean,
	    total->passed);
	score_feedback(place, survey, workdays);
	score_overdue(ranking->overdue_points, place, survey, workdays);
	for (int i = 0; i < SCORES; i++) {
		if (place->scores[i] < 0)
			continue;
		place->total += ranking->weights[i] * place->scores[i];
		weight += ranking->weights[i];
	}
	place->total = weight > 0 ? round(full * place->total / weight) / full : 0;
}

static int
by_total(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	return x->total != y->total ? (x->total < y->total) - (x->total > y->total) :
	    strcmp(x->school->code, y->school->code);
}

static int
load_weights(struct ranking *ranking, const struct profile *profile,
    struct buf *err)
{
	double sum = 0, least = 0;

	for (int i = 0; i < SCORES; i++) {
		ranking->weights[i] = profile_number(profile, "ranking", keys[i]);
		least = fmin(least, ranking->weights[i]);
		sum += ranking->weights[i];
	}
	ranking->overdue_points = profile_number(profile, "ranking", "overdue_points");
	ranking->listed = profile_integer(profile, "ranking", "listed");
	if (least >= 0 && sum > 0)
		return 0;
	buf_addf(err, "profile '%s': the weights of [ranking] are not below 0, and not "
	    "all 0", profile_name(profile));
	return -1;
}

/* Schools of which nothing came have no rank. */
static int
rank(struct ranking *ranking, const struct survey *survey, struct buf *err)
{
	struct workdays *workdays = workdays_load(NULL, err);
	struct place *place;

	if (workdays == NULL)
		return -1;
	ranking->places = xcalloc(survey->count, sizeof *ranking->places);
	for (size_t i = 0; i < survey->count; i++) {
		if (survey->schools[i].figures.total.taken == 0)
			continue;
		place = &ranking->places[ranking->count++];
		place->school = &survey->schools[i];
		score(ranking, place, survey, workdays);
	}
	mem_sort(ranking->places, ranking->count, sizeof *ranking->places, by_total);
	for (size_t i = 0; i < ranking->count; i++) {
		place = &ranking->places[i];
		place->rank = i > 0 && place->total == place[-1].total ?
		    place[-1].rank : (int)i + 1;
	}
	workdays_free(workdays);
	return 0;
}

/* ---- sheets ---- */

static void
add_score(struct ruled *ruled, double value)
{
	if (value < 0)
		ruled_text(ruled, "不计", XLSX_CENTRE | XLSX_QUIET);
	else
		ruled_number(ruled, round(value * 10) / 10, 0);
}

static void
add_place(struct ruled *ruled, const struct place *place)
{
	const struct survey_school *school = place->school;
	const struct figures_line *total = &school->figures.total;

	ruled_row(ruled);
	ruled_number(ruled, place->rank, XLSX_BOLD);
	ruled_text(ruled, school->code, XLSX_CENTRE);
	ruled_text(ruled, school->name, 0);
	ruled_text(ruled, survey_text(school, "city"), XLSX_CENTRE);
	ruled_number(ruled, place->total, XLSX_BOLD);
	ruled_number(ruled, (double)total->expected, 0);
	ruled_number(ruled, (double)total->taken, 0);
	ruled_number(ruled, place->scores[SCORE_COLLECTED] / full, XLSX_PERCENT);
	ruled_number(ruled, place->scores[SCORE_FIRST] / full, XLSX_PERCENT);
	ruled_number(ruled, (double)total->retakes, 0);
	add_score(ruled, place->scores[SCORE_RETAKES]);
	ruled_text(ruled, place->due, XLSX_CENTRE);
	ruled_text(ruled, school->feedback, XLSX_CENTRE);
	add_score(ruled, place->scores[SCORE_FEEDBACK]);
	ruled_number(ruled, (double)place->overdue, 0);
	add_score(ruled, place->scores[SCORE_OVERDUE]);
	ruled_number(ruled, (double)school->clean, 0);
	add_score(ruled, place->scores[SCORE_QUALITY]);
}

/* A school of which nothing came: it is in the list, and in no rank. */
static void
add_silent(struct ruled *ruled, const struct survey_school *school)
{
	ruled_row(ruled);
	ruled_text(ruled, "未采集", XLSX_CENTRE | XLSX_QUIET);
	ruled_text(ruled, school->code, XLSX_CENTRE);
	ruled_text(ruled, school->name, 0);
	ruled_text(ruled, survey_text(school, "city"), XLSX_CENTRE);
	ruled_text(ruled, "不排名", XLSX_CENTRE | XLSX_QUIET);
	ruled_number(ruled, (double)school->figures.total.expected, 0);
	ruled_number(ruled, 0, 0);
}

static void
add_rules(const struct ranking *ranking, struct xlsx *xlsx)
{
	struct ruled ruled;
	struct buf rule = BUF_INIT;

	ruled_begin(&ruled, xlsx, "计分办法", weight_columns,
	    sizeof weight_columns / sizeof weight_columns[0]);
	for (int i = 0; i < SCORES; i++) {
		ruled_row(&ruled);
		ruled_text(&ruled, score_names[i], XLSX_CENTRE);
		ruled_number(&ruled, ranking->weights[i], 0);
		buf_adds(&rule, score_rules[i]);
		if (i == SCORE_OVERDUE)
			buf_addf(&rule, "；每个工作日扣 %g 分", ranking->overdue_points);
		ruled_text(&ruled, rule.data, 0);
		buf_clear(&rule);
	}
	buf_release(&rule);
	ruled_end(&ruled, XLSX_LANDSCAPE);
}

static void
add_list(const struct ranking *ranking, struct xlsx *xlsx)
{
	struct ruled ruled;

	ruled_begin(&ruled, xlsx, "通报名单", list_columns,
	    sizeof list_columns / sizeof list_columns[0]);
	for (size_t i = 0; i < ranking->count &&
	    ranking->places[i].rank <= ranking->listed; i++) {
		ruled_row(&ruled);
		ruled_number(&ruled, (double)i + 1, XLSX_CENTRE);
		ruled_text(&ruled, ranking->places[i].school->name, 0);
		ruled_text(&ruled, survey_text(ranking->places[i].school, "city"),
		    XLSX_CENTRE);
	}
	ruled_end(&ruled, XLSX_PORTRAIT);
}

static int
ranking_write(struct survey *survey, struct buf *err)
{
	struct ranking ranking = { .places = NULL };
	struct xlsx *xlsx = NULL;
	struct ruled ruled;
	int result = -1;

	if (load_weights(&ranking, survey->schools[0].profile, err) == 0 &&
	    rank(&ranking, survey, err) == 0)
		xlsx = survey_workbook(survey, err);
	if (xlsx != NULL) {
		ruled_begin(&ruled, xlsx, "排名", place_columns,
		    sizeof place_columns / sizeof place_columns[0]);
		for (size_t i = 0; i < ranking.count; i++)
			add_place(&ruled, &ranking.places[i]);
		for (size_t i = 0; i < survey->count; i++)
			if (survey->schools[i].figures.total.taken == 0)
				add_silent(&ruled, &survey->schools[i]);
		ruled_end(&ruled, XLSX_LANDSCAPE);
		add_list(&ranking, xlsx);
		add_rules(&ranking, xlsx);
		result = xlsx_close(xlsx, err);
	}
	free(ranking.places);
	return result;
}

static void *
ranking_start(const struct kind_options *options)
{
	return survey_new(options, &ranking_kind, ranking_write);
}

const struct kind ranking_kind = {
	.name = "ranking",
	.what = "schools by how well they organised it, and why, workbook",
	.title = "优秀组织单位",
	.extension = ".xlsx",
	.filter = &survey_filter,
	.start = ranking_start,
	.stop = survey_stop
};
