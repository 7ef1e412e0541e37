#ifndef TC_UPLOADSTATE_H
#define TC_UPLOADSTATE_H
/*
 * uploadstate: which uploads of the ledger were read from which files (lib/archive/stamp.h),
 * so that a file that is as it was is not read again.
 *
 * batch/seen: the SHA-256 of uploads.ndjson, then the stamp of each upload in it, a
 * line each, "-" for none.  It saves time and holds nothing else: without it, or with
 * another uploads.ndjson than the one it was written for, all is read again, and the
 * result is the same.
 */
#include <stddef.h>	/* size_t */

#include "lib/base/hash.h"	/* HASH_TEXT */

struct batch;
struct buf;
struct ledger;
struct ledger_upload;

struct uploadstate {
	char (*stamps)[HASH_TEXT];	/* of the ledger's uploads; "": none */
	size_t count;
};

/* Read what was saved with this ledger; where that fails, all uploads are read again. */
void uploadstate_load(struct uploadstate *state, const struct batch *batch,
    const struct ledger *ledger);
/* Save for the ledger, which is saved.  0, or -1 with the reason. */
int uploadstate_save(const struct uploadstate *state, const struct batch *batch,
    struct buf *err);
void uploadstate_release(struct uploadstate *state);

/* The upload with this stamp, -1 when there is none or stamp is "". */
long uploadstate_find(const struct uploadstate *state, const char *stamp);
/* The upload at index was read whole from what has this stamp. */
void uploadstate_set(struct uploadstate *state, size_t index, const char *stamp);

/* Whether all that can be read of an upload was read, and its pictures lie in the
 * batch with the size that they had. */
int uploadstate_is_whole(const struct batch *batch,
    const struct ledger_upload *upload);
/* Take over into found, which has the same stamp as known, what entries were found to
 * be; those whose picture is not in the batch any more are left to be read. */
void uploadstate_reuse(const struct batch *batch, const struct ledger_upload *known,
    struct ledger_upload *found);

#endif
