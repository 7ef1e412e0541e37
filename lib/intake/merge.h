#ifndef TC_MERGE_H
#define TC_MERGE_H
/*
 * merge: this run's uploads become part of the ledger.
 *
 * An upload that was there before, with the same name and the same entries, is
 * the same upload and not a new one.  Entries that could not be read the one time
 * may be whole the other time; then what could be read is kept.
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
