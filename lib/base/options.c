#include "lib/base/options.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/msg.h"
#include "lib/base/options_parts.h"
#include "lib/base/settings.h"
#include "lib/base/suggest.h"

/* getopt_long returns the option's place in the list and this. */
enum { FIRST = 0x100 };

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
		options_say_words(names.data, "--", "", &said);
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
