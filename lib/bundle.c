#include "lib/bundle.h"

#include <errno.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "lib/batch.h"
#include "lib/buf.h"
#include "lib/hash.h"
#include "lib/io.h"
#include "lib/kind.h"
#include "lib/listing.h"
#include "lib/mask.h"
#include "lib/mem.h"
#include "lib/node.h"
#include "lib/profile.h"
#include "lib/receipt.h"
#include "lib/register.h"
#include "lib/status.h"
#include "lib/stream.h"
#include "lib/zipin.h"
#include "lib/zipout.h"

enum { IMAGE_BYTES_MAX = 16 << 20, NAME_MAX_BYTES = 200 };

static const char sums_name[] = "SHA256SUMS";

/* An entry of the zip; id is its record's, NULL for a table. */
struct bundle_entry {
	char *name, *id;
	char sum[HASH_TEXT];
};

struct bundle {
	const struct kind_options *options;
	const struct segment *segment;
	struct io_product product, receipt_file;
	struct zipout *zip;
	struct listing *listing;
	struct receipt *receipt;
	struct bundle_entry *entries;
	size_t count, room;
	struct buf image;		/* the one in hand */
};

/* ---- names ---- */

static int
add_placeholder(const char *member, const struct node *photo, struct buf *out,
    struct buf *err)
{
	struct buf value = BUF_INIT, safe = BUF_INIT;
	const char *text = node_text(node_get(photo, "student"), member);
	int result = -1;

	if (strcmp(member, "number") == 0)
		register_number(photo, &value);
	else if (text != NULL)
		buf_adds(&value, text);
	kind_add_file_name(value.data, &safe);
	if (value.len == 0) {
		buf_addf(err, "no %s", member);
	} else if (strcmp(value.data, safe.data) != 0 || value.data[0] == '.') {
		buf_addf(err, "%s cannot be a file name", member);
	} else {
		buf_add(out, value.data, value.len);
		result = 0;
	}
	buf_release(&safe);
	buf_release(&value);
	return result;
}

int
bundle_image_name(const char *pattern, const struct node *photo,
    struct buf *out, struct buf *err)
{
	const char *open, *close;
	char *member;
	int result;

	while ((open = strchr(pattern, '{')) != NULL &&
	    (close = strchr(open, '}')) != NULL) {
		buf_add(out, pattern, (size_t)(open - pattern));
		member = xstrndup(open + 1, (size_t)(close - open - 1));
		result = add_placeholder(member, photo, out, err);
		free(member);
		if (result != 0)
			return -1;
		pattern = close + 1;
	}
	buf_adds(out, pattern);
	if (out->len > NAME_MAX_BYTES) {
		buf_adds(err, "name too long");
		return -1;
	}
	return 0;
}

static void
add_entry(struct bundle *bundle, const char *name, const char *id,
    const char *sum)
{
	struct bundle_entry *entry;

	if (bundle->count == bundle->room) {
		bundle->room = bundle->room > 0 ? bundle->room * 2 : 256;
		bundle->entries = xrealloc_array(bundle->entries, bundle->room,
		    sizeof *bundle->entries);
	}
	entry = &bundle->entries[bundle->count++];
	entry->name = xstrdup(name);
	entry->id = id != NULL ? xstrdup(id) : NULL;
	memcpy(entry->sum, sum, HASH_TEXT);
}

static int
by_name(const void *a, const void *b)
{
	const struct bundle_entry *const *x = a, *const *y = b;

	return strcasecmp((*x)->name, (*y)->name);
}

/* Names that differ in case alone are one name where the bundle is unpacked. */
static int
check_names(const struct bundle *bundle, struct buf *err)
{
	const struct bundle_entry **sorted;
	struct buf masked = BUF_INIT;
	size_t i;
	int result = 0;

	sorted = xcalloc(bundle->count, sizeof *sorted);
	for (i = 0; i < bundle->count; i++)
		sorted[i] = &bundle->entries[i];
	qsort(sorted, bundle->count, sizeof *sorted, by_name);
	for (i = 1; i < bundle->count && result == 0; i++) {
		if (by_name(&sorted[i - 1], &sorted[i]) != 0)
			continue;
		mask_entry_name(sorted[i]->name, NULL, &masked);
		buf_addf(err, "'%s' and '%s' would both be '%s' in the bundle",
		    sorted[i - 1]->id != NULL ? sorted[i - 1]->id : "a table",
		    sorted[i]->id != NULL ? sorted[i]->id : "a table",
		    masked.data);
		result = -1;
	}
	buf_release(&masked);
	free(sorted);
	return result;
}

/* ---- images ---- */

/* Read the image that the record speaks of into bundle->image. */
static int
read_image(struct bundle *bundle, const struct node *normalized, struct buf *err)
{
	const char *path = node_text(normalized, "path");
	const char *expected = node_text(normalized, "sha256");
	struct buf full = BUF_INIT;
	char sum[HASH_TEXT];
	int result = -1;

	buf_clear(&bundle->image);
	if (path == NULL || expected == NULL) {
		buf_adds(err, "the record names no image");
		return -1;
	}
	batch_path(bundle->segment->batch, path, &full);
	if (io_read_file(full.data, IMAGE_BYTES_MAX, &bundle->image, err) != 0)
		goto out;
	hash_bytes(bundle->image.data, bundle->image.len, sum);
	if (strcmp(sum, expected) != 0) {
		buf_addf(err, "'%s' is not what the manifest says", path);
		goto out;
	}
	result = 0;
out:
	buf_release(&full);
	return result;
}

/* NULL when the photo is for the bundle, else why not. */
static const char *
why_not(const struct node *photo)
{
	enum status status = status_of(photo);

	if (status == STATUS_COUNT)
		return "no status";
	if (status != STATUS_PASS)
		return status_name(status);
	if (node_get(photo, "normalized") == NULL)
		return "not normalized";
	if (!node_true(node_get(photo, "normalized"), "conforms"))
		return "image does not conform";
	return NULL;
}

static int
take(struct bundle *bundle, const struct node *photo, const char *name,
    struct buf *err)
{
	const struct node *normalized = node_get(photo, "normalized");

	if (read_image(bundle, normalized, err) != 0) {
		receipt_leave_out(bundle->receipt, bundle->segment, photo,
		    "image is damaged");
		return -1;
	}
	add_entry(bundle, name, node_text(photo, "id"),
	    node_text(normalized, "sha256"));
	if (zipout_add(bundle->zip, name, ZIPOUT_STORE, bundle->image.data,
	    bundle->image.len, err) != 0 ||
	    listing_add(bundle->listing, photo, name, err) != 0)
		return -1;
	receipt_take(bundle->receipt);
	return 0;
}

static int
bundle_collect(void *state, struct node *photo, size_t index, struct buf *err)
{
	struct bundle *bundle = state;
	struct buf name = BUF_INIT, reason = BUF_INIT;
	const char *why = why_not(photo);
	int result = 0;

	(void)index;
	if (why == NULL && bundle_image_name(profile_text(
	    bundle->segment->profile, "bundle", "image_name"), photo, &name,
	    &reason) != 0)
		why = reason.data;
	if (why != NULL)
		receipt_leave_out(bundle->receipt, bundle->segment, photo, why);
	else
		result = take(bundle, photo, name.data, err);
	buf_release(&reason);
	buf_release(&name);
	return result;
}

/* ---- begin and end ---- */

static int
bundle_begin(void *state, struct segment *segment, struct buf *err)
{
	struct bundle *bundle = state;

	bundle->segment = segment;
	bundle->receipt = receipt_new();
	if (kind_open(&bundle_kind, bundle->options, segment, &bundle->product,
	    err) != 0)
		return -1;
	bundle->zip = zipout_new(bundle->product.part, segment->batch->date, err);
	bundle->listing = listing_new(segment->batch, segment->profile, "bundle",
	    "table_columns", err);
	return bundle->zip != NULL && bundle->listing != NULL ? 0 : -1;
}

static int
hash_descriptor(int fd, char sum[static HASH_TEXT])
{
	enum { PIECE = 1 << 16 };
	struct hash *hash = hash_new();
	char *piece = xmalloc(PIECE);
	ssize_t got = -1;

	if (lseek(fd, 0, SEEK_SET) == 0)
		while ((got = read(fd, piece, PIECE)) > 0)
			hash_add(hash, piece, (size_t)got);
	hash_end(hash, sum);
	free(piece);
	return got == 0 ? 0 : -1;
}

static int
add_table(struct bundle *bundle, const char *name, enum zipout_method method,
    int fd, struct buf *err)
{
	char sum[HASH_TEXT];

	if (hash_descriptor(fd, sum) != 0) {
		buf_addf(err, "cannot read what becomes '%s': %s", name,
		    strerror(errno));
		return -1;
	}
	add_entry(bundle, name, NULL, sum);
	return zipout_add_file(bundle->zip, name, method, fd, err);
}

/* Add the list of sums, and the list's own to what will be compared. */
static int
add_sums(struct bundle *bundle, struct buf *err)
{
	struct buf text = BUF_INIT;
	char sum[HASH_TEXT];
	size_t i;
	int result;

	for (i = 0; i < bundle->count; i++)
		buf_addf(&text, "%s  %s\n", bundle->entries[i].sum,
		    bundle->entries[i].name);
	hash_bytes(text.data, text.len, sum);
	add_entry(bundle, sums_name, NULL, sum);
	result = zipout_add(bundle->zip, sums_name, ZIPOUT_DEFLATE, text.data,
	    text.len, err);
	buf_release(&text);
	return result;
}

static int
verify(const struct bundle *bundle, struct buf *err)
{
	const struct zipin_limits limits = { SIZE_MAX, UINT16_MAX };
	struct zipin *zip = zipin_open(bundle->product.part, &limits, err);
	struct buf bytes = BUF_INIT;
	char sum[HASH_TEXT];
	size_t i;
	int result = -1;

	if (zip == NULL)
		return -1;
	if (zipin_count(zip) != bundle->count) {
		buf_addf(err, "the bundle holds %zu entries instead of %zu",
		    zipin_count(zip), bundle->count);
		goto out;
	}
	for (i = 0; i < bundle->count; i++) {
		buf_clear(&bytes);
		if (zipin_read(zip, i, SIZE_MAX / 4, &bytes, err) != 0)
			goto out;
		hash_bytes(bytes.data, bytes.len, sum);
		if (strcmp(zipin_at(zip, i)->name, bundle->entries[i].name) != 0 ||
		    strcmp(sum, bundle->entries[i].sum) != 0) {
			buf_addf(err, "entry %zu of the bundle is not what was "
			    "written", i + 1);
			goto out;
		}
	}
	result = 0;
out:
	buf_release(&bytes);
	zipin_close(zip);
	return result;
}

static int
finish_zip(struct bundle *bundle, struct buf *err)
{
	struct zipout *zip = bundle->zip;
	int csv, xlsx;

	if (listing_end(bundle->listing, &csv, &xlsx, err) != 0 ||
	    add_table(bundle, "table.csv", ZIPOUT_DEFLATE, csv, err) != 0 ||
	    add_table(bundle, "table.xlsx", ZIPOUT_STORE, xlsx, err) != 0 ||
	    add_sums(bundle, err) != 0 || check_names(bundle, err) != 0)
		return -1;
	bundle->zip = NULL;
	return zipout_close(zip, err);
}

/* Free what belongs to one segment. */
static void
reset(struct bundle *bundle)
{
	struct buf ignored = BUF_INIT;
	size_t i;

	zipout_close(bundle->zip, &ignored);
	bundle->zip = NULL;
	listing_free(bundle->listing);
	bundle->listing = NULL;
	receipt_free(bundle->receipt);
	bundle->receipt = NULL;
	io_product_release(&bundle->product);
	io_product_release(&bundle->receipt_file);
	for (i = 0; i < bundle->count; i++) {
		free(bundle->entries[i].name);
		free(bundle->entries[i].id);
	}
	free(bundle->entries);
	bundle->entries = NULL;
	bundle->count = bundle->room = 0;
	buf_release(&bundle->image);
	buf_release(&ignored);
}

static int
bundle_publish(void *state, struct buf *err)
{
	struct bundle *bundle = state;
	int result = 0;

	if (bundle->product.part != NULL &&
	    (kind_publish(bundle->options, &bundle->product, err) != 0 ||
	    kind_publish(bundle->options, &bundle->receipt_file, err) != 0))
		result = -1;
	reset(bundle);
	return result;
}

static int
bundle_end(void *state, struct segment *segment, struct buf *err)
{
	struct bundle *bundle = state;

	if (finish_zip(bundle, err) != 0 || verify(bundle, err) != 0 ||
	    receipt_write(bundle->receipt, segment, &bundle->product,
	    &bundle->receipt_file, err) != 0)
		return -1;
	return kind_publishes_each(bundle->options) ?
	    bundle_publish(bundle, err) : 0;
}

/* ---- state ---- */

static void *
bundle_start(const struct kind_options *options)
{
	struct bundle *bundle = xcalloc(1, sizeof *bundle);

	bundle->options = options;
	bundle->product.fd = -1;
	bundle->receipt_file.fd = -1;
	buf_init(&bundle->image);
	return bundle;
}

static void
bundle_stop(void *state)
{
	reset(state);
	free(state);
}

static const struct stream_filter filter = {
	.tool = "tc-export",
	.refuses_subset = 1,
	.begin = bundle_begin,
	.collect = bundle_collect,
	.end = bundle_end,
	.publish = bundle_publish
};

const struct kind bundle_kind = {
	.name = "chsi",
	.title = "电子注册图像",
	.extension = ".zip",
	.filter = &filter,
	.start = bundle_start,
	.stop = bundle_stop
};
