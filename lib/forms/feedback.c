#include "lib/forms/feedback.h"

#include <stdlib.h>

#include "lib/base/buf.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/forms/errata.h"
#include "lib/product/kind.h"
#include "lib/stream/stream.h"

struct feedback {
	const struct kind_options *options;
	struct errata errata;
	struct io_product *products;
	int product_count;
};

static int
feedback_begin(void *state, struct segment *segment, struct buf *err)
{
	struct feedback *feedback = state;

	feedback->errata.full_id = feedback->options->full_id;
	return errata_begin(&feedback->errata, segment, 0, err);
}

static int
feedback_collect(void *state, const struct node *photo, size_t index,
    struct buf *err)
{
	struct feedback *feedback = state;

	(void)err;
	errata_collect(&feedback->errata, photo, index);
	return 0;
}

static void
reset(struct feedback *feedback)
{
	int i;

	for (i = 0; i < feedback->product_count; i++)
		kind_release(&feedback->products[i]);
	free(feedback->products);
	feedback->products = NULL;
	feedback->product_count = 0;
	errata_release(&feedback->errata);
}

static int
feedback_publish(void *state, struct buf *err)
{
	struct feedback *feedback = state;
	int i, result = 0;

	for (i = 0; i < feedback->product_count && result == 0; i++)
		result = kind_publish(feedback->options, &feedback->products[i],
		    err);
	reset(feedback);
	return result;
}

static int
write_book(struct feedback *feedback, const struct segment *segment, int number,
    struct buf *err)
{
	const struct kind_part part = { .volume = number + 1 };
	struct io_product *product = &feedback->products[number];

	if (kind_open(&feedback_kind, feedback->options, segment, &part, product,
	    err) != 0)
		return -1;
	feedback->product_count++;
	return errata_write(&feedback->errata, number, product->part,
	    feedback_kind.title, err);
}

static int
feedback_end(void *state, struct segment *segment, struct buf *err)
{
	struct feedback *feedback = state;
	int i, books;

	if (errata_sort(&feedback->errata, err) != 0)
		return -1;
	books = errata_books(&feedback->errata);
	feedback->products = xcalloc((size_t)books, sizeof *feedback->products);
	for (i = 0; i < books; i++)
		if (write_book(feedback, segment, i, err) != 0)
			return -1;
	return kind_publishes_each(feedback->options) ?
	    feedback_publish(feedback, err) : 0;
}

static void *
feedback_start(const struct kind_options *options)
{
	struct feedback *feedback = xcalloc(1, sizeof *feedback);

	feedback->options = options;
	return feedback;
}

static void
feedback_stop(void *state)
{
	reset(state);
	free(state);
}

static const struct stream_filter filter = {
	.tool = "tc-export",
	.needs = stream_normalized,
	.holds = 1,
	.begin = feedback_begin,
	.collect = feedback_collect,
	.end = feedback_end,
	.publish = feedback_publish
};

const struct kind feedback_kind = {
	.name = "feedback",
	.what = "the workbook with which a school proofs its images",
	.title = "电子图像校对反馈表",
	.extension = ".xlsx",
	.takes = KIND_FULL_ID,
	.filter = &filter,
	.start = feedback_start,
	.stop = feedback_stop
};
