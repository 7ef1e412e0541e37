#include "lib/office/dashboard.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/decision/reasons.h"
#include "lib/office/chart.h"
#include "lib/product/kind.h"
#include "lib/product/markup.h"
#include "lib/profile/workdays.h"
#include "lib/province/debt.h"
#include "lib/province/survey.h"

enum { REASONS_MAX = 10, DEBTS_MAX = 12, VALUE_TEXT = 24, CITY_TEXT = 3 * VALUE_TEXT };

static const char nothing[] = "<p class=\"none\">（无）</p>";

static void
percent(long part, long whole, char text[static VALUE_TEXT])
{
	double share = figures_share(part, whole);

	if (share < 0)
		snprintf(text, VALUE_TEXT, "—");
	else
		snprintf(text, VALUE_TEXT, "%.1f%%", share * 100);
}

static void
sum_figures(const struct survey *survey, struct figures_line *sum)
{
	memset(sum, 0, sizeof *sum);
	for (size_t i = 0; i < survey->count; i++)
		figures_sum(sum, &survey->schools[i].figures.total);
}

static void
set_parts(const struct figures_line *line, long parts[static CHART_PARTS])
{
	parts[0] = line->passed;
	parts[1] = line->review;
	parts[2] = line->rejected;
	parts[3] = line->missing;
}

/* ---- cards ---- */

static void
add_card(const char *name, const char *value, int bad, struct buf *html)
{
	buf_addf(html, "<div class=\"card%s\"><b>%s</b><span>%s</span></div>\n",
	    bad ? " bad" : "", value, name);
}

static void
add_count(const char *name, long count, int bad, struct buf *html)
{
	char text[VALUE_TEXT];

	snprintf(text, sizeof text, "%ld", count);
	add_card(name, text, bad && count > 0, html);
}

static void
add_cards(const struct survey *survey, const struct debt *debts, size_t count,
    struct buf *html)
{
	struct figures_line sum;
	char text[VALUE_TEXT];
	long late = 0;

	sum_figures(survey, &sum);
	for (size_t i = 0; i < count; i++)
		late += *debts[i].due != '\0' && debts[i].late > 0;
	add_count("应采", sum.expected, 0, html);
	add_count("实采", sum.taken, 0, html);
	percent(sum.taken, sum.expected, text);
	add_card("采集率", text, 0, html);
	percent(sum.passed, sum.taken, text);
	add_card("合格率", text, 0, html);
	percent(sum.first, sum.taken, text);
	add_card("一次合格率", text, 0, html);
	add_count("待审", sum.review, 0, html);
	add_count("需重拍", sum.rejected, 0, html);
	add_count("逾期事项", late, 1, html);
}

/* ---- charts ---- */

static int
by_date(const void *a, const void *b)
{
	const struct survey_day *left = a, *right = b;

	return strcmp(left->date, right->date);
}

/* The days of all schools, one each, in order. */
static size_t
merge_days(const struct survey *survey, struct survey_day **days)
{
	size_t count = 0, kept = 0;

	*days = NULL;
	for (size_t i = 0; i < survey->count; i++) {
		const struct survey_school *school = &survey->schools[i];

		*days = xrealloc_array(*days, count + school->day_count + 1,
		    sizeof **days);
		if (school->day_count > 0)
			memcpy(*days + count, school->days,
			    school->day_count * sizeof **days);
		count += school->day_count;
	}
	mem_sort(*days, count, sizeof **days, by_date);
	for (size_t i = 0; i < count; i++) {
		if (kept > 0 && strcmp((*days)[kept - 1].date, (*days)[i].date) == 0) {
			(*days)[kept - 1].taken += (*days)[i].taken;
			(*days)[kept - 1].passed += (*days)[i].passed;
		} else {
			(*days)[kept++] = (*days)[i];
		}
	}
	return kept;
}

static void
add_days(const struct survey *survey, struct buf *html)
{
	struct survey_day *days;
	size_t count = merge_days(survey, &days);
	struct chart_point *points = xcalloc(count + 1, sizeof *points);

	for (size_t i = 0; i < count; i++) {
		points[i].name = days[i].date + sizeof "YYYY-" - 1;
		points[i].values[0] = days[i].taken + (i > 0 ?
		    points[i - 1].values[0] : 0);
		points[i].values[1] = days[i].passed + (i > 0 ?
		    points[i - 1].values[1] : 0);
	}
	if (count > 0)
		chart_lines("每日进度", points, count, html);
	else
		buf_adds(html, nothing);
	free(points);
	free(days);
}

static void
add_cities(const struct survey *survey, struct buf *html)
{
	/* There are no more cities than schools. */
	struct chart_bar *bars = xcalloc(survey->count, sizeof *bars);
	char (*values)[CITY_TEXT] = xcalloc(survey->count, sizeof *values);
	char share[VALUE_TEXT];
	size_t count = 0;
	const char *city;

	for (; (city = survey_city_at(survey, count)) != NULL; count++) {
		struct figures_line sum = { 0 };

		for (size_t i = 0; i < survey->count; i++)
			if (strcmp(survey_city(&survey->schools[i]), city) == 0)
				figures_sum(&sum, &survey->schools[i].figures.total);
		percent(sum.passed, sum.expected, share);
		snprintf(values[count], sizeof values[count], "%ld  %s", sum.expected,
		    share);
		bars[count].name = city;
		bars[count].value = values[count];
		set_parts(&sum, bars[count].parts);
	}
	chart_bars("各市采集情况", bars, count, html);
	free(values);
	free(bars);
}

static void
add_reasons(const struct survey *survey, struct buf *html)
{
	struct figures all = { .reason_count = 0 };
	struct chart_bar bars[REASONS_MAX];
	struct buf names[REASONS_MAX];
	char values[REASONS_MAX][VALUE_TEXT];
	size_t count = 0;

	for (size_t i = 0; i < survey->count; i++)
		figures_merge_reasons(&all, &survey->schools[i].figures);
	figures_sort_reasons(&all);
	for (; count < all.reason_count && count < REASONS_MAX; count++) {
		const struct figures_reason *reason = &all.reasons[count];

		buf_init(&names[count]);
		if (*reason->check != '\0')
			reasons_name(reason->check, LANGUAGE_CHINESE, &names[count]);
		else
			buf_adds(&names[count], "人工判定或待核");
		snprintf(values[count], sizeof values[count], "%ld",
		    reason->rejected + reason->review);
		bars[count] = (struct chart_bar){ names[count].data, values[count],
		    { 0, reason->review, reason->rejected, 0 } };
	}
	if (count > 0)
		chart_bars("未通过的原因", bars, count, html);
	else
		buf_adds(html, nothing);
	for (size_t i = 0; i < count; i++)
		buf_release(&names[i]);
	figures_release(&all);
}

/* ---- tables ---- */

static void
add_cell(const char *class, const char *text, struct buf *html)
{
	buf_adds(html, "<td");
	if (*class != '\0')
		buf_addf(html, " class=\"%s\"", class);
	buf_adds(html, ">");
	markup_text(text, html);
	buf_adds(html, "</td>");
}

static void
add_number(long value, struct buf *html)
{
	buf_addf(html, "<td class=\"number\">%ld</td>", value);
}

static void
add_debt(const struct debt *debt, struct buf *html)
{
	int late = *debt->due != '\0' && debt->late > 0;
	struct buf state = BUF_INIT;

	debt_add_state(debt, &state);
	buf_adds(html, "<tr>");
	add_cell("", debt->school->name, html);
	add_cell("", debt_owner_name(debt), html);
	add_cell("", debt->what, html);
	if (debt->count > 0)
		add_number(debt->count, html);
	else
		add_cell("number", "—", html);	/* not about persons */
	add_cell("", debt->since, html);
	add_cell("", debt->due, html);
	add_cell(late ? "late" : "", state.data, html);
	buf_adds(html, "</tr>\n");
	buf_release(&state);
}

static void
add_debts(const struct debt *debts, size_t count, struct buf *html)
{
	size_t shown = count < DEBTS_MAX ? count : DEBTS_MAX;

	if (count == 0) {
		buf_adds(html, nothing);
		return;
	}
	buf_adds(html, "<div class=\"scroll\" tabindex=\"0\" role=\"group\" "
	    "aria-label=\"催办\"><table><thead><tr><th>院校</th>"
	    "<th>责任方</th><th>事项</th><th class=\"number\">人数</th><th>起始日</th>"
	    "<th>应办结日</th><th>状态</th></tr></thead><tbody>\n");
	for (size_t i = 0; i < shown; i++)
		add_debt(&debts[i], html);
	buf_adds(html, "</tbody></table></div>");
	if (shown < count)
		buf_addf(html, "<p class=\"none\">另有 %zu 项，见催办表</p>",
		    count - shown);
}

static void
add_school(const struct survey_school *school, struct buf *html)
{
	const struct figures_line *total = &school->figures.total;
	const struct survey_wait *look = &school->waits[DUTY_LOOK];
	char share[VALUE_TEXT];
	long parts[CHART_PARTS];

	set_parts(total, parts);
	buf_adds(html, "<tr>");
	add_cell("", school->code, html);
	add_cell("", school->name, html);
	add_cell("", survey_text(school, "city"), html);
	buf_adds(html, "<td class=\"bar\">");
	chart_share(school->name, parts, html);
	buf_adds(html, "</td>");
	add_number(total->expected, html);
	percent(total->taken, total->expected, share);
	add_cell("number", share, html);
	percent(total->passed, total->taken, share);
	add_cell("number", share, html);
	percent(total->first, total->taken, share);
	add_cell("number", share, html);
	add_number(total->review, html);
	add_cell("", look->since, html);
	add_number(total->rejected, html);
	add_number(total->missing, html);
	add_cell("", school->feedback, html);
	buf_adds(html, "</tr>\n");
}

static void
add_schools(const struct survey *survey, struct buf *html)
{
	buf_adds(html, "<div class=\"scroll\" tabindex=\"0\" role=\"group\" "
	    "aria-label=\"各校\"><table><thead><tr><th>代码</th><th>院校</th>"
	    "<th>城市</th><th>进度</th><th class=\"number\">应采</th>"
	    "<th class=\"number\">采集率</th><th class=\"number\">合格率</th>"
	    "<th class=\"number\">一次合格率</th><th class=\"number\">待审</th>"
	    "<th>最早待审</th><th class=\"number\">需重拍</th>"
	    "<th class=\"number\">未采集</th><th>反馈表</th></tr></thead><tbody>\n");
	for (size_t i = 0; i < survey->count; i++)
		add_school(&survey->schools[i], html);
	buf_adds(html, "</tbody></table></div>");
}

/* ---- the page ---- */

static size_t
collect_debts(const struct survey *survey, struct debt *debts, struct buf *err)
{
	struct workdays *workdays = workdays_load(NULL, err);
	size_t count = 0;

	for (size_t i = 0; i < survey->count && workdays != NULL; i++)
		if (debt_check_profile(survey->schools[i].profile, err) == 0)
			count += debt_list(&survey->schools[i], survey->date,
			    workdays, debts + count);
	workdays_free(workdays);
	mem_sort(debts, count, sizeof *debts, debt_compare);
	return count;
}

static int
print_page(const struct survey *survey, struct buf *html, struct buf *err)
{
	static const char *const names[] = { "@POLICY@", "@STYLE@", "@WHEN@",
	    "@CARDS@", "@DAYS@", "@CITIES@", "@REASONS@", "@DEBTS@", "@SCHOOLS@", NULL };
	enum { POLICY, STYLE, WHEN, CARDS, DAYS, CITIES, REASONS, DEBTS, SCHOOLS, PARTS };
	struct debt *debts = xcalloc(survey->count * DEBT_MAX, sizeof *debts);
	const struct buf *list[PARTS];
	struct buf parts[PARTS], frame = BUF_INIT;
	size_t count = collect_debts(survey, debts, err);

	for (int i = 0; i < PARTS; i++) {
		buf_init(&parts[i]);
		list[i] = &parts[i];
	}
	if (err->len == 0 && markup_part("dashboard/page.html", &frame, err) == 0 &&
	    markup_part("dashboard/page.css", &parts[STYLE], err) == 0) {
		buf_adds(&parts[POLICY], "default-src 'none'; base-uri 'none'; "
		    "form-action 'none'; style-src ");
		markup_hash(&parts[STYLE], &parts[POLICY]);
		buf_addf(&parts[WHEN], "截至 %s · %zu 所学校", survey->date,
		    survey->count);
		add_cards(survey, debts, count, &parts[CARDS]);
		add_days(survey, &parts[DAYS]);
		add_cities(survey, &parts[CITIES]);
		add_reasons(survey, &parts[REASONS]);
		add_debts(debts, count, &parts[DEBTS]);
		add_schools(survey, &parts[SCHOOLS]);
		markup_fill(&frame, names, list, html);
	}
	for (int i = 0; i < PARTS; i++)
		buf_release(&parts[i]);
	buf_release(&frame);
	free(debts);
	return err->len > 0 ? -1 : 0;
}

static int
dashboard_write(struct survey *survey, struct buf *err)
{
	struct buf html = BUF_INIT;
	int result = print_page(survey, &html, err);

	if (result == 0 && io_write_all(survey->product.fd, html.data, html.len) != 0) {
		fault_own_system(err, "cannot write '%s'", survey->product.path);
		result = -1;
	}
	buf_release(&html);
	return result;
}

static void *
dashboard_start(const struct kind_options *options)
{
	return survey_new(options, &dashboard_kind, dashboard_write);
}

const struct kind dashboard_kind = {
	.name = "dashboard",
	.what = "how far the collection is, for a wall screen, HTML",
	.title = "采集进度",
	.extension = ".html",
	.filter = &survey_filter,
	.start = dashboard_start,
	.stop = survey_stop
};
