#ifndef TC_EARLIER_H
#define TC_EARLIER_H
/*
 * earlier: whether a photo of the batch is another person's in an earlier collection, of
 * last year or of another school.
 *
 * Collections are manifests, or indexes made of them (likenessindex.h).  A manifest is read
 * once, into an index in a file of the batch that has no name; indexes are gone through
 * piece by piece for each segment, in constant memory.  The same bytes count, and faces
 * whose hashes and small pictures (likeness.h) agree, as they are or in a mirror.
 * Photos of the same batch, and of the same person as far as an index knows persons,
 * are left out.
 */
#include <stddef.h>	/* size_t */

#include "lib/check/duplicates.h"

struct batch;
struct buf;
struct earlier;
struct remembered;

struct earlier_found {
	enum duplicate_kind kind;
	double correlation;	/* 1 for the same bytes */
	int mirrored;
	const char *file;	/* as it may be shown; borrowed */
	const char *record;	/* its id there; borrowed */
};

struct earlier *earlier_new(void);
void earlier_free(struct earlier *earlier);	/* NULL is fine */

/* Add the collection at path.  A manifest's index is made in batch's directory.  0, or -1
 * with the reason: no collection, or not complete. */
int earlier_add(struct earlier *earlier, const char *path, const struct batch *batch,
    struct buf *err);

/* Compare the photos of a batch, count of them; batch is its id.  0, or -1 with the
 * reason.  Replaces what was found for the segment before. */
int earlier_find(struct earlier *earlier, const char *batch,
    const struct remembered *photos, size_t count, int distance, double correlation,
    struct buf *err);

struct earlier_found earlier_of(const struct earlier *earlier, size_t index);

#endif
