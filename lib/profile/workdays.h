#ifndef TC_WORKDAYS_H
#define TC_WORKDAYS_H
/*
 * workdays: working days by the State Council's calendar, share/holidays.conf.
 *
 * Monday to Friday without holidays, and the weekend days that are worked instead.  In a
 * year that is not in the file, Monday to Friday.  Dates are YYYY-MM-DD.
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

/* Working days after from, up to and including to; 0 when to is not later, or when one
 * is no date. */
long workdays_between(const struct workdays *workdays, const char *from,
    const char *to);
/* The count-th working day after from: a deadline.  0, or -1 for no date. */
int workdays_after(const struct workdays *workdays, const char *from, long count,
    char date[static WORKDAYS_DATE]);
/* The same in calendar days. */
int workdays_calendar_after(const char *from, long count,
    char date[static WORKDAYS_DATE]);

#endif
