#include "lib/bundle/receipt.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/hash.h"
#include "lib/base/io.h"
#include "lib/base/mask.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"
#include "lib/product/kind.h"
#include "lib/profile/profile.h"
#include "lib/stream/stream.h"

struct receipt {
	long long photos, images, shared;
	struct node *reasons;	/* counts by reason */
	struct node *volumes;
	struct buf records;	/* JSON text: a record left out costs 150 bytes */
};

struct receipt *
receipt_new(void)
{
	struct receipt *receipt = xcalloc(1, sizeof *receipt);

	receipt->reasons = node_object();
	receipt->volumes = node_array();
	buf_init(&receipt->records);
	return receipt;
}

void
receipt_free(struct receipt *receipt)
{
	if (receipt == NULL)
		return;
	node_free(receipt->reasons);
	node_free(receipt->volumes);
	buf_release(&receipt->records);
	free(receipt);
}

void
receipt_take(struct receipt *receipt, int shared)
{
	receipt->photos++;
	receipt->images++;
	receipt->shared += shared;
}

static void
set_masked(struct node *record, const struct segment *segment,
    const struct node *student)
{
	const char *name = node_text(student, "name");
	const char *id_number = node_text(student, "id_number");
	struct buf text = BUF_INIT;

	if (name != NULL) {
		profile_add_name(segment->profile, name, 0, &text);
		node_set_text(record, "name", text.data);
		buf_clear(&text);
	}
	if (id_number != NULL) {
		mask_id_last_four(id_number, &text);
		node_set_text(record, "id_last_four", text.data);
	}
	buf_release(&text);
}

void
receipt_leave_out(struct receipt *receipt, const struct segment *segment,
    const struct node *photo, const char *reason)
{
	struct node *record = node_object();

	receipt->photos++;
	node_set_integer(receipt->reasons, reason,
	    node_integer(receipt->reasons, reason, 0) + 1);
	node_set_text(record, "id", node_text(photo, "id"));
	set_masked(record, segment, node_get(photo, "student"));
	node_set_text(record, "reason", reason);
	buf_adds(&receipt->records, receipt->records.len > 0 ? ",\n" : "\n");
	node_print(record, &receipt->records);
	node_free(record);
}

int
receipt_add_volume(struct receipt *receipt, const struct io_product *volume,
    long images, struct buf *err)
{
	struct node *entry;
	struct buf name = BUF_INIT;
	char sum[HASH_TEXT];
	struct stat status;

	if (hash_file(volume->part, sum, err) != 0)
		return -1;
	if (stat(volume->part, &status) != 0) {
		fault_system(err, "cannot read '%s'", volume->path);
		return -1;
	}
	kind_add_base_name(volume, &name);
	entry = node_append(receipt->volumes, node_object());
	node_set_text(entry, "file", name.data);
	node_set_integer(entry, "bytes", (long long)status.st_size);
	node_set_text(entry, "sha256", sum);
	node_set_integer(entry, "images", images);
	buf_release(&name);
	return 0;
}

/* The list is text already: it goes before the object's closing brace. */
static void
add_text(const struct receipt *receipt, const struct node *top,
    struct buf *text)
{
	node_print(top, text);
	text->data[--text->len] = '\0';
	buf_adds(text, ",\"records\":[");
	buf_add(text, receipt->records.data, receipt->records.len);
	buf_adds(text, "\n]}\n");
}

static void
describe(const struct receipt *receipt, const struct segment *segment,
    struct node *top)
{
	const struct batch *batch = segment->batch;
	const char *profile = profile_name(segment->profile);
	const char *slash = strrchr(profile, '/');	/* the house's own paths stay here */

	node_set_text(top, "type", "receipt");
	node_set_text(top, "batch", batch->id);
	node_set_text(top, "date", batch->date);
	node_set_text(top, "school_code", batch->school_code);
	node_set_text(top, "school", batch->school_name);
	node_set_text(top, "class", batch->class);
	node_set_text(top, "profile", slash != NULL ? slash + 1 : profile);
	node_set_text(top, "profile_hash", profile_hash(segment->profile));
	node_set(top, "volumes", node_copy(receipt->volumes));
	node_set_integer(top, "photos", receipt->photos);
	node_set_integer(top, "images", receipt->images);
	node_set_integer(top, "shared", receipt->shared);
	node_set(top, "left_out", node_copy(receipt->reasons));
}

/* Counted where each was taken, and where each volume was written. */
static int
agrees(const struct receipt *receipt, struct buf *err)
{
	long long written = 0;
	size_t i;

	for (i = 0; i < node_count(receipt->volumes); i++)
		written += node_integer(node_at(receipt->volumes, i), "images", 0);
	if (receipt->images - receipt->shared == written)
		return 0;
	buf_addf(err, "the receipt would not be true: %lld images, %lld of them "
	    "shared, and %lld in the volumes", receipt->images, receipt->shared,
	    written);
	return -1;
}

int
receipt_write(const struct receipt *receipt, const struct segment *segment,
    const struct io_product *product, struct buf *err)
{
	struct node *top;
	struct buf text = BUF_INIT;
	int result;

	if (agrees(receipt, err) != 0)
		return -1;
	top = node_object();
	describe(receipt, segment, top);
	add_text(receipt, top, &text);
	result = io_product_write(product, text.data, text.len, err);
	buf_release(&text);
	node_free(top);
	return result;
}
