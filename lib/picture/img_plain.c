#include "lib/picture/img.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/fault.h"
#include "lib/base/io.h"
#include "lib/base/mem.h"
#include "lib/picture/img_parts.h"

enum { BMP_BYTES_MAX = 1 << 30 };

const char *
img_sniff(const void *bytes, size_t len)
{
	static const struct {
		const char *format, *magic;
		size_t offset, len;
	} known[] = {
		{ "jpeg", "\xff\xd8\xff", 0, 3 },
		{ "png", "\x89PNG\r\n\x1a\n", 0, 8 },
		{ "webp", "WEBPVP8", 8, 7 },
		{ "gif", "GIF8", 0, 4 },
		{ "tiff", "II*\0", 0, 4 },
		{ "tiff", "MM\0*", 0, 4 },
		{ "tiff", "II+\0", 0, 4 },
		{ "tiff", "MM\0+", 0, 4 },
		{ "heif", "ftyphei", 4, 7 },
		{ "heif", "ftyphev", 4, 7 },
		{ "heif", "ftypmif1", 4, 8 },
		{ "heif", "ftypmsf1", 4, 8 },
		{ "heif", "ftypavif", 4, 8 },
		{ "heif", "ftypavis", 4, 8 },
		{ "bmp", "BM", 0, 2 },
	};
	const char *start = bytes;
	size_t i;

	for (i = 0; i < sizeof known / sizeof known[0]; i++)
		if (len >= known[i].offset + known[i].len &&
		    memcmp(start + known[i].offset, known[i].magic,
		    known[i].len) == 0)
			return known[i].format;
	return NULL;
}

const char *
img_sniff_file(const char *path, char head[static BMP_HEAD], struct buf *err)
{
	const char *format = NULL;
	size_t len;
	FILE *file;

	file = fopen(path, "rbe");
	if (file == NULL) {
		fault_system(err, "cannot open the picture");
		return NULL;
	}
	memset(head, 0, BMP_HEAD);
	len = fread(head, 1, BMP_HEAD, file);
	if (ferror(file))
		fault_system(err, "cannot read the picture");
	else if (len == 0)
		buf_adds(err, "the file is empty");
	else if ((format = img_sniff(head, len)) == NULL)
		buf_adds(err, "the file is not a picture of a known format");
	fclose(file);
	return format;
}

int
img_read_file(const char *path, size_t limit, struct buf *out, struct buf *err)
{
	struct buf named = BUF_INIT;
	int result = io_read_file(path, limit, out, &named);

	if (result != 0 && out->len > limit)
		buf_addf(err, "the file has more than %zu bytes", limit);
	else if (result != 0)
		buf_adds(err, "the picture's file cannot be read");
	buf_release(&named);
	return result;
}

unsigned char *
img_read_bmp(const char *path, int *width, int *height, struct buf *err)
{
	struct buf bytes = BUF_INIT;
	unsigned char *pixels = NULL;

	if (img_read_file(path, BMP_BYTES_MAX, &bytes, err) == 0)
		pixels = bmp_decode(bytes.data, bytes.len, width, height, err);
	buf_release(&bytes);
	return pixels;
}

void
img_explain(const char *what, const char *said, struct buf *err)
{
	size_t len = strcspn(said, "\n");
	const char *colon;

	while (strncmp(said, "VipsJpeg:", 9) == 0 && said[len] == '\n' &&
	    said[len + 1] != '\0') {
		said += len + 1;
		len = strcspn(said, "\n");
	}
	/* A line begins with an operation's name. */
	colon = memchr(said, ':', len);
	if (colon != NULL && colon[1] == ' ') {
		len -= (size_t)(colon + 2 - said);
		said = colon + 2;
	}
	buf_addf(err, "%s: ", what);
	if (len == 0)
		buf_adds(err, "it is damaged");
	if (len > 1 && islower((unsigned char)said[1])) {
		buf_addc(err, tolower((unsigned char)*said++));
		len--;
	}
	buf_add(err, said, len);
}

unsigned char *
img_grey(const struct img *img)
{
	size_t count = (size_t)img->width * (size_t)img->height, i;
	unsigned char *grey = xmalloc(count);
	const unsigned char *p = img->pixels;

	for (i = 0; i < count; i++, p += 3)
		grey[i] = (unsigned char)((19595u * p[0] + 38470u * p[1] +
		    7471u * p[2] + 32768u) >> 16);
	return grey;
}

void
img_release(struct img *img)
{
	free(img->pixels);
	*img = (struct img){ NULL, 0, 0, 0 };
}
