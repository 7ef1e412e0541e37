#include "lib/base/msg.h"

#include <stdarg.h>
#include <stdio.h>

#include "lib/base/buf.h"
#include "lib/base/progress.h"

enum { LINE_MAX_BYTES = 2000 };

/* A process has one standard error. */
static void (*translate)(const char *sentence, struct buf *out);
static FILE *notes;	/* NULL: standard error */
static FILE *own;	/* standard error where libraries are not heard, or NULL */
static int quiet;

void
msg_set_translator(void (*translator)(const char *sentence, struct buf *out))
{
	translate = translator;
}

void
msg_set_notes(FILE *file)
{
	notes = file;
}

static ssize_t
swallow(void *state, const char *bytes, size_t len)
{
	(void)state;
	(void)bytes;
	return (ssize_t)len;
}

/* A stream without a descriptor: there may be none left when it is needed. */
void
msg_silence_libraries(void)
{
	FILE *nowhere = fopencookie(NULL, "w", (cookie_io_functions_t){ .write = swallow });

	if (nowhere == NULL)
		return;
	own = stderr;
	stderr = nowhere;
}

static FILE *
for_warnings(void)
{
	return own != NULL ? own : stderr;
}

static FILE *
for_notes(void)
{
	return notes != NULL ? notes : for_warnings();
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
msg_make_plain(char *text, int lines)
{
	for (unsigned char *c = (unsigned char *)text; *c != '\0'; c++)
		if ((*c < 0x20 && (*c != '\n' || !lines)) || *c == 0x7f)
			*c = '?';
		else if (*c == 0xc2 && c[1] >= 0x80 && c[1] < 0xa0)
			c[0] = c[1] = '?';
}

/* The sentence as one line. */
static void
say_plainly(const char *sentence, struct buf *line)
{
	msg_say(sentence, line);
	msg_make_plain(line->data, 0);
}

void
msg_line(const char *sentence)
{
	struct buf line = BUF_INIT;

	msg_progress_end();
	say_plainly(sentence, &line);
	fprintf(for_notes(), "%s\n", line.data);
	buf_release(&line);
}

/* Colours of a terminal, by how bad the news is. */
enum colour { PLAIN = 0, YELLOW = 33, RED = 31 };

static void
print_line(FILE *out, enum colour colour, const char *format, va_list args)
{
	char sentence[LINE_MAX_BYTES];
	struct buf line = BUF_INIT;

	msg_progress_end();
	vsnprintf(sentence, sizeof sentence, format, args);
	say_plainly(sentence, &line);
	if (colour != PLAIN && progress_has_colour())
		fprintf(out, "\033[%dm%s:\033[m %s\n", colour, end_tool(), line.data);
	else
		fprintf(out, "%s: %s\n", end_tool(), line.data);
	buf_release(&line);
}

void
msg_warn(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	print_line(for_warnings(), YELLOW, format, args);
	va_end(args);
}

void
msg_note(const char *format, ...)
{
	va_list args;

	if (quiet)
		return;
	va_start(args, format);
	print_line(for_notes(), PLAIN, format, args);
	va_end(args);
}

void
msg_result(const char *sentence)
{
	if (!quiet)
		msg_line(sentence);
}

void
msg_die(const char *format, ...)
{
	va_list args;

	va_start(args, format);
	print_line(for_warnings(), RED, format, args);
	va_end(args);
	end_now();
}

void
msg_quiet(void)
{
	quiet = 1;
	progress_off();
}

void
msg_progress(long done, long total)
{
	progress_show(end_tool(), done, total);
}

void
msg_progress_end(void)
{
	progress_end();
}
