#include "lib/profile/workdays.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lib/base/buf.h"
#include "lib/base/ini.h"
#include "lib/base/mem.h"
#include "lib/base/share.h"
#include "lib/profile/window.h"

enum { YEARS_MAX = 64, YEAR_TEXT = 5, DAY_SECONDS = 86400, COUNT_MAX = 100000 };

struct year {
	char name[YEAR_TEXT];
	char *off, *work;	/* window.h; NULL: none */
};

struct workdays {
	struct year years[YEARS_MAX];
	size_t count;
};

/* ---- the file ---- */

static struct year *
year_of(struct workdays *workdays, const char *name)
{
	for (size_t i = 0; i < workdays->count; i++)
		if (strncmp(workdays->years[i].name, name, YEAR_TEXT - 1) == 0)
			return &workdays->years[i];
	return NULL;
}

static int
take_key(void *state, const char *section, const char *key, const char *value,
    struct buf *err)
{
	struct workdays *workdays = state;
	struct year *year;
	char **list;

	if (strlen(section) != YEAR_TEXT - 1 ||
	    strspn(section, "0123456789") != YEAR_TEXT - 1) {
		buf_addf(err, "'%s' is no year", section);
		return -1;
	}
	year = year_of(workdays, section);
	if (year == NULL && workdays->count < YEARS_MAX) {
		year = &workdays->years[workdays->count++];
		snprintf(year->name, sizeof year->name, "%s", section);
	}
	list = year == NULL ? NULL : strcmp(key, "off") == 0 ? &year->off :
	    strcmp(key, "work") == 0 ? &year->work : NULL;
	if (list == NULL || *list != NULL || !window_is(WINDOW_DAYS, value)) {
		buf_addf(err, "'%s' of a year is a list of days, once: off or work",
		    key);
		return -1;
	}
	*list = xstrdup(value);
	return 0;
}

struct workdays *
workdays_load(const char *path, struct buf *err)
{
	struct workdays *workdays = xcalloc(1, sizeof *workdays);
	struct buf own = BUF_INIT;
	int result;

	if (path != NULL)
		buf_adds(&own, path);
	else
		share_path("holidays.conf", &own);
	result = ini_read(own.data, take_key, workdays, err);
	buf_release(&own);
	if (result == 0)
		return workdays;
	workdays_free(workdays);
	return NULL;
}

void
workdays_free(struct workdays *workdays)
{
	if (workdays == NULL)
		return;
	for (size_t i = 0; i < workdays->count; i++) {
		free(workdays->years[i].off);
		free(workdays->years[i].work);
	}
	free(workdays);
}

/* ---- days ---- */

/* Noon UTC of a date, -1 for none. */
static time_t
noon_of(const char *date)
{
	struct tm day = { .tm_hour = 12 };

	if (date == NULL || sscanf(date, "%4d-%2d-%2d", &day.tm_year, &day.tm_mon,
	    &day.tm_mday) != 3)
		return -1;
	day.tm_year -= 1900;
	day.tm_mon--;
	return timegm(&day);
}

static void
print_date(time_t noon, char date[static WORKDAYS_DATE])
{
	struct tm day;

	gmtime_r(&noon, &day);
	strftime(date, WORKDAYS_DATE, "%Y-%m-%d", &day);
}

static const struct year *
find_year(const struct workdays *workdays, const char *date)
{
	for (size_t i = 0; i < workdays->count; i++)
		if (strncmp(workdays->years[i].name, date, YEAR_TEXT - 1) == 0)
			return &workdays->years[i];
	return NULL;
}

int
workdays_knows(const struct workdays *workdays, const char *date)
{
	return date != NULL && find_year(workdays, date) != NULL;
}

static int
is_work(const struct workdays *workdays, time_t noon)
{
	char date[WORKDAYS_DATE];
	const struct year *year;
	struct tm day;

	print_date(noon, date);
	gmtime_r(&noon, &day);
	year = find_year(workdays, date);
	if (year != NULL && year->work != NULL &&
	    window_holds(WINDOW_DAYS, year->work, date))
		return 1;
	if (year != NULL && year->off != NULL &&
	    window_holds(WINDOW_DAYS, year->off, date))
		return 0;
	return day.tm_wday >= 1 && day.tm_wday <= 5;
}

int
workdays_is(const struct workdays *workdays, const char *date)
{
	time_t noon = noon_of(date);

	return noon != -1 && is_work(workdays, noon);
}

long
workdays_between(const struct workdays *workdays, const char *from,
    const char *to)
{
	time_t day = noon_of(from), last = noon_of(to);
	long count = 0;

	if (day == -1 || last == -1)
		return 0;
	for (day += DAY_SECONDS; day <= last && count < COUNT_MAX; day += DAY_SECONDS)
		count += is_work(workdays, day);
	return count;
}

int
workdays_after(const struct workdays *workdays, const char *from, long count,
    char date[static WORKDAYS_DATE])
{
	time_t day = noon_of(from);

	if (day == -1 || count < 0 || count > COUNT_MAX)
		return -1;
	while (count > 0) {
		day += DAY_SECONDS;
		count -= is_work(workdays, day);
	}
	print_date(day, date);
	return 0;
}

int
workdays_calendar_after(const char *from, long count,
    char date[static WORKDAYS_DATE])
{
	time_t day = noon_of(from);

	if (day == -1 || count < 0 || count > COUNT_MAX)
		return -1;
	print_date(day + (time_t)count * DAY_SECONDS, date);
	return 0;
}
