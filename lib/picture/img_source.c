#include "lib/picture/img_source.h"

#include <stdlib.h>
#include <string.h>
#include <vips/vips.h>

#include "lib/base/buf.h"
#include "lib/picture/img.h"
#include "lib/picture/img_parts.h"
#include "lib/picture/jpg.h"
#include "lib/picture/jpg_sound.h"

enum { FILE_MAX = 1 << 28 };	/* bytes */

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

/* A JPEG that lacks nothing but its end marker, which many a program and network
 * loses, is given one.  0, or -1 with the reason when it lacks more. */
static int
add_end_marker(struct buf *file, struct buf *err)
{
	struct jpg_sound sound = { 0, 0, 0 };
	struct buf ignored = BUF_INIT;
	int inspected;

	if (file->len < 2 || memcmp(file->data + file->len - 2, "\xff\xd9", 2) == 0 ||
	    jpg_has_end(file->data, file->len))
		return 0;
	inspected = jpg_inspect(file->data, file->len, &sound, &ignored);
	buf_release(&ignored);
	if (inspected != 0)
		return 0;	/* the loader says why */
	if (sound.cut) {
		buf_adds(err, "cannot open the picture: the file ends before the "
		    "picture does");
		return -1;
	}
	if (sound.unended)
		buf_adds(file, "\xff\xd9");
	return 0;
}

/* The image of the file's bytes. */
static int
load(struct img_source *source, const char *format, int shrink, struct buf *err)
{
	void *bytes = source->file.data;
	size_t len = source->file.len;
	int failed;

	source->reduction = shrink;
	if (strcmp(format, "jpeg") == 0)
		failed = vips_jpegload_buffer(bytes, len, &source->image,
		    "shrink", shrink, "access", VIPS_ACCESS_SEQUENTIAL,
		    "fail_on", VIPS_FAIL_ON_TRUNCATED, NULL);
	else
		failed = (strcmp(format, "png") == 0 ? vips_pngload_buffer :
		    strcmp(format, "webp") == 0 ? vips_webpload_buffer :
		    strcmp(format, "gif") == 0 ? vips_gifload_buffer :
		    strcmp(format, "tiff") == 0 ? vips_tiffload_buffer :
		    vips_heifload_buffer)(bytes, len, &source->image, "access",
		    VIPS_ACCESS_SEQUENTIAL, "fail_on", VIPS_FAIL_ON_TRUNCATED,
		    NULL);
	if (!failed)
		return 0;
	source->image = NULL;
	img_fail(err, "cannot open the picture");
	img_source_release(source);
	return -1;
}

int
img_source_open(struct img_source *source, const char *path, const char *format,
    struct buf *err)
{
	*source = (struct img_source){ .file = BUF_INIT, .reduction = 1 };
	if (strcmp(format, "bmp") == 0)
		return open_bmp(source, path, err);
	if (img_read_file(path, FILE_MAX, &source->file, err) != 0 ||
	    (strcmp(format, "jpeg") == 0 && add_end_marker(&source->file, err) != 0)) {
		img_source_release(source);
		return -1;
	}
	return load(source, format, 1, err);
}

int
img_source_reduce(struct img_source *source, int shrink, struct buf *err)
{
	g_object_unref(source->image);
	return load(source, "jpeg", shrink, err);
}

void
img_source_release(struct img_source *source)
{
	if (source->image != NULL)
		g_object_unref(source->image);
	free(source->memory);
	buf_release(&source->file);
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
	return img_source_open(source, path, *format, err);
}

/* ---- colours ---- */

static double
white_of(VipsInterpretation type)
{
	return type == VIPS_INTERPRETATION_GREY16 ||
	    type == VIPS_INTERPRETATION_RGB16 ? 65535 :
	    type == VIPS_INTERPRETATION_scRGB ? 1 :
	    type == VIPS_INTERPRETATION_CMYK ? 0 : 255;
}

int
img_source_flatten(struct img_source *source, struct buf *err)
{
	double white = white_of(source->image->Type);
	VipsArrayDouble *background;
	int failed;

	if (!vips_image_hasalpha(source->image))
		return 0;
	background = vips_array_double_newv(1, white);
	failed = vips_flatten(source->image, &source->next, "background",
	    background, NULL);
	vips_area_unref(VIPS_AREA(background));
	return img_source_proceed(source, failed,
	    "cannot compose the picture over white", err);
}

static int
is_plain(const VipsImage *image)
{
	return image->Bands == 3 && image->BandFmt == VIPS_FORMAT_UCHAR &&
	    (image->Type == VIPS_INTERPRETATION_sRGB ||
	    image->Type == VIPS_INTERPRETATION_RGB);
}

/* Through the embedded profile; a damaged one, or one for other colours, is
 * ignored, as viewers do. */
static void
use_profile(struct img_source *source)
{
	const char *fallback = source->image->Type == VIPS_INTERPRETATION_CMYK ?
	    "cmyk" : "srgb";

	if (vips_image_get_typeof(source->image, VIPS_META_ICC_NAME) != 0 &&
	    vips_icc_transform(source->image, &source->next, "srgb", "embedded",
	    TRUE, "input_profile", fallback, NULL) == 0)
		img_source_proceed(source, 0, "", NULL);
	vips_error_clear();
}

static int
make_three_channels(struct img_source *source, struct buf *err)
{
	static const char what[] = "cannot convert the picture's channels";
	int channels = source->image->Bands;
	VipsImage *grey[3];

	if (channels != 3 && img_source_proceed(source,
	    vips_extract_band(source->image, &source->next, 0, "n",
	    channels > 3 ? 3 : 1, NULL), what, err) != 0)
		return -1;
	grey[0] = grey[1] = grey[2] = source->image;
	if (channels < 3 && img_source_proceed(source,
	    vips_bandjoin(grey, &source->next, 3, NULL), what, err) != 0)
		return -1;
	return 0;
}

int
img_source_plain(struct img_source *source, struct buf *err)
{
	static const char what[] = "cannot convert the picture's colours";

	if (img_source_flatten(source, err) != 0)
		return -1;
	if (is_plain(source->image))
		return 0;
	use_profile(source);
	if (img_source_proceed(source, vips_colourspace(source->image,
	    &source->next, VIPS_INTERPRETATION_sRGB, NULL), what, err) != 0)
		return -1;
	vips_image_remove(source->image, VIPS_META_ICC_NAME);
	if (make_three_channels(source, err) != 0)
		return -1;
	return img_source_proceed(source, vips_cast_uchar(source->image,
	    &source->next, NULL), what, err);
}

void
img_apply_profile(const struct buf *profile, struct img *img)
{
	size_t len, size = (size_t)img->width * (size_t)img->height * 3;
	VipsImage *from, *to = NULL;
	void *pixels;

	if (profile->len == 0)
		return;
	from = vips_image_new_from_memory(img->pixels, size, img->width,
	    img->height, 3, VIPS_FORMAT_UCHAR);
	if (from == NULL)
		return;
	from->Type = VIPS_INTERPRETATION_sRGB;
	vips_image_set_blob_copy(from, VIPS_META_ICC_NAME, profile->data, profile->len);
	if (vips_icc_transform(from, &to, "srgb", "embedded", TRUE, NULL) == 0 &&
	    to->Bands == 3 && to->BandFmt == VIPS_FORMAT_UCHAR &&
	    (pixels = vips_image_write_to_memory(to, &len)) != NULL) {
		memcpy(img->pixels, pixels, size);
		g_free(pixels);
	}
	vips_error_clear();
	if (to != NULL)
		g_object_unref(to);
	g_object_unref(from);
}
