#include <stddef.h>

#include "lib/base/buf.h"
#include "lib/picture/jpg.h"

/* ITU-T T.81, table B.1 */
enum marker {
	MARK = 0xFF,
	TEM = 0x01,
	RST0 = 0xD0, RST7 = 0xD7,
	SOI = 0xD8, EOI = 0xD9, SOS = 0xDA,
	APP0 = 0xE0, APP15 = 0xEF,
	COM = 0xFE
};

struct input {
	const unsigned char *bytes;
	size_t len, at;
};

static void
put_start(int dpi, struct buf *out)
{
	const unsigned char high = (unsigned char)(dpi >> 8);
	const unsigned char low = (unsigned char)(dpi & 0xFF);
	/* JFIF 1.01, dots per inch, no thumbnail */
	const unsigned char start[] = { MARK, SOI, MARK, APP0, 0, 16, 'J', 'F',
	    'I', 'F', 0, 1, 1, 1, high, low, high, low, 0, 0 };

	buf_add(out, start, sizeof(start));
}

/* The next marker, or -1. */
static int
next_marker(struct input *input)
{
	if (input->at >= input->len || input->bytes[input->at] != MARK)
		return -1;
	while (input->at < input->len && input->bytes[input->at] == MARK)
		input->at++;
	return input->at < input->len ? input->bytes[input->at++] : -1;
}

/* Length of the segment at input->at, its own two bytes included; 0 when it does
 * not end in the file. */
static size_t
segment_length(const struct input *input)
{
	size_t left = input->len - input->at, size;

	if (left < 2)
		return 0;
	size = (size_t)input->bytes[input->at] << 8 |
	    input->bytes[input->at + 1];
	return size >= 2 && size <= left ? size : 0;
}

/* Entropy-coded bytes: up to a marker that is neither a stuffed zero nor a
 * restart. */
static size_t
coded_length(const struct input *input)
{
	size_t at = input->at;

	for (; at + 1 < input->len; at++) {
		int next = input->bytes[at + 1];

		if (input->bytes[at] == MARK && next != 0 && next != MARK &&
		    (next < RST0 || next > RST7))
			break;
	}
	return at - input->at;
}

static int
copy_segment(struct input *input, int marker, struct buf *out)
{
	const unsigned char head[] = { MARK, (unsigned char)marker };
	size_t size = segment_length(input);

	if (size == 0)
		return -1;
	if ((marker < APP0 || marker > APP15) && marker != COM) {
		buf_add(out, head, sizeof(head));
		buf_add(out, input->bytes + input->at, size);
	}
	input->at += size;
	if (marker == SOS) {
		size = coded_length(input);
		buf_add(out, input->bytes + input->at, size);
		input->at += size;
	}
	return 0;
}

int
jpg_has_end(const void *bytes, size_t len)
{
	struct input input = { bytes, len, 0 };
	int marker = next_marker(&input);
	size_t size;

	if (marker != SOI)
		return 0;
	while ((marker = next_marker(&input)) >= 0 && marker != EOI) {
		if (marker <= TEM || (marker >= RST0 && marker <= SOI))
			continue;
		size = segment_length(&input);
		if (size == 0)
			break;
		input.at += size;
		if (marker == SOS)
			input.at += coded_length(&input);
	}
	return marker == EOI;
}

int
jpg_bare(const unsigned char *bytes, size_t len, int dpi, struct buf *out,
    struct buf *err)
{
	static const unsigned char end[] = { MARK, EOI };
	struct input input = { bytes, len, 0 };
	int marker = next_marker(&input);

	if (marker == SOI) {
		put_start(dpi, out);
		while ((marker = next_marker(&input)) >= 0 && marker != EOI)
			if (marker <= TEM || (marker >= RST0 && marker <= SOI) ||
			    copy_segment(&input, marker, out) != 0)
				break;
		if (marker == EOI) {
			buf_add(out, end, sizeof(end));
			return 0;
		}
	}
	buf_adds(err, "the JPEG's segments are broken");
	return -1;
}
