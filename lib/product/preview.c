#include "lib/product/preview.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/hash.h"
#include "lib/base/io.h"
#include "lib/picture/img.h"
#include "lib/picture/jpg.h"
#include "lib/record/batch.h"

enum { FILE_MAX = 1 << 20, ALGORITHM = 1 };

/* 500 records, two pictures each, stay below 20 MB as base64. */
static const struct {
	const char *name;
	int height;
	struct jpg_limits limits;
} kinds[] = {
	[PREVIEW_ORIGINAL] = { "original", 480,
	    { .quality_min = 30, .quality_max = 80, .bytes_max = 18000,
	      .dpi = 96 } },
	[PREVIEW_RESULT] = { "result", 320,
	    { .quality_min = 40, .quality_max = 85, .bytes_max = 9500,
	      .dpi = 96 } }
};

static void
add_name(enum preview_kind kind, const char *sha256, struct buf *out)
{
	struct hash *hash = hash_new();
	char key[HASH_TEXT];
	struct buf made = BUF_INIT;

	buf_addf(&made, "%d %d", ALGORITHM, kinds[kind].height);
	hash_add_text(hash, kinds[kind].name);
	hash_add_text(hash, made.data);
	hash_add_text(hash, sha256);
	hash_end(hash, key);
	buf_addf(out, "results/tc-export/%s.jpg", key);
	buf_release(&made);
}

/* A file that a power cut left short does not end as a JPEG does. */
int
preview_read(const struct batch *batch, enum preview_kind kind,
    const char *sha256, struct buf *out)
{
	struct buf name = BUF_INIT, path = BUF_INIT, bytes = BUF_INIT;
	struct buf ignored = BUF_INIT;
	int result = -1;

	if (sha256 == NULL)
		return -1;
	add_name(kind, sha256, &name);
	batch_path(batch, name.data, &path);
	if (io_read_file(path.data, FILE_MAX, &bytes, &ignored) == 0 &&
	    bytes.len > 4 && memcmp(bytes.data, "\xff\xd8", 2) == 0 &&
	    memcmp(bytes.data + bytes.len - 2, "\xff\xd9", 2) == 0) {
		buf_add(out, bytes.data, bytes.len);
		result = 0;
	}
	buf_release(&ignored);
	buf_release(&bytes);
	buf_release(&path);
	buf_release(&name);
	return result;
}

static int
check_file(const char *path, const char *sha256, long pixels_max,
    struct buf *err)
{
	struct img_info info;
	char sum[HASH_TEXT];

	if (hash_file(path, sum, err) != 0)
		return -1;
	if (strcmp(sum, sha256) != 0) {
		buf_adds(err, "its picture is not what the manifest says");
		return -1;
	}
	if (img_probe(path, &info, err) != 0)
		return -1;
	if ((double)info.width * info.height <= (double)pixels_max)
		return 0;
	buf_addf(err, "its picture has more than %ld pixels", pixels_max);
	return -1;
}

static int
make(const struct batch *batch, enum preview_kind kind, const char *path,
    const char *sha256, struct buf *err)
{
	struct img img = { 0 };
	struct jpg_coded coded = { 0 };
	struct buf name = BUF_INIT;
	int result = -1;

	if (img_load(path, kinds[kind].height, 1, &img, err) != 0)
		return -1;
	if (jpg_code(img.pixels, img.width, img.height, &kinds[kind].limits,
	    &coded, err) == 0) {
		add_name(kind, sha256, &name);
		result = batch_store(batch, name.data, coded.bytes, coded.len,
		    err);
	}
	jpg_release(&coded);
	img_release(&img);
	buf_release(&name);
	return result;
}

int
preview_make(const struct batch *batch, enum preview_kind kind,
    const char *path, const char *sha256, long pixels_max, struct buf *err)
{
	struct buf there = BUF_INIT, full = BUF_INIT;
	int result = 0;

	if (path == NULL || sha256 == NULL)
		return 0;
	batch_path(batch, path, &full);
	if (preview_read(batch, kind, sha256, &there) != 0)
		result = check_file(full.data, sha256, pixels_max, err) != 0 ?
		    -1 : make(batch, kind, full.data, sha256, err);
	buf_release(&full);
	buf_release(&there);
	return result;
}
