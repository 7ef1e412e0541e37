#include "lib/picture/thumb.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/hash.h"
#include "lib/picture/img.h"
#include "lib/picture/jpg.h"

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
	fault_own(err, "'%s' is not what the manifest says", path);
	return -1;
}

int
thumb_make(const char *path, const char *sha256, struct jpg_coded *thumb,
    struct buf *err)
{
	struct img img = { 0 };
	int result = -1;

	if (check_sum(path, sha256, err) != 0 ||
	    img_load(path, THUMB_HEIGHT, 1, &img, err) != 0)
		return -1;
	if (jpg_code(img.pixels, img.width, img.height, &limits, thumb, err) != 0)
		goto out;
	if (thumb->len > THUMB_BYTES_MAX) {
		buf_addf(err, "no small picture can be made of '%s'", path);
		jpg_release(thumb);
		goto out;
	}
	result = 0;
out:
	img_release(&img);
	return result;
}
