#ifndef TC_MSG_H
#define TC_MSG_H
/*
 * msg: the only writer to standard error.
 *
 * A message is one line: the tool's name, a colon, the sentence; see msg_make_plain.
 * Sentences are given in English; a translator puts them into the operator's language.
 */
#include <stdio.h>	/* FILE */

#include "lib/base/end.h"

struct buf;

/* From now on discard what libraries print on standard error: it would name files and
 * cells; the tools report errors themselves. */
void msg_silence_libraries(void);

/* Print a line and go on. */
void msg_warn(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* Print a line, remove temporary files (io_cleanup) and exit with
 * EXIT_NO_WORK. */
void msg_die(const char *format, ...)
	__attribute__((format(printf, 1, 2), noreturn));

/* Function that appends a sentence in the operator's language; none: English. */
void msg_set_translator(void (*translator)(const char *sentence, struct buf *out));

/* Show progress: done of total (0: unknown), see progress.h; nothing after
 * msg_quiet. */
void msg_quiet(void);
void msg_progress(long done, long total);
void msg_progress_end(void);

/* Replace in place by '?' what a terminal would obey: control characters, including those
 * of two bytes in UTF-8 (U+0080 to U+009F).  With lines, line feeds stay. */
void msg_make_plain(char *text, int lines);

/* Append the sentence in the operator's language. */
void msg_say(const char *sentence, struct buf *out);

/* Print a line, in the operator's language, without the tool's name. */
void msg_line(const char *sentence);

/* Send the lines of msg_line, msg_note and msg_result to file instead of standard error;
 * borrowed. */
void msg_set_notes(FILE *file);

/* One-line summary at the end of a run, silenced by msg_quiet. */
void msg_note(const char *format, ...) __attribute__((format(printf, 1, 2)));

/* The line at the end of a run that an operator can forward as it is: without the tool's
 * name; silenced by msg_quiet. */
void msg_result(const char *sentence);

#endif
