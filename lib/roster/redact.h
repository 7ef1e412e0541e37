#ifndef TC_REDACT_H
#define TC_REDACT_H
/*
 * redact: remove from a roster what collectors must not have.
 *
 * 教学服〔2022〕10号: where students are known by their capture codes (采集码) nobody
 * hands out lists of names or ID numbers.
 */
#include <stddef.h>	/* size_t */

#include "lib/base/mask.h"	/* enum mask_rule */

struct roster;

/* Keep of each name its masked form and of each ID number the last four characters.
 * Returns in how many rows there was more. */
size_t redact_roster(struct roster *roster, enum mask_rule rule);

#endif
