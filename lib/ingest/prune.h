#ifndef TC_PRUNE_H
#define TC_PRUNE_H
/*
 * prune: remove unreferenced files from a batch.
 *
 * Originals that neither an entry of the ledger nor a line of the journal names, as a
 * killed run leaves them; registration images that no record of the manifest names and
 * no bundle ever held, as another profile or version leaves them, with their cached
 * results.  All of it can be made again from the uploads.
 */
struct batch;
struct buf;
struct journal;
struct ledger;

struct prune {
	const struct batch *batch;	/* locked BATCH_EXCLUSIVE */
	const struct ledger *ledger;
	const struct journal *journal;
	int removes;			/* or only reports what it would remove */
};

/* The manifest is the last one of this batch, whole, and tc-normalize wrote it or saw
 * it: else -1 with the reason, and nothing is removed. */
int prune_batch(const struct prune *prune, const char *manifest,
    struct buf *err);

#endif
