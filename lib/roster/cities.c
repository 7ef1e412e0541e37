#include "lib/roster/cities.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/node.h"
#include "lib/profile/profile.h"
#include "lib/profile/window.h"
#include "lib/roster/calendar.h"

static const char suffix[] = "市";

/* Bytes of a city's name without what all of them end in. */
static size_t
name_length(const char *name, size_t len)
{
	size_t tail = sizeof suffix - 1;

	return len > tail && memcmp(name + len - tail, suffix, tail) == 0 ?
	    len - tail : len;
}

static int
is_city(const char *name, size_t len, const char *city)
{
	len = name_length(name, len);
	return len > 0 && len == name_length(city, strlen(city)) &&
	    memcmp(name, city, len) == 0;
}

static int
city_window(const struct profile *profile, const char *city, int year,
    struct buf *days, struct buf *err)
{
	const char *at = profile_text(profile, "window", "cities");
	struct buf item = BUF_INIT, reason = BUF_INIT;
	int found = 0;

	if (strcmp(at, "none") == 0)
		return 0;
	while (*at != '\0' && found == 0) {
		size_t len, name;

		at += strspn(at, " |");
		len = strcspn(at, "|");
		name = strcspn(at, " |0123456789");
		if (is_city(at, name, city)) {
			buf_add(&item, at + name, len - name);
			found = calendar_days(item.data, year, days, &reason) == 0 ?
			    1 : -1;
		}
		at += len;
	}
	if (found < 0)
		buf_addf(err, "profile '%s', [window] cities, %s: %s",
		    profile_name(profile), city, reason.data);
	buf_release(&reason);
	buf_release(&item);
	return found;
}

int
cities_compare(const struct profile *profile, const char *city, int year,
    const char *days, const char *hours, struct node *outside, struct buf *err)
{
	const char *all_day = profile_text(profile, "window", "hours");
	struct buf window = BUF_INIT, text = BUF_INIT;
	int found = city != NULL && days != NULL ?
	    city_window(profile, city, year, &window, err) : 0;

	if (found > 0 && !window_within(WINDOW_DAYS, days, window.data)) {
		buf_addf(&text, "the school's days %s are not within %s, the window "
		    "of %s", days, window.data, city);
		node_append_text(outside, text.data);
		buf_clear(&text);
	}
	if (found >= 0 && hours != NULL &&
	    !window_within(WINDOW_HOURS, hours, all_day)) {
		buf_addf(&text, "the school's hours %s are not within %s", hours,
		    all_day);
		node_append_text(outside, text.data);
	}
	buf_release(&text);
	buf_release(&window);
	return found < 0 ? -1 : 0;
}
