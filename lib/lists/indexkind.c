#include "lib/lists/indexkind.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/check/likenessindex.h"
#include "lib/product/kind.h"
#include "lib/batch/batch.h"
#include "lib/stream/stream.h"

struct memory {
	const struct kind_options *options;
	struct io_product product;
	FILE *file;		/* the product's */
	struct likenessindex_index index;
	char *batch, *date;	/* of the first segment */
	int several;
};

static int
memory_begin(void *state, struct segment *segment, struct buf *err)
{
	struct memory *memory = state;
	int fd;

	if (memory->batch != NULL) {
		memory->several |= strcmp(memory->batch, segment->batch->id) != 0;
		return 0;
	}
	memory->batch = xstrdup(segment->batch->id);
	memory->date = xstrdup(segment->batch->date);
	if (kind_open_whole(&indexkind_kind, memory->options, segment, &memory->product,
	    err) != 0)
		return -1;
	fd = dup(memory->product.fd);
	memory->file = fd >= 0 ? fdopen(fd, "w+") : NULL;
	if (memory->file != NULL)
		return likenessindex_begin(&memory->index, memory->file, err);
	buf_addf(err, "cannot write '%s': %s", memory->product.path, strerror(errno));
	return -1;
}

static int
memory_collect(void *state, const struct node *photo, size_t index,
    struct buf *err)
{
	struct memory *memory = state;
	struct likenessindex_entry entry;

	(void)index;
	return likenessindex_entry(photo, &entry) ?
	    likenessindex_add(&memory->index, &entry, err) : 0;
}

static int
memory_publish(void *state, struct buf *err)
{
	struct memory *memory = state;

	if (likenessindex_end(&memory->index, err) != 0)
		return -1;
	if (memory->several)
		kind_name_all(&indexkind_kind, memory->options, memory->date,
		    &memory->product);
	return kind_publish(memory->options, &memory->product, err);
}

static void *
memory_start(const struct kind_options *options)
{
	struct memory *memory = xcalloc(1, sizeof *memory);

	memory->options = options;
	memory->product.fd = -1;
	return memory;
}

static void
memory_describe(const void *state, struct buf *out)
{
	const struct memory *memory = state;

	buf_addf(out, "%llu photos", (unsigned long long)memory->index.count);
}

static void
memory_stop(void *state)
{
	struct memory *memory = state;

	likenessindex_abandon(&memory->index);
	if (memory->file != NULL)
		fclose(memory->file);
	kind_release(&memory->product);
	free(memory->batch);
	free(memory->date);
	free(memory);
}

static const struct stream_filter filter = {
	.tool = "tc-export",
	.begin = memory_begin,
	.collect = memory_collect,
	.publish = memory_publish
};

const struct kind indexkind_kind = {
	.name = "index",
	.what = "what tc-check --earlier knows the photos again by",
	.title = "照片比对索引",
	.extension = ".index",
	.filter = &filter,
	.start = memory_start,
	.describe = memory_describe,
	.stop = memory_stop
};
