#include "lib/base/options.h"

#include <ctype.h>
#include <errno.h>
#include <getopt.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/msg.h"
#include "lib/base/options_parts.h"
#include "lib/base/settings.h"
#include "lib/base/share.h"
#include "lib/base/suggest.h"

/* getopt_long returns the option's place in the list and this. */
enum { FIRST = 0x100 };

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
	exit(EXIT_NO_WORK);
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
	else if (spec->words != NULL)
		buf_adds(out, spec->words);
}

/* "a, b or c" of "a b c", each with what goes in front and behind. */
static void
say_words(const char *words, const char *front, const char *behind, struct buf *out)
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
	say_words(spec->words, "'", "'", &words);
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
	say_words(endings, "FILE.", "", &words);
	options_fail("%s takes %s, not '%s'", option, words.data, file);
}

/* A day that is in no month is another one once it is told as a day of the calendar. */
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

/* ---- what getopt does not take ---- */

/* Several options begin so. */
static int
fail_ambiguous(const struct option_list *list, const char *wrote)
{
	struct buf names = BUF_INIT, said = BUF_INIT;
	size_t len = strlen(wrote), i, count = 0;

	for (i = 0; i < list->count; i++)
		if (strncmp(list->specs[i]->name, wrote, len) == 0) {
			buf_addf(&names, "%s%s", count > 0 ? " " : "", list->specs[i]->name);
			count++;
		}
	if (count > 1 && len > 0) {
		say_words(names.data, "--", "", &said);
		options_fail("option '--%s' is short for %s", wrote, said.data);
	}
	buf_release(&names);
	return 0;
}

static void
fail_unknown(const struct option_list *list, const char *argument)
{
	struct buf advice = BUF_INIT, dashed = BUF_INIT;
	struct suggest suggest;
	size_t i;

	/* Of letters that stand together argument may be the one before. */
	if (optopt != 0)
		options_fail("there is no option '-%c'", optopt);
	buf_add(&dashed, argument, strcspn(argument, "="));
	fail_ambiguous(list, dashed.data + 2);
	suggest_begin(&suggest, dashed.data);
	for (i = 0; i < list->count; i++) {
		buf_clear(&advice);
		buf_addf(&advice, "--%s", list->specs[i]->name);
		suggest_consider(&suggest, advice.data, advice.len);
	}
	buf_clear(&advice);
	suggest_say(&suggest, &advice);
	options_fail("there is no option '%s'%s", dashed.data, advice.data);
}

/* How an option was written: "-o" or "--output". */
static void
spelled(const struct option_spec *spec, int letter, char name[static 80])
{
	if (letter)
		snprintf(name, 80, "-%c", spec->letter);
	else
		snprintf(name, 80, "--%s", spec->name);
}

static const struct option_spec *
by_value(const struct option_list *list, int value)
{
	size_t i;

	if (value >= FIRST)
		return list->specs[value - FIRST];
	for (i = 0; i < list->count; i++)
		if (list->specs[i]->letter == value)
			return list->specs[i];
	return NULL;
}

static void
fail(const struct option_list *list, int result, const char *argument)
{
	const struct option_spec *spec = optopt != 0 ? by_value(list, optopt) : NULL;
	char name[80];

	if (spec == NULL)
		fail_unknown(list, argument);
	spelled(spec, optopt < FIRST, name);
	if (result == ':')
		options_fail("option '%s' needs %s", name, spec->argument);
	options_fail("option '%s' takes no argument", name);
}

/* ---- all of them ---- */

static void
describe(const struct option_list *list, char letters[static 2 * OPTIONS_MAX + 2],
    struct option longs[static OPTIONS_MAX + 1])
{
	size_t i;

	*letters++ = ':';
	for (i = 0; i < list->count; i++) {
		const struct option_spec *spec = list->specs[i];

		longs[i] = (struct option){ spec->name, spec->argument != NULL ?
		    required_argument : no_argument, NULL, FIRST + (int)i };
		if (spec->letter != 0)
			*letters++ = spec->letter;
		if (spec->letter != 0 && spec->argument != NULL)
			*letters++ = ':';
	}
	*letters = '\0';
	memset(&longs[i], 0, sizeof longs[i]);
}

static void *
state_of(const struct option_list *list, const struct option_spec *spec)
{
	size_t i;

	for (i = 0; list->specs[i] != spec; i++)
		;
	return list->states[i];
}

static void
show(const struct command *command, const struct option_table *tables,
    void (*add)(const struct command *, const struct option_table *, struct buf *))
{
	struct buf text = BUF_INIT;

	add(command, tables, &text);
	io_print(text.data, text.len);
	buf_release(&text);
	exit(io_finish(EXIT_DONE));
}

int
options_parse(const struct command *command, const struct option_table *tables,
    int argc, char **argv)
{
	char letters[2 * OPTIONS_MAX + 2], name[80];
	struct option longs[OPTIONS_MAX + 1];
	const struct option_spec *spec;
	struct option_list list;
	int result, help = 0;

	if (argc == 2 && strcmp(argv[1], "--complete") == 0)
		show(command, tables, options_complete);
	options_list(tables, &list);
	describe(&list, letters, longs);
	settings_take(tables);
	while ((result = getopt_long(argc, argv, letters, longs, NULL)) != -1) {
		if (result == '?' || result == ':')
			fail(&list, result, argv[optind - 1]);
		spec = by_value(&list, result);
		spelled(spec, result < FIRST, name);
		if (spec->type == OPTION_HELP)
			help = 1;
		else
			options_take(spec, state_of(&list, spec), name, optarg);
	}
	if (help)
		show(command, tables, options_help);
	return optind;
}
