#include "lib/record/tool.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/msg.h"
#include "lib/base/sandbox.h"
#include "lib/base/translate.h"
#include "lib/record/reasons.h"
#include "lib/record/stream.h"

static void
set_language(void)
{
	msg_set_translator(reasons_language() == LANGUAGE_CHINESE ? translate : NULL);
}

void
tool_init(const char *tool)
{
	io_init(tool);
	set_language();
}

void
tool_usage_error(const char *usage, const char *format, ...)
{
	char reason[400];
	va_list args;

	va_start(args, format);
	vsnprintf(reason, sizeof reason, format, args);
	va_end(args);
	msg_warn("%s", reason);
	fputs(usage, stderr);
	exit(EXIT_NO_WORK);
}

long
tool_number(const char *usage, const char *option, const char *argument, long min,
    long max)
{
	char *end;
	long value;

	errno = 0;
	value = strtol(argument, &end, 10);
	if (*argument == '\0' || *end != '\0' || errno != 0 || value < min || value > max)
		tool_usage_error(usage, "%s takes a number from %ld to %ld, not '%s'",
		    option, min, max, argument);
	return value;
}

/* With what this system shuts workers in, for whoever looks after it. */
static void
print_version(void)
{
	struct buf locks = BUF_INIT;

	sandbox_describe(&locks);
	printf("%s %s\n", msg_tool(), TC_VERSION);
	printf("sandbox: %s\n", locks.data);
	buf_release(&locks);
}

int
tool_option(int option, const char *argument, const char *usage,
    struct stream_options *options)
{
	switch (option) {
	case 'd':
		options->directory = argument;
		return 1;
	case 'p':
		options->profile = argument;
		return 1;
	case 'q':
		msg_quiet();
		return 1;
	case 'h':
		io_print(usage, strlen(usage));
		exit(io_finish(EXIT_DONE));
	case 'V':
		print_version();
		exit(io_finish(EXIT_DONE));
	case TOOL_FORCE:
		options->force = 1;
		return 1;
	case TOOL_SUBSET:
		options->subset = 1;
		return 1;
	case TOOL_REPROFILE:
		options->reprofile = 1;
		return 1;
	case TOOL_LANG:
		if (strcmp(argument, "zh") != 0 && strcmp(argument, "en") != 0)
			tool_usage_error(usage, "--lang takes zh or en, not '%s'",
			    argument);
		setenv("LANGUAGE", strcmp(argument, "zh") == 0 ? "zh_CN" : "en", 1);
		set_language();
		return 1;
	case '?':
		fputs(usage, stderr);
		exit(EXIT_NO_WORK);
	default:
		return 0;
	}
}
