#include "scripts/draw/exif.h"

#include <string.h>

#include "lib/base/buf.h"
#include "scripts/draw/portrait.h"

enum type { ASCII = 2, SHORT = 3, LONG = 4, RATIONAL = 5 };

/* One IFD being built: entries, and the values that do not fit in them. */
struct ifd {
	struct buf entries, values;
	unsigned start;		/* of the IFD in the TIFF bytes */
	unsigned count, total;	/* entries so far, entries in all */
};

static void
add16(struct buf *buf, unsigned value)
{
	buf_addc(buf, (int)(value >> 8 & 255));
	buf_addc(buf, (int)(value & 255));
}

static void
add32(struct buf *buf, unsigned value)
{
	add16(buf, value >> 16);
	add16(buf, value);
}

static void
entry(struct ifd *ifd, unsigned tag, enum type type, unsigned count)
{
	add16(&ifd->entries, tag);
	add16(&ifd->entries, type);
	add32(&ifd->entries, count);
	ifd->count++;
}

static unsigned
values_at(const struct ifd *ifd)
{
	return ifd->start + 2 + 12 * ifd->total + 4 + (unsigned)ifd->values.len;
}

static void
number(struct ifd *ifd, unsigned tag, enum type type, unsigned value)
{
	entry(ifd, tag, type, 1);
	if (type == LONG)
		add32(&ifd->entries, value);
	else
		add32(&ifd->entries, value << 16);
}

static void
text(struct ifd *ifd, unsigned tag, const char *value)
{
	size_t len = strlen(value) + 1;

	entry(ifd, tag, ASCII, (unsigned)len);
	if (len <= 4) {
		buf_add(&ifd->entries, value, len);
		while (len++ < 4)
			buf_addc(&ifd->entries, 0);
		return;
	}
	add32(&ifd->entries, values_at(ifd));
	buf_add(&ifd->values, value, len);
	if (len % 2)
		buf_addc(&ifd->values, 0);
}

static void
degrees(struct ifd *ifd, unsigned tag, unsigned whole)
{
	entry(ifd, tag, RATIONAL, 3);
	add32(&ifd->entries, values_at(ifd));
	add32(&ifd->values, whole);
	add32(&ifd->values, 1);
	add32(&ifd->values, 30);
	add32(&ifd->values, 1);
	add32(&ifd->values, 0);
	add32(&ifd->values, 1);
}

static void
finish(struct ifd *ifd, struct buf *tiff)
{
	add16(tiff, ifd->count);
	buf_add(tiff, ifd->entries.data, ifd->entries.len);
	add32(tiff, 0);
	buf_add(tiff, ifd->values.data, ifd->values.len);
	buf_release(&ifd->entries);
	buf_release(&ifd->values);
}

static void
open_ifd(struct ifd *ifd, unsigned start, unsigned total)
{
	buf_init(&ifd->entries);
	buf_init(&ifd->values);
	ifd->start = start;
	ifd->count = 0;
	ifd->total = total;
}

static void
build_tiff(const struct portrait *p, struct buf *tiff)
{
	const char *date = p->date[0] ? p->date : "2026:03:16 09:30:00";
	const char *software = p->software[0] ? p->software : "Camera 12.1";
	unsigned exif_size = 2 + 12 * 2 + 4 + 20, first_size;
	struct ifd first, exif, gps;

	open_ifd(&first, 8, 7);
	text(&first, 0x010f, "Example");
	text(&first, 0x0110, "Phone 3");
	number(&first, 0x0112, SHORT, p->orientation > 0 ?
		(unsigned)p->orientation : 1);
	text(&first, 0x0131, software);
	text(&first, 0x0132, date);
	first_size = 2 + 12 * 7 + 4 + (unsigned)first.values.len;
	number(&first, 0x8769, LONG, 8 + first_size);
	number(&first, 0x8825, LONG, 8 + first_size + exif_size);
	open_ifd(&exif, 8 + first_size, 2);
	text(&exif, 0x9003, date);
	number(&exif, 0xa001, SHORT, 1);
	open_ifd(&gps, 8 + first_size + exif_size, 4);
	text(&gps, 1, "N");
	degrees(&gps, 2, 12);
	text(&gps, 3, "E");
	degrees(&gps, 4, 160);
	buf_add(tiff, "MM\0\052\0\0\0\010", 8);
	finish(&first, tiff);
	finish(&exif, tiff);
	finish(&gps, tiff);
}

/* Just the orientation, for a picture without other metadata. */
static void
build_orientation(const struct portrait *p, struct buf *tiff)
{
	struct ifd first;

	open_ifd(&first, 8, 1);
	number(&first, 0x0112, SHORT, (unsigned)p->orientation);
	buf_add(tiff, "MM\0\052\0\0\0\010", 8);
	finish(&first, tiff);
}

/* libvips writes no JFIF segment when it strips metadata; skip one if a
 * version does. */
static size_t
after_jfif(const unsigned char *jpeg, size_t len)
{
	if (len > 6 && jpeg[2] == 0xff && jpeg[3] == 0xe0)
		return 4 + (size_t)(jpeg[4] << 8 | jpeg[5]);
	return 2;
}

void
exif_insert(const struct portrait *p, const unsigned char *jpeg, size_t len,
	struct buf *out)
{
	static const char jfif[] = "\xff\xe0\0\020JFIF\0\1\1\1\0\110\0\110\0";
	int all = p->exif || p->date[0] || p->software[0];
	size_t rest = after_jfif(jpeg, len);
	struct buf tiff = BUF_INIT;

	buf_add(out, jpeg, 2);
	if (all)
		build_tiff(p, &tiff);
	else if (p->orientation > 0)
		build_orientation(p, &tiff);
	if (tiff.len > 0) {
		buf_adds(out, "\xff\xe1");
		add16(out, (unsigned)tiff.len + 8);
		buf_add(out, "Exif\0\0", 6);
		buf_add(out, tiff.data, tiff.len);
	} else {
		buf_add(out, jfif, sizeof jfif);
	}
	buf_add(out, jpeg + rest, len - rest);
	buf_release(&tiff);
}
