#include "lib/picture/thumb.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/box.h"
#include "lib/base/buf.h"
#include "lib/base/hash.h"
#include "lib/base/mem.h"
#include "lib/picture/img.h"
#include "lib/picture/jpg.h"
#include "lib/picture/scale.h"

/* At 96 dots per inch workbooks show one pixel as one pixel. */
static const struct jpg_limits limits = {
	.quality_min = 40, .quality_max = 80,
	.bytes_min = 0, .bytes_max = THUMB_BYTES_MAX,
	.dpi = 96
};

static int
check_sum(const char *path, const char *sha256, struct buf *err)
{
	char sum[HASH_TEXT];

	if (hash_file(path, sum, err) != 0)
		return -1;
	if (strcmp(sum, sha256) == 0)
		return 0;
	buf_addf(err, "'%s' is not what the manifest says", path);
	return -1;
}

static int
code(const unsigned char *pixels, int width, struct jpg_coded *thumb, struct buf *err)
{
	if (jpg_code(pixels, width, THUMB_HEIGHT, &limits, thumb, err) != 0)
		return -1;
	if (thumb->len <= THUMB_BYTES_MAX)
		return 0;
	buf_adds(err, "no small picture can be made of it");
	jpg_release(thumb);
	return -1;
}

int
thumb_make(const char *path, const char *sha256, struct jpg_coded *thumb,
    struct buf *err)
{
	struct img img = { 0 };
	int result;

	if (check_sum(path, sha256, err) != 0 ||
	    img_load(path, THUMB_HEIGHT, 1, &img, err) != 0)
		return -1;
	result = code(img.pixels, img.width, thumb, err);
	img_release(&img);
	return result;
}

int
thumb_of_image(const void *image, size_t len, struct jpg_coded *thumb, struct buf *err)
{
	struct jpg_header header;
	struct box all = { 0, 0, 0, 0 };
	unsigned char *pixels, *small;
	int width, result;

	if (jpg_read_header(image, len, &header, err) != 0 ||
	    (pixels = jpg_decode(image, len, err)) == NULL)
		return -1;
	all.w = header.width;
	all.h = header.height;
	width = (int)fmax(lround(all.w * THUMB_HEIGHT / all.h), 1);
	small = xmalloc((size_t)width * THUMB_HEIGHT * 3);
	scale_part(&(struct scale_picture){ pixels, header.width, header.height }, &all,
	    width, THUMB_HEIGHT, small);
	result = code(small, width, thumb, err);
	free(small);
	free(pixels);
	return result;
}
