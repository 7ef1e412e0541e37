#ifndef TC_CLOCK_H
#define TC_CLOCK_H
/*
 * clock: dates and times as cameras, phones and messengers write them into names.
 *
 * Texts are ASCII, letters capitals.  Pure.
 */
#include <stddef.h>	/* size_t */

/* Whether len digits read as a day, YYYYMMDD or YYMMDD. */
int clock_is_date(const char *digits, size_t len);

/* Length of the date with a time that begins at text, 0 when there is none:
 * 20220315_143022, 20220315T143022123, 2022-03-15-10-02-17, 2022-03-15 AT 10.02.17. */
size_t clock_stamp(const char *text);

#endif
