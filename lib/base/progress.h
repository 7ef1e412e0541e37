#ifndef TC_PROGRESS_H
#define TC_PROGRESS_H
/*
 * progress: how far a run is, on one line of a terminal.
 *
 * A tool that stands alone has the whole line: a bar, how many of how many, how many
 * a second, and the time that is left.  The tools of a pipeline share the line: each
 * writes in its own part of it, by its place among them, and nowhere else, so that
 * they need not know of one another.  Nothing is written where standard error is no
 * terminal.
 */
struct buf;

/* This tool's place among so many: for a pipeline. */
void progress_place(int place, int places);
/* Show nothing from now on. */
void progress_off(void);

/* Done of total (0: unknown), at most ten times a second; name is the tool's. */
void progress_show(const char *name, long done, long total);
/* Take away what is shown. */
void progress_end(void);

/* Append the line, or the part of a line of so many columns, as it would be shown after
 * so many seconds. */
void progress_line(const char *name, long done, long total, double seconds, struct buf *out);
void progress_part(const char *name, long done, long total, double seconds, int columns,
    struct buf *out);

/* Whether standard error is a terminal on which colours are wanted: NO_COLOR is not
 * set, and TERM is not "dumb". */
int progress_has_colour(void);

#endif
