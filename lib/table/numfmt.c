#include "lib/table/numfmt.h"

#include <math.h>
#include <string.h>

#include "lib/base/buf.h"

enum {
	DAYS_1904 = 1462,	/* from 1900's day 0 to 1904's */
	DAY_LAST = 2958465,	/* 9999-12-31 */
	LEAP_BUG = 60,		/* 1900-02-29, which was not */
	DAY_SECONDS = 86400,
	ZEROS_MAX = 32
};

/* Skip what is literal at *code: quoted, escaped, filled or bracketed.  Of
 * brackets [h], [mm] and [ss] are elapsed time, a duration and not a date. */
static int
skip_literal(const char **code)
{
	const char *at = *code, *end = NULL;

	if (*at == '"')
		end = strchr(at + 1, '"');
	else if (*at == '[')
		end = strchr(at, ']');
	else if ((*at == '\\' || *at == '_' || *at == '*') && at[1] != '\0')
		end = at + 1;
	if (end == NULL)
		return 0;
	*code = end + 1;
	return 1;
}

struct numfmt
numfmt_parse(const char *code)
{
	struct numfmt format = { NUMFMT_NUMBER, 0 };
	int only_zeros = 1;

	while (*code != '\0' && *code != ';') {
		if (skip_literal(&code)) {
			only_zeros = 0;
			continue;
		}
		if (strchr("ymdhsYMDHS", *code) != NULL)
			format.kind = NUMFMT_DATE;
		only_zeros &= *code == '0';
		format.zeros += *code == '0';
		code++;
	}
	if (!only_zeros || *code == ';' || format.zeros < 2 ||
	    format.zeros > ZEROS_MAX)
		format.zeros = 0;
	return format;
}

struct numfmt
numfmt_builtin(long number)
{
	struct numfmt format = { NUMFMT_NUMBER, 0 };

	if ((number >= 14 && number <= 22) || (number >= 27 && number <= 36) ||
	    (number >= 45 && number <= 47) || (number >= 50 && number <= 58))
		format.kind = NUMFMT_DATE;
	return format;
}

/* Days since 1970-01-01 to a date of the Gregorian calendar. */
static void
civil_date(long days, int *year, int *month, int *day)
{
	static const long era_days = 146097;
	long shifted = days + 719468, era = shifted / era_days;
	long in_era = shifted - era * era_days;
	long years = (in_era - in_era / 1460 + in_era / 36524 -
	    in_era / 146096) / 365;
	long in_year = in_era - (365 * years + years / 4 - years / 100);
	long part = (5 * in_year + 2) / 153;

	*day = (int)(in_year - (153 * part + 2) / 5 + 1);
	*month = (int)(part < 10 ? part + 3 : part - 9);
	*year = (int)(years + era * 400 + (*month <= 2));
}

static void
add_date(double value, int date_1904, struct buf *out)
{
	long days = (long)floor(value);
	long seconds = lround((value - (double)days) * DAY_SECONDS);
	int year, month, day, dated;

	if (seconds == DAY_SECONDS) {
		seconds = 0;
		days++;
	}
	dated = days > 0 || date_1904;
	if (date_1904)
		days += DAYS_1904;
	else if (days < LEAP_BUG)
		days++;
	if (dated) {
		/* 25569 is 1970-01-01 */
		civil_date(days - 25569, &year, &month, &day);
		buf_addf(out, "%04d-%02d-%02d", year, month, day);
	}
	if (dated && seconds == 0)
		return;
	buf_addf(out, "%s%02ld:%02ld:%02ld", dated ? " " : "", seconds / 3600,
	    seconds / 60 % 60, seconds % 60);
}

int
numfmt_text(double value, struct numfmt format, int date_1904, struct buf *out)
{
	if (format.kind == NUMFMT_DATE && value >= 0 && value <= DAY_LAST) {
		add_date(value, date_1904, out);
		return 0;
	}
	if (value != floor(value)) {
		buf_addf(out, "%.15g", value);
		return 0;
	}
	if (fabs(value) >= 1e21) {
		buf_addf(out, "%g", value);
		return 1;
	}
	buf_addf(out, "%0*.0f", format.zeros > 0 ? format.zeros : 1,
	    value == 0 ? 0.0 : value);
	return fabs(value) >= 1e15;
}
