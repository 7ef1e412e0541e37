#ifndef TC_CENSUS_H
#define TC_CENSUS_H
/*
 * census: that a segment holds all its records, each once.
 *
 * A photo record's id is BATCH-N, and N is given once: a record that occurs twice has
 * replaced another, or a manifest was put together wrongly.  A hash of all ids in their
 * order is in `end`, so that one record cannot replace another unnoticed.  One bit a record.
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

/* Compare `end` with the records that were read.  1 when they agree; 0 with the reason when
 * they do not; -1 when `end` itself is not valid. */
int census_compare(const struct census *census, const struct node *end, struct buf *err);

#endif
