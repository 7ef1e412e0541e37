#include "lib/lists/indexkind.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/batch/batch.h"
#include "lib/check/likenessindex.h"
#include "lib/product/kind.h"
#include "lib/stream/stream.h"

struct indexing {
	const struct kind_options *options;
	struct io_product product;
	FILE *file;		/* the product's */
	struct likenessindex_index index;
	char *batch, *date;	/* of the first segment */
	int several;
};

/* The index is written through a stream of its own. */
static int
open_file(struct indexing *indexing, struct buf *err)
{
	int fd = dup(indexing->product.fd);

	indexing->file = fd != -1 ? fdopen(fd, "w+") : NULL;
	if (indexing->file != NULL)
		return 0;
	fault_own_system(err, "cannot write '%s'", indexing->product.path);
	if (fd != -1)
		close(fd);
	return -1;
}

static int
index_begin(void *state, struct segment *segment, struct buf *err)
{
	struct indexing *indexing = state;

	if (indexing->batch != NULL) {
		indexing->several |= strcmp(indexing->batch, segment->batch->id) != 0;
		return 0;
	}
	indexing->batch = xstrdup(segment->batch->id);
	indexing->date = xstrdup(segment->batch->date);
	if (kind_open_whole(&indexkind_kind, indexing->options, segment, &indexing->product,
	    err) != 0)
		return -1;
	return open_file(indexing, err) != 0 ? -1 :
	    likenessindex_begin(&indexing->index, indexing->file, err);
}

static int
index_collect(void *state, const struct node *photo, size_t index,
    struct buf *err)
{
	struct indexing *indexing = state;
	struct likenessindex_entry entry;

	(void)index;
	return likenessindex_entry(photo, &entry) ?
	    likenessindex_add(&indexing->index, &entry, err) : 0;
}

static int
index_publish(void *state, struct buf *err)
{
	struct indexing *indexing = state;

	if (likenessindex_end(&indexing->index, err) != 0)
		return -1;
	if (indexing->several)
		kind_name_all(&indexkind_kind, indexing->options, indexing->date,
		    &indexing->product);
	return kind_publish(indexing->options, &indexing->product, err);
}

static void *
index_start(const struct kind_options *options)
{
	struct indexing *indexing = xcalloc(1, sizeof *indexing);

	indexing->options = options;
	indexing->product.fd = -1;
	return indexing;
}

static void
index_describe(const void *state, struct buf *out)
{
	const struct indexing *indexing = state;

	buf_addf(out, "%llu photos", (unsigned long long)indexing->index.count);
}

static void
index_stop(void *state)
{
	struct indexing *indexing = state;

	likenessindex_abandon(&indexing->index);
	if (indexing->file != NULL)
		fclose(indexing->file);
	kind_release(&indexing->product);
	free(indexing->batch);
	free(indexing->date);
	free(indexing);
}

static const struct stream_filter filter = {
	.tool = "tc-export",
	.begin = index_begin,
	.collect = index_collect,
	.publish = index_publish
};

const struct kind indexkind_kind = {
	.name = "index",
	.what = "an index of the photos for tc-check --earlier",
	.title = "照片比对索引",
	.extension = ".index",
	.filter = &filter,
	.start = index_start,
	.describe = index_describe,
	.stop = index_stop
};
