#include "lib/review/review.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/decision/status.h"
#include "lib/picture/img.h"
#include "lib/product/kind.h"
#include "lib/product/preview.h"
#include "lib/profile/profile.h"
#include "lib/review/reviewpage.h"
#include "lib/stream/stream.h"

enum { OTHERS_MAX = 3 };	/* beside one photo */

/* The member with which a worker tells the parent; it never leaves the tool. */
static const char NO_PREVIEW[] = "no_preview";

/* A photo that another one may be. */
struct suspect {
	char *id;
	size_t index;
};

struct review {
	const struct kind_options *options;
	struct segment *segment;
	struct reviewpage page;
	struct io_product *products;
	int product_count;
	int volume;			/* of the segment, pages written */
	size_t *shown;			/* indices of photos */
	size_t shown_count, shown_room;
	struct suspect *suspects;
	size_t suspect_count;
	long records;			/* of all segments */
};

/* ---- which ---- */

static int
is_shown(const struct review *review, const struct node *photo)
{
	if (!status_is_students(photo) ||
	    node_text(node_get(photo, "source"), "sha256") == NULL)
		return 0;
	return review->options->all || status_of(photo) == STATUS_REVIEW;
}

/* The record that the check names, when it says that the photo is another's too. */
static const char *
named_other(const struct node *check)
{
	const char *id = node_text(check, "id");
	const char *verdict = node_text(check, "verdict");

	if (id == NULL || verdict == NULL || strncmp(id, "duplicate.", 10) != 0 ||
	    strcmp(verdict, "fail") != 0)
		return NULL;
	return node_text(check, "detail");
}

static int
is_suspect(const struct node *photo)
{
	const struct node *checks = node_get(photo, "checks");

	for (size_t i = 0; i < node_count(checks); i++)
		if (named_other(node_at(checks, i)) != NULL)
			return 1;
	return 0;
}

static int
review_wants(void *state, const struct node *photo)
{
	return (is_shown(state, photo) || is_suspect(photo)) &&
	    status_of(photo) != STATUS_UNREADABLE;
}

/* ---- previews, in workers ---- */

static int
review_start_worker(void *state, struct buf *err)
{
	(void)state;
	return img_start(err);
}

/* A record without a preview is shown without it: the review must not be the reason
 * why a photo is called unreadable.  So the parent is told by a member. */
static int
review_work(void *state, struct node *photo, struct buf *err)
{
	const struct review *review = state;
	struct buf reason = BUF_INIT;
	int result = preview_make(review->segment->batch, photo,
	    profile_integer(review->segment->profile, "ingest", "pixels_max"),
	    &reason);

	if (result < 0)
		fault_own(err, "a preview cannot be kept: %s", reason.data);
	else if (result > 0)
		node_set_text(photo, NO_PREVIEW, reason.data);
	buf_release(&reason);
	return result < 0 ? -1 : 0;
}

/* ---- collecting ---- */

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

static void
note_suspect(struct review *review, const struct node *photo, size_t index)
{
	const char *id = node_text(photo, "id");

	if (id == NULL || !is_suspect(photo))
		return;
	review->suspects = xrealloc_array(review->suspects,
	    review->suspect_count + 1, sizeof *review->suspects);
	review->suspects[review->suspect_count].id = xstrdup(id);
	review->suspects[review->suspect_count++].index = index;
}

static void
note_shown(struct review *review, size_t index)
{
	if (review->shown_count == review->shown_room) {
		review->shown_room = 2 * review->shown_room + 64;
		review->shown = xrealloc_array(review->shown, review->shown_room,
		    sizeof *review->shown);
	}
	review->shown[review->shown_count++] = index;
	review->records++;
}

static int
review_collect(void *state, const struct node *photo, size_t index,
    struct buf *err)
{
	struct review *review = state;
	const char *failed = node_text(photo, NO_PREVIEW);
	int result = 0;

	if (failed != NULL) {
		buf_addf(err, "it is shown without its picture: %s", failed);
		result = -1;
	}
	note_suspect(review, photo, index);
	if (is_shown(review, photo))
		note_shown(review, index);
	return result;
}

static void
review_finish(void *state, struct node **photo, size_t index)
{
	(void)state;
	(void)index;
	node_remove(*photo, NO_PREVIEW);
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
	result = io_product_write(product, html.data, html.len, err);
out:
	buf_release(&html);
	return result;
}

static struct node *
find_suspect(const struct review *review, const char *id)
{
	for (size_t i = 0; i < review->suspect_count; i++)
		if (strcmp(review->suspects[i].id, id) == 0)
			return stream_held(review->segment,
			    review->suspects[i].index);
	return NULL;
}

/* The photos of this batch that the record's checks name, each once. */
static size_t
find_others(const struct review *review, const struct node *photo,
    struct node *others[static OTHERS_MAX])
{
	const struct node *checks = node_get(photo, "checks");
	const char *seen[OTHERS_MAX];
	size_t count = 0, k;

	for (size_t i = 0; i < node_count(checks) && count < OTHERS_MAX; i++) {
		const char *id = named_other(node_at(checks, i));

		for (k = 0; id != NULL && k < count; k++)
			if (strcmp(seen[k], id) == 0)
				id = NULL;
		if (id == NULL || (others[count] = find_suspect(review, id)) == NULL)
			continue;
		seen[count++] = id;
	}
	return count;
}

static int
add_record(struct review *review, size_t index, struct buf *err)
{
	struct node *photo = stream_held(review->segment, index);
	struct node *others[OTHERS_MAX];
	size_t count = find_others(review, photo, others);
	int result = reviewpage_add(&review->page, review->segment, photo,
	    (const struct node *const *)others, count, err);

	while (count > 0)
		node_free(others[--count]);
	node_free(photo);
	if (result == 0 && reviewpage_is_full(&review->page))
		result = write_page(review, err);
	return result;
}

static void
forget_records(struct review *review)
{
	while (review->suspect_count > 0)
		free(review->suspects[--review->suspect_count].id);
	free(review->suspects);
	free(review->shown);
	review->suspects = NULL;
	review->shown = NULL;
	review->shown_count = review->shown_room = 0;
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
	for (size_t i = 0; i < review->shown_count; i++)
		if (add_record(review, review->shown[i], err) != 0)
			return -1;
	if ((review->page.count > 0 || review->volume == 0) &&
	    write_page(review, err) != 0)
		return -1;
	reviewpage_release(&review->page);
	forget_records(review);
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
	forget_records(review);
	reviewpage_release(&review->page);
	free(review);
}

static const struct stream_filter filter = {
	.tool = "tc-export",
	.holds = 1,
	.needs = stream_checked,
	.begin = review_begin,
	.wants = review_wants,
	.start = review_start_worker,
	.work = review_work,
	.collect = review_collect,
	.end = review_end,
	.finish = review_finish,
	.publish = review_publish
};

const struct kind review_kind = {
	.name = "review",
	.what = "a page on which people decide, HTML",
	.title = "人工审核",
	.extension = ".html",
	.takes = KIND_ALL,
	.filter = &filter,
	.start = review_start,
	.describe = review_describe,
	.stop = review_stop
};
