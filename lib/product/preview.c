#include "lib/product/preview.h"

#include <math.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/hash.h"
#include "lib/base/node.h"
#include "lib/batch/batch.h"
#include "lib/picture/img.h"
#include "lib/picture/jpg.h"

enum {
	FILE_MAX = 1 << 20, ALGORITHM = 2,
	WHOLE_HEIGHT = 640,	/* pixels, as the registration image beside it */
	HEAD_HEIGHT_MAX = 1280	/* above that the head is made smaller */
};

static const struct {
	const char *name;
	struct jpg_limits limits;
} parts[PREVIEW_PARTS] = {
	[PREVIEW_WHOLE] = { "whole", { .quality_min = 40, .quality_max = 82,
	    .bytes_max = 40000, .dpi = 96 } },
	[PREVIEW_HEAD] = { "head", { .quality_min = 60, .quality_max = 90,
	    .bytes_max = 140000, .dpi = 96 } }
};

/* ---- the head ---- */

static int
read_box(const struct node *face, struct box *box)
{
	const struct node *values = node_get(face, "box");

	if (node_count(values) != 4)
		return 0;
	box->x = node_real_at(values, 0, NAN);
	box->y = node_real_at(values, 1, NAN);
	box->w = node_real_at(values, 2, NAN);
	box->h = node_real_at(values, 3, NAN);
	return isfinite(box->x + box->y) && box->w > 0 && box->h > 0;
}

/* From first to last, inside [0, limit), in whole pixels. */
static void
clip(double first, double last, double limit, double *from, double *extent)
{
	*from = floor(fmax(0, fmin(first, limit)));
	*extent = ceil(fmax(0, fmin(last, limit))) - *from;
}

int
preview_head(const struct node *photo, struct box *head)
{
	const struct node *face = node_get(photo, "face");
	const struct node *image = node_get(photo, "image");
	double width = node_real(image, "width", 0);
	double height = node_real(image, "height", 0);
	double crown = node_real(face, "crown", NAN), top;
	struct box box;

	if (height <= WHOLE_HEIGHT || !read_box(face, &box))
		return 0;
	top = box.y - 0.5 * box.h;	/* the detector's box begins at the brows */
	if (isfinite(crown) && crown < box.y)
		top = fmin(top, crown - 0.1 * box.h);
	clip(box.x - 0.3 * box.w, box.x + 1.3 * box.w, width, &head->x, &head->w);
	clip(top, box.y + 1.35 * box.h, height, &head->y, &head->h);
	return head->w > 0 && head->h > 0;
}

double
preview_head_scale(const struct box *head)
{
	return fmin(1, HEAD_HEIGHT_MAX / head->h);
}

/* ---- files ---- */

static void
add_name(const struct node *photo, enum preview_part part, struct buf *out)
{
	struct hash *hash = hash_new();
	struct buf made = BUF_INIT;
	struct box head;
	char key[HASH_TEXT];

	buf_addf(&made, "%d %d %d", ALGORITHM, WHOLE_HEIGHT, HEAD_HEIGHT_MAX);
	if (part == PREVIEW_HEAD && preview_head(photo, &head))
		buf_addf(&made, " %.0f %.0f %.0f %.0f", head.x, head.y, head.w,
		    head.h);
	hash_add_text(hash, parts[part].name);
	hash_add_text(hash, made.data);
	hash_add_text(hash, node_text(node_get(photo, "source"), "sha256"));
	hash_end(hash, key);
	batch_result_name("tc-export", key, ".jpg", out);
	buf_release(&made);
}

int
preview_read(const struct batch *batch, const struct node *photo,
    enum preview_part part, struct buf *out)
{
	struct buf name = BUF_INIT, bytes = BUF_INIT, ignored = BUF_INIT;
	int found;

	if (node_text(node_get(photo, "source"), "sha256") == NULL)
		return -1;
	add_name(photo, part, &name);
	found = batch_load_sealed(batch, name.data, FILE_MAX, &bytes, &ignored);
	if (found == 1)
		buf_add(out, bytes.data, bytes.len);
	buf_release(&ignored);
	buf_release(&bytes);
	buf_release(&name);
	return found == 1 ? 0 : -1;
}

static int
is_there(const struct batch *batch, const struct node *photo,
    enum preview_part part)
{
	struct buf bytes = BUF_INIT;
	int there = preview_read(batch, photo, part, &bytes) == 0;

	buf_release(&bytes);
	return there;
}

/* ---- making ---- */

/* 0, 1 when the upload's file is at fault, or -1. */
static int
check_file(const char *path, const struct node *photo, long pixels_max,
    struct buf *err)
{
	struct img_info info;

	if (batch_check_original(path, node_text(node_get(photo, "source"), "sha256"),
	    err) != 0)
		return -1;
	if (img_probe(path, &info, err) != 0)
		return 1;
	if ((double)info.width * info.height <= (double)pixels_max)
		return 0;
	buf_addf(err, "its picture has more than %ld pixels", pixels_max);
	return 1;
}

static int
load(const char *path, const struct node *photo, enum preview_part part,
    struct img *img, struct buf *err)
{
	double height = node_real(node_get(photo, "image"), "height", 0);
	struct box head;
	double scale;

	if (part == PREVIEW_WHOLE)
		return img_load(path, height > 0 && height < WHOLE_HEIGHT ?
		    (int)height : WHOLE_HEIGHT, 1, img, err);
	preview_head(photo, &head);
	scale = preview_head_scale(&head);
	return img_load_crop(path, &head, (int)fmax(1, round(head.w * scale)),
	    (int)round(head.h * scale), 0, img, err);
}

static int
make(const struct batch *batch, const char *path, const struct node *photo,
    enum preview_part part, struct buf *err)
{
	struct img img = { 0 };
	struct jpg_coded coded = { 0 };
	struct buf name = BUF_INIT;
	int result = 1;

	if (load(path, photo, part, &img, err) == 0) {
		result = jpg_code(img.pixels, img.width, img.height,
		    &parts[part].limits, &coded, err);
		add_name(photo, part, &name);
		if (result == 0)
			result = batch_store_sealed(batch, name.data, coded.bytes,
			    coded.len, err);
	}
	jpg_release(&coded);
	img_release(&img);
	buf_release(&name);
	return result;
}

int
preview_make(const struct batch *batch, const struct node *photo,
    long pixels_max, struct buf *err)
{
	const struct node *source = node_get(photo, "source");
	const char *path = node_text(source, "path");
	struct buf full = BUF_INIT;
	struct box head;
	int result = 0, checked = 0;

	if (path == NULL || node_text(source, "sha256") == NULL)
		return 0;
	batch_path(batch, path, &full);
	for (int part = 0; part < PREVIEW_PARTS && result == 0; part++) {
		if ((part == PREVIEW_HEAD && !preview_head(photo, &head)) ||
		    is_there(batch, photo, (enum preview_part)part))
			continue;
		if (!checked)
			result = check_file(full.data, photo, pixels_max, err);
		checked = 1;
		if (result == 0)
			result = make(batch, full.data, photo,
			    (enum preview_part)part, err);
	}
	buf_release(&full);
	return result;
}
