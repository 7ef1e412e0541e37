#include "lib/record/thumbnail.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/hash.h"
#include "lib/base/io.h"
#include "lib/picture/jpg.h"
#include "lib/picture/thumb.h"
#include "lib/record/batch.h"

enum { IMAGE_MAX = 16 << 20 };

/* With a number that is raised when thumbnails change. */
static const char tool[] = "thumbnail", made[] = "thumbnail1";

void
thumbnail_name(const char *sha256, struct buf *name)
{
	struct hash *hash = hash_new();
	char key[HASH_TEXT];

	hash_add_text(hash, made);
	hash_add_text(hash, sha256);
	hash_end(hash, key);
	batch_result_name(tool, key, ".jpg", name);
}

/* Append it, and keep it: one that cannot be kept is as good. */
static int
make(const struct batch *batch, const void *image, size_t len, const char *sha256,
    struct buf *out, struct buf *err)
{
	struct jpg_coded thumb = { 0 };
	struct buf name = BUF_INIT, ignored = BUF_INIT;

	if (thumb_of_image(image, len, &thumb, err) != 0)
		return -1;
	buf_add(out, thumb.bytes, thumb.len);
	thumbnail_name(sha256, &name);
	batch_store(batch, name.data, thumb.bytes, thumb.len, &ignored);
	buf_release(&ignored);
	buf_release(&name);
	jpg_release(&thumb);
	return 0;
}

void
thumbnail_keep(const struct batch *batch, const void *image, size_t len,
    const char *sha256)
{
	struct buf thumb = BUF_INIT, ignored = BUF_INIT;

	make(batch, image, len, sha256, &thumb, &ignored);
	buf_release(&thumb);
	buf_release(&ignored);
}

/* Read the image, which must be what its sum says. */
static int
read_image(const char *path, const char *sha256, struct buf *image, struct buf *err)
{
	char sum[HASH_TEXT];

	if (io_read_file(path, IMAGE_MAX, image, err) != 0)
		return -1;
	hash_bytes(image->data, image->len, sum);
	if (strcmp(sum, sha256) == 0)
		return 0;
	buf_addf(err, "'%s' is not what the manifest says", path);
	return -1;
}

/* A file that a power cut left short does not end as a JPEG does. */
static int
read_kept(const struct batch *batch, const char *sha256, struct buf *out)
{
	struct buf name = BUF_INIT, path = BUF_INIT, bytes = BUF_INIT;
	struct buf ignored = BUF_INIT;
	int is;

	thumbnail_name(sha256, &name);
	batch_path(batch, name.data, &path);
	is = io_read_file(path.data, THUMB_BYTES_MAX, &bytes, &ignored) == 0 &&
	    bytes.len > 4 && memcmp(bytes.data, "\xff\xd8", 2) == 0 &&
	    memcmp(bytes.data + bytes.len - 2, "\xff\xd9", 2) == 0;
	if (is)
		buf_add(out, bytes.data, bytes.len);
	buf_release(&bytes);
	buf_release(&name);
	buf_release(&path);
	buf_release(&ignored);
	return is;
}

int
thumbnail_get(const struct batch *batch, const char *path, const char *sha256,
    struct buf *out, struct buf *err)
{
	struct buf full = BUF_INIT, image = BUF_INIT;
	int result;

	batch_path(batch, path, &full);
	result = read_image(full.data, sha256, &image, err);
	if (result == 0 && !read_kept(batch, sha256, out))
		result = make(batch, image.data, image.len, sha256, out, err);
	buf_release(&image);
	buf_release(&full);
	return result;
}
