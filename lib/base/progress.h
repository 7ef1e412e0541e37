#ifndef TC_PROGRESS_H
#define TC_PROGRESS_H
/*
 * progress: how far a run is, on one line of a terminal.
 *
 * A single tool has the whole line: a bar, done of total, how many a second, and the
 * time that is left.  The tools of a pipeline share the line: each writes only in its
 * own part of it, by its place in the pipeline, so that they need not communicate.
 * Nothing is written where standard error is no terminal.
 */
struct buf;

/* This tool is number place (from 0) of the places tools of a pipeline. */
void progress_place(int place, int places);
/* Show nothing from now on. */
void progress_off(void);

/* Done of total (0: unknown), at most ten times a second; name is the tool's. */
void progress_show(const char *name, long done, long total);
/* Take away what is shown. */
void progress_end(void);


/* Whether standard error is a terminal on which colours are wanted: NO_COLOR is not
 * set, and TERM is not "dumb". */
int progress_has_colour(void);

#endif
