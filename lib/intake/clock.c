#include "lib/intake/clock.h"

#include <string.h>

enum {
	DATE = 8, SHORT_DATE = 6, PARTED_DATE = 10,	/* characters */
	TIME = 6, TIME_MAX = 9, PARTED_TIME = 8
};

static size_t
digits_at(const char *text)
{
	return strspn(text, "0123456789");
}

static int
two(const char *digits)
{
	return (digits[0] - '0') * 10 + digits[1] - '0';
}

static int
is_day(const char *month, const char *day)
{
	return two(month) >= 1 && two(month) <= 12 && two(day) >= 1 &&
	    two(day) <= 31;
}

static int
is_century(const char *year)
{
	return two(year) == 19 || two(year) == 20;
}

static int
is_time(const char *hour, const char *minute, const char *second)
{
	return two(hour) < 24 && two(minute) < 60 && two(second) < 60;
}

int
clock_is_date(const char *digits, size_t len)
{
	if (digits_at(digits) < len)
		return 0;
	if (len == DATE)
		return is_century(digits) && is_day(digits + 4, digits + 6);
	return len == SHORT_DATE && is_day(digits + 2, digits + 4);
}

/* YYYYMMDD, or YYYY-MM-DD with any sign. */
static size_t
date_at(const char *text)
{
	size_t len = digits_at(text);

	if (len == DATE)
		return clock_is_date(text, DATE) ? DATE : 0;
	if (len == 4 && text[4] != '\0' && strchr("-_.", text[4]) != NULL &&
	    digits_at(text + 5) == 2 && text[7] == text[4] &&
	    digits_at(text + 8) == 2 && is_century(text) &&
	    is_day(text + 5, text + 8))
		return PARTED_DATE;
	return 0;
}

/* HHMMSS, which fractions may follow, or HH.MM.SS with any sign. */
static size_t
time_at(const char *text)
{
	size_t len = digits_at(text);

	if (len >= TIME && len <= TIME_MAX)
		return is_time(text, text + 2, text + 4) ? len : 0;
	if (len == 2 && text[2] != '\0' && strchr("-_.:", text[2]) != NULL &&
	    digits_at(text + 3) == 2 && text[5] == text[2] &&
	    digits_at(text + 6) == 2 && is_time(text, text + 3, text + 6))
		return PARTED_TIME;
	return 0;
}

size_t
clock_stamp(const char *text)
{
	static const char *const between[] = { "_", "-", " ", ".", "T", "_T",
	    " AT ", " - " };
	size_t date = date_at(text), len, time;

	for (size_t i = 0; date > 0 && i < sizeof between / sizeof between[0];
	    i++) {
		len = strlen(between[i]);
		if (strncmp(text + date, between[i], len) != 0)
			continue;
		time = time_at(text + date + len);
		if (time > 0)
			return date + len + time;
	}
	return 0;
}
