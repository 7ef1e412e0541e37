#include "lib/product/review.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/picture/img.h"
#include "lib/product/kind.h"
#include "lib/product/preview.h"
#include "lib/product/pupils.h"
#include "lib/product/reviewpage.h"
#include "lib/record/profile.h"
#include "lib/record/status.h"
#include "lib/record/stream.h"

struct review {
	const struct kind_options *options;
	struct segment *segment;
	struct reviewpage page;
	struct io_product *products;
	int product_count;
	int volume;			/* of the segment, pages written */
	int failed;			/* a page could not be written */
	long records;			/* of all segments */
};

/* ---- which ---- */

static int
is_shown(const struct review *review, const struct node *photo)
{
	if (!pupils_is_row(photo) ||
	    node_text(node_get(photo, "source"), "sha256") == NULL)
		return 0;
	return review->options->all || status_of(photo) == STATUS_REVIEW;
}

static int
review_wants(void *state, const struct node *photo)
{
	return is_shown(state, photo) && status_of(photo) != STATUS_UNREADABLE;
}

/* ---- previews, in workers ---- */

static int
review_start_worker(void *state, struct buf *err)
{
	(void)state;
	return img_start(err);
}

/* A record without a preview is shown without it: the review must not be the
 * reason why a photo is called unreadable. */
static int
review_work(void *state, struct node *photo, struct buf *err)
{
	const struct review *review = state;
	const struct node *source = node_get(photo, "source");
	const struct node *normalized = node_get(photo, "normalized");
	const struct batch *batch = review->segment->batch;
	long pixels_max = profile_integer(review->segment->profile, "ingest",
	    "pixels_max");
	struct buf ignored = BUF_INIT;

	(void)err;
	preview_make(batch, PREVIEW_ORIGINAL, node_text(source, "path"),
	    node_text(source, "sha256"), pixels_max, &ignored);
	preview_make(batch, PREVIEW_RESULT, node_text(normalized, "path"),
	    node_text(normalized, "sha256"), pixels_max, &ignored);
	buf_release(&ignored);
	return 0;
}

/* ---- pages ---- */

static int
write_page(struct review *review, struct buf *err)
{
	const struct kind_part part = { .volume = ++review->volume };
	struct io_product *product;
	struct buf html = BUF_INIT;
	int result = -1;

	review->products = xrealloc_array(review->products,
	    (size_t)review->product_count + 1, sizeof *review->products);
	product = &review->products[review->product_count];
	if (kind_open(&review_kind, review->options, review->segment, &part,
	    product, err) != 0)
		return -1;
	review->product_count++;
	if (reviewpage_print(&review->page, review->segment, part.volume, &html,
	    err) != 0)
		goto out;
	result = io_write_all(product->fd, html.data, html.len);
	if (result != 0)
		buf_addf(err, "cannot write '%s': %s", product->path,
		    strerror(errno));
out:
	buf_release(&html);
	return result;
}

static int
review_begin(void *state, struct segment *segment, struct buf *err)
{
	struct review *review = state;

	(void)err;
	review->segment = segment;
	review->volume = 0;
	reviewpage_init(&review->page, REVIEWPAGE_REVIEW);
	return 0;
}

static int
review_collect(void *state, struct node *photo, size_t index, struct buf *err)
{
	struct review *review = state;

	(void)index;
	if (!is_shown(review, photo))
		return 0;
	review->records++;
	reviewpage_add(&review->page, review->segment, photo);
	if (review->page.count < REVIEWPAGE_RECORDS_MAX)
		return 0;
	review->failed |= write_page(review, err) != 0;
	return review->failed ? -1 : 0;
}

static void
reset(struct review *review)
{
	for (int i = 0; i < review->product_count; i++)
		kind_release(&review->products[i]);
	free(review->products);
	review->products = NULL;
	review->product_count = 0;
}

static int
review_publish(void *state, struct buf *err)
{
	struct review *review = state;
	int result = 0;

	for (int i = 0; i < review->product_count && result == 0; i++)
		result = kind_publish(review->options, &review->products[i],
		    err);
	reset(review);
	return result;
}

static int
review_end(void *state, struct segment *segment, struct buf *err)
{
	struct review *review = state;

	(void)segment;
	if (review->failed) {
		buf_adds(err, "a page could not be written");
		return -1;
	}
	if ((review->page.count > 0 || review->volume == 0) &&
	    write_page(review, err) != 0)
		return -1;
	reviewpage_release(&review->page);
	return kind_publishes_each(review->options) ?
	    review_publish(review, err) : 0;
}

/* ---- state ---- */

static void *
review_start(const struct kind_options *options)
{
	struct review *review = xcalloc(1, sizeof *review);

	review->options = options;
	reviewpage_init(&review->page, REVIEWPAGE_REVIEW);
	return review;
}

static void
review_describe(const void *state, struct buf *out)
{
	const struct review *review = state;

	buf_addf(out, "%ld records to review", review->records);
}

static void
review_stop(void *state)
{
	struct review *review = state;

	reset(review);
	reviewpage_release(&review->page);
	free(review);
}

static const struct stream_filter filter = {
	.tool = "tc-export",
	.needs = stream_checked,
	.begin = review_begin,
	.wants = review_wants,
	.start = review_start_worker,
	.work = review_work,
	.collect = review_collect,
	.end = review_end,
	.publish = review_publish
};

const struct kind review_kind = {
	.name = "review",
	.title = "人工审核",
	.extension = ".html",
	.takes = KIND_ALL,
	.filter = &filter,
	.start = review_start,
	.describe = review_describe,
	.stop = review_stop
};
