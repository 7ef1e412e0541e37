#include "lib/base/options.h"

#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lib/base/buf.h"
#include "lib/base/end.h"
#include "lib/base/msg.h"
#include "lib/base/options_parts.h"
#include "lib/base/share.h"
#include "lib/base/suggest.h"

static const char *taken = "";	/* the option whose argument is taken, as it was given */

void
options_fail(const char *format, ...)
{
	struct buf said = BUF_INIT;
	va_list args;

	va_start(args, format);
	buf_vaddf(&said, format, args);
	va_end(args);
	msg_warn("%s", said.data);
	buf_clear(&said);
	buf_addf(&said, "usage: '%s --help' lists the options", end_tool());
	msg_line(said.data);
	end_now();
}

/* ---- the list ---- */

/* Letters before names; a capital before its small letter. */
static int
by_name(const struct option_spec *a, const struct option_spec *b)
{
	int left = tolower((unsigned char)a->letter), right = tolower((unsigned char)b->letter);

	if ((a->letter == 0) != (b->letter == 0))
		return a->letter == 0 ? 1 : -1;
	if (a->letter != 0 && left != right)
		return left - right;
	return a->letter != b->letter ? a->letter - b->letter : strcmp(a->name, b->name);
}

static void
insert(struct option_list *list, const struct option_spec *spec, void *state)
{
	size_t at = list->count;

	if (list->count == OPTIONS_MAX)
		msg_die("more than %d options", OPTIONS_MAX);
	for (; at > 0 && by_name(list->specs[at - 1], spec) > 0; at--) {
		list->specs[at] = list->specs[at - 1];
		list->states[at] = list->states[at - 1];
	}
	list->specs[at] = spec;
	list->states[at] = state;
	list->count++;
}

void
options_list(const struct option_table *tables, struct option_list *list)
{
	const struct option_spec *spec;

	list->count = 0;
	for (; tables->specs != NULL; tables++)
		for (spec = tables->specs; spec->name != NULL; spec++)
			insert(list, spec, tables->state);
}

/* ---- one argument ---- */

void
options_words(const struct option_spec *spec, struct buf *out)
{
	if (spec->type == OPTION_SHARED)
		share_names(spec->words, out);
	else if (spec->type == OPTION_LIST)
		share_words(spec->words, out);
	else if (spec->words != NULL)
		buf_adds(out, spec->words);
}

void
options_say_words(const char *words, const char *front, const char *behind, struct buf *out)
{
	size_t len, next;

	for (; *words != '\0'; words += next) {
		len = strcspn(words, " ");
		next = len + strspn(words + len, " ");
		buf_addf(out, "%s%.*s%s", front, (int)len, words, behind);
		if (words[next] != '\0')
			buf_adds(out, strchr(words + next, ' ') != NULL ? ", " : " or ");
	}
}

static int
is_word(const char *argument, const char *words)
{
	size_t len = strlen(argument);

	for (; *words != '\0'; words += strspn(words, " ")) {
		size_t next = strcspn(words, " ");

		if (next == len && strncmp(words, argument, len) == 0)
			return 1;
		words += next;
	}
	return 0;
}

static void
check_word(const struct option_spec *spec, const char *name, const char *argument)
{
	struct buf words = BUF_INIT, advice = BUF_INIT;
	struct suggest suggest;

	if (is_word(argument, spec->words))
		return;
	options_say_words(spec->words, "'", "'", &words);
	suggest_begin(&suggest, argument);
	suggest_consider_all(&suggest, spec->words);
	suggest_say(&suggest, &advice);
	options_fail("%s takes %s, not '%s'%s", name, words.data, argument, advice.data);
}

void
options_check_ending(const char *option, const char *file, const char *endings)
{
	const char *slash = strrchr(file, '/'), *base = slash != NULL ? slash + 1 : file;
	const char *dot = strrchr(base, '.');
	struct buf words = BUF_INIT;

	if (*base == '\0' || strcmp(file, "-") == 0 || strncmp(file, "/dev/", 5) == 0 ||
	    (dot != NULL ? is_word(dot + 1, endings) : strchr(endings, ' ') == NULL))
		return;
	options_say_words(endings, "FILE.", "", &words);
	options_fail("%s takes %s, not '%s'", option, words.data, file);
}

/* A day that is in no month is another one when it is printed again as a day of the calendar. */
static void
check_date(const char *name, const char *argument)
{
	int year, month, day, len = 0;
	struct tm told;

	if (strlen(argument) != 10 || strspn(argument, "0123456789") != 4 ||
	    sscanf(argument, "%4d-%2d-%2d%n", &year, &month, &day, &len) != 3 || len != 10 ||
	    month < 1 || month > 12 || day < 1 || day > 31)
		options_fail("'%s' of '%s' is not YYYY-MM-DD", argument, name);
	told = (struct tm){ .tm_year = year - 1900, .tm_mon = month - 1, .tm_mday = day };
	if (timegm(&told) == -1 || told.tm_mday != day)
		options_fail("'%s' of '%s' is no day of the calendar", argument, name);
}

static long
take_number(const struct option_spec *spec, const char *name, const char *argument)
{
	char *end;
	long value;

	errno = 0;
	value = strtol(argument, &end, 10);
	if (*argument == '\0' || *end != '\0' || errno != 0 || value < spec->min ||
	    value > spec->max)
		options_fail("%s takes a number from %ld to %ld, not '%s'", name, spec->min,
		    spec->max, argument);
	return value;
}

static void
store(const struct option_spec *spec, void *state, const char *name, const char *argument)
{
	char *place = (char *)state + spec->offset;

	if (spec->type == OPTION_FLAG)
		memcpy(place, &(int){ 1 }, sizeof(int));
	else if (spec->type == OPTION_NUMBER)
		memcpy(place, &(long){ take_number(spec, name, argument) }, sizeof(long));
	else
		memcpy(place, &argument, sizeof argument);
}

void
options_take(const struct option_spec *spec, void *state, const char *name,
    const char *argument)
{
	taken = name;
	if (spec->type == OPTION_WORD)
		check_word(spec, name, argument);
	else if (spec->type == OPTION_DATE)
		check_date(name, argument);
	else if (spec->type == OPTION_OUTPUT && spec->words != NULL)
		options_check_ending(name, argument, spec->words);
	if (spec->take != NULL)
		spec->take(state, spec, argument);
	else
		store(spec, state, name, argument);
}

const char *
options_spelled(void)
{
	return taken;
}

int
options_given(const struct option_spec *spec, const void *state)
{
	const char *place = (const char *)state + spec->offset;
	const char *text;
	long number;
	int flag;

	if (spec->type == OPTION_FLAG) {
		memcpy(&flag, place, sizeof flag);
		return flag != 0;
	}
	if (spec->type == OPTION_NUMBER) {
		memcpy(&number, place, sizeof number);
		return number != 0;
	}
	memcpy(&text, place, sizeof text);
	return text != NULL;
}
