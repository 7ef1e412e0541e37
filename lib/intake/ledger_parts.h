#ifndef TC_LEDGER_PARTS_H
#define TC_LEDGER_PARTS_H
/*
 * ledger_parts: what ledger.c and ledger_file.c share.
 */
#include <stddef.h>	/* size_t */

/* An array that holds count items gets room for one more, in powers of two. */
void *ledger_one_more(void *items, size_t count, size_t size);

#endif
