#ifndef TC_CALENDAR_H
#define TC_CALENDAR_H
/*
 * calendar: days and hours as people write them in tables, converted to the form of
 * window.h.
 *
 *	2026年10月12日至14日、10月20日	2026-10-12..2026-10-14, 2026-10-20
 *	2026.10.12-10.14		2026-10-12..2026-10-14
 *	3 月 15 日—4 月 3 日		2026-03-15..2026-04-03, of the year 2026
 *	上午8:30-11:30，下午1:30-5:00	08:30..11:30, 13:30..17:00
 *
 * What can be read in two ways is refused.
 */
struct buf;

/* Append to out; -1 with the reason, a clause about the cell.  Days without a year are
 * of that year; 0: they cannot be read. */
int calendar_days(const char *text, int year, struct buf *out, struct buf *reason);
int calendar_hours(const char *text, struct buf *out, struct buf *reason);

#endif
