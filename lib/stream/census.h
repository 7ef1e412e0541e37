#ifndef TC_CENSUS_H
#define TC_CENSUS_H
/*
 * census: which records a segment holds, each of them once.
 *
 * A photo record's id is BATCH-N, and N is given once: a record that stands twice took
 * the place of another, or a manifest was put together wrongly.  The sum over all N in
 * their order stands in `end`, so that one record cannot be taken for another.  One bit a
 * record.
 */
#include "lib/base/hash.h"

struct buf;
struct node;

struct census {
	char *prefix;		/* "BATCH-" */
	unsigned char *seen;	/* a bit for each N */
	size_t room;		/* bytes of it */
	long records;		/* of all types */
	long lost;		/* lines that were no records: reported already, and the sum
				 * cannot be held against them */
	struct hash *ids;
};

void census_begin(struct census *census, const char *batch);
void census_release(struct census *census);	/* twice is fine */

/* Count a record.  0, or -1 with the reason: a photo record without an id of the batch,
 * or with one that was there before. */
int census_add(struct census *census, const struct node *record, struct buf *err);

/* Write the sum into `end`. */
void census_set(const struct census *census, struct node *end);

/* Hold what `end` says against the records that were there.  1 when they are those, 0
 * when they are others, with the reason; -1 when no run can have written such an `end`. */
int census_compare(const struct census *census, const struct node *end, struct buf *err);

#endif
