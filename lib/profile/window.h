#ifndef TC_WINDOW_H
#define TC_WINDOW_H
/*
 * window: days and hours in which photos are taken, tc-profile(5).
 *
 *	days	2026-10-12..2026-10-14, 2026-10-20
 *	hours	08:30..12:00, 13:30..17:00
 *
 * A list of single values or ranges, both ends included, or `none`: no limit.
 * Pure.
 */
enum window_kind { WINDOW_DAYS, WINDOW_HOURS };
enum { WINDOW_DATE = sizeof "YYYY-MM-DD" };

/* Whether text has that form; values of a range must ascend. */
int window_is(enum window_kind kind, const char *text);

/* Whether value, "YYYY-MM-DD" or "HH:MM" (characters behind that are ignored), lies in the
 * window.  `none` holds everything. */
int window_holds(enum window_kind kind, const char *window, const char *value);

/* Whether each value and range of a window lies within one of another's. */
int window_within(enum window_kind kind, const char *window, const char *outer);

/* The earliest and the latest day of a window of days, "" where there is none. */
void window_ends(const char *window, char first[static WINDOW_DATE],
    char last[static WINDOW_DATE]);

/* Days of a month, 0 when there is no such month. */
int window_month_days(int year, int month);

#endif
