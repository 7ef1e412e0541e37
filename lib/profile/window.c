#include "lib/profile/window.h"

#include <stdio.h>
#include <string.h>

enum { VALUE_MAX = 10 };	/* characters of "YYYY-MM-DD" */

static const size_t lengths[] = { [WINDOW_DAYS] = VALUE_MAX, [WINDOW_HOURS] = 5 };

int
window_month_days(int year, int month)
{
	static const int days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };
	int leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;

	if (month < 1 || month > 12)
		return 0;
	return days[month - 1] + (leap && month == 2);
}

/* Digits where the pattern has them, the rest as it stands. */
static int
has_form(const char *text, const char *pattern)
{
	for (; *pattern != '\0'; pattern++, text++)
		if (*pattern == '0' ? *text < '0' || *text > '9' : *text != *pattern)
			return 0;
	return 1;
}

static int
is_value(enum window_kind kind, const char *text)
{
	int one, two, three;

	if (kind == WINDOW_HOURS)
		return has_form(text, "00:00") && sscanf(text, "%2d:%2d", &one,
		    &two) == 2 && one <= 24 && two < 60 && one * 60 + two <= 1440;
	return has_form(text, "0000-00-00") && sscanf(text, "%4d-%2d-%2d", &one,
	    &two, &three) == 3 && three >= 1 && three <= window_month_days(one, two);
}

/* The next item: where it begins and ends; returns what is behind it, or NULL when
 * it is none. */
static const char *
take_item(enum window_kind kind, const char *at, const char **from, const char **to)
{
	size_t len = lengths[kind];

	at += strspn(at, " ");
	*from = *to = at;
	if (!is_value(kind, at))
		return NULL;
	at += len;
	if (strncmp(at, "..", 2) == 0) {
		*to = at + 2;
		if (!is_value(kind, *to) || strncmp(*from, *to, len) > 0)
			return NULL;
		at = *to + len;
	}
	at += strspn(at, " ");
	return *at == ',' && at[1] != '\0' ? at + 1 : *at == '\0' ? at : NULL;
}

int
window_is(enum window_kind kind, const char *text)
{
	const char *from, *to;

	if (strcmp(text, "none") == 0)
		return 1;
	if (*text == '\0')
		return 0;
	while (text != NULL && *text != '\0')
		text = take_item(kind, text, &from, &to);
	return text != NULL;
}

int
window_holds(enum window_kind kind, const char *window, const char *value)
{
	size_t len = lengths[kind];
	const char *from, *to;

	if (strcmp(window, "none") == 0)
		return 1;
	while (window != NULL && *window != '\0') {
		window = take_item(kind, window, &from, &to);
		if (strncmp(value, from, len) >= 0 && strncmp(value, to, len) <= 0)
			return 1;
	}
	return 0;
}

int
window_within(enum window_kind kind, const char *window, const char *outer)
{
	size_t len = lengths[kind];
	const char *from, *to, *first, *last, *at;

	if (strcmp(window, "none") == 0 || strcmp(outer, "none") == 0)
		return 1;
	while (window != NULL && *window != '\0') {
		int within = 0;

		window = take_item(kind, window, &from, &to);
		for (at = outer; at != NULL && *at != '\0' && !within; ) {
			at = take_item(kind, at, &first, &last);
			within = strncmp(first, from, len) <= 0 &&
			    strncmp(to, last, len) <= 0;
		}
		if (!within)
			return 0;
	}
	return 1;
}

void
window_ends(const char *window, char first[static WINDOW_DATE],
    char last[static WINDOW_DATE])
{
	const char *from, *to;

	*first = *last = '\0';
	if (strcmp(window, "none") == 0)
		return;
	while (window != NULL && *window != '\0') {
		window = take_item(WINDOW_DAYS, window, &from, &to);
		if (*first == '\0' || strncmp(from, first, VALUE_MAX) < 0)
			snprintf(first, WINDOW_DATE, "%.*s", VALUE_MAX, from);
		if (strncmp(to, last, VALUE_MAX) > 0)
			snprintf(last, WINDOW_DATE, "%.*s", VALUE_MAX, to);
	}
}
