#ifndef TC_TOOL_H
#define TC_TOOL_H
/*
 * tool: what the command lines of all tools share.
 */
struct stream_options;

/* First call in main: io_init, and messages in the language of the environment. */
void tool_init(const char *tool);

/* Option letters that every filter has, for getopt_long's short options, and
 * the shared long ones. */
#define TOOL_SHORT "d:hp:qV"
enum tool_long {
	TOOL_FORCE = 0x100, TOOL_SUBSET, TOOL_REPROFILE, TOOL_LANG,
	TOOL_OWN	/* a tool's own long options count from here */
};
#define TOOL_LONG \
	{ "force", no_argument, NULL, TOOL_FORCE }, \
	{ "lang", required_argument, NULL, TOOL_LANG }, \
	{ "reprofile", no_argument, NULL, TOOL_REPROFILE }, \
	{ "subset", no_argument, NULL, TOOL_SUBSET }

/* Take one option that getopt_long returned.  usage is printed to standard
 * output for -h and, for what no tool knows, to standard error.  Returns 1 when
 * it was one of the shared options, 0 when it is the tool's own.  -h, -V and bad
 * options end the tool. */
int tool_option(int option, const char *argument, const char *usage,
    struct stream_options *options);
/* Complain about the command line and end the tool. */
void tool_usage_error(const char *usage, const char *format, ...)
	__attribute__((format(printf, 2, 3), noreturn));
/* A whole number of an option, between min and max, or the tool ends. */
long tool_number(const char *usage, const char *option, const char *argument,
    long min, long max);

#endif
