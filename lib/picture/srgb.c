#include "lib/picture/srgb.h"

#include <math.h>
#include <stdint.h>

#include "lib/base/buf.h"

/* ICC.1:2001-04: header 6.1, tag table 6.2, types 6.5. */
enum {
	CURVE_POINTS = 1024,
	HEADER_BYTES = 128,
	TAGS = 9,
	XYZ_BYTES = 20,
	CURVE_BYTES = 12 + 2 * CURVE_POINTS
};

static const char name[] = "sRGB IEC61966-2.1";
static const char rights[] = "no copyright, use freely";

static void
put_16(struct buf *out, unsigned value)
{
	buf_addc(out, (int)(value >> 8 & 0xff));
	buf_addc(out, (int)(value & 0xff));
}

static void
put_32(struct buf *out, uint32_t value)
{
	put_16(out, value >> 16);
	put_16(out, value & 0xffff);
}

static void
put_zeros(struct buf *out, size_t count)
{
	while (count-- > 0)
		buf_addc(out, 0);
}

static void
put_xyz(struct buf *out, double x, double y, double z)
{
	const double values[] = { x, y, z };
	int i;

	for (i = 0; i < 3; i++)		/* s15Fixed16Number */
		put_32(out, (uint32_t)lround(values[i] * 65536));
}

static void
put_xyz_tag(struct buf *out, double x, double y, double z)
{
	buf_adds(out, "XYZ ");
	put_32(out, 0);
	put_xyz(out, x, y, z);
}

static void
put_header(struct buf *out, uint32_t size)
{
	put_32(out, size);
	put_32(out, 0);
	put_32(out, 0x02100000);	/* version 2.1 */
	buf_adds(out, "mntrRGB XYZ ");
	/* its date is the standard's, 1999-10-01: there is no other */
	put_16(out, 1999), put_16(out, 10), put_16(out, 1);
	put_zeros(out, 6);
	buf_adds(out, "acsp");
	put_zeros(out, 28);		/* platform, flags, device, intent */
	put_xyz(out, 0.9642, 1, 0.8249);
	put_zeros(out, 48);
}

static uint32_t
padded(uint32_t size)
{
	return (size + 3) / 4 * 4;
}

static void
put_description(struct buf *out)
{
	buf_adds(out, "desc");
	put_32(out, 0);
	put_32(out, sizeof name);
	buf_add(out, name, sizeof name);
	put_zeros(out, 4 + 4 + 2 + 1 + 67);	/* no Unicode, no ScriptCode */
}

static void
put_curve(struct buf *out)
{
	double in, linear;
	int i;

	buf_adds(out, "curv");
	put_32(out, 0);
	put_32(out, CURVE_POINTS);
	for (i = 0; i < CURVE_POINTS; i++) {
		in = i / (CURVE_POINTS - 1.0);
		linear = in <= 0.04045 ? in / 12.92 :
		    pow((in + 0.055) / 1.055, 2.4);
		put_16(out, (unsigned)lround(linear * 65535));
	}
}

static void
put_tag(struct buf *out, const char *signature, uint32_t *offset,
    uint32_t size)
{
	buf_adds(out, signature);
	put_32(out, *offset);
	put_32(out, size);
	*offset += padded(size);
}

static void
pad(struct buf *out, size_t start)
{
	while ((out->len - start) % 4 != 0)
		buf_addc(out, 0);
}

void
srgb_profile(struct buf *out)
{
	static const char *const curves[] = { "rTRC", "gTRC", "bTRC" };
	uint32_t description = 12 + sizeof name + 78, text = 8 + sizeof rights;
	uint32_t offset = HEADER_BYTES + 4 + 12 * TAGS, curve;
	size_t start = out->len;
	int i;

	put_header(out, offset + padded(description) + padded(text) +
	    4 * XYZ_BYTES + CURVE_BYTES);
	put_32(out, TAGS);
	put_tag(out, "desc", &offset, description);
	put_tag(out, "cprt", &offset, text);
	put_tag(out, "wtpt", &offset, XYZ_BYTES);
	put_tag(out, "rXYZ", &offset, XYZ_BYTES);
	put_tag(out, "gXYZ", &offset, XYZ_BYTES);
	put_tag(out, "bXYZ", &offset, XYZ_BYTES);
	for (i = 0; i < 3; i++) {	/* one curve for all three */
		curve = offset;
		put_tag(out, curves[i], &curve, CURVE_BYTES);
	}
	put_description(out);
	pad(out, start);
	buf_adds(out, "text");
	put_32(out, 0);
	buf_add(out, rights, sizeof rights);
	pad(out, start);
	put_xyz_tag(out, 0.9642, 1, 0.8249);
	put_xyz_tag(out, 0.43607, 0.22249, 0.01392);
	put_xyz_tag(out, 0.38515, 0.71687, 0.09708);
	put_xyz_tag(out, 0.14307, 0.06061, 0.71410);
	put_curve(out);
}
