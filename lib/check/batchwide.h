#ifndef TC_BATCHWIDE_H
#define TC_BATCHWIDE_H
/*
 * batchwide: the checks that need all photos of a batch.
 *
 * The same picture for two persons, here or in an earlier collection, and which of
 * several photos of a student counts (choose.h).  Photos are added in the order of
 * the stream, then batchwide_judge looks at them together, then each is finished.
 */
#include <stddef.h>	/* size_t */

struct batchwide;
struct buf;
struct earlier;
struct node;
struct segment;

/* See struct duplicates_setup. */
typedef int batchwide_fetch(void *state, const unsigned char *sum, unsigned char *pixels);

/* tool is the name under which the checks are written.  fetch is called in worker
 * processes with state, and gives upright faces. */
struct batchwide *batchwide_new(const char *tool, batchwide_fetch *fetch, void *state);
void batchwide_free(struct batchwide *batchwide);	/* NULL is fine */

/* Compare every segment with earlier collections, or NULL; borrowed. */
void batchwide_compare(struct batchwide *batchwide, struct earlier *earlier);

/* Whether the tool measures the photo: it has a picture that can be read. */
int batchwide_measures(const struct batchwide *batchwide, const struct node *photo);

/* Add the next photo. */
void batchwide_add(struct batchwide *batchwide, const struct node *photo);
/* After the last photo of a segment.  0, or -1 with the reason. */
int batchwide_judge(struct batchwide *batchwide, struct segment *segment, struct buf *err);
/* Complete the photo that was added as the index-th; it may be replaced. */
void batchwide_finish(const struct batchwide *batchwide, struct node **photo,
    size_t index);

#endif
