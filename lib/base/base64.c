#include "lib/base/base64.h"

#include <stdint.h>

#include "lib/base/buf.h"

void
base64_add(const void *bytes, size_t len, struct buf *out)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
	    "abcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *in = bytes;
	char *to = buf_reserve(out, (len + 2) / 3 * 4);
	size_t i;

	for (i = 0; i < len; i += 3, to += 4) {
		uint32_t group = (uint32_t)in[i] << 16;

		if (i + 1 < len)
			group |= (uint32_t)in[i + 1] << 8;
		if (i + 2 < len)
			group |= in[i + 2];
		to[0] = digits[group >> 18];
		to[1] = digits[group >> 12 & 63];
		to[2] = i + 1 < len ? digits[group >> 6 & 63] : '=';
		to[3] = i + 2 < len ? digits[group & 63] : '=';
	}
	out->len += (len + 2) / 3 * 4;
	out->data[out->len] = '\0';
}
