#include "lib/base/msg.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/buf.h"

enum { LINE_MAX_BYTES = 2000, BAR_CELLS = 30 };

/* A process has one name, one standard error and one progress bar. */
static const char *tool_name = "tc";
static void (*at_exit)(void);
static void (*translate)(const char *sentence, struct buf *out);
static int quiet, bar_shown;

void
msg_set_tool(const char *tool)
{
	tool_name = tool;
}

const char *
msg_tool(void)
{
	return tool_name;
}

void
msg_at_exit(void (*cleanup)(void))
{
	at_exit = cleanup;
}

void
msg_set_translator(void (*translator)(const char *sentence, struct buf *out))
{
	translate = translator;
}

void
msg_say(const char *sentence, struct buf *out)
{
	if (translate != NULL)
		translate(sentence, out);
	else
		buf_adds(out, sentence);
}

void
msg_line(const char *sentence)
{
	struct buf line = BUF_INIT;

	msg_say(sentence, &line);
	fprintf(stderr, "%s\n", line.data);
	buf_release(&line);
}

static void
print_line(const char *format, va_list args)
{
	char sentence[LINE_MAX_BYTES];
	struct buf line = BUF_INIT;
	char *c;

	msg_progress_end();
	vsnprintf(sentence, sizeof sentence, format, args);
	msg_say(sentence, &line);
	for (c = line.data; *c != '\0'; c++)
		if ((unsigned char)*c < 0x20 || *c == 0x7f)
			*c = '?';
	fprintf(stderr, "%s: %s\n", tool_name, line.data);
	buf_release(&line);
}

void
msg_warn(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	print_line(format, args);
	va_end(args);
}

void
msg_note(const char *format, ...)
{
	va_list args;

	if (quiet)
		return;
	va_start(args, format);
	print_line(format, args);
	va_end(args);
}

void
msg_die(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	print_line(format, args);
	va_end(args);
	if (at_exit != NULL)
		at_exit();
	_exit(EXIT_NO_WORK);
}

static void
put(const char *text)
{
	ssize_t ignored = write(STDERR_FILENO, text, strlen(text));

	(void)ignored;
}

void
msg_die_bare(const char *sentence)
{
	put(tool_name);
	put(": ");
	put(sentence);
	put("\n");
	if (at_exit != NULL)
		at_exit();
	_exit(EXIT_NO_WORK);
}

void
msg_quiet(void)
{
	quiet = 1;
}

void
msg_progress(long done, long total)
{
	char cells[BAR_CELLS + 1];
	int filled;

	if (quiet || !isatty(STDERR_FILENO))
		return;
	if (total <= 0) {
		fprintf(stderr, "\r%s: %ld", tool_name, done);
	} else {
		filled = (int)((long long)BAR_CELLS * done / total);
		memset(cells, ' ', BAR_CELLS);
		memset(cells, '#', (size_t)(filled < BAR_CELLS ? filled : BAR_CELLS));
		cells[BAR_CELLS] = '\0';
		fprintf(stderr, "\r%s: [%s] %ld/%ld", tool_name, cells, done, total);
	}
	bar_shown = 1;
}

void
msg_progress_end(void)
{
	if (bar_shown)
		fputs("\r\033[K", stderr);
	bar_shown = 0;
}
