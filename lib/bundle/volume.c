#include "lib/bundle/volume.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "lib/archive/zipout.h"
#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/hash.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/base/node.h"
#include "lib/base/pool.h"
#include "lib/batch/batch.h"
#include "lib/bundle/listing.h"
#include "lib/profile/profile.h"

enum {
	HEADERS = 30 + 46 + 22,	/* of an entry and of the directory's end */
	ROW = 2 << 10,		/* what an image adds to tables and sums, at most */
	TABLES = 32 << 10,	/* an empty workbook, and the other forms */
	PIECE = 1 << 16
};

static const char sums_name[] = "SHA256SUMS";

struct volume {
	struct volume_setup setup;
	const struct io_product *product;
	struct zipout *zip;
	struct listing *listing;
	struct pool *held;		/* names and sums of its images */
	long images, tables;
	unsigned long long bytes;	/* an upper bound */
};

static long
count_tables(const struct listing *listing)
{
	long count = 1;		/* the sums */
	int form;

	for (form = 0; form < LISTING_FORMS; form++)
		if (listing_file(listing, (enum listing_form)form) >= 0)
			count++;
	return count;
}

struct volume *
volume_new(const struct volume_setup *setup, const struct io_product *product,
    struct buf *err)
{
	struct volume *volume = xcalloc(1, sizeof *volume);

	volume->setup = *setup;
	volume->product = product;
	volume->bytes = TABLES;
	volume->held = pool_new();
	volume->zip = zipout_new(product->part, setup->batch->date, err);
	if (volume->zip != NULL)
		volume->listing = listing_new(setup->batch, setup->profile, err);
	if (volume->listing == NULL) {
		volume_free(volume);
		return NULL;
	}
	volume->tables = count_tables(volume->listing);
	return volume;
}

void
volume_free(struct volume *volume)
{
	struct buf ignored = BUF_INIT;

	if (volume == NULL)
		return;
	zipout_close(volume->zip, &ignored);
	listing_free(volume->listing);
	pool_free(volume->held);
	buf_release(&ignored);
	free(volume);
}

static unsigned long long
cost(const char *name, size_t len)
{
	return (unsigned long long)len + 4 * strlen(name) + HEADERS + ROW;
}

int
volume_has_room(const struct volume *volume, const char *name, size_t len)
{
	const struct profile *profile = volume->setup.profile;
	long entries_max = profile_integer(profile, "bundle", "entries_max");
	long bytes_max = profile_integer(profile, "bundle", "bytes_max");

	return volume->images == 0 ||
	    ((entries_max == 0 ||
	    volume->images + volume->tables < entries_max) &&
	    (bytes_max == 0 ||
	    volume->bytes + cost(name, len) <= (unsigned long long)bytes_max));
}

long
volume_images(const struct volume *volume)
{
	return volume->images;
}

/* Whether the image is in the volume, which from now on it is. */
static int
holds(struct volume *volume, const char *name, const char *sum)
{
	size_t before = pool_bytes(volume->held);
	struct buf key = BUF_INIT;

	buf_addf(&key, "%s/%s", name, sum);
	pool_add(volume->held, key.data, key.len);
	buf_release(&key);
	return pool_bytes(volume->held) == before;
}

int
volume_add(struct volume *volume, const struct node *photo, const char *name,
    const struct buf *image, struct buf *err)
{
	const char *sum = node_text(node_get(photo, "normalized"), "sha256");

	volume->bytes += cost(name, image->len);
	if (!holds(volume, name, sum)) {
		contents_add(volume->setup.contents, volume->setup.number, name,
		    node_text(photo, "id"), sum);
		volume->images++;
		if (zipout_add(volume->zip, name, ZIPOUT_STORE, image->data,
		    image->len, err) != 0)
			return -1;
	}
	return listing_add(volume->listing, photo, name, err);
}

/* ---- end ---- */

static int
hash_descriptor(int fd, char sum[static HASH_TEXT])
{
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
add_table(struct volume *volume, enum listing_form form, struct buf *err)
{
	int fd = listing_file(volume->listing, form);
	const char *name = listing_name(form);
	char sum[HASH_TEXT];

	if (fd < 0)
		return 0;
	if (hash_descriptor(fd, sum) != 0) {
		fault_system(err, "cannot read what becomes '%s'", name);
		return -1;
	}
	contents_add(volume->setup.contents, volume->setup.number, name, NULL,
	    sum);
	return zipout_add_file(volume->zip, name,
	    form == LISTING_XLSX ? ZIPOUT_STORE : ZIPOUT_DEFLATE, fd, err);
}

/* Add the list of sums, and the list's own to what will be compared. */
static int
add_sums(struct volume *volume, struct buf *err)
{
	struct buf text = BUF_INIT;
	char sum[HASH_TEXT];
	int result;

	contents_add_sums(volume->setup.contents, volume->setup.number, &text);
	hash_bytes(text.data, text.len, sum);
	contents_add(volume->setup.contents, volume->setup.number, sums_name,
	    NULL, sum);
	result = zipout_add(volume->zip, sums_name, ZIPOUT_DEFLATE, text.data,
	    text.len, err);
	buf_release(&text);
	return result;
}

static int
check_size(const struct volume *volume, struct buf *err)
{
	long most = profile_integer(volume->setup.profile, "bundle", "bytes_max");
	struct stat status;

	if (stat(volume->product->part, &status) != 0) {
		fault_system(err, "cannot read '%s'", volume->product->path);
		return -1;
	}
	if (most == 0 || status.st_size <= most)
		return 0;
	buf_addf(err, "'%s' would have %lld bytes and the profile allows %ld",
	    volume->product->path, (long long)status.st_size, most);
	return -1;
}

int
volume_end(struct volume *volume, struct buf *err)
{
	const struct profile *profile = volume->setup.profile;
	const struct contents_image image = {
		.width = (int)profile_integer(profile, "image", "width"),
		.height = (int)profile_integer(profile, "image", "height")
	};
	struct zipout *zip = volume->zip;
	int form;

	if (listing_end(volume->listing, err) != 0)
		return -1;
	for (form = 0; form < LISTING_FORMS; form++)
		if (add_table(volume, (enum listing_form)form, err) != 0)
			return -1;
	if (add_sums(volume, err) != 0)
		return -1;
	volume->zip = NULL;
	if (zipout_close(zip, err) != 0 || check_size(volume, err) != 0)
		return -1;
	return contents_verify(volume->setup.contents, volume->setup.number,
	    volume->product->part, &image, err);
}
