#include "lib/picture/qr.h"

#include <stdlib.h>
#include <string.h>
#include <zbar.h>

#include "lib/base/base64.h"
#include "lib/base/buf.h"
#include "lib/base/text.h"
#include "lib/picture/img.h"

/* Sizes at which zbar finds codes: measured on 180 pictures of codes, drawn small,
 * turned, at an angle, dark and coded badly, and on real ones. */
static const struct rung {
	int height, inverted;
	enum qr_effort effort;		/* from which on it is tried */
} rungs[] = {
	{ 640, 0, QR_QUICK }, { 1000, 0, QR_THOROUGH },
	{ 1600, 0, QR_THOROUGH }, { 640, 1, QR_THOROUGH },
	{ 1000, 1, QR_THOROUGH }, { 400, 0, QR_THOROUGH },
	{ 2400, 0, QR_THOROUGH }
};
enum { RUNGS = sizeof rungs / sizeof rungs[0] };

static zbar_image_scanner_t *
new_scanner(void)
{
	zbar_image_scanner_t *scanner = zbar_image_scanner_create();

	if (scanner == NULL)
		return NULL;
	/* Debian's zbar can tell the desktop's bus what it read. */
	zbar_image_scanner_request_dbus(scanner, 0);
	zbar_image_scanner_set_config(scanner, ZBAR_NONE, ZBAR_CFG_ENABLE, 0);
	zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_ENABLE, 1);
	/* else it takes the bytes for text of an encoding that it guesses */
	zbar_image_scanner_set_config(scanner, ZBAR_QRCODE, ZBAR_CFG_BINARY, 1);
	return scanner;
}

/* Take what is in the scanned image; codes that say the same are one. */
static int
take_symbols(const zbar_image_t *image, struct buf *bytes)
{
	const zbar_symbol_t *symbol = zbar_image_first_symbol(image);
	size_t start = bytes->len, len;
	int found = QR_NONE;

	for (; symbol != NULL; symbol = zbar_symbol_next(symbol)) {
		const char *data = zbar_symbol_get_data(symbol);

		len = zbar_symbol_get_data_length(symbol);
		if (zbar_symbol_get_type(symbol) != ZBAR_QRCODE || len == 0)
			continue;
		if (found == QR_NONE) {
			buf_add(bytes, data, len);
			found = QR_ONE;
		} else if (len != bytes->len - start ||
		    memcmp(data, bytes->data + start, len) != 0) {
			found = QR_SEVERAL;
		}
	}
	return found;
}

static int
scan(zbar_image_scanner_t *scanner, unsigned char *grey, int width, int height,
    struct buf *bytes)
{
	zbar_image_t *image = zbar_image_create();
	int found = QR_NONE;

	if (image == NULL)
		return QR_NONE;
	zbar_image_set_format(image, zbar_fourcc('Y', '8', '0', '0'));
	zbar_image_set_size(image, (unsigned int)width, (unsigned int)height);
	zbar_image_set_data(image, grey, (unsigned long)width *
	    (unsigned long)height, NULL);
	if (zbar_scan_image(scanner, image) > 0)
		found = take_symbols(image, bytes);
	zbar_image_destroy(image);
	return found;
}

static void
invert(unsigned char *grey, size_t count)
{
	for (size_t i = 0; i < count; i++)
		grey[i] = (unsigned char)~grey[i];
}

static int
try_rung(zbar_image_scanner_t *scanner, const char *path,
    const struct rung *rung, struct buf *bytes, struct buf *err)
{
	struct img img;
	unsigned char *grey;
	int found;

	if (img_load(path, rung->height, 1, &img, err) == -1)
		return -1;
	grey = img_grey(&img);
	if (rung->inverted)
		invert(grey, (size_t)img.width * (size_t)img.height);
	found = scan(scanner, grey, img.width, img.height, bytes);
	free(grey);
	img_release(&img);
	return found;
}

int
qr_read(const char *path, enum qr_effort effort, struct buf *bytes,
    struct buf *err)
{
	zbar_image_scanner_t *scanner = new_scanner();
	size_t start = bytes->len;
	int found = QR_NONE;

	if (scanner == NULL) {
		buf_adds(err, "cannot start zbar");
		return -1;
	}
	zbar_set_verbosity(0);
	for (size_t i = 0; i < RUNGS && found == QR_NONE; i++)
		if (rungs[i].effort <= effort)
			found = try_rung(scanner, path, &rungs[i], bytes, err);
	zbar_image_scanner_destroy(scanner);
	if (found != QR_ONE) {
		bytes->len = start;
		if (bytes->data != NULL)
			bytes->data[start] = '\0';
	}
	return found;
}

void
qr_text(const char *bytes, size_t len, struct buf *out)
{
	if (text_is_utf8(bytes, len) && memchr(bytes, '\0', len) == NULL)
		buf_add(out, bytes, len);
	else
		base64_add(bytes, len, out);
}
