#include "lib/forms/package.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/archive/contents.h"
#include "lib/archive/entryname.h"
#include "lib/archive/ziplock.h"
#include "lib/archive/zipout.h"
#include "lib/base/buf.h"
#include "lib/base/hash.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"
#include "lib/forms/errata.h"
#include "lib/product/kind.h"
#include "lib/product/students.h"
#include "lib/profile/profile.h"
#include "lib/review/reviewpage.h"
#include "lib/roster/register.h"
#include "lib/stream/stream.h"

enum { IMAGE_BYTES_MAX = 16 << 20, PASSWORD_MAX = 1024, PASSWORD_LEAST = 8 };

static const char book_title[] = "电子图像校对反馈表";
static const char page_title[] = "电子图像校对";

struct package {
	const struct kind_options *options;
	const struct segment *segment;
	struct errata errata;
	struct contents contents;
	struct contents_image image;
	struct io_product product;
	struct zipout *zip;
	struct buf password;		/* "": none */
	long images;			/* of all segments */
};

/* ---- password ---- */

static int
read_password(struct package *package, struct buf *err)
{
	const char *path = package->options->password_file;
	struct buf *password = &package->password;
	struct stat status;

	if (path == NULL || password->len > 0)
		return 0;
	if (stat(path, &status) == 0 && S_ISREG(status.st_mode) &&
	    (status.st_mode & 077) != 0) {
		buf_addf(err, "others may read '%s': chmod 600 it", path);
		return -1;
	}
	if (io_read_file(path, PASSWORD_MAX, password, err) != 0)
		return -1;
	password->len = strcspn(password->data, "\r\n");
	if (password->len > 0)
		password->data[password->len] = '\0';
	if (password->len >= PASSWORD_LEAST)
		return 0;
	buf_addf(err, "the password in '%s' has fewer than %d characters", path,
	    PASSWORD_LEAST);
	return -1;
}

/* ---- images ---- */

/* FOLDERS/学号_姓名.jpg; the record's number separates two of one name. */
static void
image_name(const struct package *package, const struct node *photo,
    struct buf *out)
{
	const struct contents *contents = &package->contents;
	const struct node *student = node_get(photo, "student");
	const char *number = node_text(student, "student_no");
	const char *name = node_text(student, "name");
	struct buf base = BUF_INIT, whole = BUF_INIT;

	students_add_folders(student, package->segment->profile, &base);
	entryname_add_safe(number != NULL ? number : "无学号", &base);
	if (name != NULL) {
		buf_addc(&base, '_');
		entryname_add_safe(name, &base);
	}
	buf_adds(&whole, base.data);
	buf_adds(&whole, ".jpg");
	if (contents->count > 0 && (number == NULL || strcasecmp(whole.data,
	    contents->entries[contents->count - 1].name) == 0)) {
		buf_clear(&whole);
		buf_addf(&whole, "%s_", base.data);
		register_number(photo, &whole);
		buf_adds(&whole, ".jpg");
	}
	buf_adds(out, whole.data);
	buf_release(&whole);
	buf_release(&base);
}

static int
add_image(struct package *package, const struct node *photo, struct buf *err)
{
	struct buf name = BUF_INIT, image = BUF_INIT;
	int result = students_has_image(photo) ?
	    batch_load_image(package->segment->batch, node_get(photo, "normalized"),
	    IMAGE_BYTES_MAX, &image, err) : 1;

	if (result == 0) {
		image_name(package, photo, &name);
		contents_add(&package->contents, 1, name.data,
		    node_text(photo, "id"),
		    node_text(node_get(photo, "normalized"), "sha256"));
		result = zipout_add(package->zip, name.data, ZIPOUT_STORE,
		    image.data, image.len, err);
		package->images++;
	}
	buf_release(&image);
	buf_release(&name);
	return result < 0 ? -1 : 0;
}

static int
add_images(struct package *package, struct buf *err)
{
	const struct order *order = &package->errata.order;
	struct node *photo;
	size_t i;
	int result = 0;

	for (i = 0; i < order->count && result == 0; i++) {
		photo = stream_held(package->errata.segment,
		    order->entries[i].index);
		result = add_image(package, photo, err);
		node_free(photo);
	}
	return result;
}

/* ---- workbooks ---- */

static int
add_book(struct package *package, int number, struct buf *err)
{
	struct buf path = BUF_INIT, name = BUF_INIT;
	char sum[HASH_TEXT];
	int fd = batch_spool(package->segment->batch, err), result = -1;

	if (fd < 0)
		return -1;
	buf_addf(&path, "/proc/self/fd/%d", fd);
	buf_adds(&name, book_title);
	if (number > 0)
		buf_addf(&name, "-%d", number + 1);
	buf_adds(&name, ".xlsx");
	if (errata_write(&package->errata, number, path.data, book_title,
	    err) == 0 && hash_file(path.data, sum, err) == 0) {
		contents_add(&package->contents, 1, name.data, NULL, sum);
		result = zipout_add_file(package->zip, name.data, ZIPOUT_STORE,
		    fd, err);
	}
	close(fd);
	buf_release(&name);
	buf_release(&path);
	return result;
}

/* ---- pages ---- */

static int
add_page(struct package *package, struct reviewpage *page, int number,
    struct buf *err)
{
	struct buf html = BUF_INIT, name = BUF_INIT;
	char sum[HASH_TEXT];
	int result = reviewpage_print(page, package->segment, number, &html,
	    err);

	buf_adds(&name, page_title);
	if (number > 1)
		buf_addf(&name, "-%d", number);
	buf_adds(&name, ".html");
	if (result == 0) {
		hash_bytes(html.data, html.len, sum);
		contents_add(&package->contents, 1, name.data, NULL, sum);
		result = zipout_add(package->zip, name.data, ZIPOUT_DEFLATE,
		    html.data, html.len, err);
	}
	buf_release(&name);
	buf_release(&html);
	return result;
}

/* The page for whom a browser is nearer than a spreadsheet: the same rows, and
 * what it downloads is read as the workbook is. */
static int
add_pages(struct package *package, struct buf *err)
{
	const struct order *order = &package->errata.order;
	struct reviewpage page;
	struct node *photo;
	int number = 0, result = 0;

	reviewpage_init(&page, REVIEWPAGE_PROOF);
	page.full_names = package->errata.full_names;
	for (size_t i = 0; i < order->count && result == 0; i++) {
		photo = stream_held(package->errata.segment,
		    order->entries[i].index);
		result = reviewpage_add(&page, package->segment, photo, NULL, 0,
		    err);
		node_free(photo);
		if (result == 0 && (reviewpage_is_full(&page) ||
		    i + 1 == order->count))
			result = add_page(package, &page, ++number, err);
	}
	reviewpage_release(&page);
	return result;
}

static int
fill(struct package *package, struct buf *err)
{
	int i;

	for (i = 0; i < errata_books(&package->errata); i++)
		if (add_book(package, i, err) != 0)
			return -1;
	if (add_pages(package, err) != 0)
		return -1;
	return add_images(package, err);
}

/* ---- begin and end ---- */

static int
package_begin(void *state, struct segment *segment, struct buf *err)
{
	struct package *package = state;

	package->segment = segment;
	package->image.width = (int)profile_integer(segment->profile, "image",
	    "width");
	package->image.height = (int)profile_integer(segment->profile, "image",
	    "height");
	if (read_password(package, err) != 0)
		return -1;
	package->errata.full_id = package->options->full_id;
	return errata_begin(&package->errata, segment, package->password.len > 0,
	    err);
}

static int
package_collect(void *state, const struct node *photo, size_t index,
    struct buf *err)
{
	struct package *package = state;

	(void)err;
	errata_collect(&package->errata, photo, index);
	return 0;
}

static int
verify(const struct package *package, const char *path, struct buf *err)
{
	if (package->password.len > 0)
		return ziplock_verify(&package->contents, 1, path,
		    package->password.data, &package->image, err);
	return contents_verify(&package->contents, 1, path, &package->image, err);
}

/* Encrypted again, the same images are other bytes: what is there already is left
 * alone when it opens with the password and holds the same. */
static int
is_there(const struct package *package)
{
	struct buf ignored = BUF_INIT;
	struct stat status;
	int there;

	there = package->password.len > 0 &&
	    stat(package->product.path, &status) == 0 &&
	    S_ISREG(status.st_mode) &&
	    verify(package, package->product.path, &ignored) == 0;
	buf_release(&ignored);
	return there;
}

static void
reset(struct package *package)
{
	struct buf ignored = BUF_INIT;

	zipout_close(package->zip, &ignored);
	package->zip = NULL;
	kind_release(&package->product);
	contents_release(&package->contents);
	errata_release(&package->errata);
	buf_release(&ignored);
}

static int
package_publish(void *state, struct buf *err)
{
	struct package *package = state;
	int result = 0;

	if (package->product.part != NULL && !is_there(package))
		result = kind_publish(package->options, &package->product, err);
	reset(package);
	return result;
}

static int
make_zip(struct package *package, const struct segment *segment,
    struct buf *err)
{
	const struct kind_part part = { .volume = 1 };
	const char *date = segment->batch->date;
	struct zipout *zip;

	if (kind_open(&package_kind, package->options, segment, &part,
	    &package->product, err) != 0)
		return -1;
	package->zip = package->password.len > 0 ?
	    zipout_new_locked(package->product.part, date,
	    package->password.data, err) :
	    zipout_new(package->product.part, date, err);
	if (package->zip == NULL || fill(package, err) != 0)
		return -1;
	zip = package->zip;
	package->zip = NULL;
	return zipout_close(zip, err);
}

static int
package_end(void *state, struct segment *segment, struct buf *err)
{
	struct package *package = state;

	if (errata_sort(&package->errata, err) != 0 ||
	    make_zip(package, segment, err) != 0 ||
	    contents_check_names(&package->contents, err) != 0 ||
	    verify(package, package->product.part, err) != 0)
		return -1;
	return kind_publishes_each(package->options) ?
	    package_publish(package, err) : 0;
}

/* ---- state ---- */

static void *
package_start(const struct kind_options *options)
{
	struct package *package = xcalloc(1, sizeof *package);

	package->options = options;
	package->product.fd = -1;
	buf_init(&package->password);
	return package;
}

static void
package_describe(const void *state, struct buf *out)
{
	const struct package *package = state;

	buf_addf(out, "%ld images to proof%s", package->images,
	    package->password.len > 0 ? ", encrypted" : "");
}

static void
package_stop(void *state)
{
	struct package *package = state;

	reset(package);
	explicit_bzero(package->password.data, package->password.cap > 0 ?
	    package->password.cap : 0);
	buf_release(&package->password);
	free(package);
}

static const struct stream_filter filter = {
	.tool = "tc-export",
	.needs = stream_normalized,
	.holds = 1,
	.refuses_subset = 1,
	.begin = package_begin,
	.collect = package_collect,
	.end = package_end,
	.publish = package_publish
};

const struct kind package_kind = {
	.name = "proof",
	.what = "the images that a school proofs, with that workbook, zip",
	.title = "电子图像校对包",
	.extension = ".zip",
	.takes = KIND_FULL_ID | KIND_PASSWORD,
	.filter = &filter,
	.start = package_start,
	.describe = package_describe,
	.stop = package_stop
};
