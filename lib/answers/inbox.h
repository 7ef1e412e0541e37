#ifndef TC_INBOX_H
#define TC_INBOX_H
/*
 * inbox: the files of answers of one run, in the order of their dates.
 *
 * A file's date is the newest 时间 of its rows, where it has that column, else when
 * the file was last changed; of equal dates the one named first comes first.  The
 * stamped form has no rows, its date is given on the command line: it comes last.
 */
#include <stddef.h>	/* size_t */

struct profile;

enum inbox_kind {
	INBOX_LINK, INBOX_EXEMPTIONS, INBOX_UNLOCK, INBOX_CORRECTIONS,
	INBOX_RESULT, INBOX_FEEDBACK, INBOX_TRACKING
};

enum { INBOX_MAX = 1000 };	/* files of one run */

struct inbox_file {
	enum inbox_kind kind;
	const char *path;	/* of INBOX_FEEDBACK: CODE:DATE[:FILE] */
	long long time;		/* seconds since 1970, set by inbox_sort */
	size_t place;		/* on the command line */
};

/* A file that cannot be read gets date 0: its reader will report the reason. */
void inbox_sort(struct inbox_file *files, size_t count, const struct profile *profile);

#endif
