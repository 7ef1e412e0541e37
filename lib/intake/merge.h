#ifndef TC_MERGE_H
#define TC_MERGE_H
/*
 * merge: this run's uploads become part of the ledger.
 *
 * An upload with the name and entries of an earlier one is the same upload and not a new
 * one.  Of an entry that could be read only in one of them, the readable one is kept.
 */
#include <stddef.h>	/* size_t */

struct ledger;
struct ledger_upload;

/* Whether found is none of the ledger's first count uploads. */
int merge_is_new(const struct ledger *ledger, size_t count,
    const struct ledger_upload *found);

/* Merge found into the upload that it is, or move it to the ledger's end; found
 * is empty afterwards.  Returns which upload of the ledger it is now. */
size_t merge(struct ledger *ledger, struct ledger_upload *found);

#endif
