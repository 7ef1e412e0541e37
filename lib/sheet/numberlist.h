#ifndef TC_NUMBERLIST_H
#define TC_NUMBERLIST_H
/*
 * numberlist: a file of student numbers or record ids, one a line.
 *
 * Blanks round a number, empty lines and lines that begin with '#' do not count.
 */
#include <stddef.h>	/* size_t */

#include "lib/base/buf.h"

enum { NUMBERLIST_MAX = 1 << 20 };	/* lines */

struct numberlist {
	struct buf text;
	struct numberlist_line {
		size_t at;	/* of its text */
		long number;	/* of the line, from 1 */
		int used;
	} *lines;
	size_t count, room;
};

/* Read.  0, or -1 with the reason.  Release with numberlist_release either way. */
int numberlist_read(const char *path, struct numberlist *list, struct buf *err);
void numberlist_release(struct numberlist *list);

/* Whether the list names it, which is noted; NULL is never named. */
int numberlist_has(struct numberlist *list, const char *number);
/* The number of the next line above line that nothing had, or 0. */
long numberlist_unused(const struct numberlist *list, long line);

#endif
