#include "lib/province/debt.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/profile/profile.h"
#include "lib/profile/window.h"
#include "lib/profile/workdays.h"
#include "lib/province/bill.h"

/* What waits in the records, whose it is, and by which count of working days it is due;
 * 0: by the end of the school's window. */
static const struct {
	enum duty_kind kind;
	enum debt_owner owner;
	const char *section, *key, *what[2];
} waits[] = {
	{ DUTY_LOOK, DEBT_OFFICE, "deadlines", "review_days",
	    { "photos to review", "照片待人工审核" } },
	{ DUTY_SETTLE, DEBT_OFFICE, "deadlines", "review_days",
	    { "reviews that disagree", "审核意见不一致，待裁定" } },
	{ DUTY_IDENTITY, DEBT_OFFICE, "deadlines", "review_days",
	    { "identities to look at", "身份待复核" } },
	{ DUTY_CLAIM, DEBT_OFFICE, "deadlines", "review_days",
	    { "corrections to verify", "勘误待核" } },
	{ DUTY_NOTE, DEBT_OFFICE, "deadlines", "review_days",
	    { "remarks to answer", "备注待处理" } },
	{ DUTY_LINK, DEBT_OFFICE, "deadlines", "review_days",
	    { "photos of nobody", "照片待关联" } },
	{ DUTY_OTHER, DEBT_SCHOOL, "feedback", "answer_days",
	    { "whose photo it is, to be said", "照片归属待学校确认" } },
	{ DUTY_UNLOCK, DEBT_SCHOOL, NULL, NULL,
	    { "accounts to unlock", "账号待学校解锁" } },
	{ DUTY_RETAKE, DEBT_STUDENT, NULL, NULL,
	    { "to retake", "需重拍" } },
	{ DUTY_SHOOT, DEBT_STUDENT, NULL, NULL,
	    { "no photo yet", "未采集" } },
};

/* What the records do not say. */
static const char *const no_form[2] = { "the stamped form is not here",
    "校对反馈表（盖章）未收到" };
static const char *const no_fees[2] = { "fees not paid", "采集费未缴清" };
static const char *const no_answer[2] = { "delivered; the register has not answered",
    "已交付，待学信网结果和学生校对" };
static const char *const no_spring[2] = { "not yet on the register (spring)",
    "尚未上网（春季毕业）" };
static const char *const no_summer[2] = { "not yet on the register (summer)",
    "尚未上网（夏秋季毕业）" };
static const char *const no_year[2] = { "not yet on the register", "尚未上网" };

struct listing {
	const struct survey_school *school;
	const struct workdays *workdays;
	const char *today;
	struct debt *debts;
	size_t count;
};

static struct debt *
add(struct listing *listing, enum debt_owner owner, const char *const what[static 2],
    long count, const char *since)
{
	struct debt *debt = &listing->debts[listing->count++];

	memset(debt, 0, sizeof *debt);
	debt->school = listing->school;
	debt->owner = owner;
	debt->what = what;
	debt->count = count;
	snprintf(debt->since, sizeof debt->since, "%s", since);
	return debt;
}

static void
add_waits(struct listing *listing)
{
	const struct survey_school *school = listing->school;
	struct debt *debt;

	for (size_t i = 0; i < sizeof waits / sizeof waits[0]; i++) {
		const struct survey_wait *wait = &school->waits[waits[i].kind];

		if (wait->count == 0)
			continue;
		debt = add(listing, waits[i].owner, waits[i].what, wait->count,
		    waits[i].kind == DUTY_SHOOT ? school->window_first :
		    wait->since);
		if (waits[i].key == NULL)
			memcpy(debt->due, school->window_last, SURVEY_DATE);
		else if (*debt->since != '\0')
			workdays_after(listing->workdays, debt->since,
			    profile_integer(school->profile, waits[i].section,
			    waits[i].key), debt->due);
	}
}

/* The form speaks of all images: its time runs from the last that came back. */
static void
add_feedback(struct listing *listing)
{
	const struct survey_school *school = listing->school;
	struct debt *debt;

	if (*school->delivered == '\0' || *school->feedback != '\0')
		return;
	debt = add(listing, DEBT_SCHOOL, no_form, 0, school->delivered_last);
	workdays_after(listing->workdays, school->delivered_last,
	    profile_integer(school->profile, "feedback", "answer_days"), debt->due);
}

/* MM-DD of a year. */
static void
day_of_year(const char *year, const char *day, char date[static SURVEY_DATE])
{
	if (strcmp(day, "none") != 0 && strlen(year) >= 4)
		snprintf(date, SURVEY_DATE, "%.4s-%.5s", year, day);
}

/* The same day a year later. */
static void
next_year(char date[static SURVEY_DATE])
{
	char year[sizeof "-9223372036854775808"], day[SURVEY_DATE];

	snprintf(day, sizeof day, "%s", date + 5);
	snprintf(year, sizeof year, "%04ld", strtol(date, NULL, 10) + 1);
	day_of_year(year, day, date);
}

/* A school that is still collecting on the day pays by the next one. */
static void
add_payment(struct listing *listing)
{
	const struct survey_school *school = listing->school;
	const char *from = *school->window_last != '\0' ? school->window_last :
	    school->received;
	struct debt *debt;
	struct bill bill;

	bill_of(school, &bill);
	if (bill.open <= 0)
		return;
	debt = add(listing, DEBT_SCHOOL, no_fees, bill.persons, from);
	debt->money = bill.open;
	day_of_year(from, profile_text(school->profile, "deadlines", "payment"),
	    debt->due);
	if (*debt->due != '\0' && strcmp(debt->due, school->window_last) < 0)
		next_year(debt->due);
}

static void
add_register(struct listing *listing)
{
	const struct survey_school *school = listing->school;
	const struct survey_wait *answer = &school->waits[DUTY_ANSWER];
	struct debt *debt;

	if (answer->count > 0) {
		debt = add(listing, DEBT_REGISTER, no_answer, answer->count, answer->since);
		workdays_calendar_after(answer->since, profile_integer(
		    school->profile, "deadlines", "student_proof_days"),
		    debt->due);
	}
	if (school->spring.count > 0) {
		debt = add(listing, DEBT_OFFICE, no_spring, school->spring.count,
		    school->spring.since);
		day_of_year(school->class, profile_text(school->profile,
		    "deadlines", "register_spring"), debt->due);
	}
	if (school->summer.count > 0) {
		debt = add(listing, DEBT_OFFICE, school->spring.count > 0 ? no_summer : no_year,
		    school->summer.count, school->summer.since);
		day_of_year(school->class, profile_text(school->profile,
		    "deadlines", "register_summer"), debt->due);
	}
}

size_t
debt_list(const struct survey_school *school, const char *today,
    const struct workdays *workdays, struct debt debts[static DEBT_MAX])
{
	struct listing listing = { school, workdays, today, debts, 0 };

	add_waits(&listing);
	add_feedback(&listing);
	add_payment(&listing);
	add_register(&listing);
	for (size_t i = 0; i < listing.count; i++) {
		struct debt *debt = &debts[i];

		if (*debt->due != '\0')
			debt->late = strcmp(debt->due, today) < 0 ?
			    workdays_between(workdays, debt->due, today) :
			    -workdays_between(workdays, today, debt->due);
	}
	return listing.count;
}

int
debt_compare(const void *a, const void *b)
{
	const struct debt *x = a, *y = b;
	int order;

	if ((*x->due == '\0') != (*y->due == '\0'))
		return *x->due == '\0' ? 1 : -1;
	order = strcmp(x->due, y->due);
	if (order == 0)
		order = strcmp(x->school->code, y->school->code);
	return order != 0 ? order : strcmp(x->what[LANGUAGE_CHINESE],
	    y->what[LANGUAGE_CHINESE]);
}

/* ---- words ---- */

const char *
debt_owner_name(const struct debt *debt, enum language language)
{
	static const char *const names[][2] = {
		[DEBT_SCHOOL] = { "school", "学校" },
		[DEBT_STUDENT] = { "students", "学生" },
		[DEBT_REGISTER] = { "register", "学信网" },
	};

	if (debt->owner == DEBT_OFFICE)
		return profile_text(debt->school->profile, "feedback", "collector");
	return names[debt->owner][language];
}

void
debt_add_state(const struct debt *debt, enum language language, struct buf *out)
{
	const long days = labs(debt->late);

	if (*debt->due == '\0')
		buf_adds(out, language == LANGUAGE_CHINESE ? "未定期限" : "no day is set");
	else if (days == 0)
		buf_adds(out, language == LANGUAGE_CHINESE ? "到期" : "due today");
	else if (language == LANGUAGE_CHINESE)
		buf_addf(out, debt->late > 0 ? "逾期 %ld 个工作日" : "还有 %ld 个工作日",
		    days);
	else
		buf_addf(out, "%ld working day%s %s", days, days == 1 ? "" : "s",
		    debt->late > 0 ? "over" : "left");
}

/* ---- the profile ---- */

static int
is_day(const char *text)
{
	char date[SURVEY_DATE];

	if (strcmp(text, "none") == 0)
		return 1;
	snprintf(date, sizeof date, "2024-%.5s", text);
	return strlen(text) == 5 && window_is(WINDOW_DAYS, date);
}

int
debt_check_profile(const struct profile *profile, struct buf *err)
{
	static const char *const keys[] = { "payment", "register_spring",
	    "register_summer" };

	for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
		const char *text = profile_text(profile, "deadlines", keys[i]);

		if (is_day(text))
			continue;
		buf_addf(err, "profile '%s': [deadlines] %s is a day such as 11-20, "
		    "or none, not '%s'", profile_name(profile), keys[i], text);
		return -1;
	}
	return 0;
}
