#ifndef TC_WORKDAYS_H
#define TC_WORKDAYS_H
/*
 * workdays: working days by the State Council's calendar, share/holidays.conf.
 *
 * Monday to Friday but for holidays, and the weekend days that are worked instead.
 * A year that the file does not have counts five-day weeks.  Dates are YYYY-MM-DD.
 */
struct buf;
struct workdays;

enum { WORKDAYS_DATE = sizeof "YYYY-MM-DD" };

/* Read share/holidays.conf, or the file at path.  NULL with the reason. */
struct workdays *workdays_load(const char *path, struct buf *err);
void workdays_free(struct workdays *workdays);	/* NULL is fine */

/* Whether the calendar has the date's year; whether the date is a working day. */
int workdays_knows(const struct workdays *workdays, const char *date);
int workdays_is(const struct workdays *workdays, const char *date);

/* Working days after from, up to to and with it; 0 when to is not later, or when
 * one is no date. */
long workdays_between(const struct workdays *workdays, const char *from,
    const char *to);
/* The count-th working day after from: a deadline.  0, or -1 for no date. */
int workdays_after(const struct workdays *workdays, const char *from, long count,
    char date[static WORKDAYS_DATE]);
/* The same of days as the calendar has them. */
int workdays_calendar_after(const char *from, long count,
    char date[static WORKDAYS_DATE]);

#endif
