#include "lib/table/numfmt.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "lib/base/buf.h"

enum {
	DAYS_1904 = 1462,	/* from 1900's day 0 to 1904's */
	DAY_LAST = 2958465,	/* 9999-12-31 */
	LEAP_BUG = 60,		/* 1900-02-29, which was not */
	DAY_SECONDS = 86400,
	ZEROS_MAX = 32
};

enum { DIGIT_ZERO = 1, DIGIT_ANY = 2 };

/* A format's code, taken apart. */
struct parts {
	char shown[NUMFMT_SHOWN_MAX];
	size_t len;
	int words;		/* text that means something stands in it */
	int digits, date, other;
};

static void
add(struct parts *parts, int byte)
{
	if (parts->len + 1 == sizeof parts->shown)
		parts->other = 1;
	else
		parts->shown[parts->len++] = (char)byte;
}

/* Blanks and signs of money say nothing about a number. */
static void
add_literal(struct parts *parts, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		add(parts, text[i]);
		parts->words |= strchr(" ()+$", text[i]) == NULL;
	}
}

/* Take what is literal at *code: quoted, escaped, filled or bracketed.  Of
 * brackets [h], [mm] and [ss] are elapsed time, a duration and not a date, and a
 * comparison makes the format depend on the value. */
static int
take_literal(const char **code, struct parts *parts)
{
	const char *at = *code, *end = NULL;

	if (*at == '"' && (end = strchr(at + 1, '"')) != NULL) {
		add_literal(parts, at + 1, (size_t)(end - at - 1));
	} else if (*at == '[' && (end = strchr(at, ']')) != NULL) {
		parts->other |= strchr("<>=", at[1]) != NULL;
	} else if (*at == '\\' && at[1] != '\0') {
		end = at + 1;
		add_literal(parts, end, 1);
	} else if ((*at == '_' || *at == '*') && at[1] != '\0') {
		end = at + 1;
	}
	if (end == NULL)
		return 0;
	*code = end + 1;
	return 1;
}

static void
take_sign(struct parts *parts, const char *code)
{
	if (*code == '0' || *code == '#' || *code == '?') {
		parts->digits++;
		add(parts, *code == '0' ? DIGIT_ZERO : DIGIT_ANY);
	} else if (strchr("ymdhsYMDHS", *code) != NULL) {
		parts->date = 1;
	} else if (strchr(".,%eE@", *code) != NULL) {
		/* decimals, thousands, powers: the digits are the same; a comma behind
		 * them leaves some out */
		parts->other |= *code == '%';
		if (*code == ',' && parts->digits > 0 && strchr(";.,", code[1]) != NULL)
			parts->other = parts->words = 1;
		add(parts, ' ');
	} else {
		add_literal(parts, code, 1);
	}
}

struct numfmt
numfmt_parse(const char *code)
{
	struct numfmt format = { NUMFMT_NUMBER, 0, 0, "" };
	struct parts parts = { .len = 0 };
	size_t zeros;

	if (strncmp(code, "General", 7) == 0 || strncmp(code, "G/", 2) == 0)
		return format;
	while (*code != '\0' && *code != ';')
		if (!take_literal(&code, &parts))
			take_sign(&parts, code++);
	zeros = strspn(parts.shown, (char[]){ DIGIT_ZERO, '\0' });
	if (parts.date) {
		format.kind = NUMFMT_DATE;
	} else if (parts.digits == 0) {
		format.other = 0;
	} else if (parts.words) {
		format.other = parts.other;
		memcpy(format.shown, parts.shown, parts.len + 1);
	} else if (zeros == parts.len && zeros > 1 && zeros <= ZEROS_MAX &&
	    *code == '\0') {
		format.zeros = (int)zeros;
	}
	return format;
}

struct numfmt
numfmt_builtin(long number)
{
	struct numfmt format = { NUMFMT_NUMBER, 0, 0, "" };

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

/* Digits into the places that the format has for them; more than these stand at the
 * first. */
static void
add_shown(double value, const char *shown, struct buf *out)
{
	char digits[ZEROS_MAX];
	int len = snprintf(digits, sizeof digits, "%.0f", value), places = 0, at;

	for (const char *sign = shown; *sign != '\0'; sign++)
		places += *sign == DIGIT_ZERO || *sign == DIGIT_ANY;
	at = len - places;
	for (; *shown != '\0'; shown++) {
		if (*shown != DIGIT_ZERO && *shown != DIGIT_ANY) {
			buf_addc(out, *shown);
			continue;
		}
		if (places > 0 && at > 0)
			buf_add(out, digits, (size_t)at);
		places = 0;
		if (at >= 0)
			buf_addc(out, digits[at]);
		else if (*shown == DIGIT_ZERO)
			buf_addc(out, '0');
		at++;
	}
}

static int
add_whole(double value, const struct numfmt *format, struct buf *out)
{
	int flags = fabs(value) >= 1e15 ? NUMFMT_DAMAGED : 0;

	if (fabs(value) >= 1e21) {
		buf_addf(out, "%g", value);
	} else if (*format->shown != '\0' && !format->other && value >= 0 &&
	    flags == 0) {
		add_shown(value, format->shown, out);
	} else {
		buf_addf(out, "%0*.0f", format->zeros > 0 ? format->zeros : 1,
		    value == 0 ? 0.0 : value);
		flags |= *format->shown != '\0' ? NUMFMT_OTHER : 0;
	}
	return flags;
}

int
numfmt_text(double value, struct numfmt format, int date_1904, struct buf *out)
{
	if (format.kind == NUMFMT_DATE && value >= 0 && value <= DAY_LAST) {
		add_date(value, date_1904, out);
		return 0;
	}
	if (value == floor(value))
		return add_whole(value, &format, out);
	buf_addf(out, "%.15g", value);
	return *format.shown != '\0' ? NUMFMT_OTHER : 0;
}
