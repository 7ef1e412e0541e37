#include "lib/sheet/raster.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/picture/jpg.h"
#include "lib/picture/srgb.h"
#include "lib/picture/tif.h"
#include "lib/sheet/draw.h"

/* Of a sheet's JPEG: the picture was coded once before, and nothing is gained by
 * sparing. */
enum { SHEET_QUALITY = 95 };

int
raster_format_parse(const char *word)
{
	if (strcmp(word, "jpeg") == 0)
		return RASTER_JPEG;
	return strcmp(word, "tiff") == 0 ? RASTER_TIFF : -1;
}

const char *
raster_extension(enum raster_format format)
{
	return format == RASTER_TIFF ? ".tif" : ".jpg";
}

int
raster_code(struct draw *draw, enum raster_format format, int dpi,
    struct buf *out, struct buf *err)
{
	struct draw_pixels pixels;
	struct buf profile = BUF_INIT;
	const unsigned char *icc;
	int result;

	draw_pixels(draw, &pixels);
	srgb_profile(&profile);
	icc = (const unsigned char *)profile.data;
	if (format == RASTER_TIFF) {
		struct tif_sheet sheet = { pixels.bytes, pixels.width,
		    pixels.height, pixels.stride, dpi, icc, profile.len };

		result = tif_code(&sheet, out, err);
	} else {
		struct jpg_sheet sheet = { pixels.bytes, pixels.width,
		    pixels.height, pixels.stride, dpi, SHEET_QUALITY, icc,
		    profile.len };

		result = jpg_code_sheet(&sheet, out, err);
	}
	buf_release(&profile);
	return result;
}
