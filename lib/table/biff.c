#include "lib/table/biff.h"

#include <string.h>

#include "lib/base/buf.h"
#include "lib/base/little.h"
#include "lib/base/text.h"

enum {
	HEAD = 4,		/* kind and length */
	/* Flags of a text. */
	TEXT_WIDE = 1, TEXT_PHONETIC = 4, TEXT_RICH = 8,
	RUN_BYTES = 4,		/* of one format in a rich text */
	UTF8_PROOF = 3		/* bytes of a character, see text.h */
};

int
biff_seek(struct biff *biff, size_t offset)
{
	size_t len;

	biff->start = biff->next = offset;
	biff->at = biff->end = biff->len;
	biff->kind = 0;
	if (offset > biff->len || biff->len - offset < HEAD)
		return 0;
	len = little(biff->bytes + offset + 2, 2);
	if (biff->len - offset - HEAD < len)
		return 0;
	biff->kind = little(biff->bytes + offset, 2);
	biff->at = offset + HEAD;
	biff->end = biff->next = biff->at + len;
	return 1;
}

int
biff_next(struct biff *biff)
{
	return biff_seek(biff, biff->next);
}

size_t
biff_left(const struct biff *biff)
{
	return biff->end - biff->at;
}

/* Go on in the record's continuation; 0 when there is none. */
static int
go_on(struct biff *biff)
{
	size_t offset = biff->next, len;

	if (biff->len - offset < HEAD ||
	    little(biff->bytes + offset, 2) != BIFF_CONTINUE)
		return 0;
	len = little(biff->bytes + offset + 2, 2);
	if (biff->len - offset - HEAD < len)
		return 0;
	biff->at = offset + HEAD;
	biff->end = biff->next = biff->at + len;
	return 1;
}

static unsigned int
byte(struct biff *biff)
{
	while (biff->at == biff->end)
		if (!go_on(biff)) {
			biff->broken = 1;
			return 0;
		}
	return biff->bytes[biff->at++];
}

unsigned int
biff_number(struct biff *biff, size_t bytes)
{
	unsigned int value = 0;

	for (size_t i = 0; i < bytes; i++)
		value |= byte(biff) << 8 * i;
	return value;
}

double
biff_double(struct biff *biff)
{
	uint64_t bits = biff_number(biff, 4);
	double value;

	bits |= (uint64_t)biff_number(biff, 4) << 32;
	memcpy(&value, &bits, sizeof value);
	return value;
}

double
biff_rk(struct biff *biff)
{
	uint32_t rk = biff_number(biff, 4);
	uint64_t bits = (uint64_t)(rk & ~3U) << 32;
	double value;

	if (rk & 2)
		value = (double)((int32_t)rk >> 2);
	else
		memcpy(&value, &bits, sizeof value);
	return rk & 1 ? value / 100 : value;
}

void
biff_skip(struct biff *biff, size_t bytes)
{
	while (bytes > biff_left(biff)) {
		bytes -= biff_left(biff);
		biff->at = biff->end;
		if (!go_on(biff)) {
			biff->broken = 1;
			return;
		}
	}
	biff->at += bytes;
}

/* Half of a character beyond the first plane waits in *high. */
static void
add_unit(unsigned int unit, unsigned int *high, struct buf *out)
{
	if (unit >= 0xDC00 && unit < 0xE000 && *high != 0)
		text_add_char(out, 0x10000 + ((*high - 0xD800) << 10) +
		    (unit - 0xDC00));
	else if (unit >= 0xD800 && unit < 0xDC00)
		;
	else if (unit != 0)
		text_add_char(out, unit >= 0xDC00 && unit < 0xE000 ? 0xFFFD :
		    unit);
	*high = unit >= 0xD800 && unit < 0xDC00 ? unit : 0;
}

/* Each continuation says anew how wide its characters are. */
static void
add_units(struct biff *biff, size_t count, unsigned int flags, struct buf *out)
{
	unsigned int high = 0;

	while (count > 0) {
		if (biff->at == biff->end) {
			if (!go_on(biff)) {
				biff->broken = 1;
				return;
			}
			flags = byte(biff);
			continue;
		}
		add_unit(biff_number(biff, flags & TEXT_WIDE ? 2 : 1), &high,
		    out);
		count--;
	}
}

/* Excel 5 and 95, and programs that write no better, use the bytes of their system,
 * or of the web page that made them. */
static void
add_bytes(struct biff *biff, size_t count, struct buf *out)
{
	const char *bytes = (const char *)biff->bytes + biff->at;

	if (count > biff_left(biff)) {
		biff->broken = 1;
		count = biff_left(biff);
	}
	if (!biff->chinese && text_utf8_widest(bytes, count) >= UTF8_PROOF)
		buf_add(out, bytes, count);
	else
		text_convert(bytes, count, TEXT_GB18030, out);
	biff->at += count;
}

void
biff_text(struct biff *biff, size_t length_bytes, struct buf *out)
{
	size_t count = biff_number(biff, length_bytes), after = 0;
	unsigned int flags;

	if (!biff->wide) {
		add_bytes(biff, count, out);
		return;
	}
	flags = biff_number(biff, 1);
	if (flags & TEXT_RICH)
		after = RUN_BYTES * (size_t)biff_number(biff, 2);
	if (flags & TEXT_PHONETIC)
		after += biff_number(biff, 4);
	add_units(biff, count, flags, out);
	biff_skip(biff, after);
}
