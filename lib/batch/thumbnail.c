#include "lib/batch/thumbnail.h"

#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/hash.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"
#include "lib/picture/jpg.h"
#include "lib/picture/thumb.h"

enum { IMAGE_MAX = 16 << 20 };

/* With a number that is raised when thumbnails change. */
static const char tool[] = "thumbnail", made[] = "thumbnail2";

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
	batch_store_sealed(batch, name.data, thumb.bytes, thumb.len, &ignored);
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

int
thumbnail_get(const struct batch *batch, const struct node *normalized,
    struct buf *out, struct buf *err)
{
	const char *sha256 = node_text(normalized, "sha256");
	struct buf name = BUF_INIT, image = BUF_INIT, kept = BUF_INIT;
	struct buf reason = BUF_INIT;
	int result = batch_load_image(batch, normalized, IMAGE_MAX, &image, err);

	if (result == 0) {
		thumbnail_name(sha256, &name);
		if (batch_load_sealed(batch, name.data, THUMB_BYTES_MAX, &kept,
		    &reason) == 1)
			buf_add(out, kept.data, kept.len);
		else if ((result = make(batch, image.data, image.len, sha256, out,
		    &reason)) != 0)
			fault_own(err, "a picture cannot be made: %s", reason.data);
	}
	buf_release(&reason);
	buf_release(&kept);
	buf_release(&image);
	buf_release(&name);
	return result;
}
