#ifndef TC_LISTKIND_H
#define TC_LISTKIND_H
/*
 * listkind: the common part of kinds that list students of a batch, in the order of lists.
 *
 * The state of such a kind begins with a struct listkind; its filter has listkind_begin,
 * listkind_end and listkind_publish, and a collect of its own, which adds each student who
 * is listed to order (order_add).
 */
#include <stddef.h>	/* size_t */

#include "lib/base/io.h"
#include "lib/sheet/order.h"

struct buf;
struct kind;
struct kind_options;
struct segment;

struct listkind {
	const struct kind *kind;
	const struct kind_options *options;
	/* Write what is listed to the file at path.  0, or -1 with the reason. */
	int (*write)(void *state, const char *path, struct buf *err);
	struct segment *segment;	/* the present batch */
	struct order order;		/* who is listed in it; sorted when write is called */
	struct io_product product;
};

/* For struct kind: allocate a state of that many bytes, zeroed behind its listkind; free
 * it. */
void *listkind_new(size_t bytes, const struct kind *kind,
    const struct kind_options *options,
    int (*write)(void *state, const char *path, struct buf *err));
void listkind_free(void *state);

/* For struct stream_filter. */
int listkind_begin(void *state, struct segment *segment, struct buf *err);
int listkind_end(void *state, struct segment *segment, struct buf *err);
int listkind_publish(void *state, struct buf *err);

#endif
