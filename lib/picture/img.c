#include "lib/picture/img.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <vips/vips.h>

#include "lib/base/box.h"
#include "lib/base/buf.h"
#include "lib/base/mem.h"
#include "lib/picture/img_parts.h"
#include "lib/picture/img_source.h"
#include "lib/picture/orient.h"
#include "lib/picture/scale.h"

enum {
	SHRINK_MAX = 1024,
	STRIP = 16		/* rows that are decoded at a time */
};

static void
ignore_log(const char *domain, GLogLevelFlags level, const char *message,
    void *data)
{
	(void)domain;
	(void)level;
	(void)message;
	(void)data;
}

int
img_start(struct buf *err)
{
	/* Warnings about odd files would go to standard error. */
	g_log_set_handler("VIPS", G_LOG_LEVEL_WARNING | G_LOG_LEVEL_INFO |
	    G_LOG_LEVEL_DEBUG | G_LOG_LEVEL_MESSAGE, ignore_log, NULL);
	if (VIPS_INIT("tc") != 0)
		return img_fail(err, "cannot start libvips");
	vips_concurrency_set(1);
	vips_cache_set_max(0);
	vips_block_untrusted_set(TRUE);
	return 0;
}

static int
orientation_of(VipsImage *image)
{
	int orientation = vips_image_get_orientation(image);

	return orientation >= 1 && orientation <= 8 ? orientation : 1;
}

static int
bits_of(VipsImage *image)
{
	int bits;

	if (vips_image_get_typeof(image, "heif-bitdepth") != 0 &&
	    vips_image_get_int(image, "heif-bitdepth", &bits) == 0)
		return bits;
	return (int)vips_format_sizeof(vips_image_get_format(image)) * 8;
}

static void
describe(VipsImage *image, const char *format, struct img_info *info)
{
	VipsInterpretation type = vips_image_guess_interpretation(image);

	info->format = format;
	info->orientation = orientation_of(image);
	info->width = orient_swaps(info->orientation) ? image->Ysize : image->Xsize;
	info->height = orient_swaps(info->orientation) ? image->Xsize :
	    image->Ysize;
	info->channels = image->Bands;
	info->bits = bits_of(image);
	info->pages = vips_image_get_n_pages(image);
	info->grey = type == VIPS_INTERPRETATION_B_W ||
	    type == VIPS_INTERPRETATION_GREY16;
	info->cmyk = type == VIPS_INTERPRETATION_CMYK;
}

static void
take_block(VipsImage *image, const char *name, struct buf *out)
{
	const void *bytes;
	size_t len;

	if (out != NULL && vips_image_get_typeof(image, name) != 0 &&
	    vips_image_get_blob(image, name, &bytes, &len) == 0)
		buf_add(out, bytes, len);
}

int
img_metadata(const char *path, struct img_info *info, struct buf *exif, struct buf *xmp,
    struct buf *err)
{
	struct img_info bmp = { .format = "bmp", .orientation = 1, .channels = 3,
	    .bits = 8, .pages = 1 };
	struct img_source source;
	char head[BMP_HEAD];
	const char *format;

	format = img_sniff_file(path, head, err);
	if (format == NULL)
		return -1;
	if (strcmp(format, bmp.format) == 0) {
		if (bmp_size(head, sizeof head, &bmp.width, &bmp.height,
		    err) != 0)
			return -1;
		*info = bmp;
		return 0;
	}
	if (img_source_open(&source, path, format, err) != 0)
		return -1;
	describe(source.image, format, info);
	take_block(source.image, VIPS_META_EXIF_NAME, exif);
	take_block(source.image, VIPS_META_XMP_NAME, xmp);
	img_source_release(&source);
	return 0;
}

int
img_probe(const char *path, struct img_info *info, struct buf *err)
{
	return img_metadata(path, info, NULL, NULL, err);
}

/* How many pixels become one while a file is read, at most ratio: JPEG knows powers of
 * two. */
static int
reduction_of(const char *format, double ratio)
{
	int factor = (int)fmax(fmin(ratio, SHRINK_MAX), 1);

	return strcmp(format, "jpeg") != 0 ? factor :
	    factor >= 8 ? 8 : factor >= 4 ? 4 : factor >= 2 ? 2 : 1;
}

/* Reopen or shrink by that. */
static int
reduce(struct img_source *source, const char *format, int factor, struct buf *err)
{
	if (factor < 2)
		return 0;
	if (strcmp(format, "jpeg") == 0)
		return img_source_reduce(source, factor, err);
	if (img_source_flatten(source, err) != 0)
		return -1;
	source->reduction = factor;
	return img_source_proceed(source, vips_shrink(source->image,
	    &source->next, factor, factor, NULL), "cannot reduce the picture",
	    err);
}

/* All pixels of an image of three channels, in this thread: starting libvips'
 * own takes longer.  The caller frees them; NULL with the reason. */
static unsigned char *
read_pixels(VipsImage *image, struct buf *err)
{
	size_t row = (size_t)image->Xsize * 3;
	unsigned char *pixels = xmalloc(row * (size_t)image->Ysize);
	VipsRegion *region = vips_region_new(image);
	VipsRect strip = { 0, 0, image->Xsize, 0 };
	int y, failed = 0;

	for (; !failed && strip.top < image->Ysize; strip.top += STRIP) {
		strip.height = VIPS_MIN(STRIP, image->Ysize - strip.top);
		failed = vips_region_prepare(region, &strip);
		for (y = strip.top; !failed && y < strip.top + strip.height; y++)
			memcpy(pixels + (size_t)y * row,
			    VIPS_REGION_ADDR(region, 0, y), row);
	}
	g_object_unref(region);
	if (!failed)
		return pixels;
	free(pixels);
	img_fail(err, "cannot decode the picture");
	return NULL;
}

/* The stored pixels in img become the sRGB pixels of the upright picture. */
static void
finish(const struct img_stored *stored, struct img *img)
{
	int orientation = stored->info.orientation, width = img->width;
	unsigned char *upright;

	img_apply_profile(&stored->profile, img);
	if (orientation == 1)
		return;
	upright = orient_upright(img->pixels, img->width, img->height,
	    orientation);
	free(img->pixels);
	img->pixels = upright;
	if (orient_swaps(orientation)) {
		img->width = img->height;
		img->height = width;
	}
}

/* ---- a whole picture ---- */

/* Begin to read a file of which ratio rows may become one; its pixels are not read
 * yet.  Where no column or row would be left, fewer do: there libvips ends the process. */
static int
open_stored(struct img_source *source, const char *format, double ratio,
    struct img_stored *stored, struct buf *err)
{
	describe(source->image, format, &stored->info);
	ratio = fmin(ratio, fmin(source->image->Xsize, source->image->Ysize));
	if (reduce(source, format, reduction_of(format, ratio), err) != 0 ||
	    img_source_plain(source, err) != 0)
		return -1;
	stored->reduction = source->reduction;
	stored->width = source->image->Xsize;
	stored->height = source->image->Ysize;
	take_block(source->image, VIPS_META_ICC_NAME, &stored->profile);
	return 0;
}

static double
upright_rows(VipsImage *image)
{
	return orient_swaps(orientation_of(image)) ? image->Xsize : image->Ysize;
}

int
img_decode(const char *path, int height, struct img_stored *stored, struct buf *err)
{
	struct img_stored loaded = IMG_STORED_INIT;
	struct img_source source;
	const char *format;

	vips_error_clear();
	if (img_source_sniff(&source, path, &format, err) != 0)
		return -1;
	if (open_stored(&source, format, upright_rows(source.image) / height,
	    &loaded, err) == 0)
		loaded.pixels = read_pixels(source.image, err);
	loaded.warned = *vips_error_buffer() != '\0';
	img_source_release(&source);
	if (loaded.pixels == NULL) {
		img_stored_release(&loaded);
		return -1;
	}
	*stored = loaded;
	return 0;
}

void
img_stored_release(struct img_stored *stored)
{
	free(stored->pixels);
	buf_release(&stored->profile);
	stored->pixels = NULL;
}

void
img_upright(const struct img_stored *stored, struct img *img)
{
	size_t size = (size_t)stored->width * (size_t)stored->height * 3;

	img->width = stored->width;
	img->height = stored->height;
	img->scale = 1 / stored->reduction;
	img->pixels = xmalloc(size);
	memcpy(img->pixels, stored->pixels, size);
	finish(stored, img);
}

/* ---- a part ---- */

/* Pixels of a picture as it is stored and reduced. */
struct area {
	int left, top, width, height;
};

/* What is cut out of the upright picture, and brought to a size. */
struct cut {
	const struct box *crop;		/* of the upright original */
	int width, height;
	int least;			/* rows that the whole picture is decoded to */
};

/* The crop in the stored and reduced picture. */
static struct box
stored_part(const struct img_stored *stored, const struct box *crop)
{
	const struct img_info *info = &stored->info;
	int swaps = orient_swaps(info->orientation);
	struct box part = orient_stored_part(crop, info->orientation,
	    swaps ? info->height : info->width, swaps ? info->width : info->height);

	part.x /= stored->reduction;
	part.y /= stored->reduction;
	part.w /= stored->reduction;
	part.h /= stored->reduction;
	return part;
}

/* The pixels that a part needs when it is resampled to across x down; the part becomes
 * relative to them. */
static struct area
area_around(const struct img_stored *stored, struct box *part, int across, int down)
{
	double aside = 3 + 2 * fmax(part->w / across, 1);
	double above = 3 + 2 * fmax(part->h / down, 1);
	double xmax = stored->width - 1, ymax = stored->height - 1;
	int left = (int)fmax(fmin(floor(part->x - aside), xmax), 0);
	int top = (int)fmax(fmin(floor(part->y - above), ymax), 0);
	int right = (int)fmin(fmax(ceil(part->x + part->w + aside), left), xmax);
	int bottom = (int)fmin(fmax(ceil(part->y + part->h + above), top), ymax);

	part->x -= left;
	part->y -= top;
	return (struct area){ left, top, right - left + 1, bottom - top + 1 };
}

/* The area's pixels, decoded now or before; the caller frees them. */
static unsigned char *
read_area(struct img_source *source, const struct img_stored *stored,
    const struct area *area, struct buf *err)
{
	size_t row = (size_t)area->width * 3;
	unsigned char *pixels;
	int y;

	if (stored->pixels == NULL)
		return img_source_proceed(source, vips_extract_area(source->image,
		    &source->next, area->left, area->top, area->width, area->height,
		    NULL), "cannot cut the picture", err) != 0 ? NULL :
		    read_pixels(source->image, err);
	pixels = xmalloc(row * (size_t)area->height);
	for (y = 0; y < area->height; y++)
		memcpy(pixels + (size_t)y * row, stored->pixels + 3 *
		    ((size_t)(area->top + y) * (size_t)stored->width +
		    (size_t)area->left), row);
	return pixels;
}

/* Cut and resample; source is open unless stored has pixels. */
static int
take_cut(struct img_source *source, const struct img_stored *stored,
    const struct cut *cut, struct img *img, struct buf *err)
{
	int swaps = orient_swaps(stored->info.orientation);
	struct box part = stored_part(stored, cut->crop);
	struct img loaded = { NULL, swaps ? cut->height : cut->width,
	    swaps ? cut->width : cut->height, cut->height / cut->crop->h };
	struct area area = area_around(stored, &part, loaded.width, loaded.height);
	unsigned char *pixels = read_area(source, stored, &area, err);
	struct scale_picture picture = { pixels, area.width, area.height };

	if (pixels == NULL)
		return -1;
	loaded.pixels = xmalloc((size_t)cut->width * (size_t)cut->height * 3);
	scale_part(&picture, &part, loaded.width, loaded.height, loaded.pixels);
	free(pixels);
	finish(stored, &loaded);
	*img = loaded;
	return 0;
}

static double
ratio_of(const struct cut *cut, double rows)
{
	double ratio = fmin(cut->crop->w / cut->width, cut->crop->h / cut->height);

	return cut->least > 0 ? fmin(ratio, rows / cut->least) : ratio;
}

static int
decode_cut(struct img_source *source, const char *format,
    const struct cut *cut, struct img *img, struct buf *err)
{
	struct img_stored stored = IMG_STORED_INIT;
	int result = open_stored(source, format,
	    ratio_of(cut, upright_rows(source->image)), &stored, err);

	if (result == 0)
		result = take_cut(source, &stored, cut, img, err);
	img_stored_release(&stored);
	return result;
}

int
img_load(const char *path, int height, int exact, struct img *img,
    struct buf *err)
{
	struct img_stored stored = IMG_STORED_INIT;
	struct img_info info;
	struct img_source source;
	const char *format;
	struct box all = { 0, 0, 0, 0 };
	struct cut cut = { &all, 0, height, 0 };
	double width;
	int result = -1;

	if (!exact) {
		if (img_decode(path, height, &stored, err) != 0)
			return -1;
		img_upright(&stored, img);
		img_stored_release(&stored);
		return 0;
	}
	if (img_source_sniff(&source, path, &format, err) != 0)
		return -1;
	describe(source.image, format, &info);
	all.w = info.width;
	all.h = info.height;
	width = fmax(floor(all.w * height / all.h + 0.5), 1);
	if (width > IMG_SIDE_MAX) {
		buf_addf(err, "the picture of %d x %d pixels is much wider than "
		    "high", info.width, info.height);
	} else {
		cut.width = (int)width;
		result = decode_cut(&source, format, &cut, img, err);
	}
	img_source_release(&source);
	return result;
}

int
img_load_crop(const char *path, const struct box *crop, int width, int height,
    int least, struct img *img, struct buf *err)
{
	const struct cut cut = { crop, width, height, least };
	struct img_source source;
	const char *format;
	int result;

	if (img_source_sniff(&source, path, &format, err) != 0)
		return -1;
	result = decode_cut(&source, format, &cut, img, err);
	img_source_release(&source);
	return result;
}

int
img_crop(const struct img_stored *stored, const struct box *crop, int width,
    int height, int least, struct img *img)
{
	const struct cut cut = { crop, width, height, least };
	struct buf ignored = BUF_INIT;

	return stored->pixels != NULL && stored->reduction ==
	    reduction_of(stored->info.format, ratio_of(&cut, stored->info.height)) &&
	    take_cut(NULL, stored, &cut, img, &ignored) == 0;
}
