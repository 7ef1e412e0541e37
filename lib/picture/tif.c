#include "lib/picture/tif.h"

#include <stdlib.h>
#include <string.h>

#include <tiffio.h>

#include "lib/base/buf.h"
#include "lib/base/mem.h"

enum { STRIP_ROWS = 64 };

/* A file in memory, as libtiff wants it: it goes back to fill offsets in. */
struct memory {
	struct buf bytes;
	size_t at;
};

static tmsize_t
read_memory(thandle_t handle, void *bytes, tmsize_t len)
{
	struct memory *memory = handle;
	size_t rest = memory->bytes.len - memory->at, count = (size_t)len;

	if (count > rest)
		count = rest;
	memcpy(bytes, memory->bytes.data + memory->at, count);
	memory->at += count;
	return (tmsize_t)count;
}

static tmsize_t
write_memory(thandle_t handle, void *bytes, tmsize_t len)
{
	struct memory *memory = handle;
	size_t end = memory->at + (size_t)len;

	if (end > memory->bytes.len) {
		buf_reserve(&memory->bytes, end - memory->bytes.len);
		memory->bytes.len = end;
	}
	memcpy(memory->bytes.data + memory->at, bytes, (size_t)len);
	memory->at = end;
	return len;
}

static toff_t
seek_memory(thandle_t handle, toff_t offset, int whence)
{
	struct memory *memory = handle;
	size_t base = whence == SEEK_CUR ? memory->at :
	    whence == SEEK_END ? memory->bytes.len : 0;
	size_t at = base + (size_t)offset;

	/* a hole would be filled with what the heap held */
	while (memory->bytes.len < at)
		buf_addc(&memory->bytes, 0);
	memory->at = at;
	return at;
}

static int
close_memory(thandle_t handle)
{
	(void)handle;
	return 0;
}

static toff_t
size_memory(thandle_t handle)
{
	return ((struct memory *)handle)->bytes.len;
}

static void
set_fields(TIFF *tiff, const struct tif_sheet *sheet)
{
	TIFFSetField(tiff, TIFFTAG_IMAGEWIDTH, (uint32_t)sheet->width);
	TIFFSetField(tiff, TIFFTAG_IMAGELENGTH, (uint32_t)sheet->height);
	TIFFSetField(tiff, TIFFTAG_BITSPERSAMPLE, 8);
	TIFFSetField(tiff, TIFFTAG_SAMPLESPERPIXEL, 3);
	TIFFSetField(tiff, TIFFTAG_PHOTOMETRIC, PHOTOMETRIC_RGB);
	TIFFSetField(tiff, TIFFTAG_PLANARCONFIG, PLANARCONFIG_CONTIG);
	TIFFSetField(tiff, TIFFTAG_ORIENTATION, ORIENTATION_TOPLEFT);
	TIFFSetField(tiff, TIFFTAG_COMPRESSION, COMPRESSION_LZW);
	TIFFSetField(tiff, TIFFTAG_PREDICTOR, PREDICTOR_HORIZONTAL);
	TIFFSetField(tiff, TIFFTAG_ROWSPERSTRIP, (uint32_t)STRIP_ROWS);
	TIFFSetField(tiff, TIFFTAG_RESOLUTIONUNIT, RESUNIT_INCH);
	TIFFSetField(tiff, TIFFTAG_XRESOLUTION, (double)sheet->dpi);
	TIFFSetField(tiff, TIFFTAG_YRESOLUTION, (double)sheet->dpi);
	TIFFSetField(tiff, TIFFTAG_ICCPROFILE, (uint32_t)sheet->profile_len,
	    sheet->profile);
}

static int
write_rows(TIFF *tiff, const struct tif_sheet *sheet)
{
	unsigned char *row = xmalloc((size_t)sheet->width * 3), *to;
	const unsigned char *from;
	int x, y, result = 0;

	for (y = 0; y < sheet->height && result == 0; y++) {
		from = sheet->bytes + (size_t)y * sheet->stride;
		to = row;
		for (x = 0; x < sheet->width; x++, from += 4) {
			*to++ = from[2];
			*to++ = from[1];
			*to++ = from[0];
		}
		if (TIFFWriteScanline(tiff, row, (uint32_t)y, 0) < 0)
			result = -1;
	}
	free(row);
	return result;
}

int
tif_code(const struct tif_sheet *sheet, struct buf *out, struct buf *err)
{
	struct memory memory = { BUF_INIT, 0 };
	TIFF *tiff;
	int result = -1;

	/* what it would print on standard error is said below */
	TIFFSetErrorHandler(NULL);
	TIFFSetWarningHandler(NULL);
	tiff = TIFFClientOpen("sheet", "wlm", &memory, read_memory, write_memory,
	    seek_memory, close_memory, size_memory, NULL, NULL);
	if (tiff != NULL) {
		set_fields(tiff, sheet);
		result = write_rows(tiff, sheet);
		if (TIFFFlush(tiff) != 1)
			result = -1;
		TIFFClose(tiff);
	}
	if (result == 0)
		buf_add(out, memory.bytes.data, memory.bytes.len);
	else
		buf_adds(err, "cannot code the sheet as TIFF");
	buf_release(&memory.bytes);
	return result;
}
