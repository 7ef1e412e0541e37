#include "lib/picture/img_source.h"

#include <stdlib.h>
#include <string.h>
#include <vips/vips.h>

#include "lib/picture/img_parts.h"

int
img_fail(struct buf *err, const char *what)
{
	img_explain(what, vips_error_buffer(), err);
	vips_error_clear();
	return -1;
}

static int
open_bmp(struct img_source *source, const char *path, struct buf *err)
{
	int width, height;

	source->memory = img_read_bmp(path, &width, &height, err);
	if (source->memory == NULL)
		return -1;
	source->image = vips_image_new_from_memory(source->memory,
	    (size_t)width * (size_t)height * 3, width, height, 3,
	    VIPS_FORMAT_UCHAR);
	source->image->Type = VIPS_INTERPRETATION_sRGB;
	return 0;
}

int
img_source_open(struct img_source *source, const char *path, const char *format,
    int shrink, struct buf *err)
{
	VipsImage **image = &source->image;
	int failed;

	source->image = NULL;
	source->memory = NULL;
	source->reduction = shrink;
	if (strcmp(format, "bmp") == 0)
		return open_bmp(source, path, err);
	if (strcmp(format, "jpeg") == 0)
		failed = vips_jpegload(path, image, "shrink", shrink, "access",
		    VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_TRUNCATED,
		    NULL);
	else
		failed = (strcmp(format, "png") == 0 ? vips_pngload :
		    strcmp(format, "webp") == 0 ? vips_webpload :
		    strcmp(format, "gif") == 0 ? vips_gifload :
		    strcmp(format, "tiff") == 0 ? vips_tiffload :
		    vips_heifload)(path, image, "access",
		    VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_TRUNCATED,
		    NULL);
	if (failed) {
		source->image = NULL;
		return img_fail(err, "cannot open the picture");
	}
	return 0;
}

void
img_source_release(struct img_source *source)
{
	if (source->image != NULL)
		g_object_unref(source->image);
	free(source->memory);
	source->image = NULL;
	source->memory = NULL;
}

int
img_source_proceed(struct img_source *source, int failed, const char *what,
    struct buf *err)
{
	if (failed)
		return img_fail(err, what);
	g_object_unref(source->image);
	source->image = source->next;
	return 0;
}

int
img_source_sniff(struct img_source *source, const char *path, const char **format,
    struct buf *err)
{
	char head[BMP_HEAD];

	*format = img_sniff_file(path, head, err);
	if (*format == NULL)
		return -1;
	return img_source_open(source, path, *format, 1, err);
}
