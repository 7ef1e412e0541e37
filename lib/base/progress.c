#include "lib/base/progress.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "lib/base/buf.h"

enum { BAR_CELLS = 24, COLUMNS_USUAL = 80 };

static const double pause_between = 0.1;	/* seconds */

/* A process has one terminal. */
static struct {
	int off, place, places;
	int shown;
	double begun, last;	/* seconds; begun 0: not yet */
} state;

void
progress_place(int place, int places)
{
	state.place = place;
	state.places = places;
}

void
progress_off(void)
{
	state.off = 1;
}

int
progress_has_colour(void)
{
	const char *no = getenv("NO_COLOR"), *term = getenv("TERM");

	return isatty(STDERR_FILENO) && (no == NULL || *no == '\0') &&
	    (term == NULL || strcmp(term, "dumb") != 0);
}

static double
now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static int
is_pipe(int fd)
{
	struct stat status;

	return fstat(fd, &status) == 0 && S_ISFIFO(status.st_mode);
}

static int
columns(void)
{
	struct winsize size;

	if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
		return size.ws_col;
	return COLUMNS_USUAL;
}

/* ---- what is shown ---- */

/* "1:05", "2:03:10": what is left, when that can be estimated. */
static void
add_left(long done, long total, double seconds, struct buf *out)
{
	long left;

	if (total <= 0 || done <= 0 || seconds < 1)
		return;
	left = (long)(seconds * (double)(total - done) / (double)done + 0.5);
	if (left >= 3600)
		buf_addf(out, "%ld:%02ld:%02ld", left / 3600, left / 60 % 60, left % 60);
	else
		buf_addf(out, "%ld:%02ld", left / 60, left % 60);
}

static void
add_count(long done, long total, struct buf *out)
{
	if (total > 0)
		buf_addf(out, "%ld/%ld", done, total);
	else
		buf_addf(out, "%ld", done);
}

static void
add_line(const char *name, long done, long total, double seconds, struct buf *out)
{
	int cell, filled = total > 0 ? (int)((long long)BAR_CELLS * done / total) : 0;

	buf_addf(out, "%s: ", name);
	if (total > 0) {
		buf_addc(out, '[');
		for (cell = 0; cell < BAR_CELLS; cell++)
			buf_addc(out, cell < filled ? '#' : ' ');
		buf_adds(out, "] ");
	}
	add_count(done, total, out);
	if (seconds >= 1 && done > 0)
		buf_addf(out, ", %.*f/s", (double)done / seconds < 10, (double)done / seconds);
	if (total > 0 && seconds >= 1 && done > 0) {
		buf_adds(out, ", -");
		add_left(done, total, seconds, out);
	}
}

static void
add_part(const char *name, long done, long total, double seconds, int wide,
    struct buf *out)
{
	size_t room = wide > 1 ? (size_t)wide - 1 : 0, begun = out->len, before;

	if (strncmp(name, "tc-", 3) == 0)
		name += 3;
	buf_addf(out, "%.*s ", (int)(room < 12 ? 4 : 9), name);
	add_count(done, total, out);
	before = out->len;
	if (total > 0 && seconds >= 1 && done > 0) {
		buf_adds(out, " -");
		add_left(done, total, seconds, out);
	}
	if (out->len - begun > room)
		out->len = before;
	if (out->len - begun > room)
		out->len = begun + room;
	while (out->len - begun < room)
		buf_addc(out, ' ');
	buf_addc(out, ' ');
	out->data[out->len] = '\0';
}

/* One call, so that tools do not write into one another's. */
static void
put(const struct buf *text)
{
	ssize_t ignored = write(STDERR_FILENO, text->data, text->len);

	(void)ignored;
}

void
progress_show(const char *name, long done, long total)
{
	struct buf text = BUF_INIT;
	double time;
	int wide;

	if (state.off || !isatty(STDERR_FILENO))
		return;
	time = now();
	if (state.begun == 0)
		state.begun = time;
	if (state.shown && time - state.last < pause_between)
		return;
	state.last = time;
	state.shown = 1;
	if (state.places > 1 && (is_pipe(STDIN_FILENO) || is_pipe(STDOUT_FILENO))) {
		wide = columns() / state.places;
		buf_addc(&text, '\r');
		if (state.place > 0)
			buf_addf(&text, "\033[%dC", wide * state.place);
		add_part(name, done, total, time - state.begun, wide, &text);
		buf_addc(&text, '\r');
	} else {
		buf_addc(&text, '\r');
		add_line(name, done, total, time - state.begun, &text);
		buf_adds(&text, "\033[K");
	}
	put(&text);
	buf_release(&text);
}

/* The parts of others are taken away as well: those that go on write theirs again. */
void
progress_end(void)
{
	struct buf text = BUF_INIT;

	if (state.off || !isatty(STDERR_FILENO) || (!state.shown && state.places < 2))
		return;
	buf_adds(&text, "\r\033[K");
	put(&text);
	buf_release(&text);
	state.shown = 0;
}
