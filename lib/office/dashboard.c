#include "lib/office/dashboard.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/decision/reasons.h"
#include "lib/office/boardwords.h"
#include "lib/office/chart.h"
#include "lib/product/kind.h"
#include "lib/product/markup.h"
#include "lib/profile/profile.h"
#include "lib/profile/workdays.h"
#include "lib/province/debt.h"
#include "lib/province/survey.h"

/* Of the frame; behind them the words. */
enum {
	POLICY, STYLE, WHEN, CARDS, DAYS, CITIES, REASONS, DEBTS, SCHOOLS, WORDS,
	PARTS = WORDS + BOARD_FRAME
};

enum { REASONS_MAX = 10, DEBTS_MAX = 12, VALUE_TEXT = 24, CITY_TEXT = 3 * VALUE_TEXT };

/* What is shown, and in which language: that of the first school's profile. */
struct board {
	const struct survey *survey;
	struct debt *debts;
	size_t debt_count;
	enum language language;
};

static const char *
word(const struct board *board, enum boardword which)
{
	return boardword(which, board->language);
}

static void
add_none(const char *text, struct buf *html)
{
	buf_addf(html, "<p class=\"none\">%s</p>", text);
}

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
add_cards(const struct board *board, struct buf *html)
{
	struct figures_line sum;
	char text[VALUE_TEXT];
	long late = 0;

	sum_figures(board->survey, &sum);
	for (size_t i = 0; i < board->debt_count; i++)
		late += *board->debts[i].due != '\0' && board->debts[i].late > 0;
	add_count(word(board, BOARD_EXPECTED), sum.expected, 0, html);
	add_count(word(board, BOARD_TAKEN), sum.taken, 0, html);
	percent(sum.taken, sum.expected, text);
	add_card(word(board, BOARD_COLLECTED), text, 0, html);
	percent(sum.passed, sum.taken, text);
	add_card(word(board, BOARD_PASS_RATE), text, 0, html);
	percent(sum.first, sum.taken, text);
	add_card(word(board, BOARD_FIRST_RATE), text, 0, html);
	add_count(word(board, BOARD_REVIEW), sum.review, 0, html);
	add_count(word(board, BOARD_RETAKE), sum.rejected, 0, html);
	add_count(word(board, BOARD_LATE), late, 1, html);
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
add_days(const struct board *board, struct buf *html)
{
	struct survey_day *days;
	size_t count = merge_days(board->survey, &days);
	struct chart_point *points = xcalloc(count + 1, sizeof *points);

	for (size_t i = 0; i < count; i++) {
		points[i].name = days[i].date + sizeof "YYYY-" - 1;
		points[i].values[0] = days[i].taken + (i > 0 ?
		    points[i - 1].values[0] : 0);
		points[i].values[1] = days[i].passed + (i > 0 ?
		    points[i - 1].values[1] : 0);
	}
	if (count > 0)
		chart_lines(word(board, BOARD_BY_DAY), points, count, html);
	else
		add_none(word(board, BOARD_NOTHING), html);
	free(points);
	free(days);
}

static void
add_cities(const struct board *board, struct buf *html)
{
	const struct survey *survey = board->survey;
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
		snprintf(values[count], sizeof values[count], "%ld · %s", sum.expected,
		    share);
		bars[count].name = survey_knows_city(city) ? city :
		    word(board, BOARD_UNKNOWN);
		bars[count].value = values[count];
		set_parts(&sum, bars[count].parts);
	}
	chart_bars(word(board, BOARD_BY_CITY), bars, count, html);
	free(values);
	free(bars);
}

static void
add_reason_name(const struct board *board, const struct figures_reason *reason,
    struct buf *name)
{
	if (*reason->check != '\0')
		reasons_name(reason->check, board->language, name);
	else
		buf_adds(name, word(board, BOARD_PERSON));
}

static void
add_reasons(const struct board *board, struct buf *html)
{
	const struct survey *survey = board->survey;
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
		add_reason_name(board, reason, &names[count]);
		snprintf(values[count], sizeof values[count], "%ld",
		    reason->rejected + reason->review);
		bars[count] = (struct chart_bar){ names[count].data, values[count],
		    { 0, reason->review, reason->rejected, 0 } };
	}
	if (count > 0)
		chart_bars(word(board, BOARD_WHY), bars, count, html);
	else
		add_none(word(board, BOARD_NOTHING), html);
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

/* Begin a table that scrolls on a narrow screen; bit i of numbers: column i is of
 * them. */
static void
begin_table(const struct board *board, enum boardword title, const enum boardword *columns,
    size_t count, unsigned int numbers, struct buf *html)
{
	buf_addf(html, "<div class=\"scroll\" tabindex=\"0\" role=\"group\" "
	    "aria-label=\"%s\"><table><thead><tr>", word(board, title));
	for (size_t i = 0; i < count; i++)
		buf_addf(html, "<th%s>%s</th>", (numbers >> i & 1) != 0 ?
		    " class=\"number\"" : "", word(board, columns[i]));
	buf_adds(html, "</tr></thead><tbody>\n");
}

static void
end_table(struct buf *html)
{
	buf_adds(html, "</tbody></table></div>");
}

static void
add_debt(const struct board *board, const struct debt *debt, struct buf *html)
{
	int late = *debt->due != '\0' && debt->late > 0;
	struct buf state = BUF_INIT;

	debt_add_state(debt, board->language, &state);
	buf_adds(html, "<tr>");
	add_cell("", debt->school->name, html);
	add_cell("", debt_owner_name(debt, board->language), html);
	add_cell("", debt->what[board->language], html);
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
add_debts(const struct board *board, struct buf *html)
{
	static const enum boardword columns[] = { BOARD_SCHOOL, BOARD_WHO, BOARD_WHAT,
	    BOARD_PERSONS, BOARD_SINCE, BOARD_UNTIL, BOARD_STATE };
	size_t count = board->debt_count, shown = count < DEBTS_MAX ? count : DEBTS_MAX;
	struct buf more = BUF_INIT;

	if (count == 0) {
		add_none(word(board, BOARD_NOTHING), html);
		return;
	}
	begin_table(board, BOARD_OWED, columns, sizeof columns / sizeof *columns, 1 << 3, html);
	for (size_t i = 0; i < shown; i++)
		add_debt(board, &board->debts[i], html);
	end_table(html);
	if (shown < count) {
		boardword_add_more(count - shown, board->language, &more);
		add_none(more.data, html);
	}
	buf_release(&more);
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
add_schools(const struct board *board, struct buf *html)
{
	static const enum boardword columns[] = { BOARD_CODE, BOARD_SCHOOL, BOARD_CITY,
	    BOARD_PROGRESS, BOARD_EXPECTED, BOARD_COLLECTED, BOARD_PASS_RATE,
	    BOARD_FIRST_RATE, BOARD_REVIEW, BOARD_WAITS_SINCE, BOARD_RETAKE, BOARD_MISSING,
	    BOARD_FORM };
	const unsigned int numbers = 1 << 4 | 1 << 5 | 1 << 6 | 1 << 7 | 1 << 8 | 1 << 10 |
	    1 << 11;

	begin_table(board, BOARD_SCHOOLS, columns, sizeof columns / sizeof *columns, numbers,
	    html);
	for (size_t i = 0; i < board->survey->count; i++)
		add_school(&board->survey->schools[i], html);
	end_table(html);
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

static void
fill_parts(const struct board *board, struct buf parts[static PARTS])
{
	buf_adds(&parts[POLICY], "default-src 'none'; base-uri 'none'; form-action 'none'; "
	    "style-src ");
	markup_hash(&parts[STYLE], &parts[POLICY]);
	boardword_add_day(board->survey->date, board->survey->count, board->language,
	    &parts[WHEN]);
	add_cards(board, &parts[CARDS]);
	add_days(board, &parts[DAYS]);
	add_cities(board, &parts[CITIES]);
	add_reasons(board, &parts[REASONS]);
	add_debts(board, &parts[DEBTS]);
	add_schools(board, &parts[SCHOOLS]);
	for (int i = 0; i < BOARD_FRAME; i++)
		buf_adds(&parts[WORDS + i], word(board, (enum boardword)i));
}

static int
print_page(const struct board *board, struct buf *html, struct buf *err)
{
	const char *names[PARTS + 1] = { "@POLICY@", "@STYLE@", "@WHEN@", "@CARDS@", "@DAYS@",
	    "@CITIES@", "@REASONS@", "@DEBTS@", "@SCHOOLS@" };
	const struct buf *list[PARTS];
	struct buf parts[PARTS], frame = BUF_INIT;

	for (int i = 0; i < PARTS; i++) {
		buf_init(&parts[i]);
		list[i] = &parts[i];
		if (i >= WORDS)
			names[i] = boardword_mark((enum boardword)(i - WORDS));
	}
	if (markup_part("dashboard/page.html", &frame, err) == 0 &&
	    markup_part("dashboard/page.css", &parts[STYLE], err) == 0) {
		fill_parts(board, parts);
		markup_fill(&frame, names, list, html);
	}
	for (int i = 0; i < PARTS; i++)
		buf_release(&parts[i]);
	buf_release(&frame);
	return err->len > 0 ? -1 : 0;
}

static int
dashboard_write(struct survey *survey, struct buf *err)
{
	struct board board = { .survey = survey, .language = LANGUAGE_CHINESE };
	struct buf html = BUF_INIT;
	int result;

	if (survey->count > 0)
		board.language = reasons_of_profile(survey->schools[0].profile);
	board.debts = xcalloc(survey->count * DEBT_MAX, sizeof *board.debts);
	board.debt_count = collect_debts(survey, board.debts, err);
	result = err->len > 0 ? -1 : print_page(&board, &html, err);

	if (result == 0)
		result = io_product_write(&survey->product, html.data, html.len, err);
	buf_release(&html);
	free(board.debts);
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
