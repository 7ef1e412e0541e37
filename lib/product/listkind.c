#include "lib/product/listkind.h"

#include <stdlib.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/product/kind.h"
#include "lib/product/students.h"
#include "lib/stream/stream.h"

void *
listkind_new(size_t bytes, const struct kind *kind, const struct kind_options *options,
    int (*write)(void *state, const char *path, struct buf *err))
{
	struct listkind *list = xcalloc(1, bytes);

	list->kind = kind;
	list->options = options;
	list->write = write;
	list->product.fd = -1;
	return list;
}

void
listkind_free(void *state)
{
	struct listkind *list = state;

	kind_release(&list->product);
	order_release(&list->order);
	free(list);
}

int
listkind_begin(void *state, struct segment *segment, struct buf *err)
{
	struct listkind *list = state;

	list->segment = segment;
	return students_order(&list->order, segment->profile, err);
}

int
listkind_publish(void *state, struct buf *err)
{
	struct listkind *list = state;
	int result = list->product.part != NULL ?
	    kind_publish(list->options, &list->product, err) : 0;

	kind_release(&list->product);
	order_release(&list->order);
	return result;
}

int
listkind_end(void *state, struct segment *segment, struct buf *err)
{
	const struct kind_part part = { .volume = 1 };
	struct listkind *list = state;

	order_sort(&list->order);
	if (kind_open(list->kind, list->options, segment, &part, &list->product,
	    err) != 0 || list->write(list, list->product.part, err) != 0)
		return -1;
	return kind_publishes_each(list->options) ? listkind_publish(list, err) : 0;
}
