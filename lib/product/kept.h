#ifndef TC_KEPT_H
#define TC_KEPT_H
/*
 * kept: figures of past days as they were told, in the journal: a report that was
 * sent is not contradicted by a later one.
 */
#include <stddef.h>	/* size_t */

#include "lib/product/figures.h"

struct buf;
struct journal;

enum { KEPT_DATE = sizeof "YYYY-MM-DD" };

struct kept_day {
	char date[KEPT_DATE];
	struct figures_line total;
};

/* The days of a batch, the last word about each, in order; *days is the caller's to
 * free. */
size_t kept_load(const struct journal *journal, struct kept_day **days);
void kept_sort(struct kept_day *days, size_t count);
/* The day's total, or NULL. */
const struct figures_line *kept_find(const struct kept_day *days, size_t count,
    const char *date);
/* Keep what was told, after it was published.  The batch is opened for it.  0, or -1
 * with the reason. */
int kept_tell(const char *directory, const struct kept_day *day, struct buf *err);

#endif
