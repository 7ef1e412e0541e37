#ifndef TC_SETTINGS_H
#define TC_SETTINGS_H
/*
 * settings: options that an operator or an office sets once for all runs, tc.conf(5).
 *
 *	# comment
 *	profile = jiangsu
 *	language = zh
 *	school = 10285:苏州大学
 *	jobs = 2
 *
 * Read are /etc/tc.conf, then ~/.config/tc.conf (XDG_CONFIG_HOME), then ./tc.conf,
 * where a later one wins; with TC_CONF in the environment only the file that it
 * names, which must be there, and none when it is empty.  The command line wins over
 * all of them.  A key that does not exist is an error; a tool takes those that are its
 * options.
 */
struct buf;
struct option_table;

/* Set the options of these tables to the values in the files.  An error in a file ends
 * the tool. */
void settings_take(const struct option_table *tables);

/* Append a line for each value that the tool takes, with the file it stands in, and
 * one for each file that would be read. */
void settings_describe(const struct option_table *tables, struct buf *out);

#endif
