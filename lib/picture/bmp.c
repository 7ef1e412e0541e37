#include "lib/picture/bmp.h"

#include <stdint.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/little.h"
#include "lib/base/mem.h"

enum { FILE_HEADER = 14, COMPRESSION_NONE = 0, COMPRESSION_FIELDS = 3 };

struct bmp {
	const unsigned char *bytes;
	size_t len;
	uint32_t offset, header;	/* of the pixels; bytes of the header */
	int width, height, upwards;
	unsigned bits;
	size_t stride;
	const unsigned char *palette;	/* blue, green, red, nothing */
	size_t colours;
};

/* 32 bits with the usual masks are as good as none. */
static int
has_usual_fields(const unsigned char *bytes, size_t len)
{
	return len >= FILE_HEADER + 52 && little(bytes + 54, 4) == 0xff0000 &&
	    little(bytes + 58, 4) == 0xff00 && little(bytes + 62, 4) == 0xff;
}

static int
parse_header(struct bmp *bmp, struct buf *err)
{
	const unsigned char *bytes = bmp->bytes;
	uint32_t compression;
	int32_t height;

	if (bmp->len < BMP_HEAD || memcmp(bytes, "BM", 2) != 0 ||
	    (bmp->header = little(bytes + FILE_HEADER, 4)) < 40) {
		buf_adds(err, "the bmp picture's header is damaged or of an old "
		    "kind");
		return -1;
	}
	bmp->offset = little(bytes + 10, 4);
	bmp->width = (int32_t)little(bytes + 18, 4);
	height = (int32_t)little(bytes + 22, 4);
	bmp->upwards = height > 0;
	if (bmp->width < 1 || bmp->width > BMP_SIDE_MAX || height == 0 ||
	    height > BMP_SIDE_MAX || height < -BMP_SIDE_MAX) {
		buf_adds(err, "the bmp picture's size is impossible");
		return -1;
	}
	bmp->height = height > 0 ? height : -height;
	bmp->bits = (unsigned)little(bytes + 28, 2);
	compression = little(bytes + 30, 4);
	if (compression != COMPRESSION_NONE && !(bmp->bits == 32 &&
	    compression == COMPRESSION_FIELDS &&
	    (bmp->len <= BMP_HEAD || has_usual_fields(bytes, bmp->len)))) {
		buf_addf(err, "the bmp picture is compressed or packed (kind %u), "
		    "which is not read", (unsigned)compression);
		return -1;
	}
	return 0;
}

static int
parse_rows(struct bmp *bmp, struct buf *err)
{
	size_t table = FILE_HEADER + (size_t)bmp->header, used;

	if (bmp->bits != 1 && bmp->bits != 4 && bmp->bits != 8 &&
	    bmp->bits != 24 && bmp->bits != 32) {
		buf_addf(err, "the bmp picture has %u bits a pixel, which is not "
		    "read", bmp->bits);
		return -1;
	}
	bmp->stride = ((size_t)bmp->width * bmp->bits + 31) / 32 * 4;
	if (bmp->offset > bmp->len ||
	    (bmp->len - bmp->offset) / bmp->stride < (size_t)bmp->height) {
		buf_adds(err, "the bmp picture is cut off");
		return -1;
	}
	if (bmp->bits > 8)
		return 0;
	used = little(bmp->bytes + 46, 4);
	bmp->colours = used > 0 && used <= 1u << bmp->bits ? used :
	    (size_t)1 << bmp->bits;
	if (table > bmp->len || (bmp->len - table) / 4 < bmp->colours) {
		buf_adds(err, "the bmp picture's palette is cut off");
		return -1;
	}
	bmp->palette = bmp->bytes + table;
	return 0;
}

static void
decode_row(const struct bmp *bmp, const unsigned char *row, unsigned char *out)
{
	static const unsigned char black[4] = { 0, 0, 0, 0 };
	const unsigned char *from;
	unsigned shift, index;
	int x;

	for (x = 0; x < bmp->width; x++, out += 3) {
		if (bmp->bits > 8) {
			from = row + (size_t)x * (bmp->bits / 8);
		} else {
			shift = 8 - bmp->bits - (unsigned)x * bmp->bits % 8;
			index = row[(size_t)x * bmp->bits / 8] >> shift &
			    ((1u << bmp->bits) - 1);
			from = index < bmp->colours ? bmp->palette + 4 * index :
			    black;
		}
		out[0] = from[2];
		out[1] = from[1];
		out[2] = from[0];
	}
}

int
bmp_size(const void *bytes, size_t len, int *width, int *height,
    struct buf *err)
{
	struct bmp bmp = { .bytes = bytes, .len = len < BMP_HEAD ? len : BMP_HEAD };

	if (parse_header(&bmp, err) != 0)
		return -1;
	*width = bmp.width;
	*height = bmp.height;
	return 0;
}

unsigned char *
bmp_decode(const void *bytes, size_t len, int *width, int *height,
    struct buf *err)
{
	struct bmp bmp = { .bytes = bytes, .len = len };
	unsigned char *pixels;
	int y, row;

	if (parse_header(&bmp, err) != 0 || parse_rows(&bmp, err) != 0)
		return NULL;
	pixels = xmalloc((size_t)bmp.width * (size_t)bmp.height * 3);
	for (y = 0; y < bmp.height; y++) {
		row = bmp.upwards ? bmp.height - 1 - y : y;
		decode_row(&bmp, bmp.bytes + bmp.offset + (size_t)row * bmp.stride,
		    pixels + (size_t)y * (size_t)bmp.width * 3);
	}
	*width = bmp.width;
	*height = bmp.height;
	return pixels;
}
