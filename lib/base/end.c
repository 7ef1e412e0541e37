#include "lib/base/end.h"

#include <string.h>
#include <unistd.h>

/* A process has one name. */
static const char *tool_name = "tc";
static void (*clean_up)(void);

void
end_set_tool(const char *tool)
{
	tool_name = tool;
}

const char *
end_tool(void)
{
	return tool_name;
}

void
end_set_cleanup(void (*cleanup)(void))
{
	clean_up = cleanup;
}

void
end_now(void)
{
	if (clean_up != NULL)
		clean_up();
	_exit(EXIT_NO_WORK);
}

static void
put(const char *text)
{
	ssize_t ignored = write(STDERR_FILENO, text, strlen(text));

	(void)ignored;
}

void
end_bare(const char *sentence)
{
	put(tool_name);
	put(": ");
	put(sentence);
	put("\n");
	end_now();
}
