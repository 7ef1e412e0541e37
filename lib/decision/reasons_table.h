#ifndef TC_REASONS_TABLE_H
#define TC_REASONS_TABLE_H
/*
 * reasons_table: the name of each check, and the sentences for its failures.  Only for
 * reasons.c.
 *
 * {value}, {min} and {max} stand for the check's numbers, {detail} for its detail.  There
 * is a sentence for a value below min and one for a value above max; where only one of the
 * two can happen the other is NULL, and a check without a number has its sentence in below.
 */
#include <stddef.h>	/* size_t */

struct reason {
	const char *id;
	const char *name[2];		/* by enum language */
	const char *below[2], *above[2];
};

/* A sentence for a check whose warning means something else than its failure. */
struct reason_warning {
	const char *id;
	const char *sentence[2];	/* by enum language */
};

/* NULL when there are no more. */
const struct reason *reasons_at(size_t check);

/* NULL when a warning of this check has the same sentence as its failure. */
const struct reason_warning *reasons_warning(const char *id);

#endif
