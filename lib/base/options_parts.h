#ifndef TC_OPTIONS_PARTS_H
#define TC_OPTIONS_PARTS_H
/*
 * options_parts: what the files of options share; not for others.
 */
#include <stddef.h>	/* size_t */

struct buf;
struct command;
struct option_spec;
struct option_table;

enum { OPTIONS_MAX = 64 };

/* The options of all tables: those with letters first, in the order of the alphabet. */
struct option_list {
	const struct option_spec *specs[OPTIONS_MAX];
	void *states[OPTIONS_MAX];	/* of their tables */
	size_t count;
};

void options_list(const struct option_table *tables, struct option_list *list);

/* Append the words that the option takes, separated by blanks: those of the table, or the
 * files of share/. */
void options_words(const struct option_spec *spec, struct buf *out);

/* Append "a, b or c" for the words "a b c", each between front and behind. */
void options_say_words(const char *words, const char *front, const char *behind,
    struct buf *out);

/* Append --help, and what the shell completes. */
void options_help(const struct command *command, const struct option_table *tables,
    struct buf *out);
void options_complete(const struct command *command, const struct option_table *tables,
    struct buf *out);

/* Check the argument and put it where it belongs; name is how the option was given. */
void options_take(const struct option_spec *spec, void *state, const char *name,
    const char *argument);

#endif
