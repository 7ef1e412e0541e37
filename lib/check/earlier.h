#ifndef TC_EARLIER_H
#define TC_EARLIER_H
/*
 * earlier: is a photo of the batch in a manifest that was made before, of last year or
 * of another school, as another person's.
 *
 * The manifests are read once, into a file of the batch that has no name, 208 bytes a
 * photo, and gone through for each segment; of the segment 208 bytes a photo are in
 * memory.  The same bytes count, and faces whose hashes and small pictures
 * (likeness.h) agree, where the manifest has them.  Photos of the same batch, and of
 * the same person, are left out.
 */
#include <stddef.h>	/* size_t */

#include "lib/check/duplicates.h"

struct batch;
struct buf;
struct earlier;
struct node;

struct earlier_found {
	enum duplicate_kind kind;
	double correlation;	/* 1 for the same bytes */
	const char *file;	/* as it may be shown; borrowed */
	const char *record;	/* its id there; borrowed */
};

/* Read the manifests at paths; NULL with the reason: one is none, or is cut.  batch
 * is where the file is made. */
struct earlier *earlier_new(const char *const *paths, size_t count,
    const struct batch *batch, struct buf *err);
void earlier_free(struct earlier *earlier);	/* NULL is fine */

/* Forget the segment before; add its next photo; after the last compare.  batch is
 * its id.  0, or -1 with the reason. */
void earlier_begin(struct earlier *earlier);
void earlier_add(struct earlier *earlier, const struct node *photo);
int earlier_find(struct earlier *earlier, const char *batch, int distance,
    double correlation, struct buf *err);

struct earlier_found earlier_of(const struct earlier *earlier, size_t index);

#endif
