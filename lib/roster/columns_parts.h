#ifndef TC_COLUMNS_PARTS_H
#define TC_COLUMNS_PARTS_H
/*
 * columns_parts: what columns.c, which keeps the headings, and columns_find.c, which
 * finds what a sheet's heading means, share; nobody else includes this.
 */
#include <stddef.h>	/* size_t */
#include <stdint.h>	/* uint16_t */

#include "lib/roster/columns.h"

struct buf;

/* What a line's left side may be besides a student's field. */
enum {
	GROUP_IGNORED = COLUMN_IGNORED, GROUP_FILLER = -3, GROUP_TOTAL = -4,
	GROUP_EXAMPLE = -5
};

struct column_heading {
	char *text;		/* folded */
	int group;		/* field or GROUP_ */
	int file;		/* which of the files it came from */
};

struct columns {
	const char *const *names;	/* of the fields; NULL: a student's */
	struct column_heading *headings;
	size_t count;
	uint16_t *order;	/* of those that name a column, by text */
	size_t order_count;
};

/* Blanks, case and width are folded; numbers and marks that adorn dropped. */
void columns_fold(const char *text, struct buf *out);
/* The place in order of the first that is not before the folded text. */
size_t columns_place(const struct columns *columns, const char *folded);
/* What a folded text is as it stands, filler among them, or NULL. */
const struct column_heading *columns_known(const struct columns *columns,
    const char *folded);

#endif
