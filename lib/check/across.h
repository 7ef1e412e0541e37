#ifndef TC_ACROSS_H
#define TC_ACROSS_H
/*
 * across: what tc-check says of a photo only when all of the batch were read.
 *
 * The same picture for two persons, here or in an earlier collection, and which of
 * several photos of a student counts (choose.h).  Photos are added in the order of
 * the stream, then across_judge looks at them together, then each is finished.
 */
#include <stddef.h>	/* size_t */

struct across;
struct buf;
struct earlier;
struct node;
struct segment;

/* See struct duplicates_setup. */
typedef int across_fetch(void *state, const unsigned char *sum, unsigned char *pixels);

/* tool is whose checks they are.  fetch is called in worker processes and gives upright
 * faces; state is its. */
struct across *across_new(const char *tool, across_fetch *fetch, void *state);
void across_free(struct across *across);	/* NULL is fine */

/* What was made before, or NULL; the caller's, for every segment. */
void across_compare(struct across *across, struct earlier *earlier);

/* Whether the tool measures the photo: it has a picture that can be read. */
int across_measures(const struct across *across, const struct node *photo);

/* Add the next photo. */
void across_add(struct across *across, const struct node *photo);
/* After the last of a segment.  0, or -1 with the reason. */
int across_judge(struct across *across, struct segment *segment, struct buf *err);
/* Complete the photo that was added as the index-th; it may be replaced. */
void across_finish(const struct across *across, struct node **photo,
    size_t index);

#endif
