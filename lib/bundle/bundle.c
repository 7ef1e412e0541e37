#include "lib/bundle/bundle.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "lib/archive/contents.h"
#include "lib/archive/entryname.h"
#include "lib/base/buf.h"
#include "lib/base/hash.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/msg.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"
#include "lib/batch/delivery.h"
#include "lib/batch/journal.h"
#include "lib/bundle/receipt.h"
#include "lib/bundle/volume.h"
#include "lib/decision/status.h"
#include "lib/product/kind.h"
#include "lib/profile/profile.h"
#include "lib/roster/register.h"
#include "lib/stream/leftout.h"
#include "lib/stream/stream.h"

enum { IMAGE_BYTES_MAX = 16 << 20, NAME_MAX_BYTES = 200 };

struct bundle {
	const struct kind_options *options;
	const struct segment *segment;
	struct contents contents;
	struct volume *volume;		/* the one in work */
	struct io_product *products;	/* of volumes 1, 2 ... */
	int product_count;
	struct io_product receipt_file;
	struct receipt *receipt;
	struct delivery *delivery;
	struct buf image;		/* the one in hand */
	struct buf failed;		/* why no bundle can be made, or empty */
	long missed;			/* photos that passed and are in no bundle */
	struct buf why;			/* ... of the first of them */
	long images, volumes;		/* of all segments, for describe */
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
	entryname_add_safe(value.data, &safe);
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

/* ---- images ---- */

static int
is_delivered(const struct bundle *bundle, const struct node *photo)
{
	return bundle->options->only_new && delivery_has(bundle->delivery, photo);
}

/* NULL when the photo is for the bundle, else why not. */
static const char *
why_not(const struct bundle *bundle, const struct node *photo)
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
	if (node_text(node_get(photo, "source"), "sha256") == NULL)
		return "no upload";
	if (profile_by_code(bundle->segment->profile) &&
	    node_text(node_get(photo, "student"), "capture_code") == NULL)
		return "no capture_code";
	if (is_delivered(bundle, photo))
		return "delivered before";
	return NULL;
}

static int
begin_volume(struct bundle *bundle, struct buf *err)
{
	const struct segment *segment = bundle->segment;
	struct kind_part part = { .volume = bundle->product_count + 1 };
	struct volume_setup setup = { segment->batch, segment->profile,
	    &bundle->contents, part.volume };
	struct buf name = BUF_INIT;
	struct io_product *product;
	int result;

	bundle->products = xrealloc_array(bundle->products,
	    (size_t)part.volume, sizeof *bundle->products);
	product = &bundle->products[bundle->product_count];
	if (bundle->options->only_new) {
		buf_addf(&name, "第%d批", delivery_bundles(bundle->delivery) + 1);
		part.name = name.data;
	}
	result = kind_open(&bundle_kind, bundle->options, segment, &part,
	    product, err);
	buf_release(&name);
	if (result != 0)
		return -1;
	bundle->product_count++;
	bundle->volume = volume_new(&setup, product, err);
	return bundle->volume != NULL ? 0 : -1;
}

static int
finish_volume(struct bundle *bundle, struct buf *err)
{
	const struct io_product *product;
	struct buf name = BUF_INIT;
	char sum[HASH_TEXT];
	int result = -1;

	product = &bundle->products[bundle->product_count - 1];
	if (volume_end(bundle->volume, err) != 0 ||
	    receipt_add_volume(bundle->receipt, product,
	    volume_images(bundle->volume), err) != 0 ||
	    hash_file(product->part, sum, err) != 0)
		goto out;
	kind_add_base_name(product, &name);
	delivery_volume(bundle->delivery, bundle->product_count, name.data, sum);
	bundle->images += volume_images(bundle->volume);
	bundle->volumes++;
	result = 0;
out:
	buf_release(&name);
	volume_free(bundle->volume);
	bundle->volume = NULL;
	return result;
}

static void
tell_left_out(const struct bundle *bundle, const struct node *photo, const char *why)
{
	enum status status = status_of(photo);
	int by_status = status != STATUS_COUNT && strcmp(why, status_name(status)) == 0;

	leftout_tell(bundle->options->leftout, photo, bundle->segment->profile,
	    by_status ? NULL : why);
}

/* -1 with the reason when the photo itself is at fault, and then *fatal is 0. */
static int
take(struct bundle *bundle, const struct node *photo, const char *name,
    int *fatal, struct buf *err)
{
	long images;

	*fatal = 0;
	buf_clear(&bundle->image);
	if (batch_load_image(bundle->segment->batch, node_get(photo, "normalized"),
	    IMAGE_BYTES_MAX, &bundle->image, err) != 0) {
		receipt_leave_out(bundle->receipt, bundle->segment, photo,
		    "the record names no image");
		tell_left_out(bundle, photo, "the record names no image");
		return -1;
	}
	*fatal = 1;
	if (bundle->volume != NULL &&
	    !volume_has_room(bundle->volume, name, bundle->image.len) &&
	    finish_volume(bundle, err) != 0)
		return -1;
	if (bundle->volume == NULL && begin_volume(bundle, err) != 0)
		return -1;
	images = volume_images(bundle->volume);
	if (volume_add(bundle->volume, photo, name, &bundle->image, err) != 0)
		return -1;
	receipt_take(bundle->receipt, volume_images(bundle->volume) == images);
	delivery_take(bundle->delivery, photo, bundle->product_count, NULL);
	return 0;
}

static int
bundle_collect(void *state, const struct node *photo, size_t index,
    struct buf *err)
{
	struct bundle *bundle = state;
	struct buf name = BUF_INIT, reason = BUF_INIT;
	const char *why = why_not(bundle, photo);
	int result = 0, fatal = 0;

	(void)index;
	if (why == NULL && bundle_image_name(profile_text(
	    bundle->segment->profile, "bundle", "image_name"), photo, &name,
	    &reason) != 0)
		why = reason.data;
	if (why != NULL) {
		if (status_of(photo) == STATUS_PASS && !is_delivered(bundle, photo) &&
		    bundle->missed++ == 0)
			buf_adds(&bundle->why, why);
		receipt_leave_out(bundle->receipt, bundle->segment, photo, why);
		tell_left_out(bundle, photo, why);
	} else
		result = take(bundle, photo, name.data, &fatal, err);
	if (result != 0 && fatal && bundle->failed.len == 0)
		buf_adds(&bundle->failed, err->data);
	buf_release(&reason);
	buf_release(&name);
	return result;
}

/* ---- begin and end ---- */

/* With capture codes nothing may leave that names a person (教学服〔2022〕10号). */
static int
check_identity(const struct profile *profile, struct buf *err)
{
	static const char allowed[] = " NUMBER CODE IMAGE YXDM YXMC ";
	const char *name = profile_text(profile, "bundle", "image_name");
	struct buf column = BUF_INIT, word = BUF_INIT;
	size_t i;
	int codes = 0, result = 0;

	if (!profile_by_code(profile))
		return 0;
	if (strncmp(name, "{number}", 8) != 0 || strchr(name + 8, '{') != NULL)
		result = -1;
	for (i = 0; profile_item(profile, "bundle", "table_columns", i,
	    &column); i++) {
		buf_clear(&word);
		buf_addf(&word, " %s ", column.data);
		codes |= strcmp(column.data, "CODE") == 0;
		if (strstr(allowed, word.data) == NULL)
			result = -1;
		buf_clear(&column);
	}
	if (result != 0 || !codes) {
		buf_addf(err, "profile '%s' knows students by capture code: "
		    "[bundle] image_name begins with {number} and has no other "
		    "placeholder, table_columns holds CODE and of the others "
		    "NUMBER, IMAGE, YXDM and YXMC at most", profile_name(profile));
		result = -1;
	}
	buf_release(&column);
	buf_release(&word);
	return result;
}

static int
bundle_begin(void *state, struct segment *segment, struct buf *err)
{
	struct bundle *bundle = state;

	bundle->segment = segment;
	if (check_identity(segment->profile, err) != 0)
		return -1;
	bundle->receipt = receipt_new();
	bundle->delivery = delivery_new(segment->batch, JOURNAL_DELIVERY, err);
	if (bundle->delivery == NULL)
		return -1;
	/* Without --new there is a bundle even when it is empty: begun here, it
	 * also finds out early that the file cannot be written. */
	return bundle->options->only_new ? 0 : begin_volume(bundle, err);
}

/* Free what belongs to one segment. */
static void
reset(struct bundle *bundle)
{
	int i;

	volume_free(bundle->volume);
	bundle->volume = NULL;
	for (i = 0; i < bundle->product_count; i++)
		kind_release(&bundle->products[i]);
	free(bundle->products);
	bundle->products = NULL;
	bundle->product_count = 0;
	receipt_free(bundle->receipt);
	bundle->receipt = NULL;
	delivery_free(bundle->delivery);
	bundle->delivery = NULL;
	io_product_release(&bundle->receipt_file);
	contents_release(&bundle->contents);
	buf_release(&bundle->image);
	buf_release(&bundle->failed);
	buf_release(&bundle->why);
	bundle->missed = 0;
}

static int
bundle_publish(void *state, struct buf *err)
{
	struct bundle *bundle = state;
	int i, result = 0;

	for (i = 0; i < bundle->product_count && result == 0; i++)
		result = kind_publish(bundle->options, &bundle->products[i],
		    err);
	if (result == 0 && bundle->receipt_file.part != NULL)
		result = kind_publish(bundle->options, &bundle->receipt_file,
		    err);
	contents_release(&bundle->contents);
	if (result == 0 && bundle->product_count > 0)
		result = delivery_record(bundle->delivery, err);
	reset(bundle);
	return result;
}

/* Beside the bundle, or beside the manifest when the bundle goes to standard
 * output. */
static int
write_receipt(struct bundle *bundle, const struct segment *segment,
    struct buf *err)
{
	const char *manifest = bundle->options->manifest;
	struct buf path = BUF_INIT;
	struct stat status;
	int result = 0;

	if (manifest == NULL)
		buf_adds(&path, bundle->products[0].path);
	else if (stat(manifest, &status) != 0 || S_ISREG(status.st_mode))
		buf_adds(&path, manifest);
	if (path.len > 0) {
		buf_adds(&path, ".receipt.json");
		result = io_product_open(&bundle->receipt_file, path.data, err);
		if (result == 0)
			result = receipt_write(bundle->receipt, segment,
			    &bundle->receipt_file, err);
	}
	buf_release(&path);
	return result;
}

static int
bundle_end(void *state, struct segment *segment, struct buf *err)
{
	struct bundle *bundle = state;

	if (bundle->failed.len > 0) {
		buf_adds(err, bundle->failed.data);
		return -1;
	}
	if (bundle->missed > 0)
		msg_warn("%ld photos that passed are in no bundle: %s", bundle->missed,
		    bundle->why.data);
	if (bundle->volume != NULL && finish_volume(bundle, err) != 0)
		return -1;
	if (contents_check_names(&bundle->contents, err) != 0 ||
	    (bundle->product_count > 0 &&
	    write_receipt(bundle, segment, err) != 0))
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
	bundle->receipt_file.fd = -1;
	buf_init(&bundle->image);
	buf_init(&bundle->failed);
	buf_init(&bundle->why);
	return bundle;
}

static void
bundle_describe(const void *state, struct buf *out)
{
	const struct bundle *bundle = state;

	if (bundle->volumes == 0)
		buf_adds(out, "nothing new: no bundle was made");
	else
		buf_addf(out, "%ld images in %ld %s", bundle->images,
		    bundle->volumes, bundle->volumes == 1 ? "bundle" : "volumes");
}

static void
bundle_stop(void *state)
{
	reset(state);
	free(state);
}

static const struct stream_filter filter = {
	.tool = "tc-export",
	.needs = stream_normalized,
	.refuses_subset = 1,
	.begin = bundle_begin,
	.collect = bundle_collect,
	.end = bundle_end,
	.publish = bundle_publish
};

const struct kind bundle_kind = {
	.name = "chsi",
	.what = "registration images for the national register, zip",
	.title = "电子注册图像",
	.extension = ".zip",
	.takes = KIND_NEW,
	.filter = &filter,
	.start = bundle_start,
	.describe = bundle_describe,
	.stop = bundle_stop
};
