#ifndef TC_QR_H
#define TC_QR_H
/*
 * qr: the text of the QR code in a picture, through zbar.
 *
 * Only in a worker process, after img_start.  The picture may be a screenshot, a
 * file saved from a page or a photo of a screen: turned, at an angle, small, dark,
 * unevenly lit, white on black.  It is tried at several sizes, the likeliest first;
 * the code's own error correction says whether what was read is right.
 */
#include <stddef.h>	/* size_t */

struct buf;

enum qr_effort {
	QR_QUICK,	/* a code that fills a good part of the picture */
	QR_THOROUGH	/* every size, and white on black */
};

enum qr_found {
	QR_NONE,	/* none that can be read */
	QR_ONE,
	QR_SEVERAL	/* that differ */
};

/* Look for QR codes in the file at path and append the bytes of the one code there
 * is to bytes.  Returns a qr_found, or -1 with the reason when the picture cannot
 * be decoded. */
int qr_read(const char *path, enum qr_effort effort, struct buf *bytes,
    struct buf *err);

/* Append the bytes of a code as text: as they are when they are UTF-8 (without a
 * NUL, which no text has), else in base64. */
void qr_text(const char *bytes, size_t len, struct buf *out);

#endif
