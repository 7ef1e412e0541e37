#include "lib/roster/calendar.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/text.h"
#include "lib/profile/window.h"

enum { NUMBERS_MAX = 6, AFTERNOON = 12 };

static const char unclear_days[] = "the days cannot be read: write them as "
    "2026-10-12..2026-10-14, 2026-10-20";
static const char unclear_hours[] = "the hours cannot be read: write them as "
    "08:30..12:00, 13:30..17:00";

/* One item of a list: numbers, and before which of them the range's end begins. */
struct item {
	int numbers[NUMBERS_MAX];
	int digits[NUMBERS_MAX];
	int afternoon[NUMBERS_MAX];
	int count, end;		/* end 0: no range */
	int wrong;
};

/* The last day named, from which later ones take year and month. */
struct day {
	int year, month, day;
};

static int
starts(const char *text, const char *const *words)
{
	for (size_t i = 0; words[i] != NULL; i++)
		if (strncmp(text, words[i], strlen(words[i])) == 0)
			return (int)strlen(words[i]);
	return 0;
}

/* Bytes of a mark between items of a list at text, 0 when there is none. */
static int
list_mark(const char *text)
{
	static const char *const marks[] = { ",", "、", ";", "和", "及", "\n", NULL };

	return starts(text, marks);
}

/* The same of a mark between the ends of a range.  '-' is one where a day is not
 * written with it. */
static int
range_mark(const char *text, int hyphen)
{
	static const char *const marks[] = { "..", "至", "到", "~", "—", "–", "−",
	    NULL };

	return hyphen && *text == '-' ? 1 : starts(text, marks);
}

/* Whether '-' stands between ends: the item writes its days in another way. */
static int
hyphen_is_range(const char *text)
{
	static const char *const others[] = { ".", "年", "月", "/", ":", "时", "点",
	    NULL };
	size_t i;

	for (i = 0; text[i] != '\0' && list_mark(text + i) == 0; i++)
		if (strncmp(text + i, "..", 2) == 0)
			i++;
		else if (starts(text + i, others) > 0)
			return 1;
	return 0;
}

static const char *
take_number(const char *at, int afternoon, struct item *item)
{
	char *end;
	long number = strtol(at, &end, 10);

	if (item->count == NUMBERS_MAX || end - at > 8) {
		item->wrong = 1;
		return end;
	}
	item->digits[item->count] = (int)(end - at);
	item->afternoon[item->count] = afternoon;
	item->numbers[item->count++] = (int)number;
	return end;
}

/* Read one item from text; returns what is behind it. */
static const char *
take_item(const char *text, struct item *item)
{
	static const char *const afternoons[] = { "下午", "晚", "PM", NULL };
	static const char *const mornings[] = { "上午", "早", "AM", NULL };
	int hyphen = hyphen_is_range(text), afternoon = 0, len;
	uint32_t code;

	memset(item, 0, sizeof *item);
	while (*text != '\0' && list_mark(text) == 0) {
		if (*text >= '0' && *text <= '9') {
			text = take_number(text, afternoon, item);
		} else if ((len = range_mark(text, hyphen)) > 0) {
			item->wrong |= item->end != 0 || item->count == 0;
			item->end = item->count;
			text += len;
		} else {
			if (starts(text, afternoons) > 0)
				afternoon = 1;
			else if (starts(text, mornings) > 0)
				afternoon = 0;
			len = (int)text_char(text, strlen(text), &code);
			text += len > 0 ? len : 1;
		}
	}
	item->wrong |= item->end != 0 && item->end == item->count;
	return text + list_mark(text);
}

/* ---- days ---- */

/* One day from numbers: all of it, month and day, or the day. */
static int
get_day(const int *numbers, const int *digits, int count, struct day *day)
{
	if (count == 1 && digits[0] == 8) {
		day->year = numbers[0] / 10000;
		day->month = numbers[0] / 100 % 100;
		day->day = numbers[0] % 100;
	} else if (count == 3 && digits[0] == 4) {
		*day = (struct day){ numbers[0], numbers[1], numbers[2] };
	} else if (count == 2 && day->year != 0 && digits[0] <= 2) {
		day->month = numbers[0];
		day->day = numbers[1];
	} else if (count == 1 && day->month != 0 && digits[0] <= 2) {
		day->day = numbers[0];
	} else {
		return -1;
	}
	return day->day >= 1 && day->day <= window_month_days(day->year, day->month) ?
	    0 : -1;
}

static void
add_day(const struct day *day, struct buf *out)
{
	buf_addf(out, "%04d-%02d-%02d", day->year, day->month, day->day);
}

static int
add_days(const struct item *item, struct day *day, struct buf *out)
{
	int first = item->end > 0 ? item->end : item->count;

	/* 2026-10-12-2026-10-14 */
	if (item->end == 0 && item->count == 6)
		first = 3;
	if (get_day(item->numbers, item->digits, first, day) != 0)
		return -1;
	add_day(day, out);
	if (first == item->count)
		return 0;
	if (get_day(item->numbers + first, item->digits + first,
	    item->count - first, day) != 0)
		return -1;
	buf_adds(out, "..");
	add_day(day, out);
	return 0;
}

/* ---- hours ---- */

static int
add_hour(const struct item *item, int first, int count, struct buf *out)
{
	int hour = item->numbers[first];
	int minute = count > 1 ? item->numbers[first + 1] : 0;

	if (count < 1 || count > 2 || hour > 24 || minute > 59)
		return -1;
	if (item->afternoon[first] && hour < AFTERNOON)
		hour += AFTERNOON;
	buf_addf(out, "%02d:%02d", hour, minute);
	return 0;
}

static int
add_hours(const struct item *item, struct day *unused, struct buf *out)
{
	(void)unused;
	if (item->end == 0 || add_hour(item, 0, item->end, out) != 0)
		return -1;
	buf_adds(out, "..");
	return add_hour(item, item->end, item->count - item->end, out);
}

/* ---- both ---- */

static int
read_list(const char *text, int year, enum window_kind kind,
    int (*add)(const struct item *item, struct day *day, struct buf *out),
    const char *unclear, struct buf *out, struct buf *reason)
{
	struct buf folded = BUF_INIT, window = BUF_INIT;
	struct day day = { year, 0, 0 };
	struct item item;
	const char *at;
	int result = 0;

	text_fold(text, &folded);
	for (at = folded.data; *at != '\0' && result == 0; ) {
		at = take_item(at, &item);
		if (item.count == 0 && !item.wrong)
			continue;
		if (window.len > 0)
			buf_adds(&window, ", ");
		result = item.wrong ? -1 : add(&item, &day, &window);
	}
	if (result == 0 && window.len > 0 && window_is(kind, window.data))
		buf_adds(out, window.data);
	else
		result = -1;
	if (result != 0)
		buf_adds(reason, unclear);
	buf_release(&window);
	buf_release(&folded);
	return result;
}

int
calendar_days(const char *text, int year, struct buf *out, struct buf *reason)
{
	return read_list(text, year, WINDOW_DAYS, add_days, unclear_days, out, reason);
}

int
calendar_hours(const char *text, struct buf *out, struct buf *reason)
{
	return read_list(text, 0, WINDOW_HOURS, add_hours, unclear_hours, out, reason);
}
