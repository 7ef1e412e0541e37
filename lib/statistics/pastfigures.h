#ifndef TC_PASTFIGURES_H
#define TC_PASTFIGURES_H
/*
 * pastfigures: figures of past days as they were published, kept in the journal, so that a
 * later report does not contradict one that was sent.
 */
#include <stddef.h>	/* size_t */

#include "lib/statistics/figures.h"

struct buf;
struct journal;

enum { PASTFIGURES_DATE = sizeof "YYYY-MM-DD" };

struct pastfigures_day {
	char date[PASTFIGURES_DATE];
	struct figures_line total;
};

/* The days of a batch, in order, each with the figures that were published last; the
 * caller frees *days. */
size_t pastfigures_load(const struct journal *journal, struct pastfigures_day **days);
void pastfigures_sort(struct pastfigures_day *days, size_t count);
/* The day's total, or NULL. */
const struct figures_line *pastfigures_find(const struct pastfigures_day *days, size_t count,
    const char *date);
/* Keep the figures, after they were published.  The batch is opened for it.  0, or -1
 * with the reason. */
int pastfigures_record(const char *directory, const struct pastfigures_day *day, struct buf *err);

#endif
