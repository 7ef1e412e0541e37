#ifndef TC_REASONS_TABLE_H
#define TC_REASONS_TABLE_H
/*
 * reasons_table: what each check is called, and what is said when it fails.  For
 * reasons.c alone.
 *
 * {value}, {min} and {max} stand for the check's numbers, {detail} for its detail.  A
 * sentence is for what was measured below min or above max; where only one of the two can
 * happen the other is NULL, and a check without a number has its sentence in below.
 */
#include <stddef.h>	/* size_t */

struct reason {
	const char *id;
	const char *name[2];		/* by enum language */
	const char *below[2], *above[2];
};

/* Where a warning means something else than a failure. */
struct reason_warning {
	const char *id;
	const char *sentence[2];	/* by enum language */
};

/* NULL when there are no more. */
const struct reason *reasons_at(size_t check);

/* NULL when a warning of this check is said as its failure. */
const struct reason_warning *reasons_warning(const char *id);

#endif
