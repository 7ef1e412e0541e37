#ifndef TC_OPTIONS_H
#define TC_OPTIONS_H
/*
 * options: the command line of a tool, described in one place.
 *
 * A tool describes its options in tables.  From these come the parser, the usage
 * line, --help, the advice for what is misspelt, the keys of tc.conf (settings.h), and
 * what the shell completes (TOOL --complete, share/completions/tc-tools).  That the manuals
 * say the same is tested: tests/0020-options.t.  To add an option is to add an entry to
 * a table, its sentence in share/messages.zh, and an item to each manual.
 */
#include <stddef.h>	/* offsetof, size_t */

struct buf;

/* What an option takes, and what its value in the state is. */
enum option_type {
	OPTION_FLAG,		/* nothing; int, becomes 1 */
	OPTION_TEXT,		/* const char *; words: some that it may be */
	OPTION_INPUT,		/* const char *: a file; words: its usual endings */
	OPTION_OUTPUT,		/* const char *: a file; words: the endings it may have */
	OPTION_FOLDER,		/* const char *: a directory */
	OPTION_SHARED,		/* const char *: the name of a file of share/, in the folder
				 * that words names, or a path */
	OPTION_LIST,		/* const char *: names separated by commas, such as the first
				 * words of the lines of the file of share/ that words names */
	OPTION_WORD,		/* const char *, one of words */
	OPTION_DATE,		/* const char *, YYYY-MM-DD */
	OPTION_NUMBER,		/* long, from min to max */
	OPTION_HELP		/* nothing: shows the help and ends the tool */
};

struct option_spec {
	char letter;		/* 0: has none */
	const char *name;	/* without the dashes */
	const char *argument;	/* what help calls it, or NULL: takes none */
	enum option_type type;
	size_t offset;		/* of the value in the table's state */
	const char *help;	/* what it does, without a full stop */
	const char *words;	/* see the types; separated by blanks */
	const char *initial;	/* the default as help shows it, or NULL */
	const char *setting;	/* its key in tc.conf, or NULL */
	const char *variable;	/* of the environment, that wins over tc.conf; or NULL */
	long min, max;
	int required;		/* the tool does nothing without it */
	int apart;		/* not in the first form of the usage */
	int which;		/* free for the tool; its take may read it */
	/* Called instead of storing the value, once its type was checked. */
	void (*take)(void *state, const struct option_spec *spec, const char *argument);
};

struct option_table {
	const struct option_spec *specs;	/* the last has no name */
	void *state;
};

struct command {
	const char *purpose;	/* one sentence, without a full stop */
	const char *before;	/* operands in front of the options, or NULL */
	const char *after;	/* what must or may follow them: "-o FILE [MANIFEST]" */
	const char *others;	/* more forms, each on a line, or NULL */
	const char *example;	/* a command */
	const char *manuals;	/* where to read on */
	/* Append what the operand may be, a line each: the word, a tab, what it is; or
	 * NULL: files with one of these endings. */
	void (*operands)(struct buf *out);
	const char *endings;
};

/* Take the settings of tc.conf, then the options; operands are moved behind them.
 * Returns the index in argv of the first operand.  The last of tables has no specs.
 * -h, --complete and errors end the tool. */
int options_parse(const struct command *command, const struct option_table *tables,
    int argc, char **argv);

/* In take: how the option was given, "-s", "--school" or the setting and its file. */
const char *options_spelled(void);

/* Whether the option has a value in the state. */
int options_given(const struct option_spec *spec, const void *state);

/* End the tool unless the file's name has one of the endings, which are separated by
 * blanks.  Directories, devices and "-" are accepted, and a name without an ending where
 * there is only one. */
void options_check_ending(const char *option, const char *file, const char *endings);

/* Say what is wrong with the command line, and end the tool. */
void options_fail(const char *format, ...)
	__attribute__((format(printf, 1, 2), noreturn));

#endif
